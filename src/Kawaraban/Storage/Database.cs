using System.Data.Common;

namespace Kawaraban.Storage;

/// <summary>The database, whichever it is: questions see what is committed, changes are made whole or not at all.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly IEngine engine;

    private Database(IEngine engine) => this.engine = engine;

    /// <summary>What messages call it: the file's path, or the server's address without its password.</summary>
    public string Name => engine.Name;

    /// <summary>The migrations that opening it has applied, in order; none when it was up to date.</summary>
    public IReadOnlyList<string> MigrationsApplied => engine.MigrationsApplied;

    /// <summary>Opens the database and brings it up to date where needed.</summary>
    /// <param name="address">The path of a SQLite file, which is created with its folder, or the <c>postgres://</c> address of a database
    /// that is there.</param>
    /// <exception cref="StorageException">It cannot be used; the message says why and what to do.</exception>
    public static Database Open(string address) =>
        new(PostgresAddress.IsOne(address) ? PostgresEngine.Open(address) : SqliteEngine.Open(address));

    /// <summary>Asks a question. What it sees is one state of the database per statement.</summary>
    /// <exception cref="StorageException">The database failed.</exception>
    public async Task<T> Read<T>(Func<Session, Task<T>> question, CancellationToken cancellation)
    {
        try
        {
            return await engine.Read(question, cancellation);
        }
        catch (DbException error)
        {
            throw engine.Explain(error);
        }
    }

    /// <summary>Changes something, all of it or nothing. When the task ends well, it is committed.</summary>
    /// <param name="change">What to do. It must not call <see cref="Write{T}"/> itself: it would wait for its own end. And it must change
    /// nothing but the database: where another process got in its way it is undone and run again.</param>
    /// <param name="cancellation">Withdraws the change while it has not begun; a change that has begun is finished.</param>
    /// <exception cref="StorageException">The database failed; nothing of the change was made.</exception>
    public async Task<T> Write<T>(Func<Session, Task<T>> change, CancellationToken cancellation)
    {
        try
        {
            return await engine.Write(change, cancellation);
        }
        catch (DbException error)
        {
            throw engine.Explain(error);
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    public Task Write(Func<Session, Task> change, CancellationToken cancellation) =>
        Write(
            async session =>
            {
                await change(session);
                return true;
            },
            cancellation);

    /// <summary>Finishes what was asked for, then closes.</summary>
    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
