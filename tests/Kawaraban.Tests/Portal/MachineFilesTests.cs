using System.Xml.Linq;
using Kawaraban.Sources;
using Kawaraban.Tests.Catalog;

namespace Kawaraban.Tests.Portal;

public sealed class MachineFilesTests
{
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";

    [Fact]
    public async Task The_sitemaps_name_every_post_company_and_tag_once()
    {
        await using var site = await PortalSite.Start(new Uri("https://blogs.example/"));
        await site.Fill(3);
        List<string> places = [];
        foreach (var map in XDocument.Parse(await site.Get("/sitemap.xml")).Descendants(Sitemap + "loc"))
        {
            Assert.StartsWith("https://blogs.example/sitemaps/", map.Value, StringComparison.Ordinal);
            places.AddRange(XDocument.Parse(await site.Get(new Uri(map.Value).AbsolutePath)).Descendants(Sitemap + "loc").Select(place => place.Value));
        }

        Assert.Equal(
            ["/companies/acme", $"/tags/{Uri.EscapeDataString("設計")}", "/posts/1", "/posts/2", "/posts/3"],
            places.Select(place => place["https://blogs.example".Length..]));
    }

    [Fact]
    public async Task Beyond_fifty_thousand_there_is_a_second_sitemap()
    {
        await using var site = await PortalSite.Start();
        var source = await site.Shelf.Source();
        site.Shelf.Temporary.Run("INSERT INTO sqlite_sequence (name, seq) VALUES ('posts', 50000)");
        await site.Shelf.Keep(source, Shelf.Draft("a"));
        Assert.Contains("/sitemaps/posts-2.xml", await site.Get("/sitemap.xml"), StringComparison.Ordinal);
        Assert.Contains("/posts/50001<", await site.Get("/sitemaps/posts-2.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sources_are_a_list_that_can_be_imported_again()
    {
        await using var site = await PortalSite.Start();
        await new SourceRegistry(site.Shelf.Database, url => url.Host, site.Clock).Add(
            new NewSource(new Uri("https://acme.example/feed"), "ACME & Söhne"), TestContext.Current.CancellationToken);
        var list = Opml.Read(await site.Http.GetByteArrayAsync("/opml.xml", TestContext.Current.CancellationToken));
        Assert.Equal(new OpmlOutline("ACME & Söhne", "https://acme.example/feed", null), Assert.Single(list.Outlines));
    }

    [Fact]
    public async Task Robots_may_read_all_but_the_search_and_browsers_learn_how_to_search()
    {
        await using var site = await PortalSite.Start(new Uri("https://blogs.example/"));
        Assert.Equal("User-agent: *\nDisallow: /search\n\nSitemap: https://blogs.example/sitemap.xml\n", await site.Get("/robots.txt"));
        var description = XDocument.Parse(await site.Get("/opensearch.xml"));
        Assert.Contains(description.Descendants(), element => (string?)element.Attribute("template") == "https://blogs.example/search?q={searchTerms}");
    }
}
