using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Scheduling;

namespace Kawaraban.Tests.Crawling;

/// <summary>A clock that is set while we work.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    [Fact]
    public async Task A_clock_that_is_set_forward_during_a_visit_lets_nobody_else_in()
    {
        await using var field = new Field("https://a.example/1", "https://a.example/2");
        var asked = new List<string>();
        var answer = new TaskCompletionSource();
        var (atOnce, most) = (0, 0);
        var crawl = field.Crawler(async (request, _) =>
        {
            lock (asked)
            {
                most = Math.Max(most, ++atOnce);
                asked.Add(request.Url.AbsoluteUri);
            }

            await answer.Task;
            lock (asked)
                atOnce--;
            return Field.Document(request, Field.Rss("one"));
        }).CrawlOnce(CrawlScope.Due, null, TestContext.Current.CancellationToken);

        // All leases have lapsed by this clock, and it is looked at again and again.
        await Until(field, () => asked.Count == 1);
        field.Clock.AdjustTime(field.Clock.GetUtcNow() + Year);
        for (var i = 0; i < 20; i++)
            await Pass(field);
        Assert.Single(asked);
        answer.SetResult();
        await field.WhileTimePasses(crawl);
        Assert.Equal((2, 1), (asked.Distinct().Count(), most));
        Assert.Equal(2L, field.Temporary.Value<long>("SELECT count(*) FROM crawls"));
    }

    [Fact]
    public async Task A_clock_that_was_a_year_ahead_and_is_set_back_keeps_nobody_waiting_for_a_year()
    {
        await using var field = new Field("https://a.example/", "https://b.example/", "https://c.example/");
        field.Clock.AdjustTime(Field.Now + Year);
        field.Web = request => request.Url.Host switch
        {
            "b.example" => new Throttled(request.Url, 429, null, field.Clock.GetUtcNow().AddHours(3)),
            "c.example" => new Refused(request.Url, 500, null, "the server failed (500)"),
            _ => Field.Document(request, Field.Rss("one")),
        };
        await field.Crawl(CrawlScope.Due);

        // What is known of each holds from now on as it would have held then.
        field.Clock.AdjustTime(Field.Now);
        Assert.Equal(0, (await field.Crawl(CrawlScope.Due)).Visited);
        var now = Field.Now.ToUnixTimeMilliseconds();
        Assert.Equal(0L, field.Temporary.Value<long>($"SELECT count(*) FROM sources WHERE last_crawl_at > {now + 60_000}"));
        Assert.Equal(0L, field.Temporary.Value<long>($"SELECT count(*) FROM sources WHERE next_crawl_at > {now + 2 * 86_400_000L}"));
        Assert.Equal(0L, field.Temporary.Value<long>($"SELECT count(*) FROM leases WHERE ready_at > {now + 2 * 86_400_000L}"));
        Assert.InRange((await field.Source(2)).NextCrawlAt, Field.Now.AddHours(2.9), Field.Now.AddHours(3.2));
        Assert.InRange((await field.Source(3)).NextCrawlAt, Field.Now.AddMinutes(25), Field.Now.AddMinutes(45));

        field.Web = request => Field.Document(request, Field.Rss("one"));
        field.Clock.AdjustTime(Field.Now.AddDays(2));
        Assert.Equal(3, (await field.Crawl(CrawlScope.Due)).Visited);
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE health <> 'healthy'"));
        Assert.Equal(3L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
    }

    [Fact]
    public async Task A_site_that_was_only_asked_for_its_rules_by_a_wrong_clock_does_not_wait_either()
    {
        await using var field = new Field("https://a.example/");
        field.ReadsRobots = true;
        var ahead = (Field.Now + Year).ToUnixTimeMilliseconds();
        field.Temporary.Run($"UPDATE leases SET next_allowed_at = {ahead}, ready_at = {ahead}");
        Assert.Equal(1, (await field.Crawl(CrawlScope.Due)).Visited);
    }

    [Fact]
    public async Task A_wait_that_a_server_may_ask_for_is_not_taken_for_a_wrong_clock()
    {
        await using var field = new Field("https://a.example/");
        var asked = (Field.Now + Rhythm.LongestRequestedWait).ToUnixTimeMilliseconds();
        field.Temporary.Run($"UPDATE leases SET next_allowed_at = {asked}, ready_at = {asked}");
        Assert.Equal(0, (await field.Crawl(CrawlScope.Due)).Visited);
        Assert.Equal(asked, field.Temporary.Value<long>("SELECT next_allowed_at FROM leases"));
    }

    private static async Task Until(Field field, Func<bool> isSo)
    {
        while (!isSo())
            await Pass(field);
    }

    private static async Task Pass(Field field)
    {
        field.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(Storage.TemporaryDatabase.Pace, CancellationToken.None);
    }
}
