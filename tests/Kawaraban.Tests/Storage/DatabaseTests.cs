using Kawaraban.Storage;

namespace Kawaraban.Tests.Storage;

public sealed class DatabaseTests
{
    // Half of a surrogate pair, and a zero.
    private const string Broken = "a\ud800b設\U0001F4F0\0c";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opening_again_applies_nothing()
    {
        await using var temporary = TemporaryDatabase.Empty();
        Assert.NotEmpty(temporary.Database.MigrationsApplied);
        await temporary.Reopen();
        Assert.Empty(temporary.Database.MigrationsApplied);
    }

    [Fact]
    public async Task Of_many_that_open_a_new_database_at_once_one_makes_the_tables()
    {
        await using var temporary = TemporaryDatabase.Empty();
        var databases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Database.Open(temporary.Address))));
        Assert.Single(databases, database => database.MigrationsApplied.Count > 0);
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task A_newer_database_is_left_alone()
    {
        await using var temporary = new TemporaryDatabase();
        await temporary.Database.Read(_ => Task.FromResult(0), Cancellation);
        await temporary.Reopen();
        temporary.Run("INSERT INTO migrations (number, name, applied_at) VALUES (4711, 'later', 0)");
        var error = Assert.Throws<StorageException>(() => Database.Open(temporary.Address));
        Assert.Contains("written by a newer Kawaraban (schema 4711, this one knows", error.Message, StringComparison.Ordinal);
        Assert.Contains("restore a backup", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE recipes (cake TEXT)")]
    [InlineData("CREATE TABLE migrations (id BIGINT, migration TEXT, batch BIGINT)")]
    public async Task The_database_of_another_program_is_left_alone(string table)
    {
        await using var temporary = TemporaryDatabase.Empty();
        temporary.Run(table);
        var error = Assert.Throws<StorageException>(() => Database.Open(temporary.Address));
        Assert.Contains("belongs to another program", error.Message, StringComparison.Ordinal);
        Assert.Equal(1L, temporary.CountTables());
    }

    [Fact]
    public async Task A_change_that_fails_is_undone_alone()
    {
        await using var temporary = new TemporaryDatabase();
        await temporary.Database.Write(session => session.Execute("CREATE TABLE t (x BIGINT)"), Cancellation);
        var good = temporary.Database.Write(session => session.Execute("INSERT INTO t VALUES (1)"), Cancellation);
        var bad = temporary.Database.Write(
            async session =>
            {
                await session.Execute("INSERT INTO t VALUES (2)");
                throw new InvalidOperationException("on purpose");
            },
            Cancellation);
        var later = temporary.Database.Write(session => session.Execute("INSERT INTO t VALUES (4)"), Cancellation);
        await Task.WhenAll(good, later);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(5L, temporary.Value<long>("SELECT CAST(sum(x) AS BIGINT) FROM t"));
    }

    [Fact]
    public async Task What_a_change_leaves_for_the_end_goes_with_it_when_it_fails()
    {
        await using var temporary = new TemporaryDatabase();
        await temporary.Database.Write(session => session.Execute("CREATE TABLE t (x BIGINT NOT NULL)"), Cancellation);
        // While the first is under way the others gather behind it.
        var gate = new TaskCompletionSource();
        var first = temporary.Database.Write(
            async session =>
            {
                await gate.Task;
                await session.ExecuteLast(0, "INSERT INTO t VALUES (1)");
            },
            Cancellation);
        var bad = temporary.Database.Write(
            async session =>
            {
                await session.ExecuteLast(0, "INSERT INTO t VALUES (2)");
                throw new InvalidOperationException("on purpose");
            },
            Cancellation);
        var wrong = temporary.Database.Write(session => session.ExecuteLast(0, "INSERT INTO t VALUES (@x)", ("x", null)), Cancellation);
        var later = temporary.Database.Write(session => session.ExecuteLast(0, "INSERT INTO t VALUES (@x)", ("x", 4)), Cancellation);
        gate.SetResult();
        await Task.WhenAll(first, later);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.True((await Assert.ThrowsAsync<StorageException>(() => wrong)).IsMistake);
        Assert.Equal(5L, temporary.Value<long>("SELECT CAST(sum(x) AS BIGINT) FROM t"));
    }

    [Fact]
    public async Task A_change_that_was_withdrawn_is_not_made()
    {
        await using var temporary = new TemporaryDatabase();
        await temporary.Database.Write(session => session.Execute("CREATE TABLE t (x BIGINT)"), Cancellation);
        var withdrawn = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => temporary.Database.Write(session => session.Execute("INSERT INTO t VALUES (1)"), withdrawn));
        Assert.Equal(0L, temporary.Value<long>("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Readers_cannot_write()
    {
        await using var temporary = new TemporaryDatabase();
        var error = await Assert.ThrowsAsync<StorageException>(
            () => temporary.Database.Read(session => session.Execute("CREATE TABLE t (x BIGINT)"), Cancellation));
        Assert.Contains("read-only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_finishes_what_was_asked_for()
    {
        await using var temporary = new TemporaryDatabase();
        await temporary.Database.Read(_ => Task.FromResult(0), Cancellation);
        var before = temporary.CountTables();
        var writes = Enumerable.Range(0, 50)
            .Select(i => temporary.Database.Write(session => session.Execute($"CREATE TABLE t{i} (x BIGINT)"), Cancellation)).ToArray();
        await temporary.Reopen();
        await Task.WhenAll(writes);
        Assert.Equal(before + 50, temporary.CountTables());
    }

    [Fact]
    public async Task A_wrong_statement_is_told_from_a_database_in_trouble()
    {
        await using var temporary = new TemporaryDatabase();
        var error = await Assert.ThrowsAsync<StorageException>(() => temporary.Database.Write(
            session => session.Execute("INSERT INTO companies (slug, name, name_key, created_at) VALUES ('a', 'a', @nothing, 0)", ("nothing", null)),
            Cancellation));
        Assert.True(error.IsMistake, error.Message);
        Assert.True((await Assert.ThrowsAsync<StorageException>(
            () => temporary.Database.Read(session => session.Execute("SELECT nonsense"), Cancellation))).IsMistake);
    }

    [Fact]
    public async Task What_is_no_text_is_stored_as_a_replacement()
    {
        await using var temporary = new TemporaryDatabase();
        await temporary.Database.Write(
            session => session.Execute("INSERT INTO migrations (number, name, applied_at) VALUES (0, @name, 0)", ("name", Broken)), Cancellation);
        Assert.Equal("a\uFFFDb設\U0001F4F0\uFFFDc", temporary.Value<string>("SELECT name FROM migrations WHERE number = 0"));
        Assert.True(await temporary.Database.Read(
            async session =>
            {
                await using var row = await session.Query("SELECT 1 FROM migrations WHERE name = @name", ("name", Broken));
                return await row.ReadAsync();
            },
            Cancellation));
    }
}
