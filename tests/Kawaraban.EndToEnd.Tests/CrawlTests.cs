using System.Text.Json;
using Kawaraban.Bench;
using Kawaraban.Bench.Origin;
using Kawaraban.Tests;

namespace Kawaraban.EndToEnd.Tests;

/// <summary>Whole crawls by the program itself, from an origin on loopback.</summary>
public sealed class CrawlTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Killed_again_and_again_a_crawl_loses_nothing_and_doubles_nothing()
    {
        const int Feeds = 60;
        var feeds = SyntheticFeeds.Write(Feeds);
        await using var origin = await LoopbackOrigin.Start(feeds, 0, TimeSpan.FromMilliseconds(5));
        await Import(origin);

        // Each run is killed right after a visit of its own, an early one or a late one.
        var kills = 0;
        foreach (var visits in new[] { 1, 3, 2, 5, 1, 8, 4, 2 })
        {
            await using var crawl = KawarabanProcess.Start(folder.Name, [.. Crawl("--due", "--once"), "--set", "crawling.parallel=6"]);
            for (var i = 0; i < visits; i++)
                Assert.NotNull(await crawl.NextMessage(TestContext.Current.CancellationToken));
            crawl.Kill();
            await crawl.End();
            Assert.Equal("ok", folder.Value<string>("PRAGMA integrity_check"));
            kills++;
        }

        Assert.InRange(folder.Value<long>("SELECT count(*) FROM sources WHERE last_success_at IS NULL"), 1, Feeds - kills);
        var last = await KawarabanProcess.Run(folder.Name, Crawl("--due", "--once"));
        Assert.Equal(0, last.Code);

        Assert.Equal(0, folder.Value<long>("SELECT count(*) FROM sources WHERE health <> 'healthy'"));
        Assert.Equal(Feeds, folder.Value<long>("SELECT count(*) FROM crawls"));
        Assert.Equal(Feeds * 30, folder.Value<long>("SELECT count(*) FROM posts"));
        Assert.Equal(folder.Value<long>("SELECT sum(new_posts) FROM crawls"), folder.Value<long>("SELECT count(*) FROM posts"));
        Assert.Equal(folder.Value<long>("SELECT count(*) FROM posts"), folder.Value<long>("SELECT count(*) FROM post_texts"));
        Assert.Equal(folder.Value<long>("SELECT count(*) FROM posts"), folder.Value<long>("SELECT sum(post_count) FROM companies"));
        Assert.Equal(0, folder.Value<long>("SELECT count(*) FROM leases WHERE holder IS NOT NULL"));
        Assert.Equal(1, origin.Report().MostAtOnceToOneHost);
    }

    [Fact]
    public async Task A_crawl_that_is_asked_to_stop_ends_well_and_gives_back_what_it_had()
    {
        await using var origin = await LoopbackOrigin.Start(SyntheticFeeds.Write(30), 0, TimeSpan.FromMilliseconds(20));
        await Import(origin);
        await using var crawl = KawarabanProcess.Start(folder.Name, [.. Crawl("--due"), "--set", "crawling.parallel=3"]);
        await crawl.NextMessage(TestContext.Current.CancellationToken);
        crawl.Terminate();
        Assert.Equal(0, (await crawl.End()).Code);
        Assert.Equal(0, folder.Value<long>("SELECT count(*) FROM leases WHERE holder IS NOT NULL"));
    }

    [Fact]
    public async Task Every_published_feed_ends_in_posts_or_an_explained_error_and_a_second_crawl_adds_none()
    {
        var files = FeedFile.In(Corpus.Folder("real"));
        await using var origin = await LoopbackOrigin.Start(files, 0, TimeSpan.Zero);
        await Import(origin);

        var first = await KawarabanProcess.Run(folder.Name, [.. Crawl("--all"), "--json"]);
        Assert.True(first.Code == 0, first.Messages);
        using var report = JsonDocument.Parse(first.Output);
        Assert.Equal(files.Count, report.RootElement.GetProperty("visited").GetInt32());
        var posts = folder.Value<long>("SELECT count(*) FROM posts");
        Assert.InRange(posts, 4_000, 6_000);
        Assert.Equal(0, folder.Value<long>("SELECT count(*) FROM sources WHERE health <> 'healthy' AND coalesce(last_error, '') = ''"));
        Assert.Equal(0, folder.Value<long>("SELECT count(*) FROM crawls WHERE outcome = 'failed'"));
        TestContext.Current.SendDiagnosticMessage("{0} files, {1} posts, {2}", files.Count, posts, first.Output);

        var second = await KawarabanProcess.Run(folder.Name, [.. Crawl("--all"), "--json"]);
        Assert.True(second.Code == 0, second.Messages);
        Assert.Equal(posts, folder.Value<long>("SELECT count(*) FROM posts"));
        using var again = JsonDocument.Parse(second.Output);
        Assert.Equal(0, again.RootElement.GetProperty("newPosts").GetInt32());
        Assert.Equal(1, origin.Report().MostAtOnceToOneHost);
    }

    [Fact]
    public async Task Every_published_list_is_imported_and_what_is_skipped_is_said()
    {
        foreach (var list in Directory.GetFiles(Corpus.Folder("lists"), "*.opml"))
        {
            var ended = await KawarabanProcess.Run(folder.Name, "sources", "import", list, "--json");
            Assert.True(ended.Code == 0, ended.Messages);
            using var report = JsonDocument.Parse(ended.Output);
            Assert.True(report.RootElement.GetProperty("added").GetArrayLength() > 100);
            Assert.All(report.RootElement.GetProperty("skipped").EnumerateArray(), skipped => Assert.NotEmpty(skipped.GetProperty("reason").GetString()!));
        }
    }

    public void Dispose() => folder.Dispose();

    private static string[] Crawl(params string[] scope) => ["crawl", .. scope, "--allow-private-networks", "--set", "crawling.gap=0.1"];

    private async Task Import(LoopbackOrigin origin)
    {
        var list = folder.File("list.opml", $"""
            <opml version="2.0"><body>
            {string.Concat(origin.Feeds.Select(feed => $"<outline type=\"rss\" text=\"{feed.Name}\" xmlUrl=\"{feed.Url}\"/>"))}
            </body></opml>
            """);
        var ended = await KawarabanProcess.Run(folder.Name, "sources", "import", list);
        Assert.True(ended.Code == 0, ended.Messages);
    }
}
