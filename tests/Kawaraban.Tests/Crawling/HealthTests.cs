using Kawaraban.Crawling;
using Kawaraban.Fetching;

namespace Kawaraban.Tests.Crawling;

public sealed class HealthTests
{
    private static readonly Uri Url = new("https://a.example/feed");

    public static TheoryData<string, FetchResult> Answers => new()
    {
        { "healthy", new NotModified(Url, 304, null, null, null) },
        { "moved", new NotModified(Url, 304, new Uri("https://a.example/new"), null, null) },
        { "gone", new Gone(Url, 410, null) },
        { "throttled", new Throttled(Url, 429, null, null) },
        { "throttled", new Throttled(Url, 503, null, null) },
        { "blocked", new Blocked(Url, 403, null, "bot-wall", "a challenge") },
        { "blocked", new Blocked(Url, null, null, "robots", "forbidden") },
        { "blocked", new Blocked(Url, null, null, "forbidden-address", "a private address") },
        { "blocked", new Blocked(Url, null, null, "forbidden-port", "a mail server") },
        { "blocked", new Blocked(Url, 301, null, "forbidden-scheme", "ftp") },
        { "failing", new Blocked(Url, 200, null, "too-large", "too large") },
        { "failing", new Blocked(Url, 301, null, "too-many-redirects", "a circle") },
        { "blocked", new Refused(Url, 401, null, "a password") },
        { "blocked", new Refused(Url, 403, null, "forbidden") },
        { "blocked", new Refused(Url, 451, null, "a court") },
        { "failing", new Refused(Url, 404, null, "not there") },
        { "failing", new Refused(Url, 500, null, "broken") },
        { "failing", new Unreachable(Url, null, null, "timeout", "no answer") },
        { "failing", new Fetched(Url, 200, null, "<html></html>"u8.ToArray(), "text/html", null, null) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task The_last_visit_says_how_a_source_is(string health, FetchResult answer)
    {
        await using var field = new Field(Url.AbsoluteUri) { Web = _ => answer };
        Assert.Equal("new", (await field.Source()).Health);
        await field.Crawl(CrawlScope.Due);
        var source = await field.Source();
        Assert.Equal(health, source.Health);
        Assert.True(source.HealthSentence.Length > 5, source.HealthSentence);
    }

    [Fact]
    public async Task A_source_that_posts_no_more_becomes_quiet_by_itself_and_healthy_with_its_next_post()
    {
        await using var field = new Field(Url.AbsoluteUri);
        field.Web = request => Field.Document(request, Dated(Field.Now.AddDays(-20), Field.Now.AddDays(-12), Field.Now.AddDays(-4)));
        await field.Crawl(CrawlScope.Due);
        Assert.Equal("healthy", (await field.Source()).Health);
        Assert.Equal(8L * 86_400_000, field.Temporary.Value<long>("SELECT posts_gap_ms FROM sources"));

        // Four gaps of eight days after the newest.
        field.Clock.Advance(TimeSpan.FromDays(27));
        Assert.Equal("healthy", (await field.Source()).Health);
        field.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("quiet", (await field.Source()).Health);
        Assert.StartsWith("it is well, but has posted nothing since 2026-11-20", (await field.Source()).HealthSentence, StringComparison.Ordinal);
        await field.Crawl(CrawlScope.All);
        Assert.Equal("quiet", (await field.Source()).Health);

        field.Web = request => Field.Document(request, Dated(Field.Now.AddDays(-4), Field.Now.AddDays(28)));
        await field.Crawl(CrawlScope.All);
        Assert.Equal("healthy", (await field.Source()).Health);
    }

    private static string Dated(params DateTimeOffset[] dates) => $"""
        <rss version="2.0"><channel><title>Feed</title>
        {string.Concat(dates.Select(date => $"<item><guid>{date:yyyyMMdd}</guid><link>https://a.example/{date:yyyyMMdd}</link><title>t</title><pubDate>{date:R}</pubDate></item>"))}
        </channel></rss>
        """;
}
