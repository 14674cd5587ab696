using System.Text;
using Kawaraban.Crawling;
using Kawaraban.Feeds;
using Kawaraban.Fetching;
using Kawaraban.Recipes;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Recipes;

/// <summary>A recipe cannot loop, outlast its deadline or lose an entry, whatever it says and whatever it meets.</summary>
public sealed class HostileRecipeTests
{
    private static readonly Uri Source = new("https://acme.example/feed");

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("(x+x+)+y")]
    [InlineData("(.*,){20}P")]
    [InlineData("(a|a)*b")]
    public void A_pattern_that_would_take_for_ever_elsewhere_takes_no_time(string pattern)
    {
        var title = new string('a', 10_000) + "!";
        var began = TimeProvider.System.GetTimestamp();
        var shaped = Run($$$"""{"fields": {"title": [{"regex": "{{{pattern}}}", "replace": "x"}]}}""", [new Entry { Id = "1", Title = title }]);
        Assert.Equal("1", Assert.Single(shaped.Drafts).Identity);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline.Usual, "the pattern took longer than a recipe has");
    }

    [Fact]
    public void A_million_selectors_are_refused()
    {
        var fields = string.Join(",", Enumerable.Range(0, 1_000_000).Select(i => $$$"""{"select":"a{{{i}}}"}"""));
        Assert.False(RecipeReader.TryRead($$$"""{"entries": [{{{fields}}}]}""", out _, out var problems));
        Assert.Matches("^the recipe has [0-9]+ characters; 65536 are allowed$", Assert.Single(problems).ToString());
    }

    [Fact]
    public void Thousands_of_steps_are_refused()
    {
        var steps = string.Join(",", Enumerable.Repeat("""{"default":"x"}""", 2_000));
        Assert.False(RecipeReader.TryRead($$$"""{"fields": {"title": [{{{steps}}}]}}""", out _, out var problems));
        Assert.Equal("fields.title has 2000 items; 20 are allowed", Assert.Single(problems).ToString());
    }

    [Fact]
    public void A_text_that_doubles_with_every_step_is_stopped_and_the_value_stays()
    {
        var steps = string.Join(",", Enumerable.Repeat("""{"regex":"(.+)","replace":"$1$1"}""", 20));
        var shaped = Run($$$"""{"fields": {"title": [{{{steps}}}]}}""", [new Entry { Id = "1", Title = "abcdefgh" }]);
        Assert.StartsWith("abcdefghabcdefgh", Assert.Single(shaped.Drafts).Title, StringComparison.Ordinal);
        Assert.Equal(("fields.title[11]", "abcdefgh"), (shaped.Notes[0].Path, shaped.Notes[0].Entry));
        Assert.Contains("20000 characters", shaped.Notes[0].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"fields": {"title": [{"regex": ".*", "replace": ""}]}}""", "fields.title")]
    [InlineData("""{"fields": {"url": [{"regex": ".*", "replace": ""}]}}""", "fields.url")]
    [InlineData("""{"fields": {"date": [{"template": "soon"}]}}""", "fields.date")]
    [InlineData("""{"fields": {"date": [{"format": "yyyy"}]}}""", "fields.date[0]")]
    [InlineData("""{"fields": {"date": [{"shift": "-99999d"}, {"shift": "-99999d"}, {"shift": "-99999d"}, {"shift": "-99999d"}, {"shift": "-99999d"}, {"shift": "-99999d"}, {"shift": "-99999d"}, {"shift": "-99999d"}, {"shift": "-99999d"}]}}""", "fields.date[7]")]
    [InlineData("""{"url": {"replace": [{"regex": "^https", "replace": "javascript"}]}}""", "url.replace[0]")]
    public void A_rule_that_fails_leaves_the_entry_as_it_was_and_is_named(string recipe, string path)
    {
        var entry = new Entry { Id = "1", Url = "https://acme.example/1", Title = "One", PublishedAt = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero) };
        var shaped = Run(recipe, [entry]);
        var draft = Assert.Single(shaped.Drafts);
        Assert.Equal(("One", "https://acme.example/1"), (draft.Title, draft.Url));
        Assert.NotNull(draft.PublishedAt);
        var note = shaped.Notes[0];
        Assert.Equal((path, "One"), (note.Path, note.Entry));
    }

    [Fact]
    public void After_the_deadline_entries_are_kept_as_published()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(100) };
        var recipe = Compile("""{"fields": {"title": [{"trimPrefix": "[Tech]"}]}}""");
        var entries = Enumerable.Range(0, 100).Select(i => new Entry { Id = $"{i}", Title = $"[Tech] {i}" }).ToList();
        var shaped = Shaper.Shape(recipe, Reading.AsFeed(entries, null, Source, null), new ShapeContext(Source, default, new Deadline(clock, TimeSpan.FromSeconds(1))));
        Assert.Equal(100, shaped.Drafts.Count);
        Assert.Equal("0", shaped.Drafts[0].Title);
        Assert.Equal("[Tech] 99", shaped.Drafts[99].Title);
        Assert.Contains("took longer than 1 s and was stopped", Assert.Single(shaped.Notes).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_nested_without_end_is_refused_before_it_is_built()
    {
        var (problem, elapsed) = ReadPage(string.Concat(Enumerable.Repeat("<div>", 200_000)), "a");
        Assert.Contains("deeper than anybody writes", problem, StringComparison.Ordinal);
        Assert.True(elapsed < Deadline.Usual);
    }

    [Fact]
    public void A_page_of_a_million_elements_is_refused()
    {
        var (problem, _) = ReadPage(string.Concat(Enumerable.Repeat("<b></b>", 300_000)), "a");
        Assert.Contains("more than 60000 elements", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_selector_that_tries_every_combination_of_ancestors_is_refused_for_the_page()
    {
        var page = string.Concat(Enumerable.Repeat("<div>", 200)) + string.Concat(Enumerable.Repeat("<i></i>", 1000));
        var (problem, elapsed) = ReadPage(page, "div div div div div div div .x");
        Assert.Contains("entries.select (\"div div div div div div div .x\") goes too many steps down for a page that is 20", problem, StringComparison.Ordinal);
        Assert.True(elapsed < Deadline.Usual);
    }

    [Fact]
    public void What_a_page_costs_a_selector_ends_with_the_deadline()
    {
        var clock = new FakeTimeProvider();
        var deadline = new Deadline(clock, TimeSpan.FromSeconds(1));
        var text = "<main>" + string.Concat(Enumerable.Repeat("<p class=x><a href=/1>1</a></p>", 2_000)) + "</main>";
        Assert.True(HtmlPage.TryRead(Encoding.UTF8.GetBytes(text), "text/html", Source, deadline, out var page, out _));
        Assert.True(PageSelector.TryCreate("p", out var selector, out _));
        var found = 0;
        foreach (var _ in page.All(selector))
        {
            if (++found == 100)
                clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.InRange(found, 100, 120);
    }

    [Theory]
    [InlineData("a, b.c > d", true)]
    [InlineData("li:nth-child(2n+1) a[href^='/x y']", true)]
    [InlineData("a ~ b", false)]
    [InlineData("a[b~=c]", true)]
    [InlineData("p:not(.x)", true)]
    [InlineData("p:not(.x .y)", false)]
    [InlineData(":is(a, b) c", false)]
    [InlineData("a\u0000", false)]
    [InlineData("..", false)]
    public void Selectors_that_could_look_at_everything_for_everything_are_refused(string text, bool isFine) =>
        Assert.Equal(isFine, PageSelector.TryCreate(text, out _, out _));

    private static CompiledRecipe Compile(string recipe) =>
        RecipeReader.TryRead(recipe, out var compiled, out var problems) ? compiled : throw new InvalidOperationException(string.Join("; ", problems));

    private static Shaped Run(string recipe, IReadOnlyList<Entry> entries) =>
        Shaper.Shape(Compile(recipe), Reading.AsFeed(entries, null, Source, null), new ShapeContext(Source, default, new Deadline(TimeProvider.System, Deadline.Usual)));

    private static (string? Problem, TimeSpan Elapsed) ReadPage(string body, string selector)
    {
        var recipe = Compile($$$"""{"source": {"kind": "page"}, "entries": {"select": "{{{selector}}}"}}""");
        var began = TimeProvider.System.GetTimestamp();
        var outcome = DocumentReader.Read(recipe, Encoding.UTF8.GetBytes(body), "text/html", Source, new Deadline(TimeProvider.System, Deadline.Usual));
        return (outcome.Problem, TimeProvider.System.GetElapsedTime(began));
    }
}
