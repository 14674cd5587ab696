using Kawaraban.Recipes;

namespace Kawaraban.Tests.Recipes;

public sealed class RecipeReaderTests
{
    [Theory]
    // What the schema does not know.
    [InlineData("""{"feilds": {}}""", "feilds is not known here (did you mean fields?)")]
    [InlineData("""{"fields": {"titel": []}}""", "fields.titel is not known here (did you mean title?)")]
    [InlineData("""{"fields": {"title": [{"trimprefix": "x"}]}}""", "fields.title[0].trimprefix is not known here (did you mean trimPrefix?); known are take, regex")]
    [InlineData("""{"source": {"kind": "rss"}}""", "source.kind is \"rss\"; it has to be one of feed, page, sitemap, json, ical")]
    [InlineData("""{"fields": {"title": {"regex": "x"}}}""", "fields.title is an object; it has to be an array")]
    [InlineData("""{"fields": {"title": [{"regex": 3}]}}""", "fields.title[0].regex is the number 3; it has to be a text")]
    [InlineData("""{"fields": {"title": [{"take": "autor"}]}}""", "fields.title[0].take is \"autor\" (did you mean author?); it has to be one of title, url")]
    [InlineData("""{"fields": {"title": [{"take": ["title", "sight"]}]}}""", "fields.title[0].take[1] is \"sight\"")]
    [InlineData("""{"fields": {"title": []}}""", "fields.title is empty; leave it out")]
    [InlineData("""{"fields": {"title": [{}]}}""", "fields.title[0] is empty; it can have take, regex")]
    [InlineData("""{"page": {"fill": "titles"}}""", "page.fill is \"titles\" (did you mean title?)")]
    [InlineData("""{"page": {"fill": "title", "perVisit": 1000}}""", "page.perVisit is 1000; it has to be from 1 to 50")]
    [InlineData("""{"version": 2}""", "version is 2; it has to be 1")]
    [InlineData("""{"url": {"replace": [{"regex": "x"}]}}""", "url.replace[0] lacks replace")]
    [InlineData("""{"identity": "guid", "identity": "url"}""", "identity is there twice")]
    [InlineData("""{"note": null}""", "note is null; it has to be a text")]
    [InlineData("[]", "the recipe is an array; it has to be an object")]
    [InlineData("{", "the recipe is no JSON: line 1")]
    [InlineData("nonsense\n", "the recipe is no JSON: line 1, byte 2 cannot be read on")]
    // What cannot be compiled.
    [InlineData("""{"fields": {"title": [{"regex": "("}]}}""", "fields.title[0].regex is no regular expression")]
    [InlineData("""{"fields": {"title": [{"regex": "(a)\\1"}]}}""", "fields.title[0].regex uses what could take for ever")]
    [InlineData("""{"drop": [{"field": "title", "regex": "x(?=y)"}]}""", "drop[0].regex uses what could take for ever")]
    [InlineData("""{"fields": {"title": [{"regex": "((a{100}){100}){100}"}]}}""", "fields.title[0].regex repeats too much")]
    [InlineData("""{"fields": {"title": [{"regex": "a", "trimPrefix": "b"}]}}""", "fields.title[0] does regex and trimPrefix at once")]
    [InlineData("""{"fields": {"title": [{"replace": "a"}]}}""", "fields.title[0].replace goes with regex")]
    [InlineData("""{"fields": {"title": [{"shift": "-9h"}]}}""", "fields.title[0] is for dates")]
    [InlineData("""{"fields": {"date": [{"shift": "nine hours"}]}}""", "fields.date[0].shift is \"nine hours\"; write it as -9h")]
    [InlineData("""{"fields": {"date": [{"zone": "Tokyo"}]}}""", "fields.date[0].zone is \"Tokyo\", which is no time zone")]
    [InlineData("""{"fields": {"title": [{"template": "{name}: {title}"}]}}""", "fields.title[0].template has {name}, which is none of {title}")]
    [InlineData("""{"keep": [{"field": "title"}]}""", "keep[0] needs a field and one of is, contains")]
    [InlineData("""{"keep": [{"olderThan": "10d", "field": "title"}]}""", "keep[0] has olderThan and more")]
    [InlineData("""{"source": {"kind": "page"}}""", "entries of a page needs select")]
    [InlineData("""{"source": {"kind": "page"}, "entries": {"select": "div["}}""", "entries.select is no CSS selector")]
    [InlineData("""{"source": {"kind": "page"}, "entries": {"select": "div:has(a)"}}""", "entries.select uses ~, :has")]
    [InlineData("""{"source": {"kind": "page"}, "entries": {"select": "a b c d e f g h i j"}}""", "entries.select goes 9 steps down; 8 are allowed")]
    [InlineData("""{"source": {"kind": "json"}, "entries": {"path": "a[b]", "fields": {"url": {"path": "u"}}}}""", "entries.path is no path")]
    [InlineData("""{"source": {"kind": "json"}, "entries": {"path": "a"}}""", "entries.fields needs url or id")]
    [InlineData("""{"source": {"kind": "json"}, "entries": {"path": "a", "fields": {"url": {"select": "a"}}}}""", "entries.fields.url is of JSON")]
    [InlineData("""{"entries": {"match": "/x"}}""", "entries is not for feeds")]
    [InlineData("""{"source": {"kind": "page", "paging": {"template": "/page/2"}}, "entries": {"select": "a"}}""", "source.paging.template has no {page}")]
    [InlineData("""{"source": {"kind": "page", "paging": {"pages": 3}}, "entries": {"select": "a"}}""", "source.paging needs one of next and template")]
    [InlineData("""{"source": {"address": "file:///etc/passwd"}}""", "source.address is \"file:///etc/passwd\", which is no http or https address")]
    [InlineData("""{"code": "rm-rf"}""", "code is \"rm-rf\"; there is plain-width")]
    [InlineData("""{"platform": "blogger"}""", "platform is \"blogger\"; it has to be none or one of")]
    [InlineData("""{"url": {"keep": "p", "remove": "q"}}""", "url has both remove and keep")]
    [InlineData("""{"page": {"perVisit": 3}}""", "page takes nothing from the page")]
    [InlineData("""{"tags": {"topics": [{"tag": "Go"}]}}""", "tags.topics[0] needs one of contains and regex")]
    public void What_is_wrong_is_refused_with_its_path_and_what_would_be_right(string recipe, string expected)
    {
        Assert.False(RecipeReader.TryRead(recipe, out _, out var problems));
        Assert.StartsWith(expected, problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        Assert.False(RecipeReader.TryRead("""{"x": 1, "fields": {"y": 2}, "identity": "z"}""", out _, out var problems));
        Assert.Equal(["x", "fields.y", "identity"], problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Comments_and_trailing_commas_are_let_pass() =>
        Assert.True(RecipeReader.TryRead("{ // why\n \"identity\": \"url\", /* and */ }", out _, out _));

    [Fact]
    public void The_schema_uses_no_keyword_that_is_not_checked()
    {
        using var schema = System.Text.Json.JsonDocument.Parse(RecipeSchema.Text);
        Assert.Empty(Words(schema.RootElement, isSchema: true).Distinct().Except(JsonSchema.Keywords));
    }

    [Fact]
    public void The_schema_knows_every_member_of_a_recipe_and_no_other()
    {
        using var schema = System.Text.Json.JsonDocument.Parse(RecipeSchema.Text);
        foreach (var (type, members) in new (Type, string)[]
        {
            (typeof(Recipe), ""), (typeof(SourceSection), "source"), (typeof(Extractor), "extractor"), (typeof(EntriesSection), "entries"), (typeof(FieldStep), "step"),
            (typeof(FilterRule), "filter"), (typeof(UrlSection), "url"), (typeof(PageSection), "page"), (typeof(TagsSection), "tags"),
        })
        {
            var rules = members.Length == 0 ? schema.RootElement : schema.RootElement.GetProperty("$defs").GetProperty(members);
            var known = rules.GetProperty("properties").EnumerateObject().Select(member => member.Name).Where(name => name[0] != '$').Order();
            var there = type.GetProperties().Where(property => property.Name != "EqualityContract").Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]).Order();
            Assert.Equal(known, there);
        }
    }

    [Fact]
    public void What_a_step_may_take_is_what_the_schema_says()
    {
        using var schema = System.Text.Json.JsonDocument.Parse(RecipeSchema.Text);
        foreach (var name in schema.RootElement.GetProperty("$defs").GetProperty("taken").GetProperty("enum").EnumerateArray().Select(name => name.GetString()))
            Assert.True(RecipeReader.TryRead($$$"""{"fields": {"title": [{"template": "{{{{name}}}}"}]}}""", out _, out var problems), string.Join("; ", problems));
    }

    private static IEnumerable<string> Words(System.Text.Json.JsonElement element, bool isSchema)
    {
        if (element.ValueKind == System.Text.Json.JsonValueKind.Array)
            return element.EnumerateArray().SelectMany(one => Words(one, isSchema));
        if (element.ValueKind != System.Text.Json.JsonValueKind.Object)
            return [];
        return element.EnumerateObject().SelectMany(member => (isSchema ? [member.Name] : Enumerable.Empty<string>())
            .Concat(Words(member.Value, !isSchema || member.Name is not ("properties" or "$defs"))));
    }
}
