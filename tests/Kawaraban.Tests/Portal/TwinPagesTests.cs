using System.Net;
using Kawaraban.Tests.Catalog;

namespace Kawaraban.Tests.Portal;

/// <summary>An article at two places, as readers see it.</summary>
public sealed class TwinPagesTests
{
    [Fact]
    public async Task Its_page_says_where_else_it_stands_and_the_other_s_page_leads_there()
    {
        await using var site = await Filled();
        foreach (var (language, words) in ((string, string)[])[("", "この記事の掲載先"), ("?lang=en", "Also posted at")])
        {
            var page = await site.Get($"/posts/1{language}");
            Assert.Null(Html.Problem(page));
            Assert.Contains(words, page, StringComparison.Ordinal);
            Assert.Contains("<a href=\"https://zenn.dev/sato/articles/1\" rel=\"noopener\">zenn.dev</a>", page, StringComparison.Ordinal);
            Assert.Contains($"<a class=\"company\" href=\"/companies/sato{language}\">SATO</a>", page, StringComparison.Ordinal);
            var moved = await site.Send($"/posts/2{language}");
            Assert.Equal((HttpStatusCode.MovedPermanently, $"/posts/1{language}"), (moved.StatusCode, moved.Headers.Location?.OriginalString));

            // Who puts them apart again must not be contradicted by what browsers keep for ever.
            Assert.Equal(TimeSpan.FromMinutes(1), moved.Headers.CacheControl?.MaxAge);
        }

        Assert.DoesNotContain("掲載先", await site.Get("/posts/3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listings_and_feeds_have_it_once_and_each_company_s_its_own_place()
    {
        await using var site = await Filled();
        foreach (var path in (string[])["/", "/feed.atom", "/feed.rss", "/feed.json", "/tags/設計", "/tags/rust/feed.atom", "/search?q=二重書き込み", "/companies/acme"])
        {
            var page = await site.Get(path);
            Assert.Contains("https://acme.example/a", page, StringComparison.Ordinal);
            Assert.DoesNotContain("https://zenn.dev/sato/articles/1", page, StringComparison.Ordinal);
        }

        var own = await site.Get("/companies/sato");
        Assert.Contains("https://zenn.dev/sato/articles/1", own, StringComparison.Ordinal);
        Assert.Contains("href=\"/posts/1\"", own, StringComparison.Ordinal);
        Assert.Contains("https://zenn.dev/sato/articles/1", await site.Get("/companies/sato/feed.json"), StringComparison.Ordinal);
        Assert.Contains("<loc>", await site.Get("/sitemap.xml"), StringComparison.Ordinal);
    }

    private static async Task<PortalSite> Filled()
    {
        var site = await PortalSite.Start();
        var (acme, sato) = (await site.Shelf.Source(), await site.Shelf.Source("sato"));
        await site.Shelf.Keep(acme, TwinTableTests.At("https://acme.example/a", tags: "設計"));
        await site.Shelf.Keep(sato, TwinTableTests.At("https://zenn.dev/sato/articles/1", tags: "Rust"));
        await site.Shelf.Keep(acme, Shelf.Draft("else", 30, "ほかの記事の話"));
        Assert.Equal(2, await TwinTableTests.Twins(site.Shelf).Compare([1, 2, 3], TestContext.Current.CancellationToken) + 1);
        return site;
    }
}
