using System.Text.Json.Nodes;
using Kawaraban.Feeds;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Recipes;

public sealed class PlatformRecipeTests
{
    public static TheoryData<string> Names => [.. PlatformRecipes.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_built_in_recipe_fits_the_schema_and_runs(string name) =>
        Assert.True(RecipeReader.TryRead(PlatformRecipes.Find(name)!.ToJsonString(), out _, out var problems), string.Join("; ", problems));

    [Fact]
    public void The_platforms_that_many_blogs_are_on_are_there() => Assert.Equal(
        ["connpass", "ghost", "github-blog", "github-releases", "hatena", "hugo", "medium", "note", "qiita", "speakerdeck", "wordpress", "youtube", "zenn"],
        PlatformRecipes.Names.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("https://note.com/acme/rss", null, "note")]
    [InlineData("https://zenn.dev/p/acme/feed", null, "zenn")]
    [InlineData("https://qiita.com/organizations/acme/activities.atom", null, "qiita")]
    [InlineData("https://acme.hatenablog.com/rss", null, "hatena")]
    [InlineData("https://tech.acme.example/feed", "Hatena::Blog", "hatena")]
    [InlineData("https://medium.com/feed/acme", null, "medium")]
    [InlineData("https://blog.acme.example/feed", "Medium", "medium")]
    [InlineData("https://blog.acme.example/feed", "https://wordpress.org/?v=6.8.1", "wordpress")]
    [InlineData("https://blog.acme.example/index.xml", "Hugo -- gohugo.io", "hugo")]
    [InlineData("https://blog.acme.example/rss/", "Ghost 5.87", "ghost")]
    [InlineData("https://speakerdeck.com/acme.atom", null, "speakerdeck")]
    [InlineData("https://www.youtube.com/feeds/videos.xml?channel_id=x", null, "youtube")]
    [InlineData("https://github.com/acme/tool/releases.atom", null, "github-releases")]
    [InlineData("https://github.com/acme/tool/commits.atom", null, null)]
    [InlineData("https://github.blog/feed/", "https://wordpress.org/?v=6.8.1", "github-blog")]
    [InlineData("https://acme.connpass.com/ja.atom", null, "connpass")]
    [InlineData("https://notnote.com/rss", null, null)]
    [InlineData("https://blog.acme.example/feed", "Ghostwriter", null)]
    public void The_one_that_fits_is_found_by_address_else_by_generator(string url, string? generator, string? expected) =>
        Assert.Equal(expected, PlatformRecipes.Of(new Uri(url), generator));

    [Theory]
    [InlineData("https://note.com/acme/rss", "{\"summary\":\"はじめに。続きをみる\"}", "excerpt", "はじめに。")]
    [InlineData("https://medium.com/feed/acme", "{\"url\":\"https://medium.com/acme/one-1a2b?source=rss----3c---4\"}", "canonical", "https://medium.com/acme/one-1a2b")]
    [InlineData("https://www.youtube.com/feeds/videos.xml", "{\"url\":\"https://www.youtube.com/watch?v=abc&si=def\"}", "canonical", "https://www.youtube.com/watch?v=abc")]
    [InlineData("https://github.com/acme/tool/releases.atom", "{\"title\":\"v1.2\"}", "title", "tool: v1.2")]
    [InlineData("https://speakerdeck.com/acme.atom", "{}", "tags", "Slides")]
    [InlineData("https://acme.connpass.com/ja.atom", "{}", "tags", "Event")]
    [InlineData("https://qiita.com/organizations/acme/activities.atom", "{\"url\":\"https://qiita.com/a/items/1?utm_source=x\"}", "url", "https://qiita.com/a/items/1")]
    public void What_a_platform_does_its_own_way_is_mended(string source, string entry, string field, string expected)
    {
        var json = JsonNode.Parse(entry)!;
        var published = new Entry { Id = "1", Title = (string?)json["title"] ?? "One", Url = (string?)json["url"] ?? "https://acme.example/1", Summary = (string?)json["summary"] };
        var url = new Uri(source);
        var recipe = EffectiveRecipe.Of(null, url, null);
        var shaped = Shaper.Shape(
            recipe.Compiled, Reading.AsFeed([published], "Release notes from tool", url, null), new ShapeContext(url, default, new Deadline(TimeProvider.System, Deadline.Usual)));
        var draft = Assert.Single(shaped.Drafts);
        Assert.Empty(shaped.Notes);
        Assert.Equal(expected, field switch
        {
            "excerpt" => draft.Excerpt,
            "canonical" => draft.CanonicalUrl,
            "title" => draft.Title,
            "tags" => string.Join(", ", draft.Tags),
            _ => draft.Url,
        });
    }

    [Fact]
    public void Pages_that_Hugo_gives_no_date_have_none()
    {
        var url = new Uri("https://blog.acme.example/index.xml");
        var entry = new Entry { Id = "1", Title = "About", PublishedAt = new DateTimeOffset(1, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var recipe = EffectiveRecipe.Of(null, url, "Hugo -- 0.140");
        var shaped = Shaper.Shape(recipe.Compiled, Reading.AsFeed([entry], null, url, null), new ShapeContext(url, default, new Deadline(TimeProvider.System, Deadline.Usual)));
        Assert.Null(Assert.Single(shaped.Drafts).PublishedAt);
    }

    [Fact]
    public void A_company_s_own_recipe_is_laid_over_member_by_member_and_every_part_says_where_it_comes_from()
    {
        var url = new Uri("https://medium.com/feed/acme");
        const string Own = """{"url": {"tracking": "keep"}, "fields": {"title": [{"trimPrefix": "[T]"}]}}""";
        var (below, platform, above) = EffectiveRecipe.Layers(Own, url, null, null);
        Assert.Equal(
            [("fields.excerpt", "medium"), ("fields.title", "own"), ("url.remove", "medium"), ("url.tracking", "own")],
            RecipeLayers.Origins(below, platform, above, "own").Order());
        var document = EffectiveRecipe.Of(Own, url, null).Compiled.Document;
        Assert.Equal(("keep", "source"), (document.Url?.Tracking, document.Url?.Remove?[0]));
    }

    [Theory]
    [InlineData("""{"platform": "none"}""", null)]
    [InlineData("""{"platform": "wordpress"}""", "wordpress")]
    [InlineData("""{"identity": "url"}""", "medium")]
    public void Another_platform_or_none_can_be_named(string own, string? expected) =>
        Assert.Equal(expected, EffectiveRecipe.Of(own, new Uri("https://medium.com/feed/acme"), null).Platform);

    [Fact]
    public void A_stored_recipe_that_can_no_longer_be_read_counts_for_nothing_and_says_so()
    {
        var recipe = EffectiveRecipe.Of("""{"fields": {"weather": []}}""", new Uri("https://medium.com/feed/acme"), null);
        Assert.Equal("medium", recipe.Platform);
        Assert.StartsWith("fields.weather is not known here", recipe.Problem, StringComparison.Ordinal);
    }
}
