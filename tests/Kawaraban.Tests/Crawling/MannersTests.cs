using Kawaraban.Crawling;
using Kawaraban.Fetching;

namespace Kawaraban.Tests.Crawling;

/// <summary>What the web saw of us, and what its answers changed.</summary>
public sealed class MannersTests
{
    private static readonly Uri Old = new("https://old.example/feed");
    private static readonly Uri New = new("https://new.example/feed");

    [Theory]
    // Hours between the visits, and what each found: n the new place by a permanent redirect, o another, t by a temporary one, . no redirect,
    // h a page that is no feed at the new place, x no answer, 5 an error.
    [InlineData(12, "nnn", true)]
    [InlineData(12, "nn", false)]
    [InlineData(11, "nnn", false)]
    [InlineData(8, "nnnn", true)]
    [InlineData(1, "nnnnnnnnnn", false)]
    [InlineData(24, "ttttt", false)]
    [InlineData(24, "nn.n", false)]
    [InlineData(24, "nn.nnn", true)]
    [InlineData(24, "nnon", false)]
    [InlineData(24, "nntn", false)]
    [InlineData(24, "nnhn", false)]
    [InlineData(24, "hhhhh", false)]
    [InlineData(24, "nnxn", true)]
    [InlineData(24, "nn5n", true)]
    [InlineData(24, "nnx", false)]
    public async Task A_permanent_redirect_is_adopted_after_three_equal_observations_over_a_day(int hours, string visits, bool isAdopted)
    {
        await using var field = new Field(Old.AbsoluteUri);
        foreach (var visit in visits)
        {
            field.Web = _ => Answer(visit);
            await field.Crawl(CrawlScope.Of([1]));
            field.Clock.Advance(TimeSpan.FromHours(hours));
        }

        Assert.Equal(isAdopted ? New : Old, new Uri((await field.Source()).Url));
    }

    [Fact]
    public async Task A_source_that_has_moved_keeps_its_posts_and_its_history_and_is_asked_at_its_new_place_under_its_new_key()
    {
        await using var field = new Field(Old.AbsoluteUri, "https://old.example/other");
        field.Web = request => request.Url == Old ? Answer('n') : Field.Document(request, Field.Rss("one"));
        for (var i = 0; i < 3; i++)
        {
            await field.Crawl(CrawlScope.All);
            field.Clock.Advance(TimeSpan.FromHours(i == 2 ? 0 : 24));
        }

        var source = await field.Source();
        Assert.Equal((New.AbsoluteUri, "new.example", "healthy"), (source.Url, source.PolitenessKey, source.Health));
        var history = await field.Registry.History(1, 10, TestContext.Current.CancellationToken);
        Assert.Equal(3, history.Count);
        Assert.EndsWith("; its address is https://new.example/feed from now on: the server redirected there for good 3 times since 2026-11-24 00:00 UTC", history[0].Sentence, StringComparison.Ordinal);
        Assert.EndsWith("; the server redirects for good to https://new.example/feed, seen twice: after 3 times over a day that becomes its address", history[1].Sentence, StringComparison.Ordinal);
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM posts WHERE source_id = 1"));

        // Each key is due when its own source is.
        Assert.Equal(0L, field.Temporary.Value<long>("""
            SELECT count(*) FROM leases l WHERE due_at <> (SELECT min(next_crawl_at) FROM sources s WHERE s.politeness_key = l.politeness_key)
            """));
        field.Asked.Clear();
        field.Clock.Advance(TimeSpan.FromHours(48));
        Assert.Equal(2, (await field.Crawl(CrawlScope.Due)).Visited);
        Assert.Equal(["https://new.example/feed", "https://old.example/other"], field.Asked.Select(asked => asked.Url).Order());
    }

    [Fact]
    public async Task The_new_site_is_left_alone_for_the_gap_after_a_source_has_moved_there()
    {
        await using var field = new Field(Old.AbsoluteUri, "https://new.example/other");
        field.Options = field.Options with { Gap = TimeSpan.FromSeconds(2) };
        field.Web = request => request.Url == Old ? Answer('n') : Field.Document(request, Field.Rss("one"));
        await field.Crawl(CrawlScope.Of([1]));
        field.Clock.Advance(TimeSpan.FromHours(24));
        await field.Crawl(CrawlScope.Of([1]));
        field.Asked.Clear();
        await field.Crawl(CrawlScope.Of([1]));
        await field.Crawl(CrawlScope.Of([2]));
        Assert.Equal(New.AbsoluteUri, (await field.Source()).Url);
        var times = field.Asked.Select(asked => asked.At).ToList();
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(2), $"asked at {times[0]:O} and {times[1]:O}");
    }

    [Fact]
    public async Task A_source_that_moves_to_where_another_is_stays_and_says_so()
    {
        await using var field = new Field(Old.AbsoluteUri, New.AbsoluteUri);
        field.Web = request => request.Url == Old ? Answer('n') : Field.Document(request, Field.Rss("one"));
        for (var i = 0; i < 4; i++)
        {
            await field.Crawl(CrawlScope.Of([1]));
            field.Clock.Advance(TimeSpan.FromHours(24));
        }

        Assert.Equal(Old.AbsoluteUri, (await field.Source()).Url);
        var history = await field.Registry.History(1, 1, TestContext.Current.CancellationToken);
        Assert.EndsWith("; the server redirects for good to https://new.example/feed, which is source 2 already; the two are not merged: pause the one you do not want", history[0].Sentence, StringComparison.Ordinal);
        Assert.StartsWith("the server redirects for good to", field.Temporary.Value<string>("SELECT notice FROM sources WHERE id = 1"), StringComparison.Ordinal);

        field.Web = request => Field.Document(request, Field.Rss("one"));
        await field.Crawl(CrawlScope.Of([1]));
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE id = 1 AND notice IS NULL AND moved_to IS NULL"));
    }

    [Theory]
    // What the visits found, a day apart: g gone (410), x no answer, w a request to wait, 5 an error, . the feed.
    [InlineData("gg", true)]
    [InlineData("g", false)]
    [InlineData("gxg", true)]
    [InlineData("gwg", true)]
    [InlineData("g5g", false)]
    [InlineData("g.g", false)]
    [InlineData("g.gg", true)]
    public async Task Gone_twice_in_a_row_a_day_apart_retires_a_source(string visits, bool isRetired)
    {
        await using var field = new Field(Old.AbsoluteUri);
        foreach (var visit in visits)
        {
            field.Web = _ => Answer(visit);
            await field.Crawl(CrawlScope.Of([1]));
            field.Clock.Advance(TimeSpan.FromHours(24));
        }

        var source = await field.Source();
        Assert.Equal(isRetired ? "gone" : "active", source.Status);
        if (isRetired)
        {
            Assert.EndsWith("the server says that it is gone for good (410); it will not be visited again", source.LastError, StringComparison.Ordinal);
            Assert.StartsWith("its server has said that it is gone for good (410) since 2026-11-2", field.Temporary.Value<string>("SELECT notice FROM sources"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_site_that_is_slow_to_answer_is_left_alone_for_twice_as_long()
    {
        await using var field = new Field("https://a.example/1", "https://a.example/2", "https://a.example/3");
        field.Web = request => Field.Document(request, Field.Rss("one")) with { Elapsed = TimeSpan.FromSeconds(request.Url.AbsolutePath == "/1" ? 4 : 60) };
        await field.Crawl(CrawlScope.Due);
        var times = field.Asked.Select(asked => asked.At).ToList();
        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(9));
        Assert.InRange(times[2] - times[1], TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(16));
    }

    [Fact]
    public async Task Once_a_week_a_feed_is_fetched_in_full_and_is_unchanged_if_its_bytes_are()
    {
        await using var field = new Field(Old.AbsoluteUri);
        field.Web = request => request.ETag is null
            ? Field.Document(request, Field.Rss("one"), etag: "\"1\"")
            : new NotModified(request.Url, 304, null, null, null);
        for (var day = 0; day < 16; day++)
        {
            await field.Crawl(CrawlScope.Of([1]));
            field.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([0, 7, 14], field.Asked.Index().Where(asked => asked.Item.Request.ETag is null).Select(asked => asked.Index));
        var history = await field.Registry.History(1, 20, TestContext.Current.CancellationToken);
        Assert.Equal(["unchanged", "unchanged"], history.Where(crawl => crawl.Outcome is not "not-modified" and not "updated").Select(crawl => crawl.Outcome));
        Assert.Equal("healthy", (await field.Source()).Health);
    }

    [Fact]
    public async Task A_full_fetch_that_fails_is_made_up_for()
    {
        await using var field = new Field(Old.AbsoluteUri);
        field.Web = request => Field.Document(request, Field.Rss("one"), etag: "\"1\"");
        await field.Crawl(CrawlScope.Of([1]));
        field.Clock.Advance(TimeSpan.FromDays(7));
        field.Web = _ => Answer('5');
        await field.Crawl(CrawlScope.Of([1]));
        await field.Crawl(CrawlScope.Of([1]));
        Assert.All(field.Asked, asked => Assert.Null(asked.Request.ETag));
        field.Web = request => Field.Document(request, Field.Rss("one"), etag: "\"1\"");
        await field.Crawl(CrawlScope.Of([1]));
        await field.Crawl(CrawlScope.Of([1]));
        Assert.Equal("\"1\"", field.Asked.Last().Request.ETag);
    }

    private static FetchResult Answer(char visit) => visit switch
    {
        'n' => Feed(New, New),
        'o' => Feed(new Uri("https://other.example/feed"), new Uri("https://other.example/feed")),
        't' => Feed(New, null),
        'h' => new Fetched(New, 200, New, "<html><title>Welcome</title></html>"u8.ToArray(), "text/html", null, null),
        'x' => new Unreachable(Old, null, null, "timeout", "it did not answer"),
        'w' => new Throttled(Old, 503, null, null),
        '5' => new Refused(Old, 500, null, "the server answered 500"),
        'g' => new Gone(Old, 410, null),
        _ => Feed(Old, null),
    };

    private static Fetched Feed(Uri url, Uri? permanent) =>
        new Fetched(url, 200, permanent, System.Text.Encoding.UTF8.GetBytes(Field.Rss("one")), "application/xml", null, null);
}
