using Kawaraban.Storage;
using Kawaraban.Tests.Storage;

namespace Kawaraban.Tests;

/// <summary>What a server, and other processes on it, can do to us.</summary>
public sealed class PostgresEngineTests
{
    private const string EndConnections =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static PostgresServer Server => PostgresServer.Current;

    [Fact]
    public void A_wrong_password_is_told_and_not_repeated()
    {
        var error = Assert.Throws<StorageException>(() => Database.Open($"postgres://guarded:wr0ng@127.0.0.1:{Server.Port}/template_kawaraban"));
        Assert.Contains("does not let us in", error.Message, StringComparison.Ordinal);
        Assert.Contains($"\"postgres://guarded@127.0.0.1:{Server.Port}/template_kawaraban\"", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_not_there_comes_with_the_command_that_makes_it()
    {
        var error = Assert.Throws<StorageException>(() => Database.Open(Server.Address("nowhere")));
        Assert.EndsWith(
            $"createdb -h 127.0.0.1 -p {Server.Port} -U postgres --encoding=UTF8 --template=template0 nowhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_does_not_run_is_named_with_its_port()
    {
        // Port 1 is reserved (tcpmux); nobody listens there.
        var error = Assert.Throws<StorageException>(() => Database.Open("postgres://127.0.0.1:1/kawaraban"));
        Assert.Contains("nobody listens at 127.0.0.1:1; start PostgreSQL there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_socket_is_an_address_too()
    {
        await using var temporary = new TemporaryDatabase();
        var name = temporary.Address[(temporary.Address.LastIndexOf('/') + 1)..];
        await using var database = Database.Open(
            $"postgres:///{name}?host={Uri.EscapeDataString(Server.SocketFolder)}&port={Server.Port}&user=postgres");
        Assert.Equal(1, await database.Write(session => session.Execute("UPDATE migrations SET name = name WHERE number = 1"), Cancellation));
    }

    [Fact]
    public void An_encoding_that_cannot_hold_every_text_is_refused()
    {
        Server.Run("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
        var error = Assert.Throws<StorageException>(() => Database.Open(Server.Address("latin")));
        Assert.Contains("its encoding is LATIN1", error.Message, StringComparison.Ordinal);
        Server.Drop("latin");
    }

    [Fact]
    public async Task A_user_who_may_not_make_tables_is_told_what_is_missing()
    {
        await using var temporary = TemporaryDatabase.Empty();
        var error = Assert.Throws<StorageException>(
            () => Database.Open(temporary.Address.Replace("//postgres@", "//guarded:right@", StringComparison.Ordinal)));
        Assert.Contains("make the user the owner of the database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standby_is_told_from_a_mistake()
    {
        await using var temporary = new TemporaryDatabase();
        await temporary.Database.Read(_ => Task.FromResult(0), Cancellation);
        var name = temporary.Address[(temporary.Address.LastIndexOf('/') + 1)..];
        Server.Run($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        var error = await Assert.ThrowsAsync<StorageException>(
            () => temporary.Database.Write(session => session.Execute("UPDATE migrations SET name = 'x'"), Cancellation));
        Assert.Contains("it is read-only; name the primary server", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_an_extension_and_of_other_schemas_are_nobodys()
    {
        await using var temporary = TemporaryDatabase.Empty();
        temporary.Run("CREATE SCHEMA neighbour; CREATE TABLE neighbour.recipes (cake TEXT); CREATE VIEW seen AS SELECT 1 AS x");
        Assert.NotEmpty(temporary.Database.MigrationsApplied);
    }

    [Fact]
    public async Task A_server_that_was_restarted_is_asked_again()
    {
        await using var temporary = new TemporaryDatabase();
        var database = temporary.Database;
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => database.Read(session => session.Execute("SELECT 1"), Cancellation)));
        await database.Write(session => session.Execute("UPDATE migrations SET name = name"), Cancellation);
        temporary.Run(EndConnections);
        await database.Read(session => session.Execute("SELECT 1"), Cancellation);
        await database.Write(session => session.Execute("UPDATE migrations SET name = 'after' WHERE number = 1"), Cancellation);
        Assert.Equal("after", temporary.Value<string>("SELECT name FROM migrations WHERE number = 1"));
    }

    [Fact]
    public async Task A_connection_that_breaks_within_a_change_leaves_nothing_of_it()
    {
        await using var temporary = new TemporaryDatabase();
        var error = await Assert.ThrowsAsync<StorageException>(() => temporary.Database.Write(
            async session =>
            {
                await session.Execute("UPDATE migrations SET name = 'half'");
                temporary.Run(EndConnections);
                await session.Execute("UPDATE migrations SET applied_at = 0");
            },
            Cancellation));
        Assert.Contains("the server ended the connection", error.Message, StringComparison.Ordinal);
        Assert.Equal(0L, temporary.Value<long>("SELECT count(*) FROM migrations WHERE name = 'half'"));
        await temporary.Database.Write(session => session.Execute("UPDATE migrations SET name = name"), Cancellation);
    }

    [Fact]
    public async Task Changes_that_wait_for_each_other_in_a_circle_are_both_made()
    {
        await using var temporary = new TemporaryDatabase();
        temporary.Run("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT); INSERT INTO t VALUES (1, 0), (2, 0)");
        var both = new Barrier(2);
        var attempts = 0;
        Task Cross(int first, int second) => Task.Run(() => temporary.Database.Write(
            async session =>
            {
                await session.Execute("UPDATE t SET n = n + 1 WHERE id = @id", ("id", first));
                if (Interlocked.Increment(ref attempts) <= 2)
                    both.SignalAndWait(Cancellation);
                await session.Execute("UPDATE t SET n = n + 1 WHERE id = @id", ("id", second));
            },
            Cancellation));
        await Task.WhenAll(Cross(1, 2), Cross(2, 1));
        Assert.Equal(3, attempts);
        Assert.Equal(2L, temporary.Value<long>("SELECT count(*) FROM t WHERE n = 2"));
    }

    [Fact]
    public async Task Who_looked_in_vain_for_what_another_adds_looks_again()
    {
        await using var temporary = new TemporaryDatabase();
        temporary.Run("CREATE TABLE t (name TEXT UNIQUE)");
        var both = new Barrier(2);
        var attempts = 0;
        Task<bool> Add() => Task.Run(() => temporary.Database.Write(
            async session =>
            {
                bool isThere;
                await using (var row = await session.Query("SELECT 1 FROM t WHERE name = 'x'"))
                    isThere = await row.ReadAsync();
                if (Interlocked.Increment(ref attempts) <= 2)
                    both.SignalAndWait(Cancellation);
                if (!isThere)
                    await session.Execute("INSERT INTO t VALUES ('x')");
                return !isThere;
            },
            Cancellation));
        Assert.Equal([false, true], (await Task.WhenAll(Add(), Add())).Order());
        Assert.Equal(3, attempts);
    }
}
