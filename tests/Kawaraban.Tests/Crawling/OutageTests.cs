using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Scheduling;

namespace Kawaraban.Tests.Crawling;

public sealed class OutageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dns")]
    [InlineData("connect")]
    [InlineData("timeout")]
    [InlineData("tls")]
    public async Task When_nobody_can_be_reached_no_source_is_blamed(string code)
    {
        await using var field = await Well(30);
        var before = await field.Registry.List(Cancellation);
        field.Web = request => Silence(request, code);
        List<string> notices = [];
        var summary = await Crawl(field, CrawlScope.All, notices);

        Assert.Equal(["we seem to be offline: 8 of 8 sites cannot be reached; no source is blamed"], notices);
        Assert.True(summary.IsOffline);
        // Seven were blamed before it was recognised, and pardoned then.
        var after = await field.Registry.List(Cancellation);
        Assert.Equal(before.Select(source => source with { NextCrawlAt = default }), after.Select(source => source with { NextCrawlAt = default }));
        Assert.All(after, source => Assert.Equal(("healthy", 0, null), (source.Health, source.Failures, source.LastError)));
        Assert.Equal(0L, field.Temporary.Value<long>($"SELECT count(*) FROM crawls WHERE outcome = '{code}'"));
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM leases WHERE holder IS NOT NULL"));
    }

    [Fact]
    public async Task Whom_it_met_is_due_again_in_minutes()
    {
        await using var field = await Well(30);
        field.Web = request => Silence(request);
        await Crawl(field, CrawlScope.All, []);
        var now = field.Clock.GetUtcNow();
        var met = field.Asked.Skip(30).Select(asked => asked.Url).Distinct().ToHashSet();
        Assert.InRange(met.Count, 8, 30);
        foreach (var source in await field.Registry.List(Cancellation))
        {
            if (met.Contains(source.Url))
                Assert.InRange(source.NextCrawlAt, now.AddMinutes(2.5), now.AddMinutes(6));
            else
                Assert.True(source.NextCrawlAt <= now, "who was not asked is due as before");
        }
    }

    [Fact]
    public async Task While_it_lasts_a_few_are_asked_and_when_it_is_over_all()
    {
        await using var field = await Well(40);
        var isOffline = true;
        field.Web = request => isOffline ? Silence(request) : new NotModified(request.Url, 304, null, null, null);
        await field.Database.Write(session => LeaseTable.MakeAllDue(session, field.Clock.GetUtcNow()), Cancellation);
        List<string> notices = [];
        using var stop = new CancellationTokenSource();
        var crawler = field.Crawler();
        crawler.Noticed += notices.Add;
        var crawl = crawler.CrawlForever(null, stop.Token);
        await Turn(field, () => notices.Count == 1 || crawl.IsCompleted);
        var askedBefore = field.Asked.Count;
        var begin = field.Clock.GetUtcNow();
        await Turn(field, () => field.Clock.GetUtcNow() - begin > TimeSpan.FromMinutes(5) || crawl.IsCompleted);
        Assert.InRange(field.Asked.Count - askedBefore, 10, 3 * 31);

        isOffline = false;
        await Turn(field, () => notices.Count == 2 || crawl.IsCompleted);
        Assert.Equal("we are online again", notices[1]);
        var overAt = field.Clock.GetUtcNow();
        await Turn(field, () => field.Clock.GetUtcNow() - overAt > TimeSpan.FromMinutes(7));
        await stop.CancelAsync();
        await crawl;
        var sources = await field.Registry.List(Cancellation);
        Assert.All(sources, source => Assert.True(source.LastSuccessAt >= begin, $"{source.Url} was not visited after the outage"));
        Assert.All(sources, source => Assert.Equal(0, source.Failures));
    }

    [Fact]
    public async Task One_answer_between_them_and_each_is_its_own()
    {
        await using var field = await Well(30);
        field.Options = field.Options with { Parallel = 1 };
        var asked = 0;
        field.Web = request => ++asked % 8 == 0 ? new Refused(request.Url, 500, null, "the server failed (500)") : Silence(request);
        List<string> notices = [];
        var summary = await Crawl(field, CrawlScope.All, notices);
        Assert.Empty(notices);
        Assert.Equal((30, 30, false), (summary.Visited, summary.Failed, summary.IsOffline));
    }

    [Fact]
    public async Task Those_that_fail_anyway_prove_nothing()
    {
        await using var field = await Well(30);
        field.Web = request => Silence(request);
        foreach (var id in Enumerable.Range(1, 20))
            await field.Crawl(CrawlScope.Of([id])); // a run each: nobody remembers the others

        Assert.Equal(20L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE failures = 1"));
        List<string> notices = [];
        await Crawl(field, CrawlScope.Of([.. Enumerable.Range(1, 20).Select(id => (long)id)]), notices);
        Assert.Empty(notices);
        Assert.Equal(20L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE failures = 2"));
    }

    [Fact]
    public async Task A_list_of_which_many_are_dead_is_no_outage()
    {
        // Names that do not exist are told at once, pages come later.
        await using var field = new Field([.. Enumerable.Range(0, 120).Select(i => $"https://h{i}.example/")]);
        List<string> notices = [];
        var crawler = field.Crawler(async (request, cancellation) =>
        {
            var number = int.Parse(request.Url.Host[1..^8], System.Globalization.CultureInfo.InvariantCulture);
            if (number % 4 == 0)
                return Silence(request);
            await Task.Delay(TimeSpan.FromMilliseconds(300), field.Clock, cancellation);
            return Field.Document(request, Field.Rss("one"));
        });
        crawler.Noticed += notices.Add;
        var crawl = crawler.CrawlOnce(CrawlScope.Due, null, Cancellation);
        await Turn(field, () => crawl.IsCompleted);
        Assert.Equal((120, 30), (await crawl) is var summary ? (summary.Visited, summary.Failed) : default);
        Assert.Empty(notices);
    }

    [Fact]
    public async Task A_list_that_is_imported_while_we_are_offline_is_not_blamed_either()
    {
        await using var field = new Field([.. Enumerable.Range(0, 80).Select(i => $"https://h{i}.example/")]) { Web = request => Silence(request) };
        List<string> notices = [];
        await Crawl(field, CrawlScope.Due, notices);
        Assert.Equal(["we seem to be offline: 50 of 50 sites cannot be reached; no source is blamed"], notices);
        Assert.All(await field.Registry.List(Cancellation), source => Assert.Equal(("new", 0, null), (source.Health, source.Failures, source.LastCrawlAt)));
    }

    [Fact]
    public async Task Sources_of_one_site_are_one_witness()
    {
        await using var field = new Field([.. Enumerable.Range(0, 20).Select(i => $"https://h{i % 7}.example/{i}")]);
        await field.Crawl(CrawlScope.Due);
        field.Web = request => Silence(request);
        List<string> notices = [];
        await Crawl(field, CrawlScope.All, notices);
        Assert.Empty(notices);
        Assert.Equal(20L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE failures = 1"));
    }

    [Fact]
    public async Task A_pardon_comes_too_late_for_who_was_visited_since()
    {
        await using var field = await Well(1);
        field.Web = request => new Refused(request.Url, 500, null, "the server failed (500)");
        await field.Crawl(CrawlScope.All);
        var failed = await field.Source();
        await field.Database.Write(
            session => new Pardon(1, "healthy", 0, null, null, null, failed.LastCrawlAt!.Value.AddMinutes(-1)).Grant(session, Field.Now), Cancellation);
        Assert.Equal(failed, await field.Source());
    }

    [Fact]
    public async Task A_server_that_answers_too_slowly_to_the_end_has_answered()
    {
        await using var field = await Well(30);
        field.Web = request => new Unreachable(request.Url, 200, null, "timeout", "too slow");
        List<string> notices = [];
        Assert.Equal(30, (await Crawl(field, CrawlScope.All, notices)).Failed);
        Assert.Empty(notices);
    }

    private static async Task<Field> Well(int sources)
    {
        var field = new Field([.. Enumerable.Range(0, sources).Select(i => $"https://h{i}.example/")]);
        Assert.Equal(0, (await field.Crawl(CrawlScope.Due)).Failed);
        return field;
    }

    private static Unreachable Silence(FetchRequest request, string code = "dns") => new Unreachable(request.Url, null, null, code, "nobody there");

    private static async Task<CrawlSummary> Crawl(Field field, CrawlScope scope, List<string> notices)
    {
        var crawler = field.Crawler();
        crawler.Noticed += notices.Add;
        var crawl = crawler.CrawlOnce(scope, null, Cancellation);
        await Turn(field, () => crawl.IsCompleted);
        return await crawl;
    }

    private static async Task Turn(Field field, Func<bool> isOver)
    {
        while (!isOver())
        {
            field.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(Kawaraban.Tests.Storage.TemporaryDatabase.Pace, Cancellation);
        }
    }
}
