using System.Xml.Linq;
using Kawaraban.Feeds;
using Kawaraban.Tests.Catalog;

namespace Kawaraban.Tests.Portal;

public sealed class FeedsTests : IAsyncLifetime
{
    private PortalSite? started;

    private PortalSite Site => started ?? throw new InvalidOperationException("InitializeAsync has not run");

    public async ValueTask InitializeAsync() => started = await PortalSite.Start();

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();

    [Theory]
    [InlineData("/", "最新の記事 – 瓦版テスト")]
    [InlineData("/companies/acme", "ACME – 瓦版テスト")]
    [InlineData("/tags/設計", "設計 – 瓦版テスト")]
    [InlineData("/search?q=設計", "「設計」の検索結果 – 瓦版テスト")]
    public async Task Every_listing_announces_three_feeds_that_say_the_same(string path, string title)
    {
        await Site.Fill();
        var announced = Html.Links(await Site.Get(path), "alternate").Where(link => link.Contains("feed.", StringComparison.Ordinal)).ToList();
        Assert.Equal(["atom", "rss", "json"], announced.Select(link => new Uri(link).AbsolutePath.Split("feed.")[1]));
        List<string> identities = [];
        foreach (var address in announced)
        {
            var feed = await Parse(address);
            Assert.Equal(title, feed.Title);
            Assert.Equal(address, feed.FeedUrl);
            Assert.Empty(feed.Repairs);
            Assert.Equal(Enumerable.Range(0, 30).Select(i => $"題名{i}"), feed.Entries.Select(entry => entry.Title));
            Assert.Equal("https://acme.example/p0?utm_source=feed", feed.Entries[0].Url);
            Assert.Equal(Shelf.Noon.AddMinutes(-1), feed.Entries[0].PublishedAt);
            Assert.Equal(["設計"], feed.Entries[0].Tags);
            Assert.Equal("ACME", feed.Entries[0].Authors[0].Name);
            Assert.Contains("設計 の話", feed.Entries[0].Summary ?? feed.Entries[0].ContentHtml ?? feed.Entries[0].ContentText, StringComparison.Ordinal);
            identities.Add(string.Join(' ', feed.Entries.Select(entry => entry.Id)));
        }

        Assert.Single(identities.Distinct());
        Assert.Equal(30, identities[0].Split(' ').Distinct().Count());
    }

    [Fact]
    public async Task What_XML_forbids_is_left_out_and_what_it_reserves_is_escaped()
    {
        await Site.Shelf.Keep(
            await Site.Shelf.Source(),
            Shelf.Draft("a", 1, "1 < 2 & \"3\"\u0001\u001F\uFFFF 𠮷\uD800!", "<b>&amp;</b>\u0008", "a&b") with { Author = "<Hanako>\0" });
        foreach (var format in (string[])["atom", "rss"])
        {
            var text = await Site.Get($"/feed.{format}");
            var document = XDocument.Parse(text);
            Assert.Contains("1 < 2 & \"3\" 𠮷", document.Descendants().Last(element => element.Name.LocalName == "title" && element.Value.Contains('<', StringComparison.Ordinal)).Value, StringComparison.Ordinal);
        }

        foreach (var format in (string[])["atom", "rss", "json"])
        {
            var entry = Assert.Single((await Parse($"/feed.{format}")).Entries);
            Assert.StartsWith("1 < 2 & \"3\"", entry.Title, StringComparison.Ordinal);
            Assert.Equal(["a&b"], entry.Tags);
        }
    }

    [Fact]
    public async Task A_post_without_a_date_has_none_in_any_feed()
    {
        await Site.Shelf.Keep(await Site.Shelf.Source(), Shelf.Draft("a") with { PublishedAt = null });
        foreach (var format in (string[])["atom", "rss", "json"])
            Assert.Null(Assert.Single((await Parse($"/feed.{format}")).Entries).PublishedAt);
        Assert.DoesNotContain("<published>", await Site.Get("/feed.atom"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Atom_entry_has_what_RFC_4287_asks_for_and_says_where_it_is_from()
    {
        await Site.Fill(1);
        var atom = XNamespace.Get("http://www.w3.org/2005/Atom");
        var feed = XDocument.Parse(await Site.Get("/feed.atom")).Root!;
        foreach (var name in (string[])["id", "title", "updated"])
        {
            Assert.Single(feed.Elements(atom + name));
            Assert.Single(feed.Element(atom + "entry")!.Elements(atom + name));
        }

        var source = feed.Element(atom + "entry")!.Element(atom + "source")!;
        Assert.Equal("ACME", source.Element(atom + "title")?.Value);
        var company = XDocument.Parse(await Site.Get("/companies/acme/feed.atom")).Root!;
        Assert.Equal(company.Element(atom + "id")?.Value, source.Element(atom + "id")?.Value);
        Assert.Equal("tag:127.0.0.1,2026:/posts/1", feed.Element(atom + "entry")!.Element(atom + "id")?.Value);
    }

    [Theory]
    [InlineData("/feed", true)]
    [InlineData("/companies/acme/feed", true)]
    [InlineData("/tags/%E8%A8%AD%E8%A8%88/feed", true)]
    [InlineData("/tags/c++/feed", true)]
    [InlineData("/search/feed", false, "?q=%E8%A8%AD%E8%A8%88")]
    [InlineData("/feed", false, "?lang=en")]
    public async Task Feeds_that_a_hub_is_told_of_name_it_and_themselves_in_the_header_and_in_the_document(string path, bool isTold, string query = "")
    {
        await using var site = await PortalSite.Start(new Uri("https://kawaraban.example/"), new Uri("https://hub.example/push?a=1&b=2"));
        await site.Shelf.Keep(await site.Shelf.Source(), Shelf.Draft("p", 1, "題名", text: "設計 の話", tags: ["設計", "C++"]));
        foreach (var format in (string[])["atom", "rss", "json"])
        {
            using var response = await site.Send($"{path}.{format}{query}");
            var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            var feed = FeedParser.Parse(body, response.Content.Headers.ContentType?.ToString(), null);
            Assert.Equal(isTold ? ["https://hub.example/push?a=1&b=2"] : [], feed.Hubs);
            Assert.Equal(
                isTold ? $"<https://hub.example/push?a=1&b=2>; rel=\"hub\", <https://kawaraban.example{path}.{format}>; rel=\"self\"" : null,
                response.Headers.TryGetValues("Link", out var links) ? string.Join(", ", links) : null);
            Assert.Equal($"https://kawaraban.example{path}.{format}{query}", feed.FeedUrl);
        }
    }

    [Fact]
    public async Task A_feed_of_nothing_is_a_feed()
    {
        foreach (var format in (string[])["atom", "rss", "json"])
        {
            Assert.Empty((await Parse($"/feed.{format}")).Entries);
            Assert.Empty((await Parse($"/search/feed.{format}?q=")).Entries);
        }
    }

    private async Task<Feed> Parse(string address)
    {
        using var response = await Site.Send(address);
        response.EnsureSuccessStatusCode();
        return FeedParser.Parse(
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            response.Content.Headers.ContentType?.ToString(),
            new Uri(Site.Http.BaseAddress!, address));
    }
}
