using System.Globalization;
using Kawaraban.Bench.Enduring;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Kawaraban.Faults.Tests;

/// <summary>One process of the real program that crawls a rough origin for ever.</summary>
internal sealed class RoughCrawl : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    private readonly Worker worker;
    private readonly string database;

    private RoughCrawl(Worker worker, string database) => (this.worker, this.database) = (worker, database);

    /// <summary>Imports the origin's feeds and starts crawling them.</summary>
    public static async Task<RoughCrawl> Begin(RoughOrigin origin, RoughField field, string database, int parallel, CancellationToken cancellation)
    {
        var settings = Endurance.Settings(database, field, parallel);
        await Endurance.Import([UnderTest.Program], settings, origin, field, cancellation);
        var worker = new Worker(UnderTest.Program, ["crawl", "--due"], settings);
        worker.Start();
        return new RoughCrawl(worker, database);
    }

    /// <summary>Waits until it has said that.</summary>
    public Task Said(string text, CancellationToken cancellation) =>
        Until(() => Task.FromResult(worker.Said.Contains(text, StringComparison.Ordinal)), $"it says \"{text}\"", cancellation);

    /// <summary>Waits until a question to the database is answered with yes.</summary>
    public Task Until(string sql, CancellationToken cancellation) => Until(async () => await Value(sql) != 0, sql, cancellation);

    /// <summary>The first value of the first row; yes is 1.</summary>
    public async Task<long> Value(string sql)
    {
        await using System.Data.Common.DbConnection connection = database.StartsWith("postgres", StringComparison.Ordinal)
            ? new NpgsqlConnection($"Host=127.0.0.1;Port={new Uri(database).Port};Username=postgres;Database={new Uri(database).AbsolutePath[1..]};Pooling=false")
            : new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(CancellationToken.None), CultureInfo.InvariantCulture);
    }

    /// <summary>Asks it to stop.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> Stop() => worker.Stop();

    public ValueTask DisposeAsync()
    {
        worker.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Until(Func<Task<bool>> isSo, string what, CancellationToken cancellation)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.False(worker.HasEnded, $"it ended by itself: {worker.Said}");
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Longest, $"it is not so after {Longest.TotalSeconds} s: {what}\n{worker.Said}");
            await Task.Delay(50, cancellation);
        }
    }
}
