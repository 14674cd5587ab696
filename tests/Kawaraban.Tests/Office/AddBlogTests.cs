using System.Text;
using Kawaraban.Fetching;
using Kawaraban.Tests.Crawling;

namespace Kawaraban.Tests.Office;

/// <summary>Adding blogs in the office: one by any address of it, or a list.</summary>
public sealed class AddBlogTests
{
    private const string Add = "/office/sources/add";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_any_address_to_a_source_that_is_visited()
    {
        await using var site = await OfficePagesSite.Start();
        site.Field.Web = request => request.Url.AbsolutePath == "/"
            ? Page(request, "<link rel=alternate type=application/rss+xml href=/feed.xml>")
            : Field.Document(request, Field.Rss("one", "two"));
        Assert.Contains("value=\"blog.example\"", (await site.Get(Add + "?address=blog.example")).Markup, StringComparison.Ordinal);
        var found = await site.Post(Add, ("address", "blog.example"));
        Assert.Equal(200, found.Status);
        Assert.Contains("https://blog.example/feed.xml", found.Text, StringComparison.Ordinal);
        Assert.Contains("2 posts", found.Text, StringComparison.Ordinal);
        Assert.Contains("about two", found.Text, StringComparison.Ordinal);
        Assert.Empty(await site.Field.Registry.List(Cancellation));

        var added = await site.Post(Add + "/feed", ("url", "https://blog.example/feed.xml"), ("site", "https://blog.example/"), ("company", "Blog & Söhne"));
        Assert.Equal("/office/sources/1", added.Location);
        var source = Assert.Single(await site.Field.Registry.List(Cancellation));
        Assert.Equal(("Blog & Söhne", "active", "https://blog.example/"), (source.Company, source.Status, source.SiteUrl));
        Assert.Contains("sources.add source 1: https://blog.example/feed.xml, Blog & Söhne", await site.Done(), StringComparison.Ordinal);
        Assert.Contains("It is there already", (await site.Post(Add, ("address", "https://blog.example/feed.xml"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_a_feed_leads_to_the_editor_of_its_recipe_and_waits_for_it()
    {
        await using var site = await OfficePagesSite.Start();
        site.Field.Web = request => Page(request, "nothing here");
        var none = await site.Post(Add, ("address", "https://blog.example/news"));
        Assert.Contains("No feed was found", none.Text, StringComparison.Ordinal);
        var added = await site.Post(Add + "/page", ("url", "https://blog.example/news"), ("company", "Blog"));
        Assert.Equal("/office/sources/1/recipe", added.Location);
        Assert.Equal("paused", (await site.Field.Source()).Status);
    }

    [Fact]
    public async Task What_cannot_be_an_address_or_a_name_is_said_and_what_was_typed_stays()
    {
        await using var site = await OfficePagesSite.Start();
        var wrong = await site.Post(Add, ("address", "javascript:alert(1)"));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("value=\"javascript:alert(1)\"", wrong.Markup, StringComparison.Ordinal);
        var nameless = await site.Post(Add + "/feed", ("url", "https://blog.example/feed"), ("company", ""), ("name", "Its name"));
        Assert.Equal(422, nameless.Status);
        Assert.Contains("value=\"Its name\"", nameless.Markup, StringComparison.Ordinal);
        Assert.Contains("company-problem", nameless.Markup, StringComparison.Ordinal);
        Assert.Empty(site.Field.Asked);
    }

    [Fact]
    public async Task A_list_is_looked_at_before_it_is_added_as_a_whole()
    {
        await using var site = await OfficePagesSite.Start("https://known.example/feed");
        var list = Opml("""
            <outline type="rss" text="New &amp; good" xmlUrl="https://new.example/feed" htmlUrl="https://new.example/"/>
            <outline type="rss" text="Bell &#7; rings" xmlUrl="https://bell.example/feed"/>
            <outline type="rss" text="Known" xmlUrl="https://known.example/feed"/>
            <outline type="rss" text="Wrong" xmlUrl="ftp://wrong.example/feed"/>
            """);
        var plan = await site.Upload("/office/sources/import", "file", list);
        Assert.Equal(200, plan.Status);
        Assert.Contains("2 new, 1 there already, 1 skipped", plan.Text, StringComparison.Ordinal);
        Assert.Contains("neither http nor https", plan.Text, StringComparison.Ordinal);
        Assert.Single(await site.Field.Registry.List(Cancellation));

        var sent = System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(plan.Markup, "name=\"list\" value=\"([^\"]*)\"").Groups[1].Value);
        Assert.Equal(303, (await site.Post("/office/sources/import/whole", ("list", sent))).Status);
        Assert.Equal(3, (await site.Field.Registry.List(Cancellation)).Count);
        Assert.Contains("sources.import sources: 2 added, 0 there already, 0 skipped", await site.Done(), StringComparison.Ordinal);
        Assert.Contains("https://new.example/feed", (await site.Get("/office/sources/export.opml")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_breaks_off_or_means_harm_adds_nothing()
    {
        await using var site = await OfficePagesSite.Start();
        var half = Encoding.UTF8.GetBytes("<opml><body><outline xmlUrl=\"https://one.example/feed\"/><outline xmlUrl=\"https://two");
        var plan = await site.Upload("/office/sources/import", "file", half);
        Assert.Equal(422, plan.Status);
        Assert.DoesNotContain("import/whole", plan.Markup, StringComparison.Ordinal);
        Assert.Equal(422, (await site.Post("/office/sources/import/whole", ("list", Encoding.UTF8.GetString(half)))).Status);

        var reading = Encoding.UTF8.GetBytes("""<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;" xmlUrl="https://one.example/feed"/></body></opml>""");
        Assert.DoesNotContain("root:", (await site.Upload("/office/sources/import", "file", reading)).Text, StringComparison.Ordinal);
        Assert.Equal(422, (await site.Upload("/office/sources/import", "file", new byte[1024 * 1024 + 1])).Status);
        Assert.Equal(422, (await site.Post("/office/sources/import")).Status);
        Assert.Empty(await site.Field.Registry.List(Cancellation));
    }

    private static byte[] Opml(string outlines) => Encoding.UTF8.GetBytes($"<opml version=\"2.0\"><body>{outlines}</body></opml>");

    private static Fetched Page(FetchRequest request, string inside) =>
        new(request.Url, 200, null, Encoding.UTF8.GetBytes($"<!DOCTYPE html><html><head><title>Blog</title>{inside}</head><body>{inside}</body></html>"), "text/html", null, null);
}
