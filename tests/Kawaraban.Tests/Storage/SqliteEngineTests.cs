using Kawaraban.Storage;

namespace Kawaraban.Tests.Storage;

/// <summary>What a database that is a file can do to us.</summary>
public sealed class SqliteEngineTests
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
    public async Task A_file_that_is_not_a_database_is_named()
    {
        await using var temporary = new TemporaryDatabase();
        await File.WriteAllTextAsync(temporary.Address, new string('x', 5000), Cancellation);
        var error = Assert.Throws<StorageException>(() => Database.Open(temporary.Address));
        Assert.Contains(temporary.Address, error.Message, StringComparison.Ordinal);
        Assert.Contains("not a database", error.Message, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(temporary.Address).Length);
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

    [Theory]
    [InlineData(8192, "SELECT 1")]
    [InlineData(4096, "PRAGMA page_size = 4096; CREATE TABLE t (x TEXT); DROP TABLE t")]
    public async Task The_pieces_of_the_index_fill_the_pages_that_a_file_has(long size, string before)
    {
        await using var temporary = TemporaryDatabase.Empty();
        temporary.Run(before);
        await temporary.Database.Read(_ => Task.FromResult(0), Cancellation);
        Assert.Equal(size, temporary.Value<long>("PRAGMA page_size"));
        Assert.Equal(size - 46, temporary.Value<long>("SELECT v FROM post_words_config WHERE k = 'pgsz'"));
    }

    [Fact]
    public async Task What_is_committed_together_becomes_one_segment_of_the_index_in_whatever_order_it_came()
    {
        await using var temporary = new TemporaryDatabase();
        // While the first is under way the others gather behind it.
        var gate = new TaskCompletionSource();
        var writes = new[] { 30L, 10, 20 }.Select(key => temporary.Database.Write(
            async session =>
            {
                await gate.Task;
                await session.ExecuteLast(key, "INSERT INTO post_words (rowid, words) VALUES (@key, 'a b')", ("key", key));
                // Might have to be undone alone, so it begins with a savepoint of its own.
                await session.Execute("UPDATE leases SET due_at = due_at + 1 WHERE ready_at > 0");
            },
            Cancellation)).ToArray();
        gate.SetResult();
        await Task.WhenAll(writes);
        Assert.Equal(3L, temporary.Value<long>("SELECT count(*) FROM post_words WHERE post_words MATCH 'a'"));
        Assert.Equal(1L, temporary.Value<long>("SELECT count(DISTINCT id >> 37) FROM post_words_data WHERE id > 10"));
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
}
