using System.Net;
using System.Text;
using Kawaraban.Crawling;
using Kawaraban.Tests.Crawling;

namespace Kawaraban.Tests.Office;

/// <summary>Companies, tags and posts in the office; and what a feed that means harm can do there.</summary>
public sealed class CatalogPagesTests
{
    private const string Feed = "https://acme.example/feed";

    // Whatever of these reaches a page as it is would run there.
    private const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}</textarea></title>";

    [Fact]
    public async Task A_post_is_hidden_with_a_reason_and_shown_again()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        await site.Field.Crawl(CrawlScope.All);
        Assert.Contains(">one</a>", (await site.Get("/office/posts")).Text, StringComparison.Ordinal);
        Assert.Equal("/office/posts?q=one", (await site.Post("/office/posts/1/hide", ("why", "an advertisement"), ("back", "/office/posts?q=one"))).Location);
        Assert.Contains("There are none", (await site.Get("/office/posts?q=one")).Text, StringComparison.Ordinal);
        Assert.Contains("Show again", (await site.Get("/office/posts?which=hidden")).Text, StringComparison.Ordinal);
        Assert.Contains("posts.hide post 1: one (an advertisement)", await site.Done(), StringComparison.Ordinal);

        // Nobody is sent elsewhere.
        Assert.Equal("/office/posts", (await site.Post("/office/posts/1/show", ("back", "https://evil.example/"))).Location);
        Assert.Contains(">one</a>", (await site.Get("/office/posts")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_is_merged_parted_and_hidden()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        site.Field.Web = request => Field.Document(request, Field.Rss("one").Replace("</title><description>about", "</title><category>ML</category><category>PR</category><description>about", StringComparison.Ordinal));
        await site.Field.Crawl(CrawlScope.All);
        Assert.Equal(303, (await site.Post("/office/tags/merge", ("slug", "ml"), ("into", "Machine Learning"))).Status);
        Assert.Contains("also ml", (await site.Get("/office/tags")).Text, StringComparison.Ordinal);
        var wrong = await site.Post("/office/tags/merge", ("slug", "machine-learning"), ("into", "ml"));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("is the same tag", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await site.Post("/office/tags/part", ("slug", "ml"))).Status);
        Assert.Equal(303, (await site.Post("/office/tags/hide", ("slug", "pr"))).Status);
        Assert.Contains("hidden", (await site.Get("/office/tags?q=pr")).Text, StringComparison.Ordinal);
        Assert.Equal(303, (await site.Post("/office/tags/show", ("slug", "pr"))).Status);
        var done = await site.Done();
        Assert.All((string[])["tags.merge tag ml: → Machine Learning", "tags.part tag ml", "tags.hide tag pr", "tags.show tag pr"], row => Assert.Contains(row, done, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_company_is_named_anew_and_merged()
    {
        await using var site = await OfficePagesSite.Start(Feed, "https://bolt.example/feed");
        var wrong = await site.Post("/office/companies/1", ("name", ""), ("slug", "Not A Slug"), ("site", "gopher://x"));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("not-a-slug would be one", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("neither http nor https", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await site.Post("/office/companies/1", ("name", "Acme"), ("slug", "acme-inc"), ("site", "acme.example"))).Status);
        Assert.Contains("is no company", (await site.Post("/office/companies/2/merge", ("into", "nobody"))).Text, StringComparison.Ordinal);
        Assert.Contains("is this one", (await site.Post("/office/companies/2/merge", ("into", "bolt.example"))).Text, StringComparison.Ordinal);
        Assert.Equal("/office/companies/1", (await site.Post("/office/companies/2/merge", ("into", "acme-inc"))).Location);
        var page = await site.Get("/office/companies/1");
        Assert.Contains("https://bolt.example/feed", page.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await site.Get("/office/companies/2")).Status);
        Assert.Contains("companies.merge company 2", await site.Done(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_a_feed_says_is_markup_on_any_page()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        var text = WebUtility.HtmlEncode(Hostile);
        var rss = $"""
            <?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{text}</title><link>https://acme.example/?{text}</link>
            <description>{text}</description><generator>{text}</generator><language>{text}</language>
            <item><guid isPermaLink="false">{text}</guid><link>https://acme.example/?{text}</link><title>{text}</title><dc:creator>{text}</dc:creator>
            <category>{text[..20]}</category><description>{WebUtility.HtmlEncode(text)}</description><enclosure url="https://acme.example/{text}" type="image/png" length="1"/></item></channel></rss>
            """;
        site.Field.Web = request => Field.Document(request, rss);
        await site.Field.Crawl(CrawlScope.All);
        await site.Post("/office/sources/1/samples", ("name", Hostile[..30]));
        await site.Post("/office/sources/1/recipe", ("do", "save"), ("recipe", "{ \"note\": \"x\" }"), ("version", "0"), ("why", Hostile), ("force", "yes"));
        await site.Post("/office/companies/1", ("name", Hostile[..50]), ("slug", "acme"), ("site", ""));
        await site.Post("/office/sources/1/recipe/apply");
        var preview = ("recipe", """{ "fields": { "title": [{ "template": "{title}<script>alert(1)</script>" }] } }""");
        PageAnswer[] pages =
        [
            await site.Get("/office/sources/1"), await site.Get("/office/sources/1/recipe"), await site.Get("/office/sources/1/recipe/history"),
            await site.Get("/office/sources/1/samples"), await site.Get("/office/sources/1/request"), await site.Get("/office/sources/1/notes"),
            await site.Post("/office/sources/1/recipe", ("do", "preview"), preview, ("version", "1"), ("why", Hostile)),
            await site.Post("/office/sources/1/recipe/preview", preview, ("version", "1")),
            await site.Post("/office/sources/1/recipe", ("do", "save"), ("recipe", Hostile), ("version", "1")),
            await site.Post("/office/sources/1/recipe", ("do", "save"), preview, ("version", "1")),
            await site.Post("/office/sources/1/notes"), await site.Post("/office/sources/1/request", ("headers", Hostile), ("user-agent", Hostile + "é"), ("proxy", Hostile)),
            await site.Get("/office/sources/add?address=" + Uri.EscapeDataString(Hostile)), await site.Post("/office/sources/add", ("address", Hostile)),
            await site.Post("/office/sources/add", ("address", "https://other.example/feed")),
            await site.Upload("/office/sources/import", "file", Encoding.UTF8.GetBytes($"<opml><outline text=\"{text}\" xmlUrl=\"https://x.example/{text}\"/><outline text=\"{text}\" xmlUrl=\"{text}\"/></opml>")),
            await site.Get("/office/companies"), await site.Get("/office/companies/1"), await site.Get("/office/companies?q=" + Uri.EscapeDataString(Hostile)),
            await site.Post("/office/companies/1/merge", ("into", Hostile)), await site.Get("/office/tags"), await site.Get("/office/tags?q=" + Uri.EscapeDataString(Hostile)),
            await site.Post("/office/tags/merge", ("slug", Hostile), ("into", Hostile)), await site.Get("/office/posts"),
            await site.Get("/office/posts?q=" + Uri.EscapeDataString(Hostile)), await site.Get("/office/posts?which=hidden"), await site.Get("/office/sources"),
            await site.Get("/office/sources/1/recipe/apply"), await site.Get("/office/jobs"), await site.Get("/office/jobs/rows"),
        ];
        for (var i = 0; i < pages.Length; i++)
        {
            Assert.True(pages[i].Status is 200 or 422, $"page {i} answered {pages[i].Status}");
            Assert.False(pages[i].Markup.Contains("<script>", StringComparison.OrdinalIgnoreCase), $"page {i} has a script of the feed");
            Assert.False(pages[i].Markup.Contains("<img", StringComparison.OrdinalIgnoreCase), $"page {i} has a picture of the feed");
        }

        Assert.True(pages.Count(page => page.Text.Contains("<script>alert(1)</script>", StringComparison.Ordinal)) > 12, "the feed's words are hardly on the pages");
    }
}
