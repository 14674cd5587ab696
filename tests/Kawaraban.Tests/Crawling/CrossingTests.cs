using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Scheduling;

namespace Kawaraban.Tests.Crawling;

/// <summary>Redirects from one site to another, over real HTTP: what the other site sees of us.</summary>
public sealed class CrossingTests : IAsyncLifetime
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(2);

    private readonly Field field = new() { Options = new CrawlerOptions { Gap = Gap, Lease = TimeSpan.FromHours(3) } };
    private readonly CountingOrigin origin;

    public CrossingTests() => origin = new CountingOrigin(field.Clock) { Answer = (_, path) => path == "/robots.txt" ? CountingOrigin.Status(404) : CountingOrigin.Ok(Field.Rss("one")) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task The_other_site_is_asked_for_its_rules_first_and_the_visit_comes_again_after_its_gap()
    {
        await Add("a");
        Redirect("a", "b");
        var summary = await Crawl(CrawlScope.Due);
        Assert.Equal((1, 0, 1), (summary.Visited, summary.Failed, summary.NewPosts));
        Assert.Equal(
            ["a.example/robots.txt", "a.example/feed", "b.example/robots.txt", "a.example/feed", "b.example/feed"], origin.Whats());
        AssertManners();
        var history = await field.Registry.History(1, 9, Cancellation);
        Assert.Equal(["updated", "waiting"], history.Select(visit => visit.Outcome));
        Assert.Contains("its server redirects to http://b.example", history[1].Sentence, StringComparison.Ordinal);
        Assert.Contains("had to be asked for first; next try", history[1].Sentence, StringComparison.Ordinal);

        // Both have a day of peace from the rules; then the feed comes in one visit.
        origin.Asked.Clear();
        field.Clock.Advance(TimeSpan.FromHours(1));
        await Crawl(CrawlScope.Of([1]));
        Assert.Equal(["a.example/feed", "b.example/feed"], origin.Whats());
        Assert.Equal(2L, field.Temporary.Value<long>("SELECT count(*) FROM leases WHERE until = 0 AND holder IS NULL"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_site_that_others_redirect_to_is_never_asked_twice_at_once_nor_sooner_than_its_gap()
    {
        foreach (var host in (string[])["a", "c", "d", "e", "b"])
            await Add(host);
        await field.Registry.Add(new(new Uri(origin.At("b", "/second"))), Cancellation);
        await field.Registry.Add(new(new Uri(origin.At("b", "/third"))), Cancellation);
        Redirect("a", "b");
        Redirect("c", "b");
        // Each would wait for the other for ever, if anybody waited.
        Redirect("d", "e", "/there");
        Redirect("e", "d", "/there");
        var crawlers = Enumerable.Range(0, 2).Select(_ => Crawler().CrawlOnce(CrawlScope.Due, null, Cancellation)).ToArray();
        var summaries = await field.WhileTimePasses(Task.WhenAll(crawlers));
        Assert.Equal(7, summaries.Sum(summary => summary.Visited));
        Assert.Equal(0, summaries.Sum(summary => summary.Failed));
        AssertManners();
        Assert.Equal(1, origin.Whats().Count(what => what == "b.example/robots.txt"));
    }

    [Fact(Timeout = 60_000)]
    public async Task While_somebody_else_talks_to_the_other_site_the_visit_is_given_back_with_a_sentence_and_without_a_request_to_it()
    {
        await Add("a");
        Redirect("a", "b");
        field.Options = field.Options with { LongestWait = TimeSpan.FromSeconds(10) };
        var others = new LeaseTable(new Holder());
        var until = Field.Now.AddMinutes(1);
        Assert.NotNull(await field.Database.Write(session => others.ClaimKey(session, "b.example", Field.Now, until), Cancellation));
        var summary = await Crawl(CrawlScope.Due);
        Assert.Equal(0, summary.Visited);
        Assert.Equal("a.example", Assert.Single(summary.Waiting).PolitenessKey);
        Assert.DoesNotContain(origin.Whats(), what => what.StartsWith("b.", StringComparison.Ordinal));
        var visit = Assert.Single(await field.Registry.History(1, 9, Cancellation));
        Assert.Matches("^source \"a.example\": its server redirects to http://b.example:[0-9]+/feed, and b.example is being asked for something else, or was a moment ago; next try 2026-11-24 00:0[01] UTC$", visit.Sentence);
        var source = await field.Source();
        // As long as a turn takes, and not as long as the lease might hold; the clock runs on while sockets are slow.
        Assert.InRange(source.NextCrawlAt - origin.Times("a")[^1], TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(40));
        Assert.Equal(("new", 0), (source.Health, source.Failures));

        // Again and again is one row.
        field.Clock.Advance(TimeSpan.FromMinutes(2));
        var later = field.Clock.GetUtcNow().AddHours(1);
        field.Temporary.Run($"UPDATE leases SET next_allowed_at = {later.ToUnixTimeMilliseconds()} WHERE politeness_key = 'b.example'");
        await Crawl(CrawlScope.Due);
        Assert.Single(await field.Registry.History(1, 9, Cancellation));
        Assert.InRange((await field.Source()).NextCrawlAt, later, later.AddMinutes(1));
        field.Clock.Advance(TimeSpan.FromHours(2));
        field.Options = field.Options with { LongestWait = TimeSpan.FromMinutes(1) };
        Assert.Equal(1, (await Crawl(CrawlScope.Due)).Visited);
        AssertManners();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("User-agent: *\nDisallow: /", false)]
    [InlineData("User-agent: Kawaraban\nDisallow: /feed", true)]
    [InlineData("User-agent: Kawaraban\nDisallow: /other", false)]
    public async Task The_other_site_keeps_us_out_by_naming_us_and_not_otherwise(string robots, bool isBlocked)
    {
        await Add("a");
        Redirect("a", "b", robots: robots);
        var summary = await Crawl(CrawlScope.Due);
        Assert.Equal((1, isBlocked ? 1 : 0), (summary.Visited, summary.Failed));
        Assert.Equal(isBlocked ? 0 : 1, origin.Whats().Count(what => what == "b.example/feed"));
        if (isBlocked)
            Assert.Matches("the server redirects to http://b.example:[0-9]+/feed, but the robots.txt of b.example:[0-9]+ names Kawaraban", (await field.Source()).LastError);
    }

    [Fact(Timeout = 60_000)]
    public async Task Each_site_is_left_alone_for_a_gap_of_its_own()
    {
        await Add("a");
        Redirect("a", "b", robots: "User-agent: *\nCrawl-delay: 40\nDisallow: /x");
        await Crawl(CrawlScope.Due);
        var (a, b) = (origin.Times("a"), origin.Times("b"));
        Assert.InRange(b[1] - b[0], TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(50));
        Assert.Equal(TimeSpan.FromSeconds(38).TotalSeconds, Allowed("b").Subtract(Allowed("a")).TotalSeconds, 1.0);
        Assert.True(a[1] - a[0] >= Gap);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_asks_us_to_slow_down_is_left_alone_and_not_the_site_that_led_there()
    {
        await Add("a");
        Redirect("a", "b");
        await Crawl(CrawlScope.Due);
        var answer = origin.Answer;
        origin.Answer = (host, path) => host == "b" ? CountingOrigin.Status(429, "Retry-After: 3600\r\n") : answer(host, path);
        field.Clock.Advance(TimeSpan.FromHours(1));
        await Crawl(CrawlScope.Of([1]));
        Assert.Equal("throttled", (await field.Source()).Health);
        Assert.True(Allowed("b") - field.Clock.GetUtcNow() > TimeSpan.FromMinutes(50));
        Assert.True(Allowed("a") - field.Clock.GetUtcNow() < TimeSpan.FromMinutes(1));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("a.example")]
    [InlineData("b.example")]
    public async Task A_worker_that_has_lost_either_lease_writes_nothing_and_gives_the_other_back(string lost)
    {
        await Add("a");
        Redirect("a", "b");
        var answer = origin.Answer;
        origin.Answer = (host, path) =>
        {
            if (host == "b" && path == "/feed")
                field.Temporary.Run($"UPDATE leases SET token = token + 1, holder = 'somebody/else' WHERE politeness_key = '{lost}'");
            return answer(host, path);
        };
        var summary = await Crawl(CrawlScope.Of([1]));
        Assert.Equal(0, summary.Visited);
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM crawls WHERE outcome <> 'waiting'"));
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE last_crawl_at IS NULL AND etag IS NULL"));
        Assert.Equal(lost, field.Temporary.Value<string>("SELECT min(politeness_key) FROM leases WHERE until > 0"));
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM leases WHERE until > 0"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_permanent_redirect_to_another_site_is_adopted_and_the_source_is_asked_there_alone()
    {
        await Add("a");
        Redirect("a", "b", status: 301);
        for (var i = 0; i < 3; i++)
        {
            await Crawl(CrawlScope.Of([1]));
            field.Clock.Advance(TimeSpan.FromHours(i == 2 ? 0 : 13));
        }

        var source = await field.Source();
        Assert.Equal((origin.At("b", "/feed"), "b.example"), (source.Url, source.PolitenessKey));
        AssertManners();
        Assert.Equal(2L, field.Temporary.Value<long>("SELECT count(*) FROM leases WHERE until = 0 AND holder IS NULL"));
        Assert.Equal(1L, field.Temporary.Value<long>("""
            SELECT count(*) FROM leases l JOIN sources s ON s.politeness_key = l.politeness_key WHERE l.due_at = s.next_crawl_at
            """));
        var last = origin.Times("b")[^1];
        origin.Asked.Clear();
        await Crawl(CrawlScope.Of([1]));
        Assert.Equal(["b.example/feed"], origin.Whats());
        Assert.True(origin.Times("b")[0] - last >= Gap);
    }

    [Fact(Timeout = 60_000)]
    public async Task Headers_that_were_given_for_one_server_do_not_reach_the_other_ones_rules()
    {
        await Add("a");
        Redirect("a", "b");
        await field.Registry.SetRequest(1, new RequestSettings([new RequestHeader("Cookie", "secret")], "Friend/1.0"), Cancellation);
        await Crawl(CrawlScope.Due);
        Assert.All(origin.Asked, asked => Assert.Equal(asked.What.StartsWith("a.", StringComparison.Ordinal), asked.Head.Contains("secret", StringComparison.Ordinal)));
        Assert.All(origin.Asked, asked => Assert.Contains("Friend/1.0", asked.Head, StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_redirect_to_where_we_do_not_go_is_told_at_once_and_leaves_no_lease_behind()
    {
        await Add("a");
        var answer = origin.Answer;
        origin.Answer = (host, path) => path == "/feed" ? CountingOrigin.Status(302, "Location: http://169.254.169.254/latest/\r\n") : answer(host, path);
        Assert.Equal((1, 1), (await Crawl(CrawlScope.Due)) is var summary ? (summary.Visited, summary.Failed) : default);
        Assert.Equal("forbidden-address", (await field.Registry.History(1, 1, Cancellation))[0].Outcome);
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM leases WHERE until > 0"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Rules_that_lie_at_another_site_take_its_lease_too()
    {
        await Add("a");
        await Add("b");
        origin.Answer = (host, path) => (host, path) switch
        {
            ("a", "/robots.txt") => origin.MovedTo("b", "/shared-robots.txt"),
            (_, "/shared-robots.txt") => CountingOrigin.Ok("User-agent: Kawaraban\nDisallow: /x"),
            (_, "/robots.txt") => CountingOrigin.Status(404),
            _ => CountingOrigin.Ok(Field.Rss(host)),
        };
        Assert.Equal((2, 0), (await Crawl(CrawlScope.Due)) is var summary ? (summary.Visited, summary.Failed) : default);
        AssertManners();
    }

    [Fact(Timeout = 60_000)]
    public async Task The_page_of_a_recipe_that_redirects_to_another_site_is_not_followed_there()
    {
        await Add("a");
        var feed = Field.Rss("one").Replace("https://site.example/one", origin.At("a", "/one"), StringComparison.Ordinal);
        origin.Answer = (host, path) => (host, path) switch
        {
            ("a", "/feed") => CountingOrigin.Ok(feed),
            ("a", "/one") => origin.MovedTo("b", "/one", 301),
            ("b", "/one") => CountingOrigin.Ok("<html><meta name=author content=stranger></html>"),
            _ => CountingOrigin.Status(404),
        };
        await RecipeCrawlTests.Set(field, """{"page": {"fill": "author"}}""");
        var crawler = field.Crawler(new FeedFetcher(field.Database, origin.Fetcher.Fetch, url => url.Host, field.Clock).Fetch, origin.Fetcher.Fetch);
        await field.WhileTimePasses(crawler.CrawlOnce(CrawlScope.Due, null, Cancellation));

        // Neither its page nor its rules: nobody at b has been asked for anything.
        Assert.Contains("a.example/one", origin.Whats());
        Assert.DoesNotContain(origin.Whats(), what => what.StartsWith("b.", StringComparison.Ordinal));
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM posts WHERE author IS NULL"));
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM pages WHERE state = 'failed'"));
        Assert.Contains(
            $"{origin.At("a", "/one")} redirects to {origin.At("b", "/one")}, at another site than the source, so it was not fetched",
            (await field.Registry.History(1, 1, Cancellation))[0].Sentence,
            StringComparison.Ordinal);
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM leases WHERE until > 0"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_looks_for_a_feed_takes_a_turn_at_each_site_that_is_redirected_to()
    {
        origin.Answer = (host, path) => (host, path) switch
        {
            (_, "/robots.txt") => CountingOrigin.Ok(host == "c" ? "User-agent: *\nDisallow: /" : ""),
            ("a", _) => origin.MovedTo("b", "/feed", 301),
            ("d", _) => origin.MovedTo("c", "/page", 301),
            _ => CountingOrigin.Ok(Field.Rss("one")),
        };
        var finder = new FeedFinder(field.Database, origin.Fetcher.Fetch, url => url.Host, field.Clock, field.Options);
        var found = await field.WhileTimePasses(finder.Find(new Uri(origin.At("a", "/")), null, Cancellation));
        Assert.Equal(origin.At("b", "/feed"), Assert.IsType<FeedFound>(found).Url.AbsoluteUri);
        Assert.Equal(["a.example/robots.txt", "a.example/", "b.example/robots.txt", "b.example/feed"], origin.Whats());
        var closed = await field.WhileTimePasses(finder.Find(new Uri(origin.At("d", "/")), null, Cancellation));
        Assert.StartsWith("the robots.txt of c.example", Assert.IsType<NoFeedFound>(closed).Sentence, StringComparison.Ordinal);
        AssertManners();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await origin.DisposeAsync();
        await field.DisposeAsync();
    }

    private async Task Add(string host) => await field.Registry.Add(new(new Uri(origin.At(host, "/feed"))), Cancellation);

    private void Redirect(string from, string to, string target = "/feed", int status = 302, string? robots = null)
    {
        var answer = origin.Answer;
        origin.Answer = (host, path) => host == from && path == "/feed" ? origin.MovedTo(to, target, status)
            : host == to && path == "/robots.txt" && robots is not null ? CountingOrigin.Ok(robots)
            : answer(host, path);
    }

    private Crawler Crawler() => field.Crawler(new FeedFetcher(field.Database, origin.Fetcher.Fetch, url => url.Host, field.Clock).Fetch);

    private Task<CrawlSummary> Crawl(CrawlScope scope) => field.WhileTimePasses(Crawler().CrawlOnce(scope, null, Cancellation));

    private DateTimeOffset Allowed(string host) => DateTimeOffset.FromUnixTimeMilliseconds(
        field.Temporary.Value<long>($"SELECT next_allowed_at FROM leases WHERE politeness_key = '{host}.example'"));

    private void AssertManners()
    {
        Assert.Equal(1, origin.MostAtOnce);
        foreach (var host in (string[])["a", "b", "c", "d", "e"])
        {
            var times = origin.Times(host);
            foreach (var (earlier, later) in times.Zip(times.Skip(1)))
                Assert.True(later - earlier >= Gap, $"{host}: {string.Join(' ', times.Select(time => time.ToString("mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture)))}");
        }
    }
}
