using System.Globalization;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Tests.Storage;

namespace Kawaraban.Tests.Crawling;

public sealed class ScheduledCrawlTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_is_visited_daily_where_nothing_else_is_said()
    {
        await using var field = new Field("https://a.example/");
        await field.Crawl(CrawlScope.Due);
        var source = await field.Source();
        Assert.Null(source.Schedule);
        Assert.InRange(source.NextCrawlAt, Field.Now.AddHours(6), Field.Now.AddHours(6).AddMinutes(1));
    }

    [Fact]
    public async Task The_installation_may_decide_otherwise_and_a_person_for_one_source()
    {
        await using var field = new Field("https://a.example/", "https://b.example/");
        field.Options = field.Options with { Schedule = Schedule.Every(TimeSpan.FromHours(2)) };
        var due = await Timings(field).Set(2, Parse("every 30m"), Cancellation);
        Assert.Equal(Field.Now, due); // its first visit is due as it was
        await field.Crawl(CrawlScope.Due);
        Assert.InRange((await field.Source(1)).NextCrawlAt - field.Clock.GetUtcNow(), TimeSpan.FromMinutes(115), TimeSpan.FromMinutes(132));
        Assert.InRange((await field.Source(2)).NextCrawlAt - field.Clock.GetUtcNow(), TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(33));
        Assert.Equal("every 30m", (await field.Source(2)).Schedule);
    }

    [Fact]
    public async Task A_new_schedule_counts_from_now_on_and_can_be_taken_back()
    {
        await using var field = new Field("https://a.example/");
        await field.Crawl(CrawlScope.Due);
        var now = field.Clock.GetUtcNow();
        Assert.Equal(Milliseconds(now.AddHours(1)), await Timings(field).Set(1, Parse("every 1h"), Cancellation));
        Assert.Equal(Milliseconds(now.AddHours(1)), (await field.Source()).NextCrawlAt);
        Assert.Equal(Milliseconds(now.AddHours(1)).ToUnixTimeMilliseconds(), field.Temporary.Value<long>("SELECT ready_at FROM leases"));
        Assert.InRange(await Timings(field).Set(1, null, Cancellation), Field.Now.AddHours(6), Field.Now.AddHours(7));
        Assert.Null((await field.Source()).Schedule);
    }

    [Fact]
    public async Task A_new_schedule_does_not_hurry_who_is_backing_off_or_was_asked_to_wait()
    {
        await using var field = new Field("https://a.example/", "https://b.example/");
        field.Web = request => request.Url.Host == "a.example"
            ? new Refused(request.Url, 500, null, "the server failed (500)")
            : new Throttled(request.Url, 503, null, Field.Now.AddHours(5));
        await field.Crawl(CrawlScope.Due);
        foreach (var id in (long[])[1, 2])
        {
            var before = (await field.Source(id)).NextCrawlAt;
            Assert.Equal(before, await Timings(field).Set(id, Parse("every 15m"), Cancellation));
        }
    }

    [Fact]
    public async Task A_schedule_given_during_a_visit_is_not_waited_for_until_the_old_one_is_over()
    {
        await using var field = new Field("https://a.example/");
        await Timings(field).Set(1, Parse("every 30d"), Cancellation);
        await field.Crawler(async (request, _) =>
        {
            await Timings(field).Set(1, Parse("every 1h"), CancellationToken.None);
            return Field.Document(request, Field.Rss("one"));
        }).CrawlOnce(CrawlScope.Due, null, Cancellation);
        Assert.Equal(Milliseconds(field.Clock.GetUtcNow().AddMinutes(15)), (await field.Source()).NextCrawlAt);
    }

    [Fact]
    public async Task A_schedule_that_cannot_be_read_is_the_installations()
    {
        await using var field = new Field("https://a.example/");
        field.Temporary.Run("UPDATE sources SET schedule = 'daily 06:00 Asia/Edo'");
        await field.Crawl(CrawlScope.Due);
        Assert.InRange((await field.Source()).NextCrawlAt, Field.Now.AddHours(6), Field.Now.AddHours(6).AddMinutes(1));
    }

    [Fact]
    public async Task What_the_feed_asks_for_still_holds_after_a_304()
    {
        await using var field = new Field("https://a.example/");
        field.Options = field.Options with { Schedule = Schedule.Every(TimeSpan.FromMinutes(15)) };
        field.Web = request => Field.Document(request, Field.Rss("one").Replace("<item>", "<ttl>120</ttl><skipHours><hour>3</hour></skipHours><item>", StringComparison.Ordinal));
        await field.Crawl(CrawlScope.Due);
        Assert.InRange((await field.Source()).NextCrawlAt, Field.Now.AddHours(2), Field.Now.AddHours(2.3));

        field.Clock.Advance(TimeSpan.FromHours(1));
        field.Web = request => new NotModified(request.Url, 304, null, null, null);
        await field.Crawl(CrawlScope.All);
        // Two hours later it is three, which it asks to leave out.
        Assert.InRange((await field.Source()).NextCrawlAt, Field.Now.AddHours(4), Field.Now.AddHours(4.6));
        Assert.Equal(7_200_000L, field.Temporary.Value<long>("SELECT hint_interval_ms FROM sources"));
    }

    [Fact]
    public async Task What_http_asks_for_holds_until_the_next_answer()
    {
        await using var field = new Field("https://a.example/");
        field.Options = field.Options with { Schedule = Schedule.Every(TimeSpan.FromMinutes(15)) };
        field.Web = request => (Fetched)Field.Document(request, Field.Rss("one")) with { FreshFor = TimeSpan.FromHours(3) };
        await field.Crawl(CrawlScope.Due);
        Assert.InRange((await field.Source()).NextCrawlAt, Field.Now.AddHours(3), Field.Now.AddHours(3.4));
        field.Web = request => new NotModified(request.Url, 304, null, null, null) { FreshFor = TimeSpan.FromHours(1) };
        await field.Crawl(CrawlScope.All);
        Assert.InRange((await field.Source()).NextCrawlAt, Field.Now.AddHours(1), Field.Now.AddHours(1.2));
    }

    [Fact]
    public async Task An_adaptive_schedule_follows_the_posts()
    {
        await using var field = new Field("https://a.example/");
        field.Options = field.Options with { Schedule = Schedule.Adaptive };
        field.Web = request => Field.Document(request, Dated(1, 5, 9, 13, 17));
        await field.Crawl(CrawlScope.Due);
        Assert.InRange((await field.Source()).NextCrawlAt, Field.Now.AddHours(2), Field.Now.AddHours(2.3));

        // Nothing new for half a year: a 304 knows of no dates, but the source does.
        field.Clock.Advance(TimeSpan.FromDays(91));
        field.Web = request => new NotModified(request.Url, 304, null, null, null);
        await field.Crawl(CrawlScope.All);
        Assert.InRange((await field.Source()).NextCrawlAt - field.Clock.GetUtcNow(), TimeSpan.FromHours(11.9), TimeSpan.FromHours(13.3));
    }

    [Fact]
    public async Task A_long_list_is_not_due_in_one_second()
    {
        await using var temporary = new TemporaryDatabase();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Field.Now);
        var registry = new SourceRegistry(temporary.Database, url => $"{url.AbsolutePath.Length}{url.AbsolutePath[^1]}", clock);
        var outlines = Enumerable.Range(0, 3000).Select(i => new OpmlOutline("a", $"https://a.example/{i}", null));
        await registry.Import(new OpmlList([.. outlines], null), Cancellation);
        var now = Field.Now.ToUnixTimeMilliseconds();
        Assert.Equal(1000L, temporary.Value<long>($"SELECT count(*) FROM sources WHERE next_crawl_at <= {now}"));
        Assert.Equal(200L, temporary.Value<long>($"SELECT count(*) FROM sources WHERE next_crawl_at > {now} AND next_crawl_at <= {now + 1000}"));
        Assert.Equal(now + 10_000, temporary.Value<long>("SELECT max(next_crawl_at) FROM sources"));
        Assert.Equal(Field.Now.AddSeconds(10), await temporary.Database.Read(session => LeaseTable.LastFirstVisit(session, Field.Now), Cancellation));
    }

    [Fact]
    public async Task A_run_over_what_is_due_takes_in_the_first_visits_that_are_about_to_be()
    {
        await using var field = new Field("https://a.example/", "https://b.example/", "https://c.example/");
        await field.Crawl(CrawlScope.Of([3]));
        var soon = field.Clock.GetUtcNow().AddSeconds(20).ToUnixTimeMilliseconds();
        field.Temporary.Run($"UPDATE sources SET next_crawl_at = {soon} WHERE id = 2; UPDATE leases SET due_at = {soon}, ready_at = {soon} WHERE politeness_key = 'b.example'");
        Assert.Equal(2, (await field.Crawl(CrawlScope.Due)).Visited);
    }

    private static TimingTable Timings(Field field) => new(field.Database, field.Clock, field.Options.Schedule, field.Options.TimeZone);

    private static Schedule Parse(string text) =>
        Schedule.TryParse(text, out var schedule, out var problem) ? schedule : throw new ArgumentException(problem);

    private static DateTimeOffset Milliseconds(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    private static string Dated(params int[] hoursAgo) => $"""
        <rss version="2.0"><channel><title>Feed</title><link>https://site.example/</link><description>d</description>
        {string.Concat(hoursAgo.Select(hours => $"<item><guid>https://site.example/{hours}</guid><title>{hours}</title><pubDate>{Field.Now.AddHours(-hours).ToString("r", CultureInfo.InvariantCulture)}</pubDate></item>"))}
        </channel></rss>
        """;
}
