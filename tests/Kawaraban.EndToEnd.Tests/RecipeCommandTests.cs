using System.Text.Json;
using Kawaraban.Bench;
using Kawaraban.Bench.Origin;

namespace Kawaraban.EndToEnd.Tests;

/// <summary>A blog is mended on the command line, from the first look to the stored posts.</summary>
public sealed class RecipeCommandTests : IDisposable
{
    private const string Loud = """{ "fields": { "title": [{ "template": "{title}!" }] } }""";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_strange_blog_is_previewed_mended_pinned_and_applied_to_what_is_stored()
    {
        await using var origin = await LoopbackOrigin.Start(SyntheticFeeds.Write(1), 0, TimeSpan.Zero);
        Assert.Equal(0, (await Run("sources", "add", origin.Feeds[0].Url.AbsoluteUri, "--company", "Acme", "--unchecked")).Code);
        await Run(["crawl", "Acme", .. Open]);
        var recipe = folder.File("loud.json", Loud);

        var preview = await Run(["recipe", "preview", "Acme", "--recipe", recipe, .. Open]);
        Assert.True(preview.Code == 0, preview.Messages);
        Assert.Contains("30 entries, 30 posts, 0 dropped", preview.Output, StringComparison.Ordinal);
        Assert.Contains("fields.title[0]", preview.Output, StringComparison.Ordinal);
        Assert.Equal(0, folder.Value<long>("SELECT count(*) FROM recipes"));
        using (var json = JsonDocument.Parse((await Run(["recipe", "preview", "Acme", "--recipe", recipe, "--json", .. Open])).Output))
        {
            var change = json.RootElement.GetProperty("entries")[0].GetProperty("changes")[0];
            Assert.Equal(("title", change.GetProperty("before").GetString() + "!"), (change.GetProperty("field").GetString(), change.GetProperty("after").GetString()));
        }

        var set = await Run("recipe", "set", "Acme", recipe, "--who", "Sato", "--why", "louder");
        Assert.Contains("source 1 has version 1 of its recipe", set.Output, StringComparison.Ordinal);
        Assert.Contains("recipe apply 1 --stored applies it to the 30 posts", set.Output, StringComparison.Ordinal);
        Assert.Equal(Loud, (await Run("recipe", "show", "Acme")).Output.Trim());
        Assert.Contains("fields.title         version 1 of the source's own", (await Run("recipe", "show", "Acme", "--effective")).Output, StringComparison.Ordinal);
        Assert.Contains("recipe        version 1", (await Run("sources", "show", "1")).Output, StringComparison.Ordinal);

        Assert.Contains("30 would change", (await Run("recipe", "apply", "Acme", "--stored")).Output, StringComparison.Ordinal);
        Assert.Equal(0, folder.Value<long>("SELECT count(*) FROM posts WHERE title LIKE '%!'"));
        Assert.Contains("30 changed", (await Run("recipe", "apply", "Acme", "--stored", "--yes")).Output, StringComparison.Ordinal);
        Assert.Equal(30, folder.Value<long>("SELECT count(*) FROM posts WHERE title LIKE '%!'"));

        Assert.Contains("30 posts", (await Run(["recipe", "pin", "Acme", .. Open])).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("recipe", "test", "--all")).Code);
        var quiet = folder.File("quiet.json", """{ "fields": { "title": [{ "template": "{title}." }] } }""");
        var refused = await Run("recipe", "set", "Acme", quiet);
        Assert.Equal((1, ""), (refused.Code, refused.Output));
        Assert.Contains("nothing was changed, because 1 of its samples would come out differently", refused.Messages, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("recipe", "set", "Acme", quiet, "--force")).Code);
        Assert.Equal(1, (await Run("recipe", "test", "Acme")).Code);

        var diff = (await Run("recipe", "diff", "Acme")).Output;
        Assert.Contains("-         \"template\": \"{title}!\"", diff, StringComparison.Ordinal);
        Assert.Contains("+         \"template\": \"{title}.\"", diff, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("recipe", "rollback", "Acme", "1")).Code);
        var history = (await Run("recipe", "history", "Acme")).Output;
        Assert.Matches("(?s)^   3  .*back to version 1.*   2  .*   1  .*Sato  louder", history);
        Assert.Equal(0, (await Run("recipe", "test", "Acme")).Code);
        Assert.Equal(1, origin.Report().MostAtOnceToOneHost);
    }

    [Fact]
    public async Task What_the_schema_does_not_know_is_refused_by_place_and_nothing_is_changed()
    {
        await Run("sources", "add", "https://a.example/feed", "--company", "Acme", "--unchecked");
        var recipe = folder.File("wrong.json", """{ "fields": { "titel": [{ "trimPrefix": "x" }], "title": [{ "regex": "(" }] } }""");
        var ended = await Run("recipe", "set", "Acme", recipe);
        Assert.Equal((1, ""), (ended.Code, ended.Output));
        Assert.Contains("wrong.json: fields.titel is not known here (did you mean title?)", ended.Messages, StringComparison.Ordinal);
        Assert.Equal(0, folder.Value<long>("SELECT count(*) FROM recipes"));
        Assert.Equal(1, (await Run("recipe", "set", "Acme", "no-such-file.json")).Code);
        Assert.Equal(1, (await Run("recipe", "rollback", "Acme", "7")).Code);
        Assert.Equal(1, (await Run("recipe", "unpin", "Acme")).Code);
        Assert.Equal(1, (await Run("recipe", "show", "Nobody")).Code);
    }

    [Fact]
    public async Task A_blog_without_a_feed_is_added_with_its_recipe()
    {
        var recipe = folder.File("page.json", """{ "source": { "kind": "page" }, "entries": { "select": "article a" } }""");
        var added = await Run("sources", "add", "https://a.example/blog", "--company", "Acme", "--recipe", recipe);
        Assert.True(added.Code == 0, added.Messages);
        Assert.Contains("\"kind\": \"page\"", (await Run("recipe", "show", "Acme")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_a_feed_has_a_recipe_suggested_that_is_taken_with_a_pipe()
    {
        var page = folder.File("blog.html", """
            <!DOCTYPE html><html lang="en"><body><main><article class="post"><h2><a href="/blog/one-more-queue">One more queue</a></h2><time datetime="2026-11-20">20</time></article>
            <article class="post"><h2><a href="/blog/clocks-and-locks">Clocks and locks</a></h2><time datetime="2026-11-10">10</time></article></main></body></html>
            """);
        var suggested = await Run("recipe", "suggest", page, "--base-url", "https://a.example/blog");
        Assert.True(suggested.Code == 0, suggested.Messages);
        Assert.Contains("1. 2 entries, with dates (confidence 0.9", suggested.Output, StringComparison.Ordinal);
        Assert.Contains("   - 2 of 2 have a date", suggested.Output, StringComparison.Ordinal);
        Assert.Contains("   + 2026-11-20 00:00 +00:00  One more queue\n     https://a.example/blog/one-more-queue", suggested.Output, StringComparison.Ordinal);
        Assert.Contains("--only 1 > recipe.json", suggested.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Name, "data")), "nothing is written, not even a database");

        var only = await Run("recipe", "suggest", page, "--only", "1");
        var added = await Run("sources", "add", "https://a.example/blog", "--company", "Acme", "--recipe", folder.File("suggested.json", only.Output));
        Assert.True(added.Code == 0, added.Messages);
        Assert.Equal(only.Output.Trim(), (await Run("recipe", "show", "Acme")).Output.Trim());

        using var json = JsonDocument.Parse((await Run("recipe", "suggest", page, "--json")).Output);
        Assert.Equal("page", json.RootElement.GetProperty("proposals")[0].GetProperty("recipe").GetProperty("source").GetProperty("kind").GetString());
        var beyond = await Run("recipe", "suggest", page, "--only", "7");
        Assert.Equal((1, ""), (beyond.Code, beyond.Output));
        Assert.Contains("there is no proposal 7", beyond.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_posts_ends_with_1_and_says_why_and_one_with_a_feed_names_it()
    {
        var none = await Run("recipe", "suggest", folder.File("login.html", "<!DOCTYPE html><html><body><form></form><p><a href='/forgot'>I forgot</a></p></body></html>"));
        Assert.Equal((1, ""), (none.Code, none.Output));
        Assert.Contains("no repeated structure of posts was found", none.Messages, StringComparison.Ordinal);
        var feed = await Run(
            "recipe", "suggest", folder.File("feed.html", "<!DOCTYPE html><html><head><link rel=alternate type=application/atom+xml href=/atom.xml></head><body></body></html>"), "--base-url", "https://a.example/");
        Assert.Equal((0, "this page has a feed, which is better than any recipe: kawaraban sources add https://a.example/atom.xml"), (feed.Code, feed.Output.Trim()));
        Assert.Equal(1, (await Run("recipe", "suggest", "nobody")).Code);
    }

    [Fact]
    public async Task A_source_has_what_is_odd_about_its_feed_suggested()
    {
        var file = new FeedFile("acme", System.Text.Encoding.UTF8.GetBytes("""
            <?xml version="1.0"?><rss version="2.0"><channel><title>Acme</title><link>https://acme.example/</link><description>d</description>
            <item><link>https://acme.example/1</link><title>Queues | Acme</title></item><item><link>https://acme.example/2</link><title>Clocks | Acme</title></item>
            <item><link>https://acme.example/3</link><title>Locks | Acme</title></item></channel></rss>
            """), "application/rss+xml");
        await using var origin = await LoopbackOrigin.Start([file], 0, TimeSpan.Zero);
        Assert.Equal(0, (await Run("sources", "add", origin.Feeds[0].Url.AbsoluteUri, "--company", "Acme", "--unchecked")).Code);
        var suggested = await Run(["recipe", "suggest", "Acme", .. Open]);
        Assert.True(suggested.Code == 0, suggested.Messages);
        Assert.Contains("3 of 3 titles end in \" | Acme\", which is what Acme is called", suggested.Output, StringComparison.Ordinal);
        Assert.Contains("to take it: kawaraban recipe suggest Acme --only 1 | kawaraban recipe set 1 -", suggested.Output, StringComparison.Ordinal);
        Assert.Equal(0, folder.Value<long>("SELECT (SELECT count(*) FROM recipes) + (SELECT count(*) FROM posts) + (SELECT count(*) FROM crawls)"));
    }

    [Fact]
    public async Task The_schema_is_printed()
    {
        using var schema = JsonDocument.Parse((await Run("recipe", "schema")).Output);
        Assert.Equal("urn:kawaraban:recipe:1", schema.RootElement.GetProperty("$id").GetString());
    }

    public void Dispose() => folder.Dispose();

    private static string[] Open => ["--allow-private-networks", "--set", "crawling.gap=0.1"];

    private Task<KawarabanProcess.Ended> Run(params string[] arguments) => KawarabanProcess.Run(folder.Name, arguments);
}
