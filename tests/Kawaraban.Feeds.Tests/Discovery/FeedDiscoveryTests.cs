using CsCheck;
using Kawaraban.Feeds.Discovery;
using Kawaraban.Feeds.Tests.Html;

namespace Kawaraban.Feeds.Tests.Discovery;

public sealed class FeedDiscoveryTests
{
    private static readonly Uri s_page = new("https://example.com/blog/");

    [Theory]
    [InlineData("<link rel=alternate type=application/rss+xml href=/feed>")]
    [InlineData("<LINK HREF='/feed' TYPE='Application/RSS+XML; charset=utf-8' REL='home ALTERNATE'/>")]
    [InlineData("<link\nrel = \"alternate\"\n type=\"application/rss+xml\" href=\" /fe\ned \">")]
    [InlineData("<link rel=feed href=/feed>")]
    [InlineData("<body><p><link rel=alternate type=application/atom+xml href=/feed>")]
    [InlineData("<base href=https://example.com/x/><base href=//evil/><link rel=alternate type=application/feed+json href=../feed>")]
    [InlineData("<title>a <link rel=alternate type=text/xml href=/no></title><link rel=alternate type=application/rdf+xml href=&#x2F;feed>")]
    public void A_page_announces_its_feed(string html) => Assert.Equal(["https://example.com/feed"], Announced(html));

    [Theory]
    [InlineData("<!-- <link rel=alternate type=application/rss+xml href=/feed> -->")]
    [InlineData("<script>'<link rel=alternate type=application/rss+xml href=/feed>'</script>")]
    [InlineData("<textarea><link rel=alternate type=application/rss+xml href=/feed></textarea>")]
    [InlineData("<link rel=stylesheet type=application/rss+xml href=/feed>")]
    [InlineData("<link rel='alternate stylesheet' type=application/rss+xml href=/feed>")]
    [InlineData("<link rel=alternate type=text/xml href=/feed>")]
    [InlineData("<link rel=alternate hreflang=ja href=/ja>")]
    [InlineData("<link rel=alternate type=text/html href=/feed>")]
    [InlineData("<link rel=alternate type=application/rss+xml>")]
    [InlineData("<link rel=alternate type=application/rss+xml href=''>")]
    [InlineData("<link rel=alternate type=application/rss+xml href='javascript:x'>")]
    [InlineData("<link rel=alternate type=application/json+oembed href=/wp-json/oembed/1.0/embed>")]
    [InlineData("<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/2>")]
    public void What_is_no_announcement_is_none(string html) => Assert.Empty(Announced(html));

    [Fact]
    public void Feeds_come_in_the_order_of_the_page_and_once()
    {
        var links = FeedDiscovery.Find(
            "<link rel=alternate type=application/rss+xml href=/b title=' B &amp; C '><link rel=alternate type=application/atom+xml href=/a>"
            + "<link rel=alternate type=application/rss+xml href=/b title=again><a href=/a>Feed</a>", s_page).Where(link => link.IsAnnounced);
        Assert.Equal(
            [
                new FeedLink("https://example.com/b", "B & C", "application/rss+xml", true),
                new FeedLink("https://example.com/a", null, "application/atom+xml", true),
            ],
            links);
    }

    [Fact]
    public void Links_on_the_page_are_suggested_before_usual_paths()
    {
        var links = Suggested(
            "<a href='https://feedly.com/i/subscription/feed/x.rss'>f</a><a href=news.rdf>r</a><a href='feed:https://example.com/f'>f</a><a href=/about>a</a>",
            s_page);
        Assert.Equal(["https://example.com/blog/news.rdf", "https://example.com/f", "https://example.com/blog/feed"], links.Take(3));
        Assert.Contains("https://example.com/feed", links);
        Assert.DoesNotContain("https://example.com/about", links);
    }

    [Fact]
    public void An_alternate_in_xml_is_the_first_suggestion() =>
        Assert.Equal("https://example.com/x", Suggested("<link rel=alternate type=text/xml href=/x>", s_page)[0]);

    [Theory]
    [InlineData("https://zenn.dev/p/mercari", "https://zenn.dev/p/mercari/feed")]
    [InlineData("https://zenn.dev/someone/articles/x", "https://zenn.dev/someone/feed")]
    [InlineData("https://note.com/someone", "https://note.com/someone/rss")]
    [InlineData("https://qiita.com/organizations/x", "https://qiita.com/organizations/x/activities.atom")]
    [InlineData("https://qiita.com/someone", "https://qiita.com/someone/feed.atom")]
    [InlineData("https://medium.com/netflix-techblog", "https://medium.com/feed/netflix-techblog")]
    [InlineData("https://medium.com/@someone", "https://medium.com/feed/@someone")]
    [InlineData("https://someone.medium.com/", "https://someone.medium.com/feed")]
    [InlineData("https://x.hatenablog.com/entry/1", "https://x.hatenablog.com/feed")]
    [InlineData("https://x.substack.com/p/1", "https://x.substack.com/feed")]
    [InlineData("https://github.com/dotnet/runtime", "https://github.com/dotnet/runtime/releases.atom")]
    [InlineData("https://www.youtube.com/channel/UC1", "https://www.youtube.com/feeds/videos.xml?channel_id=UC1")]
    [InlineData("https://dev.to/someone", "https://dev.to/feed/someone")]
    [InlineData("https://x.blogspot.com/2020/01/a.html", "https://x.blogspot.com/feeds/posts/default")]
    [InlineData("https://x.tumblr.com/", "https://x.tumblr.com/rss")]
    [InlineData("https://speakerdeck.com/someone", "https://speakerdeck.com/someone.rss")]
    [InlineData("https://example.com/blog/a.html", "https://example.com/blog/feed")]
    [InlineData("https://example.com/blog", "https://example.com/blog/feed")]
    [InlineData("https://example.com/", "https://example.com/feed")]
    [InlineData("https://notmedium.com/x", "https://notmedium.com/x/feed")]
    public void An_address_suggests_a_feed(string page, string feed) => Assert.Equal(feed, Suggested("", new Uri(page))[0]);

    [Fact]
    public void A_page_does_not_suggest_itself() =>
        Assert.DoesNotContain("https://example.com/feed", Suggested("<a href=/feed>", new Uri("https://example.com/feed#top")));

    [Fact]
    public void Whatever_the_page_only_addresses_on_the_web_come_out() => Hostile.Html.Sample(html =>
    {
        var links = FeedDiscovery.Find(html, s_page);
        Assert.All(links, link => Assert.StartsWith("http", link.Url, StringComparison.Ordinal));
        Assert.Equal(links.Count, links.Select(link => link.Url).Distinct().Count());
        Assert.True(links.TakeWhile(link => link.IsAnnounced).Count() == links.Count(link => link.IsAnnounced), "announced come first");
    });

    private static IEnumerable<string> Announced(string html) => FeedDiscovery.Find(html, s_page).Where(link => link.IsAnnounced).Select(link => link.Url);

    private static List<string> Suggested(string html, Uri page) =>
        FeedDiscovery.Find(html, page).Where(link => !link.IsAnnounced).Select(link => link.Url).ToList();
}
