using System.Text;
using Kawaraban.Crawling;
using Kawaraban.Fetching;

namespace Kawaraban.Tests.Crawling;

public sealed class RobotsTests
{
    private const string Feed = "https://a.example/feed";

    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_site_is_asked_for_its_rules_once_a_day_and_the_gap_is_kept_before_the_feed()
    {
        await using var field = Field("User-agent: *\nDisallow: /", Feed, "https://a.example/feed2");
        var summary = await field.Crawl(CrawlScope.Due);
        Assert.Equal((2, 0), (summary.Visited, summary.Failed));
        Assert.Equal(["/robots.txt", "/feed", "/feed2"], Paths(field));
        var times = field.Asked.Select(asked => asked.At).ToList();
        Assert.True(times[1] - times[0] >= Gap && times[2] - times[1] >= Gap, string.Join(' ', times));
        Assert.Equal(1, field.MostAtOncePerHost);

        field.Clock.Advance(TimeSpan.FromHours(23));
        await field.Crawl(CrawlScope.All);
        Assert.Equal(["/feed", "/feed", "/feed2", "/feed2", "/robots.txt"], Paths(field).Order());
        field.Clock.Advance(TimeSpan.FromHours(2));
        await field.Crawl(CrawlScope.All);
        Assert.Equal(2, Paths(field).Count(path => path == "/robots.txt"));
        Assert.Equal(6L, field.Temporary.Value<long>("SELECT count(*) FROM crawls"));
    }

    [Fact]
    public async Task Sources_that_a_person_chose_get_their_turn_after_the_rules()
    {
        await using var field = Field("", Feed, "https://b.example/feed", "https://c.example/feed");
        Assert.Equal(2, (await field.Crawl(CrawlScope.Of([1, 3]))).Visited);
        Assert.Equal(["/feed", "/feed", "/robots.txt", "/robots.txt"], Paths(field).Order());
    }

    [Fact]
    public async Task A_feed_is_not_fetched_where_a_group_names_us_and_forbids_it()
    {
        await using var field = Field("User-agent: KAWARABAN\nDisallow: /feed\nAllow: /feed2", Feed, "https://a.example/feed2");
        var summary = await field.Crawl(CrawlScope.Due);
        Assert.Equal((2, 1), (summary.Visited, summary.Failed));
        Assert.Equal(["/robots.txt", "/feed2"], Paths(field));
        Assert.StartsWith(
            "source \"a.example\": the robots.txt of a.example names Kawaraban and does not let it fetch /feed, so it was not fetched; ask its operator",
            (await field.Source()).LastError,
            StringComparison.Ordinal);
        Assert.Equal("robots", field.Temporary.Value<string>("SELECT outcome FROM crawls WHERE source_id = 1"));
    }

    [Fact]
    public async Task A_crawl_delay_widens_the_gap_up_to_five_minutes()
    {
        await using var field = Field("User-agent: *\nCrawl-delay: 20\nDisallow: /x", Feed, "https://a.example/feed2");
        await field.Crawl(CrawlScope.Due);
        var times = field.Asked.Select(asked => asked.At).ToList();
        Assert.Equal(3, times.Count);
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(20) && times[2] - times[1] >= TimeSpan.FromSeconds(20), string.Join(' ', times));

        await using var slow = Field("User-agent: *\nCrawl-delay: 86400\nDisallow: /x", Feed);
        slow.Options = slow.Options with { LongestWait = TimeSpan.FromMinutes(10) };
        await slow.Crawl(CrawlScope.Due);
        Assert.InRange(slow.Asked.Last().At - slow.Asked.First().At, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(310));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_feed_is_fetched_whether_the_rules_can_be_read_or_not(int status)
    {
        await using var field = Field("", Feed);
        field.Web = request => IsRobots(request) ? new Refused(request.Url, status, null, "trouble") : Crawling.Field.Document(request, Crawling.Field.Rss());
        Assert.Equal((1, 0), (await field.Crawl(CrawlScope.Due)) is var summary ? (summary.Visited, summary.Failed) : default);
    }

    [Fact]
    public async Task A_rule_that_names_us_holds_while_the_file_cannot_be_read_but_not_for_ever()
    {
        var isWell = true;
        await using var field = Field("", Feed);
        field.Web = request => !IsRobots(request) ? Crawling.Field.Document(request, Crawling.Field.Rss())
            : isWell ? Crawling.Field.Document(request, "User-agent: kawaraban\nDisallow: /")
            : new Refused(request.Url, 500, null, "trouble");
        Assert.Equal(1, (await field.Crawl(CrawlScope.All)).Failed);
        isWell = false;
        field.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, (await field.Crawl(CrawlScope.All)).Failed);
        field.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(1, (await field.Crawl(CrawlScope.All)).Failed);
        field.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, (await field.Crawl(CrawlScope.All)).Failed);
        Assert.Equal(4, Paths(field).Count(path => path == "/robots.txt"));
    }

    [Fact]
    public async Task What_the_answer_says_of_the_whole_site_is_the_crawls_result()
    {
        await using var field = Field("", Feed);
        field.Web = request => new Throttled(new Uri("https://b.example/robots.txt"), 429, new Uri("https://b.example/robots.txt"), Crawling.Field.Now.AddHours(2));
        await field.Crawl(CrawlScope.Due);
        Assert.Equal(["/robots.txt"], Paths(field));
        var source = await field.Source();
        Assert.Equal(("throttled", 0), (source.Health, source.Failures));
        Assert.DoesNotContain("moved", source.LastError, StringComparison.Ordinal);
        Assert.True(source.NextCrawlAt >= Crawling.Field.Now.AddHours(2));

        // The answer is remembered beyond the wait, so that a file that is never given out does not keep the feed from us.
        field.Web = request => Crawling.Field.Document(request, Crawling.Field.Rss());
        field.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(20));
        await field.Crawl(CrawlScope.Due);
        Assert.Equal(["/robots.txt", "/feed"], Paths(field));

        await using var dead = Field("", Feed);
        dead.Web = request => new Unreachable(request.Url, null, null, "dns", "the name a.example has no address");
        await dead.Crawl(CrawlScope.Due);
        Assert.Single(dead.Asked);
        Assert.Equal("dns", dead.Temporary.Value<string>("SELECT outcome FROM crawls"));
    }

    [Fact]
    public async Task Rules_are_of_one_scheme_host_and_port()
    {
        await using var field = Field("", "http://a.example/1", "http://a.example:8080/1", "https://a.example/1", "http://[2001:db8::1]:81/1", "http://a.example/2");
        Assert.Equal((5, 0), (await field.Crawl(CrawlScope.Due)) is var summary ? (summary.Visited, summary.Failed) : default);
        Assert.Equal(
            ["http://[2001:db8::1]:81/robots.txt", "http://a.example/robots.txt", "http://a.example:8080/robots.txt", "https://a.example/robots.txt"],
            field.Asked.Select(asked => asked.Url).Where(url => url.EndsWith("/robots.txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_site_that_wants_to_be_asked_in_a_certain_way_is_asked_for_its_rules_in_that_way_too()
    {
        await using var field = Field("", Feed);
        var settings = new RequestSettings([new RequestHeader("Cookie", "consent=yes")], "Friend/1.0");
        await field.Registry.SetRequest(1, settings, TestContext.Current.CancellationToken);
        await field.Crawl(CrawlScope.All);
        Assert.Equal(2, field.Asked.Count);
        Assert.All(field.Asked, asked => Assert.Equal("Friend/1.0", asked.Request.Settings?.UserAgent));
        Assert.Null(field.Asked.First().Request.ETag);
    }

    [Fact]
    public async Task Octets_that_are_no_UTF8_and_pages_that_are_no_rules_are_kept_as_what_they_mean()
    {
        await using var field = Field("", "https://a.example/%83c", "https://b.example/");
        field.Web = request => request.Url.AbsoluteUri switch
        {
            "https://a.example/robots.txt" =>
                new Fetched(request.Url, 200, null, (byte[])[.. "User-agent: kawaraban\nDisallow: /"u8, 0x83, .. "c\0\n"u8], null, null, null),
            "https://b.example/robots.txt" => Crawling.Field.Document(request, "<html>no such page: User-agent</html>"),
            _ => Crawling.Field.Document(request, Crawling.Field.Rss()),
        };
        Assert.Equal((2, 1), (await field.Crawl(CrawlScope.Due)) is var summary ? (summary.Visited, summary.Failed) : default);
        Assert.Equal("robots", field.Temporary.Value<string>("SELECT outcome FROM crawls WHERE source_id = 1"));
        Assert.Equal("", field.Temporary.Value<string>("SELECT body FROM robots WHERE origin = 'https://b.example'"));
    }

    [Fact]
    public async Task A_page_is_looked_at_after_the_rules_and_a_gap_and_what_it_announces_is_fetched_whatever_is_said_to_everybody()
    {
        await using var field = Field("User-agent: *\nDisallow: /feed");
        Announce(field, """<link rel="alternate" type="application/rss+xml" href="/feed/all">""");
        Assert.Equal("https://a.example/feed/all", Assert.IsType<FeedFound>(await Find(field, "https://a.example/blog")).Url.AbsoluteUri);
        Assert.Equal(["/robots.txt", "/blog", "/feed/all"], Paths(field));
        var times = field.Asked.Select(asked => asked.At).ToList();
        Assert.True(times[1] - times[0] >= Gap && times[2] - times[1] >= Gap, string.Join(' ', times));
    }

    [Fact]
    public async Task A_page_that_programs_may_not_fetch_is_not_fetched_and_the_person_is_told()
    {
        await using var field = Field("User-agent: *\nDisallow: /private");
        Assert.Equal(
            "the robots.txt of a.example does not let programs fetch /private/blog?x=1, so it was not fetched; if it is a feed that its publisher offers, "
            + "add it without looking (--unchecked)",
            Assert.IsType<NoFeedFound>(await Find(field, "https://a.example/private/blog?x=1")).Sentence);
        Assert.Equal(["/robots.txt"], Paths(field));
    }

    [Fact]
    public async Task Guesses_of_ours_keep_to_the_rules_for_everybody()
    {
        await using var field = Field("User-agent: *\nAllow: /blog$\nDisallow: /");
        Announce(field, "");
        var none = Assert.IsType<NoFeedFound>(await Find(field, "https://a.example/blog"));
        Assert.EndsWith("(the site's robots.txt kept us from looking at 8 of them)", none.Sentence, StringComparison.Ordinal);
        Assert.Equal(["/robots.txt", "/blog"], Paths(field));
    }

    [Fact]
    public async Task While_the_rules_cannot_be_read_no_page_is_fetched_until_a_month_has_passed()
    {
        await using var field = Field("");
        field.Web = request => IsRobots(request) ? new Refused(request.Url, 500, null, "trouble") : Crawling.Field.Document(request, Crawling.Field.Rss());
        Assert.Equal(
            "the robots.txt of a.example could not be read (500), and until it can be, no page of the site is fetched; try again later",
            Assert.IsType<NoFeedFound>(await Find(field, Feed)).Sentence);
        field.Clock.Advance(TimeSpan.FromDays(29));
        Assert.IsType<NoFeedFound>(await Find(field, Feed));
        Assert.Equal(["/robots.txt", "/robots.txt"], Paths(field));
        field.Clock.Advance(TimeSpan.FromDays(2));
        Assert.IsType<FeedFound>(await Find(field, Feed));
        Assert.Equal(["/robots.txt", "/robots.txt", "/robots.txt", "/feed"], Paths(field));
    }

    [Fact]
    public async Task A_site_that_cannot_be_reached_is_said_to_be_so_and_asked_again_when_the_person_is_back()
    {
        await using var field = Field("");
        var web = field.Web;
        field.Web = request => new Unreachable(request.Url, null, null, "dns", "the name a.example has no address");
        Assert.Equal("the name a.example has no address", Assert.IsType<NoFeedFound>(await Find(field, Feed)).Sentence);
        field.Web = web;
        Assert.IsType<FeedFound>(await Find(field, Feed));
        Assert.Equal(["/robots.txt", "/robots.txt", "/feed"], Paths(field));
    }

    [Fact]
    public async Task Where_there_are_no_rules_pages_are_open()
    {
        await using var field = Field("");
        field.Web = request => IsRobots(request) ? new Gone(request.Url, 410, null) : Crawling.Field.Document(request, Crawling.Field.Rss());
        Assert.IsType<FeedFound>(await Find(field, Feed));
        Assert.Equal(["/robots.txt", "/feed"], Paths(field));
    }

    private static Field Field(string robots, params string[] urls) => new(urls)
    {
        ReadsRobots = true,
        Options = new CrawlerOptions { Gap = Gap },
        Web = request => Crawling.Field.Document(request, IsRobots(request) ? robots : Crawling.Field.Rss("one")),
    };

    // A page at /blog, feeds elsewhere.
    private static void Announce(Field field, string head)
    {
        var web = field.Web;
        field.Web = request => request.Url.AbsolutePath != "/blog" ? web(request)
            : new Fetched(request.Url, 200, null, Encoding.UTF8.GetBytes($"<!doctype html><html><head><title>Blog</title>{head}</head><body>hello</body></html>"), "text/html", null, null);
    }

    private static Task<FeedSearch> Find(Field field, string address) =>
        field.WhileTimePasses(field.Finder().Find(new Uri(address), null, TestContext.Current.CancellationToken));

    private static bool IsRobots(FetchRequest request) => request.Url.AbsolutePath == "/robots.txt";

    private static List<string> Paths(Field field) => [.. field.Asked.Select(asked => new Uri(asked.Url).AbsolutePath)];
}
