using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Crawling;

/// <summary>Recipes are proposed with manners: one document, a few pages where they tell more, and nothing is written.</summary>
public sealed class RecipeSuggesterTests
{
    private const string Feed = "https://site.example/feed.xml";
    private const string Blog = "https://blog.example/";

    private const string List = """
        <body><main><h1>Blog</h1><article class="post"><h2><a href="/blog/one-more-queue">One more queue</a></h2><time datetime="2026-11-20">20</time></article>
        <article class="post"><h2><a href="/blog/clocks-and-locks">Clocks and locks</a></h2><time datetime="2026-11-10">10</time></article></main></body>
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_whose_feed_lacks_pictures_has_two_of_its_pages_looked_at_and_nothing_is_written()
    {
        await using var field = new Field(Feed);
        field.Web = request => request.Url.AbsoluteUri == Feed
            ? Field.Document(request, Field.Rss("a", "b", "c", "d"))
            : RecipeCrawlTests.Page(request, $"<meta property='og:image' content='{request.Url.AbsolutePath}.png'>");
        var report = await field.WhileTimePasses(Suggester(field).Of(await Source(field), ["Acme"], RecipeSuggester.UsualPages, Cancellation));
        Assert.Equal([Feed, "https://site.example/a", "https://site.example/b"], field.Asked.Select(asked => asked.Url));
        Assert.Equal([false, true, true], field.Asked.Select(asked => asked.Request.IsPage));
        Assert.Equal(("feed", "takes pictures from posts' pages", 0.9), (report.Kind, report.Proposals[0].What, report.Proposals[0].Confidence));
        Assert.Contains("no entry has a picture, and 2 of 2 pages that were looked at name one (og:image)", report.Proposals[0].Why);
        Assert.Equal(["https://site.example/a.png", "https://site.example/b.png", null, null], report.Proposals[0].Posts.Select(post => post.Picture));
        Assert.Equal(0, field.Temporary.Value<long>("SELECT (SELECT count(*) FROM posts) + (SELECT count(*) FROM crawls) + (SELECT count(*) FROM recipes) + (SELECT count(*) FROM pages)"));
    }

    [Fact]
    public async Task Without_pages_to_look_at_it_is_one_request_and_less_sure()
    {
        await using var field = new Field(Feed);
        field.Web = request => Field.Document(request, Field.Rss("a", "b", "c"));
        var report = await field.WhileTimePasses(Suggester(field).Of(await Source(field), [], 0, Cancellation));
        Assert.Single(field.Asked);
        Assert.All(report.Proposals, proposal => Assert.True(proposal.Confidence <= 0.5, proposal.What));
    }

    [Fact]
    public async Task No_page_of_another_site_is_asked_for()
    {
        await using var field = new Field("https://other.example/feed.xml");
        field.Web = request => Field.Document(request, Field.Rss("a", "b", "c"));
        await field.WhileTimePasses(Suggester(field).Of((await new RecipeTable(field.Database, field.Clock).Find(1, Cancellation))!, [], 5, Cancellation));
        Assert.Equal(["https://other.example/feed.xml"], field.Asked.Select(asked => asked.Url));
    }

    [Fact]
    public async Task A_page_without_a_feed_has_its_posts_found_at_one_request()
    {
        await using var field = new Field();
        field.Web = request => RecipeCrawlTests.Page(request, List);
        var report = await field.WhileTimePasses(Suggester(field).Of(new Uri(Blog), 2, Cancellation));
        Assert.Single(field.Asked);
        Assert.Equal(("page", null, null), (report.Kind, report.Declined, report.Problem));
        Assert.Equal(["One more queue", "Clocks and locks"], report.Proposals[0].Posts.Select(post => post.Title));
    }

    [Fact]
    public async Task A_source_whose_page_was_rebuilt_has_a_recipe_for_what_is_there_now()
    {
        await using var field = new Field(Blog);
        await RecipeCrawlTests.Set(field, """{"source": {"kind": "page"}, "entries": {"select": ".what-was-there a"}}""");
        field.Web = request => RecipeCrawlTests.Page(request, List);
        var report = await field.WhileTimePasses(Suggester(field).Of(await Source(field), [], 2, Cancellation));
        Assert.True(report.Proposals.Count > 0, $"{report}");
        await RecipeCrawlTests.Set(field, report.Proposals[0].Recipe);
        await field.Crawl(CrawlScope.All);
        Assert.Equal(2, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
    }

    [Fact]
    public async Task What_robots_txt_closes_is_not_looked_at()
    {
        await using var field = new Field { ReadsRobots = true };
        field.Web = request => request.Url.AbsolutePath == RobotsTxt.Path ? Field.Document(request, "User-agent: *\nDisallow: /") : RecipeCrawlTests.Page(request, List);
        var report = await field.WhileTimePasses(Suggester(field).Of(new Uri(Blog), 2, Cancellation));
        Assert.Contains("robots.txt", report.Problem, StringComparison.Ordinal);
        Assert.Empty(report.Proposals);
    }

    [Fact]
    public async Task What_is_neither_a_page_nor_a_feed_is_said_to_be_none()
    {
        await using var field = new Field();
        field.Web = request => new Fetched(request.Url, 200, null, "{\"a\":1}"u8.ToArray(), "application/json", null, null);
        var report = await field.WhileTimePasses(Suggester(field).Of(new Uri(Blog), 2, Cancellation));
        Assert.False(string.IsNullOrEmpty(report.Problem));
        field.Web = request => new Refused(request.Url, 404, null, "there is none");
        Assert.NotNull((await field.WhileTimePasses(Suggester(field).Of(new Uri(Blog), 2, Cancellation))).Problem);
    }

    private static RecipeSuggester Suggester(Field field) => new(field.Database, field.Fetch, url => url.Host, field.Clock, field.Options);

    private static async Task<RecipeSource> Source(Field field) => (await new RecipeTable(field.Database, field.Clock).Find(1, Cancellation))!;
}
