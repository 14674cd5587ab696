using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Storage;

namespace Kawaraban.Tests.Crawling;

public sealed class FullDiskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_ends_the_run_with_a_sentence()
    {
        await using var field = new Field([.. Enumerable.Range(0, 50).Select(i => $"https://h{i}.example/")]);
        field.Web = request => new Refused(request.Url, 500, null, new string('x', 10_000));
        var pages = field.Temporary.Value<long>("PRAGMA page_count") + 5;
        await field.Database.Write(session => session.Execute($"PRAGMA max_page_count = {pages}"), Cancellation);
        var error = await Assert.ThrowsAsync<StorageException>(() => field.Crawl(CrawlScope.Due));
        Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsMistake);
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE our_failures > 0"));

        // With room again the rest is done; nothing is there twice.
        await field.Database.Write(session => session.Execute("PRAGMA max_page_count = 100000"), Cancellation);
        field.Clock.Advance(field.Options.Lease);
        await field.Crawl(CrawlScope.Due);
        Assert.Equal(50L, field.Temporary.Value<long>("SELECT count(DISTINCT source_id) FROM crawls"));
        Assert.Equal(50L, field.Temporary.Value<long>("SELECT count(*) FROM crawls"));
    }
}
