using Kawaraban.Recipes;
using Kawaraban.Tests.Crawling;

namespace Kawaraban.Tests.Office;

/// <summary>Working on a recipe in the office.</summary>
public sealed class RecipeEditorTests
{
    private const string Feed = "https://acme.example/feed";
    private const string Editor = "/office/sources/1/recipe";
    private const string Shouting = """{ "fields": { "title": [{ "template": "{title}!" }] } }""";
    private const string Asking = """{ "fields": { "title": [{ "template": "{title}?" }] } }""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preview_shows_each_entry_before_and_after_and_asks_the_site_once()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        site.Field.Web = request => Field.Document(request, Field.Rss("one", "two"));
        var page = await site.Post(Editor, ("do", "preview"), ("recipe", Shouting), ("version", "0"));
        Assert.Equal(200, page.Status);
        Assert.Contains("<del>one</del>", page.Text, StringComparison.Ordinal);
        Assert.Contains("<ins>one!</ins>", page.Text, StringComparison.Ordinal);

        var part = await site.Post(Editor + "/preview", ("recipe", Asking), ("version", "0"));
        Assert.Contains("<ins>two?</ins>", part.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", part.Text, StringComparison.Ordinal);
        Assert.Single(site.Field.Asked);
        Assert.Null((await site.Get<RecipeTable>().Find(1, Cancellation))!.Recipe);
    }

    [Fact]
    public async Task What_cannot_be_a_recipe_is_refused_with_its_path_and_what_may_stand_there_and_the_text_stays()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        var page = await site.Post(Editor, ("do", "save"), ("recipe", """{ "source": { "kind": "newspaper" } }"""), ("version", "0"));
        Assert.Equal(422, page.Status);
        Assert.Contains("<code>source.kind</code>", page.Text, StringComparison.Ordinal);
        Assert.Contains("sitemap", page.Text, StringComparison.Ordinal);
        Assert.Contains("newspaper", page.Text, StringComparison.Ordinal);
        Assert.Empty(site.Field.Asked);
    }

    [Fact]
    public async Task A_saved_recipe_is_a_version_and_stands_on_the_audit_trail()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        var saved = await site.Post(Editor, ("do", "save"), ("recipe", Shouting), ("version", "0"), ("why", "they are loud"));
        Assert.Equal(303, saved.Status);
        Assert.Contains("Version 1 is saved", (await site.Get(saved.Location!)).Text, StringComparison.Ordinal);
        Assert.Contains("recipes.set source 1: version 1 (they are loud)", await site.Done(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_else_saved_meanwhile_is_shown_and_not_overwritten()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        await site.Get<RecipeTable>().Set(1, Shouting, "Ren", "loud", Cancellation);
        var page = await site.Post(Editor, ("do", "save"), ("recipe", Asking), ("version", "0"));
        Assert.Equal(409, page.Status);
        Assert.Contains("Version 1, by Ren", page.Text, StringComparison.Ordinal);
        Assert.Matches("""<ins>.*"\{title\}!"\s*</ins>""", page.Text);
        Assert.Contains("{title}?", page.Text, StringComparison.Ordinal);
        Assert.Equal(Shouting, (await site.Get<RecipeTable>().Find(1, Cancellation))!.Recipe);

        // Having seen it, one may.
        Assert.Equal(303, (await site.Post(Editor, ("do", "save"), ("recipe", Asking), ("version", "1"))).Status);
        Assert.Equal(Asking, (await site.Get<RecipeTable>().Find(1, Cancellation))!.Recipe);
    }

    [Fact]
    public async Task A_recipe_that_makes_other_posts_of_a_pinned_sample_needs_a_reason()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        Assert.Equal(303, (await site.Post("/office/sources/1/samples", ("name", "usual"))).Status);
        var refused = await site.Post(Editor, ("do", "save"), ("recipe", Shouting), ("version", "0"), ("on", "usual"));
        Assert.Equal(422, refused.Status);
        Assert.Contains("title is \"one!\", and was pinned as \"one\"", refused.Text, StringComparison.Ordinal);

        var unsaid = await site.Post(Editor, ("do", "save"), ("recipe", Shouting), ("version", "0"), ("on", "usual"), ("force", "yes"));
        Assert.Equal(422, unsaid.Status);
        Assert.Contains("has to be said", unsaid.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await site.Post(Editor, ("do", "save"), ("recipe", Shouting), ("version", "0"), ("force", "yes"), ("why", "so they want it"))).Status);

        // Its test fails now, until it is pinned again.
        Assert.Contains("1 difference", (await site.Get("/office/sources/1/samples")).Text, StringComparison.Ordinal);
        Assert.Equal(303, (await site.Post("/office/sources/1/samples/again", ("name", "usual"))).Status);
        Assert.Contains("as pinned", (await site.Get("/office/sources/1/samples")).Text, StringComparison.Ordinal);
        Assert.Equal(303, (await site.Post("/office/sources/1/samples/drop", ("name", "usual"))).Status);
        Assert.Contains("None is pinned", (await site.Get("/office/sources/1/samples")).Text, StringComparison.Ordinal);
        Assert.Single(site.Field.Asked);
    }

    [Fact]
    public async Task The_history_shows_what_each_version_changed_and_goes_back()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        await site.Get<RecipeTable>().Set(1, Shouting, "Ren", "loud", Cancellation);
        await site.Get<RecipeTable>().Set(1, Asking, "Aoi", "unsure", Cancellation);
        var page = await site.Get(Editor + "/history");
        Assert.Matches("""<del>.*"\{title\}!"</del>\s*<ins>.*"\{title\}\?"</ins>""", page.Text);
        Assert.Equal(409, (await site.Post(Editor + "/rollback", ("version", "1"), ("begun", "1"))).Status);
        Assert.Equal(303, (await site.Post(Editor + "/rollback", ("version", "1"), ("begun", "2"))).Status);
        Assert.Equal(Shouting, (await site.Get<RecipeTable>().Find(1, Cancellation))!.Recipe);
        Assert.Contains("recipes.rollback source 1: version 3 is version 1 again", await site.Done(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_emptied_field_takes_the_recipe_away()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        await site.Get<RecipeTable>().Set(1, Shouting, "Ren", null, Cancellation);
        Assert.Equal(303, (await site.Post(Editor, ("do", "save"), ("recipe", " \n"), ("version", "1"))).Status);
        Assert.Null((await site.Get<RecipeTable>().Find(1, Cancellation))!.Recipe);
    }

    [Fact]
    public async Task What_requests_carry_is_kept_and_never_shown_again()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        const string Requests = "/office/sources/1/request";
        Assert.Equal(303, (await site.Post(Requests, ("headers", "Cookie: consent=hush"), ("proxy", "http://me:hush@proxy.example:3128"))).Status);
        var page = await site.Get(Requests);
        Assert.Contains("headers Cookie", page.Text, StringComparison.Ordinal);
        Assert.Contains("proxy.example", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", await site.Done(), StringComparison.Ordinal);

        // What is kept need not be typed again.
        Assert.Equal(303, (await site.Post(Requests, ("keep-headers", "yes"), ("user-agent", "Friend/1.0"))).Status);
        var request = site.Field.Temporary.Value<string>("SELECT request FROM sources WHERE id = 1");
        Assert.Contains("consent=hush", request, StringComparison.Ordinal);
        Assert.Contains("Friend/1.0", request, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy.example", request, StringComparison.Ordinal);

        var wrong = await site.Post(Requests, ("headers", "Host: elsewhere.example"), ("proxy", "gopher://x"));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("the header Host is ours to send", wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publisher_is_told_what_has_to_be_mended_and_the_site_is_asked_only_when_somebody_says_so()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        site.Field.Web = request => Field.Document(request, Field.Rss("one").Replace("<description>about", "<description>a &nbsp; & b about", StringComparison.Ordinal));
        Assert.Contains("Nothing of it is at hand", (await site.Get("/office/sources/1/notes")).Text, StringComparison.Ordinal);
        Assert.Empty(site.Field.Asked);
        var page = await site.Post("/office/sources/1/notes");
        Assert.Contains("line 2, character", page.Text, StringComparison.Ordinal);
        Assert.Contains("line 2, character", (await site.Get("/office/sources/1/notes")).Text, StringComparison.Ordinal);
        Assert.Single(site.Field.Asked);
    }

    [Fact]
    public async Task A_source_that_is_not_there_has_no_pages()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        foreach (var end in (string[])["recipe", "recipe/history", "samples", "request", "notes"])
            Assert.Equal(404, (await site.Get($"/office/sources/99/{end}")).Status);
    }
}
