using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Kawaraban.Storage;

/// <summary>A SQLite file: many readers, one writer.</summary>
/// <remarks>
/// SQLite lets one connection write at a time, so all writing goes through one, in the order it was asked for, and what is waiting
/// together is committed together: pages that several crawls touch are then written once, and so is what they add to the search index.
/// There are no savepoints between them, which would have each page copied before a change touches it: when one of the changes fails, all of
/// them are undone and made again one by one.
/// Readers never wait for it (write-ahead log). The file is not mapped into memory: its pages would count as ours.
/// </remarks>
internal sealed class SqliteEngine : IEngine
{
    private const int MostReaders = 8;

    // The longer, the fewer pages are written twice; and a person who changes something waits as long.
    private static readonly TimeSpan LongestCommit = TimeSpan.FromMilliseconds(250);

    // Characters of words for the index, which are held until the commit.
    private const long MostWaiting = 1_000_000;

    private readonly string path;
    private readonly Session writer;
    private readonly ConcurrentBag<Session> idleReaders = [];
    private readonly SemaphoreSlim readers = new(MostReaders);
    private readonly Channel<WriteJob> jobs = Channel.CreateUnbounded<WriteJob>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task writing;

    private SqliteEngine(string path, Session writer, IReadOnlyList<string> migrationsApplied)
    {
        this.path = path;
        this.writer = writer;
        MigrationsApplied = migrationsApplied;
        writing = Task.Run(WriteJobs);
    }

    public string Name => path;

    public IReadOnlyList<string> MigrationsApplied { get; }

    /// <inheritdoc cref="Database.Open"/>
    public static SqliteEngine Open(string path)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            var connection = SqliteConnections.OpenForWriting(path);
            try
            {
                return new SqliteEngine(path, new Session(connection, Dialect.Sqlite), Migrations.Apply(connection, Dialect.Sqlite, path));
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException error)
        {
            throw StorageException.From(error, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"database \"{path}\": its folder cannot be created ({error.Message}); check the path", error);
        }
    }

    public async Task<T> Read<T>(Func<Session, Task<T>> question, CancellationToken cancellation)
    {
        await readers.WaitAsync(cancellation);
        try
        {
            if (!idleReaders.TryTake(out var session))
                session = new Session(SqliteConnections.OpenForReading(path), Dialect.Sqlite);
            try
            {
                return await question(session);
            }
            finally
            {
                idleReaders.Add(session);
            }
        }
        finally
        {
            readers.Release();
        }
    }

    public async Task<T> Write<T>(Func<Session, Task<T>> change, CancellationToken cancellation)
    {
        var job = new WriteJob<T>(change, cancellation);
        if (!jobs.Writer.TryWrite(job))
            throw StorageException.Closing(path);
        return await job.Result;
    }

    public StorageException Explain(DbException error) =>
        error is SqliteException known ? StorageException.From(known, path) : StorageException.Unknown(error, path);

    public async ValueTask DisposeAsync()
    {
        jobs.Writer.TryComplete();
        await writing;
        await writer.DisposeAsync();
        while (idleReaders.TryTake(out var session))
            await session.DisposeAsync();
        readers.Dispose();
    }

    private async Task WriteJobs()
    {
        List<WriteJob> batch = [];
        while (await jobs.Reader.WaitToReadAsync())
        {
            batch.Clear();
            if (await Together(batch) is not { } error)
                batch.ForEach(job => job.Succeed());
            else if (batch is [var only])
                only.Fail(error);
            else
                await OneByOne(batch);
        }
    }

    // Returns what went wrong; then none of them is made.
    private async Task<Exception?> Together(List<WriteJob> batch)
    {
        try
        {
            // IMMEDIATE: waiting for another process happens here, where nothing has been done yet.
            await writer.Execute("BEGIN IMMEDIATE");
        }
        catch (DbException error)
        {
            if (jobs.Reader.TryRead(out var first))
                batch.Add(first);
            return error;
        }

        try
        {
            var started = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(started) < LongestCommit && writer.Waiting < MostWaiting && jobs.Reader.TryRead(out var job))
            {
                if (job.IsWithdrawn)
                    continue;
                batch.Add(job);
                await job.Run(writer);
            }

            await writer.ExecuteWaiting();
            await writer.Execute("COMMIT");
            return null;
        }
        catch (Exception error)
        {
            await Undo();
            return error;
        }
    }

    // One that fails takes nobody with it, and need not be found among them.
    private async Task OneByOne(List<WriteJob> batch)
    {
        foreach (var job in batch)
        {
            if (job.IsWithdrawn)
                continue;
            try
            {
                await writer.Execute("BEGIN IMMEDIATE");
                await job.Run(writer);
                await writer.ExecuteWaiting();
                await writer.Execute("COMMIT");
                job.Succeed();
            }
            catch (Exception error)
            {
                await Undo();
                job.Fail(error);
            }
        }
    }

    private async Task Undo()
    {
        writer.ForgetWaiting();
        try
        {
            await writer.Execute("ROLLBACK");
        }
        catch (DbException)
        {
            // There is nothing to undo: a full disk ends a transaction by itself (sqlite.org/lang_transaction.html, "Response To Errors").
        }
    }
}
