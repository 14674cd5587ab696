using Kawaraban.Crawling;

namespace Kawaraban.Tests.Crawling;

public sealed class UpkeepTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_history_is_deleted_but_the_latest_visit_of_each_source_is_kept()
    {
        await using var field = new Field("https://a.example/", "https://b.example/", "https://c.example/");
        const long day = 86_400_000;
        var now = Field.Now.ToUnixTimeMilliseconds();
        List<(long Source, long EndedAt)> visits = [];
        // 1,500 days of the first, the second was paused long ago, the third has never been visited.
        for (var age = 1500; age >= 0; age--)
        {
            if (age is 1500 or 1400)
                visits.Add((2, now - (age * day)));
            visits.Add((1, now - (age * day)));
        }

        Visit(field, visits);

        var upkeep = new Upkeep(field.Database, field.Clock, field.Options);
        Assert.Equal(1411, await upkeep.Once(Cancellation));
        Assert.Equal(91L, field.Temporary.Value<long>("SELECT count(*) FROM crawls WHERE source_id = 1"));
        Assert.Equal(now - (90 * day), field.Temporary.Value<long>("SELECT min(ended_at) FROM crawls WHERE source_id = 1"));
        Assert.Equal(now - (1400 * day), field.Temporary.Value<long>("SELECT ended_at FROM crawls WHERE source_id = 2"));
        Assert.Equal(3, upkeep.Sources);
    }

    [Fact]
    public async Task It_is_done_once_an_hour()
    {
        await using var field = new Field("https://a.example/");
        var upkeep = new Upkeep(field.Database, field.Clock, field.Options);
        await upkeep.Once(Cancellation);
        Visit(field, [(1, 0), (1, 1)]);
        field.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await upkeep.Once(Cancellation));
        field.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await upkeep.Once(Cancellation));
    }

    [Fact]
    public async Task A_crawler_does_it_beside_crawling()
    {
        await using var field = new Field("https://a.example/");
        Visit(field, [(1, 0)]);
        await field.Crawl(CrawlScope.Due);
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM crawls"));

        Visit(field, [(1, 0), (1, 1)]);
        using var stop = new CancellationTokenSource();
        var crawl = field.Crawler().CrawlForever(null, stop.Token);
        while (field.Temporary.Value<long>("SELECT count(*) FROM crawls WHERE ended_at = 0") > 0)
            await Task.Delay(1, Cancellation);
        await stop.CancelAsync();
        await crawl;
    }

    private static void Visit(Field field, IEnumerable<(long Source, long EndedAt)> visits) =>
        field.Temporary.Run($"""
            INSERT INTO crawls (source_id, started_at, ended_at, outcome, bytes, entries, new_posts, updated_posts, sentence) VALUES
            {string.Join(',', visits.Select(visit => $"({visit.Source}, {visit.EndedAt}, {visit.EndedAt}, 'unchanged', 0, 0, 0, 0, '')"))}
            """);
}
