using Kawaraban.Storage;
using Microsoft.Data.Sqlite;

namespace Kawaraban.Tests.Storage;

public sealed class DatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_database_gets_its_folder_and_its_tables()
    {
        var folder = Directory.CreateTempSubdirectory("kawaraban-").FullName;
        try
        {
            var path = Path.Combine(folder, "a", "b", "kawaraban.db");
            await using var database = Database.Open(path);
            Assert.NotEmpty(database.MigrationsApplied);
            Assert.True(File.Exists(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Opening_again_applies_nothing()
    {
        await using var temporary = new TemporaryDatabase();
        Assert.NotEmpty(temporary.Database.MigrationsApplied);
        await temporary.Reopen();
        Assert.Empty(temporary.Database.MigrationsApplied);
    }

    [Fact]
    public async Task Of_many_that_open_a_new_database_at_once_one_makes_the_tables()
    {
        await using var temporary = new TemporaryDatabase();
        var databases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Database.Open(temporary.Path))));
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
        var error = Assert.Throws<StorageException>(() => Database.Open(temporary.Path));
        Assert.Contains("written by a newer Kawaraban (schema 4711, this one knows", error.Message, StringComparison.Ordinal);
        Assert.Contains("restore a backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_of_another_program_is_left_alone()
    {
        await using var temporary = new TemporaryDatabase();
        temporary.Run("CREATE TABLE recipes (cake TEXT)");
        var error = Assert.Throws<StorageException>(() => Database.Open(temporary.Path));
        Assert.Contains("belongs to another program", error.Message, StringComparison.Ordinal);
        Assert.Equal(1L, temporary.Value<long>("SELECT count(*) FROM sqlite_master"));
    }

    [Fact]
    public async Task A_file_that_is_not_a_database_is_named()
    {
        await using var temporary = new TemporaryDatabase();
        await File.WriteAllTextAsync(temporary.Path, new string('x', 5000), Cancellation);
        var error = Assert.Throws<StorageException>(() => Database.Open(temporary.Path));
        Assert.Contains(temporary.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("not a database", error.Message, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(temporary.Path).Length);
    }

    [Theory]
    [InlineData("/proc/kawaraban/kawaraban.db")]
    [InlineData("/dev/null/kawaraban.db")]
    public void A_folder_that_cannot_be_made_is_named(string path)
    {
        var error = Assert.Throws<StorageException>(() => Database.Open(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_named()
    {
        var error = Assert.Throws<StorageException>(() => Database.Open(Path.GetTempPath()));
        Assert.Contains("cannot be opened", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PostgreSQL_says_that_it_is_not_there_yet()
    {
        var error = Assert.Throws<StorageException>(() => Database.Open("postgres://localhost/kawaraban"));
        Assert.Contains("not supported yet", error.Message, StringComparison.Ordinal);
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
        Assert.Equal(5L, temporary.Value<long>("SELECT sum(x) FROM t"));
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_that_was_committed_and_writing_goes_on_when_there_is_room()
    {
        await using var temporary = new TemporaryDatabase();
        var database = temporary.Database;
        await database.Write(session => session.Execute("CREATE TABLE t (x TEXT)"), Cancellation);
        await database.Write(session => session.Execute("INSERT INTO t VALUES ('kept')"), Cancellation);
        var pages = temporary.Value<long>("PRAGMA page_count");
        await database.Write(session => session.Execute($"PRAGMA max_page_count = {pages}"), Cancellation);

        var large = Enumerable.Range(0, 5)
            .Select(_ => database.Write(session => session.Execute("INSERT INTO t VALUES (hex(zeroblob(100000)))"), Cancellation)).ToArray();
        foreach (var write in large)
            Assert.Contains("the disk is full", (await Assert.ThrowsAsync<StorageException>(() => write)).Message, StringComparison.Ordinal);

        await database.Write(session => session.Execute("PRAGMA max_page_count = 100000"), Cancellation);
        await database.Write(session => session.Execute("INSERT INTO t VALUES ('later')"), Cancellation);
        Assert.Equal("kept,later", temporary.Value<string>("SELECT group_concat(x) FROM t"));
        Assert.Equal("ok", temporary.Value<string>("PRAGMA integrity_check"));
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
        var writes = Enumerable.Range(0, 50)
            .Select(i => temporary.Database.Write(session => session.Execute($"CREATE TABLE t{i} (x BIGINT)"), Cancellation)).ToArray();
        await temporary.Reopen();
        await Task.WhenAll(writes);
        Assert.Equal(50L, temporary.Value<long>("SELECT count(*) FROM sqlite_master WHERE name GLOB 't[0-9]*'"));
    }
}
