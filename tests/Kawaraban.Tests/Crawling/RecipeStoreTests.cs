using Kawaraban.Crawling;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Crawling;

/// <summary>Recipes beside the crawl: previews, samples, history, and what is stored.</summary>
public sealed class RecipeStoreTests
{
    private const string Feed = "https://site.example/feed.xml";
    private const string Loud = """{"fields": {"title": [{"template": "{title}!"}]}, "drop": [{"field": "title", "is": "two!"}]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preview_shows_what_each_rule_does_and_writes_nothing()
    {
        await using var field = new Field(Feed);
        field.Web = request => Field.Document(request, Field.Rss("one", "two"));
        await field.Crawl(CrawlScope.All);
        string State() => field.Temporary.Value<string>("SELECT (SELECT count(*) || max(title) FROM posts) || (SELECT count(*) FROM crawls) || (SELECT count(*) FROM recipes) || (SELECT count(*) FROM pages)");
        var before = State();
        var report = await field.WhileTimePasses(Preview(field).Of(await Source(field), new PreviewOptions(Loud), Cancellation));
        Assert.Equal(before, State());
        Assert.Null(report.Problem);
        Assert.Equal((2, 1, 1), (report.Entries.Count, report.Posts, report.Dropped));
        Assert.Equal(new StepTrace("fields.title[0]", "title", "one", "one!"), report.Entries[0].Steps[0]);
        Assert.Equal([new FieldDifference("title", "one", "one!")], report.Entries[0].Changes);
        Assert.Equal(("two", "drop[0]", null), (report.Entries[1].Title, report.Entries[1].DroppedBy, report.Entries[1].After));
    }

    [Fact]
    public async Task A_preview_of_a_recipe_that_wants_pages_fetches_as_many_as_it_is_told()
    {
        await using var field = new Field(Feed);
        field.Web = request => request.Url.AbsoluteUri == Feed ? Field.Document(request, Field.Rss("a", "b", "c")) : RecipeCrawlTests.Page(request, "<meta name=author content=Sato>");
        var report = await field.WhileTimePasses(Preview(field).Of(await Source(field), new PreviewOptions("""{"page": {"fill": "author"}}"""), Cancellation), TimeSpan.FromMilliseconds(5));
        Assert.Equal(3, field.Asked.Count);
        Assert.Equal(["Sato", "Sato", null], report.Entries.Select(entry => entry.After?.Author));
        Assert.Equal("page.fill", report.Entries[0].Steps[0].Path);
    }

    [Theory]
    [InlineData("""{"source": {"kind": "page"}, "entries": {"select": "article a"}}""", "entries.select (\"article a\") finds nothing")]
    [InlineData("""{"source": {"kind": "json"}, "entries": {"path": "a", "fields": {"url": {"path": "u"}}}}""", "the document is no JSON")]
    [InlineData("""{"source": {"address": "https://elsewhere.example/"}}""", "another site than the source's")]
    public async Task A_preview_says_why_there_is_none(string recipe, string expected)
    {
        await using var field = new Field(Feed);
        var report = await field.WhileTimePasses(Preview(field).Of(await Source(field), new PreviewOptions(recipe), Cancellation));
        Assert.Contains(expected, report.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_is_pinned_and_says_what_a_change_would_break()
    {
        await using var field = new Field(Feed);
        await RecipeCrawlTests.Set(field, Loud);
        var report = await field.WhileTimePasses(Preview(field).Of(await Source(field), new PreviewOptions(), Cancellation));
        var samples = new SampleTable(field.Database);
        await samples.Pin(1, report.Sample! with { Name = "usual", Who = "tester" }, Cancellation);
        var sample = Assert.Single(await samples.Of(1, Cancellation));
        Assert.Equal(("usual", "tester", Field.Now.Date), (sample.Name, sample.Who, sample.At.Date));
        Assert.Empty(SampleTest.Run(sample, Loud, new Uri(Feed), null, url => url.Host).Failures);
        var failure = Assert.Single(SampleTest.Run(sample, """{"fields": {"title": [{"template": "{title}?"}]}}""", new Uri(Feed), null, url => url.Host).Failures);
        Assert.Equal(("one!", "title is \"one?\", and was pinned as \"one!\""), (failure.Post, failure.Sentence));
        failure = Assert.Single(SampleTest.Run(sample, """{"drop": [{"field": "title", "is": "one"}]}""", new Uri(Feed), null, url => url.Host).Failures);
        Assert.Equal("is not among the posts any more", failure.Sentence);
        Assert.True(await samples.Unpin(1, "usual", Cancellation));
        Assert.Empty(await samples.Of(1, Cancellation));
    }

    [Fact]
    public async Task Every_version_is_kept_with_who_when_and_why()
    {
        await using var field = new Field(Feed);
        var recipes = new RecipeTable(field.Database, field.Clock);
        await recipes.Set(1, Loud, "Sato", "louder", Cancellation);
        field.Clock.Advance(TimeSpan.FromHours(1));
        await recipes.Set(1, null, "Tanaka", null, Cancellation);
        var versions = await recipes.History(1, Cancellation);
        Assert.Equal([(2, "Tanaka", null, null), (1, "Sato", "louder", Loud)], versions.Select(version => ((int)version.Version, version.Who, version.Why, version.Recipe)));
        Assert.Equal(Field.Now + TimeSpan.FromHours(1), versions[0].At);
        Assert.Null((await Source(field)).Recipe);
    }

    [Fact]
    public async Task A_recipe_is_applied_to_what_is_stored_and_what_it_would_drop_stays()
    {
        await using var field = new Field(Feed);
        field.Web = request => Field.Document(request, Field.Rss("one", "two", "three"));
        await field.Crawl(CrawlScope.All);
        await RecipeCrawlTests.Set(field, Loud);
        var reshaping = new StoredReshaping(field.Database, field.Clock);
        var source = await Source(field);

        var preview = await reshaping.Preview(source, Cancellation);
        Assert.Equal((3L, 3L, 2, 0, 1), (preview.Posts, preview.Entries, preview.Changed, preview.Unchanged, preview.Dropped));
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM posts WHERE title LIKE '%!'"));

        var done = await reshaping.Apply(source, null, Cancellation);
        Assert.Equal((2, 1, false), (done.Changed, done.Dropped, done.IsResumed));
        Assert.Equal(2L, field.Temporary.Value<long>("SELECT count(*) FROM posts WHERE title LIKE '%!'"));
        Assert.Equal(3L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
        Assert.Equal((0, 2), ((await reshaping.Apply(source, null, Cancellation)) is var again ? (again.Changed, again.Unchanged) : default));
    }

    [Fact]
    public async Task Applying_that_was_broken_off_goes_on_where_it_stopped()
    {
        await using var field = new Field(Feed);
        field.Web = request => Field.Document(request, Field.Rss([.. Enumerable.Range(0, 120).Select(i => $"n{i}")]));
        await field.Crawl(CrawlScope.All);
        await RecipeCrawlTests.Set(field, Loud);
        var reshaping = new StoredReshaping(field.Database, field.Clock);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reshaping.Apply(await Source(field), new Stop(stop), stop.Token));
        Assert.Equal(50L, field.Temporary.Value<long>("SELECT count(*) FROM posts WHERE title LIKE '%!'"));
        var rest = await reshaping.Apply(await Source(field), null, Cancellation);
        Assert.Equal((70, true), (rest.Changed, rest.IsResumed));
        Assert.Equal(120L, field.Temporary.Value<long>("SELECT count(*) FROM posts WHERE title LIKE '%!'"));
    }

    [Fact]
    public async Task The_text_that_the_search_has_stays_when_more_was_read_than_is_stored()
    {
        await using var field = new Field(Feed);
        var text = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"word{i} ")) + "needle";
        field.Web = request => Field.Document(request, Field.Rss("one").Replace("about one", text, StringComparison.Ordinal));
        await field.Crawl(CrawlScope.All);
        await RecipeCrawlTests.Set(field, """{"fields": {"title": [{"template": "renamed"}]}}""");
        Assert.Equal(1, (await new StoredReshaping(field.Database, field.Clock).Apply(await Source(field), null, Cancellation)).Changed);
        Assert.Equal("renamed", field.Temporary.Value<string>("SELECT title FROM posts"));
        var searched = field.Temporary.Value<string>("SELECT text FROM post_texts");
        Assert.StartsWith(" renamed word0 word1 ", searched, StringComparison.Ordinal);
        Assert.EndsWith(" needle ", searched, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_source_whose_texts_are_not_kept_no_text_is_stored_beside_its_posts()
    {
        await using var field = new Field(Feed);
        field.Temporary.Value<object?>("UPDATE sources SET keeps_full_text = 0 RETURNING id");
        var text = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"word{i} "));
        field.Web = request => Field.Document(request, Field.Rss("one").Replace("<description>about one</description>", $"<description>short</description><content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>{text}</content:encoded>", StringComparison.Ordinal));
        await field.Crawl(CrawlScope.All);
        Assert.InRange(field.Temporary.Value<string>("SELECT entry FROM entries").Length, 100, 2_000);
    }

    private static async Task<RecipeSource> Source(Field field) => (await new RecipeTable(field.Database, field.Clock).Find(1, Cancellation))!;

    private static RecipePreview Preview(Field field) => new(field.Database, field.Fetch, url => url.Host, field.Clock, field.Options);

    private sealed class Stop(CancellationTokenSource source) : IProgress<long>
    {
        public void Report(long value) => source.Cancel();
    }
}
