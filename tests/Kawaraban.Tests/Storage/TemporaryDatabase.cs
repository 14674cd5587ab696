using Kawaraban.Storage;
using Microsoft.Data.Sqlite;

namespace Kawaraban.Tests.Storage;

/// <summary>A database in a folder of its own, gone at the end of the test.</summary>
public sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kawaraban-").FullName;
    private Database? database;

    /// <summary>What a clock that tests turn leaves the database between two steps.</summary>
    public static TimeSpan Pace { get; } = TimeSpan.FromMilliseconds(1);

    /// <summary>What the setting would hold.</summary>
    public string Address => Path.Combine(folder, "kawaraban.db");

    public Database Database => database ??= Database.Open(Address);

    /// <summary>One without tables.</summary>
    public static TemporaryDatabase Empty() => new();

    /// <summary>How many rows the transaction has written so far.</summary>
    public static async Task<long> RowsWritten(Session session)
    {
        await using var row = await session.Query("SELECT total_changes()");
        await row.ReadAsync();
        return row.GetInt64(0);
    }

    public long CountTables() => Value<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");

    /// <summary>As a new start of the program does.</summary>
    public async Task Reopen()
    {
        if (database is not null)
            await database.DisposeAsync();
        database = null;
    }

    /// <summary>Runs SQL on a connection of the test's own.</summary>
    public void Run(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row.</summary>
    public T Value<T>(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        await Reopen();
        Directory.Delete(folder, recursive: true);
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Address, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
