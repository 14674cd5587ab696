using System.Net;
using Kawaraban.Tests.Catalog;

namespace Kawaraban.Tests.Portal;

public sealed class PagesTests : IAsyncLifetime
{
    private PortalSite? started;

    private PortalSite Site => started ?? throw new InvalidOperationException("InitializeAsync has not run");

    public async ValueTask InitializeAsync() => started = await PortalSite.Start();

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/companies")]
    [InlineData("/companies/acme")]
    [InlineData("/tags")]
    [InlineData("/tags/設計")]
    [InlineData("/search")]
    [InlineData("/search?q=設計")]
    [InlineData("/search?q=nothing")]
    [InlineData("/posts/1")]
    public async Task A_page_is_well_formed_has_one_h1_and_shows_Japanese_as_itself(string path)
    {
        await Site.Fill();
        var page = await Site.Get(path);
        Assert.Null(Html.Problem(page));
        Assert.Equal(2, page.Split("<h1").Length);
        Assert.Contains("<html lang=\"ja\">", page, StringComparison.Ordinal);
        Assert.Contains("瓦版テスト", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("&#x[0-9A-F]{3,};", page);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/companies/acme")]
    [InlineData("/tags/設計")]
    [InlineData("/search?q=設計")]
    [InlineData("/?lang=en")]
    [InlineData("/search?q=設計&lang=en")]
    public async Task Going_to_the_end_shows_every_post_once_and_the_way_back_the_same_pages(string path)
    {
        await Site.Fill(100);
        List<string> seen = [], pages = [];
        List<string> next = [path];
        while (next.Count > 0)
        {
            var page = await Site.Get(next[0]);
            pages.Add(string.Join(' ', Html.Headlines(page)));
            seen.AddRange(Html.Headlines(page));
            next = Html.Links(page, "next");
            if (next.Count > 0)
            {
                Assert.Equal(path.Contains("lang=en", StringComparison.Ordinal), next[0].Contains("lang=en", StringComparison.Ordinal));
                Assert.Equal(path.Contains("q=", StringComparison.Ordinal), next[0].Contains("q=" + Uri.EscapeDataString("設計"), StringComparison.Ordinal));
            }
            else
            {
                for (var back = pages.Count - 2; back >= 0; back--)
                {
                    page = await Site.Get(Assert.Single(Html.Links(page, "prev")));
                    Assert.Equal(pages[back], string.Join(' ', Html.Headlines(page)));
                }

                Assert.Empty(Html.Links(page, "prev"));
            }
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"題名{i}"), seen);
    }

    [Fact]
    public async Task Many_companies_are_shown_a_page_at_a_time()
    {
        for (var i = 0; i < 500; i++)
            Site.Shelf.Temporary.Run($"INSERT INTO companies (slug, name, name_key, post_count, latest_at, created_at) VALUES ('c{i}', 'C{i}', 'c{i}', 1, {1000 - i}, 0)");
        List<int> counts = [];
        var next = "/companies";
        var page = "";
        while (next is not null)
        {
            page = await Site.Get(next);
            counts.Add(page.Split("<a class=\"entry\"").Length - 1);
            next = Html.Links(page, "next").SingleOrDefault();
        }

        Assert.Equal([240, 240, 20], counts);
        page = await Site.Get(Assert.Single(Html.Links(page, "prev")));
        Assert.Contains("/companies/c240\"", page, StringComparison.Ordinal);
        Assert.Equal("/companies", Assert.Single(Html.Links(page, "prev")));
    }

    [Fact]
    public async Task What_publishers_write_is_text_and_never_markup()
    {
        const string Evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        await Site.Shelf.Keep(
            await Site.Shelf.Source(),
            Shelf.Draft("evil", 1, Evil, Evil, Evil) with { Author = Evil, Language = "en\"><script>", PictureUrl = "https://acme.example/\"><script>" });
        foreach (var path in (string[])["/", "/companies/acme", "/tags", "/posts/1", $"/search?q={Uri.EscapeDataString(Evil)}"])
        {
            var page = await Site.Get(path);
            Assert.Null(Html.Problem(page));
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_title_leads_to_the_publisher_and_details_to_our_page_about_the_post()
    {
        await Site.Fill(1);
        var page = await Site.Get("/");
        Assert.Contains("<h2 class=\"headline\"><a href=\"https://acme.example/p0?utm_source=feed\" rel=\"noopener\">題名0</a></h2>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/posts/1\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("nofollow", page, StringComparison.Ordinal);
        page = await Site.Get("/posts/1");
        Assert.Equal([new Uri(Site.Http.BaseAddress!, "/posts/1").AbsoluteUri], Html.Links(page, "canonical"));
        Assert.Contains("\"@type\":\"BlogPosting\",\"headline\":\"題名0\"", page, StringComparison.Ordinal);
        Assert.Contains("<meta property=\"og:title\" content=\"題名0\">", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/nowhere/at/all.html", HttpStatusCode.NotFound)]
    [InlineData("/companies/nobody", HttpStatusCode.NotFound)]
    [InlineData("/companies/nobody/feed.atom", HttpStatusCode.NotFound)]
    [InlineData("/tags/nothing", HttpStatusCode.NotFound)]
    [InlineData("/tags/nothing/feed.json", HttpStatusCode.NotFound)]
    [InlineData("/posts/4711", HttpStatusCode.NotFound)]
    [InlineData("/posts/one", HttpStatusCode.NotFound)]
    [InlineData("/posts/99999999999999999999", HttpStatusCode.NotFound)]
    [InlineData("/sitemaps/posts-0.xml", HttpStatusCode.NotFound)]
    [InlineData("/?before=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/search?q=a&before=1-", HttpStatusCode.BadRequest)]
    [InlineData("/companies?before=nobody", HttpStatusCode.BadRequest)]
    public async Task What_is_not_there_or_not_right_is_a_page_in_the_readers_language(string path, HttpStatusCode status)
    {
        foreach (var language in (string[])["ja", "en"])
        {
            using var response = await Site.Send(path, ("Accept-Language", language));
            Assert.Equal(status, response.StatusCode);
            var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Null(Html.Problem(page));
            Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
            Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        }
    }

    [Fact]
    public async Task A_query_of_any_length_is_searched_for_as_far_as_it_goes()
    {
        await Site.Fill(1);
        var page = await Site.Get("/search?q=" + new string('x', 10_000));
        Assert.Contains("はじめの200文字", page, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 201), page, StringComparison.Ordinal);

        Assert.Contains("はじめの200文字", await Site.Get("/search?q=" + Uri.EscapeDataString(new string('設', 10_000))), StringComparison.Ordinal);

        // Cut where a character ends.
        page = await Site.Get("/search?q=" + Uri.EscapeDataString(new string('x', 199) + "𠮷𠮷"));
        Assert.DoesNotContain("\uFFFD", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_site_says_how_to_begin_and_is_not_kept_by_anybody()
    {
        using var response = await Site.Send("/");
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        Assert.Contains("kawaraban sources add", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await Site.Fill(1);
        Assert.Contains("題名0", await Site.Get("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_helps_and_keeps_what_was_typed()
    {
        await Site.Fill(1);
        var page = await Site.Get("/search?q=%22zebra%22");
        Assert.Contains("value=\"&quot;zebra&quot;\"", page, StringComparison.Ordinal);
        Assert.Contains("「&quot;zebra&quot;」に当てはまる記事はありませんでした", page, StringComparison.Ordinal);
        Assert.Contains("引用符", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_spelling_of_a_tag_leads_to_the_one_in_addresses()
    {
        await Site.Shelf.Keep(await Site.Shelf.Source(), Shelf.Draft("a", tags: "Kubernetes"));
        using var response = await Site.Send("/tags/K8S?lang=en");
        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal("/tags/kubernetes?lang=en", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Times_are_ages_within_a_day_and_dates_before_it_in_the_zone_of_the_installation()
    {
        await Site.Shelf.Keep(
            await Site.Shelf.Source(), Shelf.Draft("a", 180), Shelf.Draft("b", (60 * 24) + (60 * 20)), Shelf.Draft("c") with { PublishedAt = null });
        var page = WebUtility.HtmlDecode(await Site.Get("/"));
        Assert.Contains("<time datetime=\"2026-11-24T09:00:00Z\" title=\"2026年11月24日 18:00 (UTC+09:00)\">3時間前</time>", page, StringComparison.Ordinal);
        Assert.Contains(">2026年11月23日</time>", page, StringComparison.Ordinal);
        Assert.True(page.Split("title=\"2026年").Length == 3, "a post without a date shows none");
        Assert.Contains(">3 hours ago</time>", await Site.Get("/?lang=en"), StringComparison.Ordinal);
        Assert.Contains(">23 November 2026</time>", await Site.Get("/?lang=en"), StringComparison.Ordinal);
    }
}
