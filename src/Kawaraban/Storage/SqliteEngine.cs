using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Kawaraban.Storage;

/// <summary>A SQLite file: many readers, one writer.</summary>
/// <remarks>
/// SQLite lets one connection write at a time, so all writing goes through one, in the order it was asked for, and what is waiting
/// together is committed together: pages that several crawls touch are then written once (this halves the cost of the search index).
/// Readers never wait for it (write-ahead log). The file is not mapped into memory: its pages would count as ours.
/// </remarks>
internal sealed class SqliteEngine : IEngine
{
    private const int MostReaders = 8;

    // The longer, the fewer pages are written twice; and a person who changes something waits as long.
    private static readonly TimeSpan LongestCommit = TimeSpan.FromMilliseconds(250);

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
        List<WriteJob> done = [];
        while (await jobs.Reader.WaitToReadAsync())
        {
            done.Clear();
            try
            {
                // IMMEDIATE: waiting for another process happens here, where nothing has been done yet.
                await writer.Execute("BEGIN IMMEDIATE");
            }
            catch (DbException error)
            {
                if (jobs.Reader.TryRead(out var first))
                    first.Fail(error);
                continue;
            }

            var started = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(started) < LongestCommit && jobs.Reader.TryRead(out var job))
            {
                if (!job.IsWithdrawn && await Attempt(job, done))
                    done.Add(job);
            }

            await Commit(done);
        }
    }

    // A change that fails is undone alone; those before it in the same transaction stand.
    private async Task<bool> Attempt(WriteJob job, List<WriteJob> before)
    {
        try
        {
            await writer.Execute("SAVEPOINT job");
            await job.Run(writer);
            await writer.Execute("RELEASE job");
            return true;
        }
        catch (Exception error)
        {
            try
            {
                await writer.Execute("ROLLBACK TO job");
                await writer.Execute("RELEASE job");
            }
            catch (DbException)
            {
                // A full disk ends the whole transaction by itself (sqlite.org/lang_transaction.html, "Response To Errors").
                before.ForEach(job => job.Fail(error));
                before.Clear();
                await Try("ROLLBACK");
                await Try("BEGIN IMMEDIATE");
            }

            job.Fail(error);
            return false;
        }
    }

    private async Task Commit(List<WriteJob> done)
    {
        try
        {
            await writer.Execute("COMMIT");
            done.ForEach(job => job.Succeed());
        }
        catch (DbException error)
        {
            await Try("ROLLBACK");
            done.ForEach(job => job.Fail(error));
        }
    }

    private async Task Try(string sql)
    {
        try
        {
            await writer.Execute(sql);
        }
        catch (DbException)
        {
            // It fails when there is nothing to roll back or begin; the next statement then tells.
        }
    }
}
