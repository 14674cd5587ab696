using System.Xml.Linq;
using Kawaraban.Fetching;

namespace Kawaraban.Tests.Fetching;

public sealed class PolitenessKeyTests
{
    [Theory]
    [InlineData("https://zenn.dev/p/mercari/feed", "zenn.dev")]
    [InlineData("https://engineering.mercari.com/blog/feed.xml", "mercari.com")]
    [InlineData("https://WWW.Example.CO.JP./", "example.co.jp")]
    [InlineData("https://developers.cyberagent.co.jp/blog/feed/", "cyberagent.co.jp")]
    [InlineData("https://blog.example.tokyo.jp/", "example.tokyo.jp")]
    [InlineData("https://co.jp/", "co.jp")]
    [InlineData("http://localhost:8080/", "localhost")]
    [InlineData("https://blog.example.unheard-of/", "example.unheard-of")]
    [InlineData("https://日本語.example.jp/", "example.jp")]
    [InlineData("https://blog.食狮.公司.cn/", "xn--85x722f.xn--55qx5d.cn")]
    [InlineData("https://a.b.example.kobe.jp/", "b.example.kobe.jp")]
    [InlineData("https://a.b.city.kobe.jp/", "city.kobe.jp")]
    [InlineData("https://a.www.ck/", "www.ck")]
    [InlineData("https://a.b.c.ck/", "b.c.ck")]
    public void A_site_is_its_registrable_domain(string url, string key) => Assert.Equal(key, Key(url));

    [Theory]
    [InlineData("https://alice.github.io/atom.xml", "github.io")]
    [InlineData("https://tech.note.com/rss", "note.com")]
    [InlineData("https://note.mu/x/rss", "note.com")]
    [InlineData("https://example.medium.com/feed", "medium.com")]
    [InlineData("https://medium.com/feed/example", "medium.com")]
    [InlineData("https://example.tumblr.com/rss", "tumblr.com")]
    [InlineData("https://example.substack.com/feed", "substack.com")]
    [InlineData("https://example.vercel.app/rss.xml", "vercel.app")]
    [InlineData("https://example.connpass.com/ja.atom", "connpass.com")]
    [InlineData("https://example.wordpress.com/feed/", "wordpress.com")]
    [InlineData("https://qiita.com/organizations/example/activities.atom", "qiita.com")]
    [InlineData("https://dev.to/feed/example", "dev.to")]
    [InlineData("https://example.netlify.app/", "netlify.app")]
    [InlineData("https://developer.hatenastaff.com/rss", "hatenastaff.com")]
    [InlineData("https://a.hatenablog.com/rss", "hatenablog.com")]
    [InlineData("https://a.hatenablog.jp/rss", "hatenablog.com")]
    [InlineData("https://a.hateblo.jp/rss", "hatenablog.com")]
    [InlineData("https://d.hatena.ne.jp/a/rss", "hatenablog.com")]
    [InlineData("https://a.blogspot.com/feeds/posts/default", "blogspot.com")]
    [InlineData("https://a.blogspot.jp/feeds/posts/default", "blogspot.com")]
    [InlineData("http://feeds.feedburner.com/a", "feedburner.com")]
    [InlineData("http://feedproxy.google.com/a", "feedburner.com")]
    public void A_platform_is_one_key_whatever_its_customers_names(string url, string key) => Assert.Equal(key, Key(url));

    [Theory]
    [InlineData("http://127.0.0.11:41873/feed", "127.0.0.11")]
    [InlineData("http://127.0.0.1./", "127.0.0.1")]
    [InlineData("http://2130706433/", "127.0.0.1")]
    [InlineData("http://0x7f.1/", "127.0.0.1")]
    [InlineData("http://0177.0.0.1/", "127.0.0.1")]
    [InlineData("http://[2001:DB8:0:0::1]/", "2001:db8::1")]
    [InlineData("http://[::ffff:192.0.2.1]/", "192.0.2.1")]
    public void An_address_is_itself_however_it_is_spelt(string url, string key) => Assert.Equal(key, Key(url));

    [Theory]
    [InlineData("https://a.pages.example/", "pages.example")]
    [InlineData("https://pages.example/", "pages.example")]
    [InlineData("https://own.pages.example/", "own.pages.example")]
    [InlineData("https://a.own.pages.example/", "pages.example")]
    [InlineData("https://a.deep.blogs.co.jp/", "deep.blogs.co.jp")]
    [InlineData("https://b.blogs.co.jp/", "blogs.co.jp")]
    [InlineData("https://big.hatenablog.com/", "big.hatenablog.com")]
    [InlineData("https://a.xn--eckwd4c7c.example/", "xn--eckwd4c7c.example")]
    public void Configured_patterns_come_first_and_the_nearest_counts(string url, string key)
    {
        Assert.True(
            Platforms.TryParse(
                ["*.pages.example", "own.pages.example", "*.deep.blogs.co.jp", "Big.hatenablog.com", "*.ドメイン.example"], out var platforms, out var problem),
            problem);
        Assert.Equal(key, PolitenessKey.Of(new Uri(url), platforms));
    }

    [Theory]
    [InlineData("example")]
    [InlineData("*")]
    [InlineData("*.com")]
    [InlineData("a*.example.com")]
    [InlineData("https://example.com")]
    [InlineData("192.0.2.1")]
    public void A_pattern_that_is_none_is_named(string pattern)
    {
        Assert.False(Platforms.TryParse([pattern], out _, out var problem));
        Assert.Contains($"\"{pattern}\"", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_702_Japanese_company_blogs_a_third_are_one_key()
    {
        var list = XDocument.Load(Path.Combine(Corpus.Folder("lists"), "japanese-company-engineering-blogs.opml"));
        var keys = list.Descendants("outline").Select(outline => outline.Attribute("xmlUrl")?.Value).OfType<string>()
            .GroupBy(Key).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(242, keys["zenn.dev"]);
        Assert.DoesNotContain(keys.Keys, key => key is "co.jp" or "ne.jp" or "or.jp" or "com" or "jp" or "");
    }

    private static string Key(string url) => PolitenessKey.Of(new Uri(url), Platforms.Default);
}
