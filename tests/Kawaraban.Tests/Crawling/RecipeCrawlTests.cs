using System.Text;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Crawling;

/// <summary>Recipes in a crawl: what is fetched when, what is kept, what is told.</summary>
public sealed class RecipeCrawlTests
{
    private const string Feed = "https://site.example/feed.xml";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_recipe_shapes_the_document_that_is_there_although_it_has_not_changed()
    {
        await using var field = new Field(Feed);
        await field.Crawl(CrawlScope.All);
        Assert.Equal("one", field.Temporary.Value<string>("SELECT title FROM posts"));
        await Set(field, """{"fields": {"title": [{"template": "{feed.title}: {title}"}]}}""");
        Assert.Equal(1, (await field.Crawl(CrawlScope.All)).UpdatedPosts);
        Assert.Equal("Feed: one", field.Temporary.Value<string>("SELECT title FROM posts"));
        Assert.Equal(0, (await field.Crawl(CrawlScope.All)).UpdatedPosts);
    }

    [Fact]
    public async Task A_visit_that_a_new_recipe_overtakes_does_not_count_as_read_by_it()
    {
        await using var field = new Field(Feed);
        var crawler = field.Crawler(async (request, _) =>
        {
            await Set(field, """{"fields": {"title": [{"default": "x"}]}}""");
            return Field.Document(request, Field.Rss("one"), "\"tag\"");
        });
        await crawler.CrawlOnce(CrawlScope.All, null, Cancellation);
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE content_hash IS NULL AND full_fetch_at IS NULL"));
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
    }

    [Fact]
    public async Task What_is_dropped_is_told_and_what_was_a_post_stays_one()
    {
        await using var field = new Field(Feed);
        field.Web = request => Field.Document(request, Field.Rss("one", "two"));
        await field.Crawl(CrawlScope.All);
        await Set(field, """{"drop": [{"field": "title", "is": "two"}]}""");
        await field.Crawl(CrawlScope.All);
        Assert.Equal(2L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
        Assert.EndsWith("; 1 entry dropped by the recipe", await Latest(field), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_fails_is_told_in_the_history_and_at_the_source_until_it_does_not()
    {
        await using var field = new Field(Feed);
        await Set(field, """{"fields": {"title": [{"regex": ".*", "replace": ""}]}}""");
        await field.Crawl(CrawlScope.All);
        const string Sentence = "the recipe (version 1): fields.title leaves nothing of it, so it stays as it was, at the entry \"one\"";
        Assert.EndsWith(Sentence, await Latest(field), StringComparison.Ordinal);
        var source = await field.Source();
        Assert.Equal(("healthy", Sentence), (source.Health, source.Recipe?.Notice));
        Assert.Equal("one", field.Temporary.Value<string>("SELECT title FROM posts"));
        await Set(field, """{"fields": {"title": [{"default": "x"}]}}""");
        await field.Crawl(CrawlScope.All);
        Assert.Null((await field.Source()).Recipe?.Notice);
    }

    [Fact]
    public async Task Pages_are_fetched_once_with_their_gaps_and_no_more_at_a_visit_than_the_recipe_says()
    {
        await using var field = new Field(Feed) { Options = new CrawlerOptions { Gap = TimeSpan.FromSeconds(1) } };
        field.Web = request => request.Url.AbsoluteUri == Feed
            ? Field.Document(request, Field.Rss("a", "b", "c", "d", "e"))
            : Page(request, $"<meta name=author content='by {request.Url.AbsolutePath[1..]}'>");
        await Set(field, """{"page": {"replace": ["author"], "perVisit": 2}}""");
        for (var visit = 1; visit <= 4; visit++)
        {
            await field.Crawl(CrawlScope.All);
            Assert.Equal(5L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
            Assert.Equal(Math.Min(visit * 2, 5), field.Temporary.Value<long>("SELECT count(*) FROM posts WHERE author LIKE 'by %'"));
        }

        var pages = field.Asked.Where(asked => asked.Url != Feed).Select(asked => asked.Url).ToList();
        Assert.Equal(["https://site.example/a", "https://site.example/b", "https://site.example/c", "https://site.example/d", "https://site.example/e"], pages);
        Assert.Equal(1, field.MostAtOncePerHost);
        var asked = field.Asked.ToList();
        foreach (var (before, after) in asked.Zip(asked.Skip(1)))
            Assert.True(after.At - before.At >= TimeSpan.FromSeconds(before.Url == Feed ? 1 : 3), $"{before.Url} at {before.At:O}, {after.Url} at {after.At:O}");
        Assert.Equal("by a", field.Temporary.Value<string>("SELECT author FROM posts WHERE title = 'a'"));

        // What the pages said stays when the feed comes again.
        field.Web = request => Field.Document(request, Field.Rss("a", "b", "c", "d", "e").Replace("about a", "about A", StringComparison.Ordinal));
        await field.Crawl(CrawlScope.All);
        Assert.Equal(5L, field.Temporary.Value<long>("SELECT count(*) FROM posts WHERE author LIKE 'by %'"));
    }

    [Fact]
    public async Task A_page_that_robots_txt_forbids_is_not_fetched_and_its_entry_is_a_post_all_the_same()
    {
        await using var field = new Field(Feed) { ReadsRobots = true };
        field.Web = request => request.Url.AbsolutePath == RobotsTxt.Path
            ? new Fetched(request.Url, 200, null, Encoding.UTF8.GetBytes("User-agent: *\nDisallow: /"), "text/plain", null, null)
            : Field.Document(request, Field.Rss("one"));
        await Set(field, """{"page": {"replace": ["title"], "keep": [{"field": "title", "is": "one"}]}}""");
        await field.Crawl(CrawlScope.All);
        Assert.DoesNotContain(field.Asked, asked => asked.Url == "https://site.example/one");
        Assert.Equal("one", field.Temporary.Value<string>("SELECT title FROM posts"));
        Assert.Contains("the robots.txt of site.example does not let programs fetch /one", await Latest(field), StringComparison.Ordinal);
        Assert.Contains("the robots.txt of site.example", (await field.Source()).Recipe?.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_at_another_site_is_not_fetched()
    {
        await using var field = new Field(Feed);
        field.Web = request => Field.Document(request, Field.Rss("one").Replace("https://site.example/one", "https://elsewhere.example/one", StringComparison.Ordinal));
        await Set(field, """{"page": {"replace": ["author"]}}""");
        await field.Crawl(CrawlScope.All);
        Assert.All(field.Asked, asked => Assert.StartsWith("https://site.example/", asked.Url, StringComparison.Ordinal));
        Assert.Contains("https://elsewhere.example/one is at another site than the source, so it was not fetched", await Latest(field), StringComparison.Ordinal);
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
    }

    [Fact]
    public async Task A_page_that_does_not_answer_is_tried_three_times_and_then_done_without()
    {
        await using var field = new Field(Feed);
        field.Web = request => request.Url.AbsoluteUri == Feed ? Field.Document(request, Field.Rss("one")) : new Refused(request.Url, 500, null, "the server answered 500");
        await Set(field, """{"page": {"fill": "author", "drop": [{"field": "author", "is": "x"}]}}""");
        for (var visit = 1; visit <= 5; visit++)
        {
            await field.Crawl(CrawlScope.All);
            Assert.Equal(visit < 3 ? 0L : 1L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
        }

        Assert.Equal(3, field.Asked.Count(asked => asked.Url == "https://site.example/one"));
    }

    [Fact]
    public async Task Lists_are_followed_page_by_page_until_they_lead_to_what_was_read()
    {
        const string List = "https://site.example/blog";
        await using var field = new Field(List);
        field.Web = request => request.Url.Query switch
        {
            "" => Page(request, "<article><a href=/1>1</a></article><a rel=next href='?page=2'>"),
            "?page=2" => Page(request, "<article><a href=/2>2</a></article><a rel=next href='?page=3'>"),
            "?page=3" => Page(request, "<article><a href=/3>3</a></article><a rel=next href='?page=2'>"),
            _ => new Refused(request.Url, 404, null, "not there"),
        };
        await Set(field, """{"source": {"kind": "page", "paging": {"next": {"select": "a[rel=next]"}}}, "entries": {"select": "article a"}}""");
        var summary = await field.Crawl(CrawlScope.All);
        Assert.Equal(3, summary.NewPosts);
        Assert.Equal([List, List + "?page=2", List + "?page=3"], field.Asked.Select(asked => asked.Url));
        Assert.Contains("source.paging leads to https://site.example/blog?page=2, which was read before; paging ends there", await Latest(field), StringComparison.Ordinal);

        // What was read is not read again while something on the first page is known.
        field.Asked.Clear();
        field.Web = request => Page(request, "<article><a href=/0>0</a></article><article><a href=/1>1</a></article><a rel=next href='?page=2'>");
        await field.Crawl(CrawlScope.All);
        Assert.Equal([List], field.Asked.Select(asked => asked.Url));
        Assert.Equal(4L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
    }

    [Fact]
    public async Task A_page_that_leads_to_itself_ends_the_paging()
    {
        const string List = "https://site.example/blog";
        await using var field = new Field(List);
        field.Web = request => Page(request, "<article><a href=/1>1</a></article><a rel=next href='/blog'>");
        await Set(field, """{"source": {"kind": "page", "paging": {"next": {"select": "a[rel=next]"}}}, "entries": {"select": "article a"}}""");
        await field.Crawl(CrawlScope.All);
        Assert.Equal([List], field.Asked.Select(asked => asked.Url));
        Assert.Contains("paging ends there", await Latest(field), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbered_pages_end_with_one_that_has_no_posts()
    {
        const string List = "https://site.example/blog";
        await using var field = new Field(List);
        field.Web = request => Page(request, request.Url.AbsolutePath is "/blog" or "/blog/page/2" ? $"<article><a href={request.Url.AbsolutePath}/x>1</a></article>" : "<p>nothing</p>");
        await Set(field, """{"source": {"kind": "page", "paging": {"template": "/blog/page/{page}"}}, "entries": {"select": "article a"}}""");
        Assert.Equal(2, (await field.Crawl(CrawlScope.All)).NewPosts);
        Assert.Equal([List, List + "/page/2", List + "/page/3"], field.Asked.Select(asked => asked.Url));
    }

    [Fact]
    public async Task A_site_that_was_rebuilt_is_said_to_have_been_and_its_posts_stay()
    {
        await using var field = new Field("https://site.example/blog");
        field.Web = request => Page(request, "<article><a href=/1>1</a></article>");
        await Set(field, """{"source": {"kind": "page"}, "entries": {"select": "article a"}}""");
        await field.Crawl(CrawlScope.All);
        field.Web = request => Page(request, "<div><a href=/1>1</a></div>");
        await field.Crawl(CrawlScope.All);
        Assert.Contains("the recipe finds no posts: entries.select (\"article a\") finds nothing on the page; its site may have been rebuilt", await Latest(field), StringComparison.Ordinal);
        Assert.Equal("failing", (await field.Source()).Health);
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
    }

    [Fact]
    public async Task The_page_of_a_list_is_fetched_only_where_robots_txt_lets_us()
    {
        await using var field = new Field("https://site.example/blog") { ReadsRobots = true };
        field.Web = request => request.Url.AbsolutePath == RobotsTxt.Path
            ? new Fetched(request.Url, 200, null, Encoding.UTF8.GetBytes("User-agent: *\nDisallow: /blog"), "text/plain", null, null)
            : Page(request, "<article><a href=/1>1</a></article>");
        await Set(field, """{"source": {"kind": "page"}, "entries": {"select": "article a"}}""");
        await field.Crawl(CrawlScope.All);
        Assert.Equal(["https://site.example/robots.txt"], field.Asked.Select(asked => asked.Url));
        Assert.Equal("blocked", (await field.Source()).Health);
    }

    [Fact]
    public async Task A_post_whose_title_only_its_page_knows_waits_for_it_and_comes_with_it()
    {
        await using var field = new Field("https://site.example/sitemap.xml");
        field.Web = request => request.Url.AbsolutePath == "/sitemap.xml"
            ? Field.Document(request, "<urlset><url><loc>https://site.example/blog/1</loc></url><url><loc>https://site.example/blog/2</loc></url></urlset>")
            : Page(request, $"<title>Title of {request.Url.AbsolutePath}</title>");
        await Set(field, """{"source": {"kind": "sitemap"}, "entries": {"match": "/blog/*"}, "page": {"fill": "title", "perVisit": 1}}""");
        await field.Crawl(CrawlScope.All);
        Assert.Equal("Title of /blog/1", field.Temporary.Value<string>("SELECT title FROM posts"));
        await field.Crawl(CrawlScope.All);
        Assert.Equal(2L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM posts WHERE title = 'Title of /blog/2'"));
    }

    [Fact]
    public async Task What_waits_for_its_page_is_a_post_without_when_the_recipe_wants_no_pages_any_more()
    {
        await using var field = new Field(Feed);
        field.Web = request => request.Url.AbsoluteUri == Feed ? Field.Document(request, Field.Rss("one")) : new Unreachable(request.Url, null, null, "timeout", "no answer");
        await Set(field, """{"page": {"fill": "author", "drop": [{"field": "author", "is": "x"}]}}""");
        await field.Crawl(CrawlScope.All);
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));

        // The feed has forgotten it meanwhile.
        field.Web = request => Field.Document(request, Field.Rss("two"));
        await Set(field, """{"identity": "guid"}""");
        await field.Crawl(CrawlScope.All);
        Assert.Equal(2L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
    }

    [Fact]
    public async Task What_pages_said_counts_under_another_recipe_until_they_have_been_read_again()
    {
        await using var field = new Field(Feed);
        field.Web = request => request.Url.AbsoluteUri == Feed ? Field.Document(request, Field.Rss("one")) : Page(request, "<meta name=author content=Sato><b class=who>Suzuki</b>");
        await Set(field, """{"page": {"replace": "author"}}""");
        await field.Crawl(CrawlScope.All);
        Assert.Equal("Sato", field.Temporary.Value<string>("SELECT author FROM posts"));

        // The same of pages: nothing is fetched again.
        await Set(field, """{"page": {"replace": "author"}, "tags": {"add": "Go"}}""");
        await field.Crawl(CrawlScope.All);
        Assert.Equal(1, field.Asked.Count(asked => asked.Url != Feed));

        // Something else of pages, which do not answer now.
        var web = field.Web;
        field.Web = request => request.Url.AbsoluteUri == Feed ? web(request) : new Unreachable(request.Url, null, null, "timeout", "no answer");
        await Set(field, """{"page": {"replace": "author", "select": {"author": {"select": ".who"}}}}""");
        await field.Crawl(CrawlScope.All);
        Assert.Equal("Sato", field.Temporary.Value<string>("SELECT author FROM posts"));
        field.Web = web;
        await field.Crawl(CrawlScope.All);
        Assert.Equal("Suzuki", field.Temporary.Value<string>("SELECT author FROM posts"));
        Assert.Equal(3, field.Asked.Count(asked => asked.Url != Feed));
    }

    [Fact]
    public async Task The_parts_of_a_sitemap_are_read_too()
    {
        await using var field = new Field("https://site.example/sitemap.xml");
        field.Web = request => request.Url.AbsolutePath switch
        {
            "/sitemap.xml" => Field.Document(request, "<sitemapindex><sitemap><loc>/posts.xml</loc></sitemap><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>"),
            _ => Field.Document(request, "<urlset><url><loc>https://site.example/blog/1</loc></url></urlset>"),
        };
        await Set(field, """{"source": {"kind": "sitemap"}, "entries": {"match": "/blog/*"}, "fields": {"title": [{"default": "One"}]}}""");
        Assert.Equal(1, (await field.Crawl(CrawlScope.All)).NewPosts);
        Assert.Equal(["https://site.example/sitemap.xml", "https://site.example/posts.xml"], field.Asked.Select(asked => asked.Url));
    }

    [Fact]
    public async Task Guids_that_change_at_every_visit_make_no_new_posts()
    {
        await using var field = new Field(Feed);
        await Set(field, """{"identity": "titleAndDate"}""");
        for (var visit = 0; visit < 3; visit++)
        {
            var id = visit;
            field.Web = request => Field.Document(request, Field.Rss("one").Replace(">one</guid><link>https://site.example/one<", $">{id}</guid><link>https://site.example/{id}<", StringComparison.Ordinal));
            await field.Crawl(CrawlScope.All);
        }

        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
    }

    [Fact]
    public async Task A_document_is_fetched_where_the_recipe_says_on_the_source_s_own_site_alone()
    {
        await using var field = new Field(Feed);
        await Set(field, """{"source": {"address": "https://site.example/api/feed"}}""");
        await field.Crawl(CrawlScope.All);
        await Set(field, """{"source": {"address": "https://elsewhere.example/feed"}}""");
        await field.Crawl(CrawlScope.All);
        Assert.Equal("https://site.example/api/feed", Assert.Single(field.Asked).Url);
        Assert.Contains("source.address leads to elsewhere.example, another site than the source's", await Latest(field), StringComparison.Ordinal);
    }

    internal static Task<long> Set(Field field, string recipe, long sourceId = 1)
    {
        Assert.True(RecipeReader.TryRead(recipe, out _, out var problems), string.Join("; ", problems));
        return new RecipeTable(field.Database, field.Clock).Set(sourceId, recipe, "tester", "a test", Cancellation);
    }

    internal static Fetched Page(FetchRequest request, string html) =>
        new(request.Url, 200, null, Encoding.UTF8.GetBytes($"<!DOCTYPE html><html>{html}</html>"), "text/html", null, null);

    private static async Task<string> Latest(Field field) => (await field.Registry.History(1, 1, Cancellation))[0].Sentence;
}
