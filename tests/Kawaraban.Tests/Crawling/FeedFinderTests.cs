using System.Text;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Sources;

namespace Kawaraban.Tests.Crawling;

/// <summary>From the address a person knows to the feed behind it, with manners.</summary>
public sealed class FeedFinderTests : IAsyncLifetime
{
    private readonly Field field = new();

    [Fact]
    public async Task The_address_of_a_feed_is_the_feed()
    {
        var found = Assert.IsType<FeedFound>(await Find("https://blog.example/rss"));
        Assert.Equal("https://blog.example/rss", found.Url.AbsoluteUri);
        Assert.Equal("Feed", found.Feed.Title);
        Assert.Null(found.SiteUrl);
        Assert.Single(field.Asked);
    }

    [Fact]
    public async Task A_page_leads_to_the_feed_it_announces_and_tells_of_its_others()
    {
        Serve(("https://blog.example/", Page("""
            <link rel="alternate" type="application/rss+xml" title="Posts" href="/posts.xml">
            <link rel="alternate" type="application/atom+xml" title="Comments" href="/comments.atom">
            """)), ("https://blog.example/posts.xml", Field.Rss("one")));
        var found = Assert.IsType<FeedFound>(await Find("https://blog.example/"));
        Assert.Equal("https://blog.example/posts.xml", found.Url.AbsoluteUri);
        Assert.Equal("https://blog.example/", found.SiteUrl?.AbsoluteUri);
        Assert.Equal("Comments", Assert.Single(found.Others).Title);
    }

    [Fact]
    public async Task An_announced_feed_that_cannot_be_read_gives_way_to_the_next()
    {
        Serve(("https://blog.example/", Page("""
            <link rel="alternate" type="application/rss+xml" href="/gone.xml">
            <link rel="alternate" type="application/rss+xml" href="/posts.xml">
            """)), ("https://blog.example/posts.xml", Field.Rss("one")));
        var found = Assert.IsType<FeedFound>(await Find("https://blog.example/"));
        Assert.Equal("https://blog.example/posts.xml", found.Url.AbsoluteUri);
    }

    [Fact]
    public async Task A_page_that_announces_nothing_is_asked_at_the_usual_places()
    {
        Serve(("https://blog.example/", Page("")), ("https://blog.example/feed", Field.Rss("one")));
        var found = Assert.IsType<FeedFound>(await Find("https://blog.example/"));
        Assert.Equal("https://blog.example/feed", found.Url.AbsoluteUri);
    }

    [Fact]
    public async Task A_site_without_a_feed_is_asked_a_few_times_and_not_more()
    {
        Serve(("https://blog.example/", Page("")));
        var none = Assert.IsType<NoFeedFound>(await Find("https://blog.example/"));
        Assert.True(none.IsPage, "a recipe may find posts on it");
        Assert.Contains("announces no feed", none.Sentence, StringComparison.Ordinal);
        Assert.InRange(field.Asked.Count, 2, 9);
    }

    [Fact]
    public async Task The_gap_is_kept_between_the_requests_to_a_site()
    {
        field.Options = new CrawlerOptions { Gap = TimeSpan.FromSeconds(2) };
        Serve(("https://blog.example/", Page("")));
        await Find("https://blog.example/");
        var times = field.Asked.Select(asked => asked.At).ToList();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(2), $"{pair.Second - pair.First}"));
        Assert.Equal(1, field.MostAtOncePerHost);
    }

    [Fact]
    public async Task A_site_that_is_to_be_left_alone_is_not_asked()
    {
        await field.Registry.Add(new NewSource(new Uri("https://blog.example/rss")), TestContext.Current.CancellationToken);
        field.Web = request => new Throttled(request.Url, 429, null, Field.Now.AddHours(3));
        await field.Crawl(CrawlScope.All);
        var none = Assert.IsType<NoFeedFound>(await Find("https://blog.example/"));
        Assert.Contains("2026-11-24 03:0", none.Sentence, StringComparison.Ordinal);
        Assert.Single(field.Asked);
    }

    [Fact]
    public async Task What_is_neither_feed_nor_page_is_said_to_be_so()
    {
        Serve(("https://blog.example/logo.png", "\u0089PNG\r\n\u001a\n"));
        var none = Assert.IsType<NoFeedFound>(await Find("https://blog.example/logo.png"));
        Assert.False(none.IsPage);
        Assert.NotEmpty(none.Sentence);
        Assert.Single(field.Asked);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => field.DisposeAsync();

    private static string Page(string head) => $"<!DOCTYPE html><html><head><title>Blog</title>{head}</head><body><p>hello</p></body></html>";

    private void Serve(params (string Url, string Text)[] documents)
    {
        var byUrl = documents.ToDictionary(document => document.Url, document => document.Text);
        field.Web = request => byUrl.TryGetValue(request.Url.AbsoluteUri, out var text)
            ? new Fetched(request.Url, 200, null, Encoding.Latin1.GetBytes(text), null, null, null)
            : new Refused(request.Url, 404, null, "the server answered 404");
    }

    private Task<FeedSearch> Find(string address) => field.WhileTimePasses(field.Finder().Find(new Uri(address), null, TestContext.Current.CancellationToken));
}
