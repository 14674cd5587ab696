using System.Data;
using System.Data.Common;
using Npgsql;

namespace Kawaraban.Storage;

/// <summary>A database of a PostgreSQL server, shared with any number of other processes.</summary>
/// <remarks>
/// A change is a transaction of its own (READ COMMITTED: each statement sees what was committed before it), and as many are made at once
/// as there are connections. What must not happen twice is locked by the statements themselves; where two changes still get in each
/// other's way, one is undone and made again.
/// </remarks>
internal sealed class PostgresEngine : IEngine
{
    private const int MostAttempts = 6;
    private const int FirstWait = 5;
    private const int OldestServer = 13;

    // Beyond these, connections wait for the server's disk and processors, not for each other.
    private const int MostReaders = 8;
    private const int MostWriters = 8;

    private const string SearchPath = "SELECT set_config('search_path', current_setting('search_path') || ', kawaraban_readers', false)";

    private readonly PostgresAddress address;
    private readonly NpgsqlDataSource source;
    private readonly SessionPool readers;
    private readonly SessionPool writers;

    private PostgresEngine(PostgresAddress address, NpgsqlDataSource source, IReadOnlyList<string> migrationsApplied)
    {
        this.address = address;
        this.source = source;
        MigrationsApplied = migrationsApplied;

        // A lock is waited for as long as SQLite's writer is. Compiling a query's expressions costs more than all of our queries take.
        // Readers' data stand in a schema of their own; who has no right on it does not find them.
        readers = new SessionPool(address.Name, MostReaders, () => Connect("SET default_transaction_read_only = on; SET jit = off; " + SearchPath));
        writers = new SessionPool(address.Name, MostWriters, () => Connect("SET lock_timeout = '10s'; SET jit = off; " + SearchPath));
    }

    public string Name => address.Name;

    public IReadOnlyList<string> MigrationsApplied { get; }

    /// <inheritdoc cref="Database.Open"/>
    public static PostgresEngine Open(string url)
    {
        var address = PostgresAddress.Parse(url);
        var builder = new NpgsqlSlimDataSourceBuilder(address.ConnectionString);
        builder.EnableTransportSecurity();
        builder.EnableExtraConversions();
        var source = builder.Build();
        try
        {
            using var connection = source.OpenConnection();
            Check(connection, address);
            return new PostgresEngine(address, source, Migrations.Apply(connection, Dialect.Postgres, address.Name));
        }
        catch (DbException error)
        {
            source.Dispose();
            throw PostgresErrors.Explain(error, address);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public async Task<T> Read<T>(Func<Session, Task<T>> question, CancellationToken cancellation)
    {
        using var place = await readers.Enter(cancellation);
        while (true)
        {
            var session = await readers.Take();
            try
            {
                return await question(session);
            }
            catch (DbException) when (session.WasIdle && IsBroken(session))
            {
                // The server was restarted while nobody asked it anything; the next connection may be a new one.
            }
            finally
            {
                await readers.Return(session, isWell: !IsBroken(session));
            }
        }
    }

    public async Task<T> Write<T>(Func<Session, Task<T>> change, CancellationToken cancellation)
    {
        using var place = await writers.Enter(cancellation);
        for (var attempt = 1; ;)
        {
            var session = await writers.Take();
            var isCommitting = false;
            try
            {
                await using var transaction = await session.Connection.BeginTransactionAsync(
                    IsolationLevel.ReadCommitted, CancellationToken.None);
                var result = await change(session);
                isCommitting = true;
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (DbException error) when (PostgresErrors.IsConflict(error) && attempt < MostAttempts)
            {
                // Not all at the same moment again.
                await Task.Delay(Random.Shared.Next(FirstWait << attempt++), CancellationToken.None);
            }
            catch (DbException) when (session.WasIdle && IsBroken(session) && !isCommitting)
            {
                // As when reading. A commit whose answer was lost is not made again: it may have been done.
            }
            finally
            {
                await writers.Return(session, isWell: !IsBroken(session));
            }
        }
    }

    public StorageException Explain(DbException error) => PostgresErrors.Explain(error, address);

    public async ValueTask DisposeAsync()
    {
        await writers.DisposeAsync();
        await readers.DisposeAsync();
        await source.DisposeAsync();
    }

    private static bool IsBroken(Session session) => session.Connection.State != ConnectionState.Open;

    private static void Check(NpgsqlConnection connection, PostgresAddress address)
    {
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw new StorageException(
                $"database \"{address.Name}\": the server is PostgreSQL {connection.PostgreSqlVersion}; "
                + $"version {OldestServer} or later is needed");
        }

        if (connection.PostgresParameters["server_encoding"] is var encoding && encoding != "UTF8")
        {
            throw new StorageException(
                $"database \"{address.Name}\": its encoding is {encoding}, which cannot hold every text; "
                + $"create another: {address.CreateCommand}");
        }
    }

    private async Task<Session> Connect(string settings)
    {
        var connection = await source.OpenConnectionAsync(CancellationToken.None);
        try
        {
            await using var command = new NpgsqlCommand(settings, connection);
            await command.ExecuteNonQueryAsync();
            return new Session(connection, Dialect.Postgres);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
