using System.Globalization;

namespace Kawaraban.Recipes;

/// <summary>Makes a recipe ready to run, and says with its path whatever cannot be.</summary>
internal sealed class RecipeCompiler
{
    private const int MostPatterns = 200;

    private static readonly string[] Taken =
    [
        "title", "url", "author", "date", "updated", "tags", "picture", "language", "excerpt", "content", "id", "detected", "feed.title", "feed.author",
        "feed.language", "page.title", "page.url", "page.author", "page.date", "page.updated", "page.picture", "page.language", "page.excerpt", "page.text", "page.tags",
    ];

    private readonly List<RecipeProblem> problems = [];
    private int patterns;

    /// <summary>Makes it ready; null when there are problems.</summary>
    public static CompiledRecipe? Compile(Recipe recipe, out IReadOnlyList<RecipeProblem> problems)
    {
        var compiler = new RecipeCompiler();
        var compiled = compiler.Compile(recipe);
        problems = compiler.problems;
        return problems.Count == 0 ? compiled : null;
    }

    private CompiledRecipe Compile(Recipe recipe)
    {
        CheckSource(recipe);
        ICodeStep? code = null;
        if (recipe.Code is not null && (code = CodeSteps.All.FirstOrDefault(step => step.Name == recipe.Code)) is null)
            Problem("code", $"is \"{recipe.Code}\"; there is {string.Join(", ", CodeSteps.All.Select(step => step.Name))}");
        if (recipe.Platform is not (null or "none") && !PlatformRecipes.Names.Contains(recipe.Platform))
            Problem("platform", $"is \"{recipe.Platform}\"; it has to be none or one of {string.Join(", ", PlatformRecipes.Names)}");
        return new CompiledRecipe(recipe)
        {
            Entries = Entries(recipe),
            Fields = Fields(recipe.Fields, "fields"),
            Filters = new Filters(Filters(recipe.Keep, "keep"), Filters(recipe.Drop, "drop"), "keep"),
            Url = recipe.Url is null ? null : Url(recipe.Url),
            Page = recipe.Page is null ? null : Page(recipe.Page),
            Code = code,
            Tags = recipe.Tags is null ? null : Tags(recipe.Tags),
            Identity = recipe.Identity switch
            {
                "url" => IdentityField.Url,
                "canonicalUrl" => IdentityField.CanonicalUrl,
                "titleAndDate" => IdentityField.TitleAndDate,
                _ => IdentityField.Guid,
            },
        };
    }

    private void CheckSource(Recipe recipe)
    {
        var kind = recipe.Source?.Kind ?? SourceKind.Feed;
        if (recipe.Source?.Address is { } address && CanonicalUrl.Web(address) is null)
            Problem("source.address", $"is \"{address}\", which is no http or https address");
        if (recipe.Source?.Paging is { } paging)
        {
            if (kind is not (SourceKind.Page or SourceKind.Json))
                Problem("source.paging", $"is for the kinds page and json; this is {kind}");
            else if ((paging.Next is null) == (paging.Template is null))
                Problem("source.paging", "needs one of next and template");
            else if (paging.Template is { } template && !template.Contains("{page}", StringComparison.Ordinal))
                Problem("source.paging.template", "has no {page} in it, so every page would be the first");
        }

        var entries = recipe.Entries;
        if (kind == SourceKind.Page && (entries?.Select is null || entries.Path is not null))
            Problem("entries", "of a page needs select, the CSS selector of what holds one entry, and no path");
        if (kind == SourceKind.Json && (entries?.Path is null || entries.Select is not null))
            Problem("entries", "of JSON needs path, the path of the entries such as data.posts, and no select");
        if (kind is not (SourceKind.Page or SourceKind.Json) && entries is { Fields: not null } or { Select: not null } or { Path: not null } && kind is not (SourceKind.Page or SourceKind.Json))
            Problem("entries", $"of the kind {kind} has match and exclude alone; the document says the rest");
        if (kind == SourceKind.Feed && entries is not null)
            Problem("entries", "is not for feeds, which say themselves what their entries are; use keep and drop");
        if (kind == SourceKind.Json && entries?.Fields?.Keys.Any(name => name is FieldName.Url or FieldName.Id) != true)
            Problem("entries.fields", "needs url or id: by what else would an entry be known?");
    }

    private EntryRules Entries(Recipe recipe)
    {
        var entries = recipe.Entries;
        var isJson = recipe.Source?.Kind == SourceKind.Json;
        return new EntryRules(
            Selector(entries?.Select, "entries.select"),
            entries?.Select,
            Path(entries?.Path, "entries.path"),
            entries?.Path,
            entries?.Match ?? [],
            entries?.Exclude ?? [],
            Extractors(entries?.Fields, "entries.fields", isJson),
            recipe.Source?.Paging?.Next is { } next ? Extractor(FieldName.Url, next, "source.paging.next", isJson) : null);
    }

    private Dictionary<string, CompiledExtractor> Extractors(IReadOnlyDictionary<string, Extractor>? extractors, string path, bool isJson)
    {
        Dictionary<string, CompiledExtractor> compiled = [];
        foreach (var (name, extractor) in extractors ?? new Dictionary<string, Extractor>())
            compiled[name] = Extractor(name, extractor, $"{path}.{name}", isJson);
        return compiled;
    }

    private CompiledExtractor Extractor(string field, Extractor extractor, string path, bool isJson)
    {
        if (isJson && extractor is { Select: not null } or { Attribute: not null } && isJson)
            Problem(path, "is of JSON: it has a path, and neither select nor attribute");
        else if (!isJson && extractor.Path is not null)
            Problem($"{path}.path", "is for JSON; of a page say select");
        if (!FieldName.IsDate(field) && (extractor.Format is not null || extractor.Zone is not null))
            Problem(path, "is no date: format and zone are for date and updated");
        return new CompiledExtractor(
            field, path, extractor, Selector(extractor.Select, $"{path}.select"), Path(extractor.Path, $"{path}.path"), Date(extractor.Format, extractor.Zone, path));
    }

    private List<FieldRules> Fields(IReadOnlyDictionary<string, IReadOnlyList<FieldStep>>? fields, string path)
    {
        List<FieldRules> rules = [];
        foreach (var name in FieldName.Shaped)
        {
            if (fields?.TryGetValue(name, out var steps) == true)
                rules.Add(new FieldRules(name, $"{path}.{name}", [.. steps.Select((step, i) => Step(name, step, At($"{path}.{name}", i)))]));
        }

        return rules;
    }

    private CompiledStep Step(string field, FieldStep step, string path)
    {
        var does = new (string Name, bool Is)[]
        {
            ("take", step.Take is not null),
            ("regex", step.Regex is not null),
            ("trimPrefix", step.TrimPrefix is not null),
            ("trimSuffix", step.TrimSuffix is not null),
            ("template", step.Template is not null),
            ("default", step.Default is not null),
            ("format", step.Format is not null || step.Zone is not null),
            ("shift", step.Shift is not null),
        }.Where(one => one.Is).Select(one => one.Name).ToList();
        if (does.Count > 1)
            Problem(path, $"does {string.Join(" and ", does)} at once; make a step of each, in the order in which they are to run");
        // A replacement is all that there can be besides: the schema lets no step be empty.
        if (step.Replace is not null && step.Regex is null)
            Problem($"{path}.replace", "goes with regex");
        if (!FieldName.IsDate(field) && (step.Format is not null || step.Zone is not null || step.Shift is not null))
            Problem(path, "is for dates: format, zone and shift belong to fields.date and fields.updated");
        TextTemplate? template = null;
        if (step.Template is not null && !TextTemplate.TryCreate(step.Template, Taken, out template, out var problem))
            Problem($"{path}.template", problem);
        TimeSpan? shift = null;
        if (step.Shift is not null)
            shift = Span(step.Shift, $"{path}.shift");
        return new CompiledStep(
            path,
            step,
            step.Regex is null ? null : Pattern(step.Regex, $"{path}.regex"),
            template,
            step.Format is null && step.Zone is null ? null : Date(step.Format, step.Zone, path),
            shift);
    }

    private List<Filter> Filters(IReadOnlyList<FilterRule>? rules, string path) =>
        [.. (rules ?? []).Select((rule, i) => Filter(rule, At(path, i)))];

    private Filter Filter(FilterRule rule, string path)
    {
        var asks = (rule.Is is null ? 0 : 1) + (rule.Contains is null ? 0 : 1) + (rule.Regex is null ? 0 : 1) + (rule.Empty is null ? 0 : 1);
        if (rule.OlderThan is not null && (rule.Field is not null || asks > 0))
            Problem(path, "has olderThan and more; make a rule of each");
        else if (rule.OlderThan is null && (rule.Field is null || asks != 1))
            Problem(path, "needs a field and one of is, contains, regex and empty; or olderThan alone");
        var olderThan = rule.OlderThan is null ? (TimeSpan?)null : Span(rule.OlderThan, $"{path}.olderThan");
        return new Filter(path, rule, rule.Regex is null ? null : Pattern(rule.Regex, $"{path}.regex"), olderThan);
    }

    private UrlRules Url(UrlSection section)
    {
        if (section is { Remove: not null, Keep: not null })
            Problem("url", "has both remove and keep: keep names all that stay");
        List<(string, Pattern, string)> replacements = [];
        for (var i = 0; i < (section.Replace?.Count ?? 0); i++)
        {
            if (Pattern(section.Replace![i].Regex, At("url.replace", i) + ".regex") is { } pattern)
                replacements.Add((At("url.replace", i), pattern, section.Replace[i].Replace));
        }

        return new UrlRules(section, replacements);
    }

    private PageRules Page(PageSection section)
    {
        if (section is { Fill: null, Replace: null, Fields: null, Keep: null, Drop: null })
            Problem("page", "takes nothing from the page: say what in fill or replace");
        return new PageRules(
            section,
            Fields(section.Fields, "page.fields"),
            new Filters(Filters(section.Keep, "page.keep"), Filters(section.Drop, "page.drop"), "page.keep"),
            Extractors(section.Select, "page.select", isJson: false));
    }

    private TagRules Tags(TagsSection section)
    {
        List<Topic> topics = [];
        for (var i = 0; i < (section.Topics?.Count ?? 0); i++)
        {
            var (topic, path) = (section.Topics![i], At("tags.topics", i));
            if ((topic.Contains is null) == (topic.Regex is null))
                Problem(path, "needs one of contains and regex");
            topics.Add(new Topic(path, topic.Tag, topic.In ?? TagRules.Everywhere, topic.Contains, topic.Regex is null ? null : Pattern(topic.Regex, $"{path}.regex")));
        }

        return new TagRules(section, topics);
    }

    private Pattern? Pattern(string text, string path)
    {
        if (++patterns > MostPatterns)
        {
            if (patterns == MostPatterns + 1)
                Problem(path, $"is the pattern number {patterns}; a recipe has {MostPatterns} at most");
            return null;
        }

        if (!Recipes.Pattern.TryCreate(text, out var pattern, out var problem))
            Problem(path, problem);
        return pattern;
    }

    private PageSelector? Selector(string? text, string path)
    {
        if (text is null)
            return null;
        if (!PageSelector.TryCreate(text, out var selector, out var problem))
            Problem(path, problem);
        return selector;
    }

    private JsonPath? Path(string? text, string path)
    {
        if (text is null)
            return null;
        if (!JsonPath.TryCreate(text, out var compiled, out var problem))
            Problem(path, problem);
        return compiled;
    }

    private DateText Date(IReadOnlyList<string>? formats, string? zone, string path)
    {
        TimeZoneInfo? found = null;
        if (zone is not null && !DateText.TryReadZone(zone, out found))
            Problem($"{path}.zone", $"is \"{zone}\", which is no time zone; write Asia/Tokyo or +09:00");
        foreach (var format in formats ?? [])
        {
            try
            {
                _ = DateTimeOffset.UnixEpoch.ToString(format, CultureInfo.InvariantCulture);
            }
            catch (FormatException)
            {
                Problem($"{path}.format", $"is \"{format}\", which is no format of dates; write it as yyyy/M/d H:mm");
            }
        }

        return new DateText(formats, found);
    }

    private TimeSpan? Span(string text, string path)
    {
        if (DateText.TryReadSpan(text, out var span))
            return span;
        Problem(path, $"is \"{text}\"; write it as -9h, 30m or 365d");
        return null;
    }

    private void Problem(string path, string sentence) => problems.Add(new RecipeProblem(path, sentence));

    private static string At(string path, int place) => string.Create(CultureInfo.InvariantCulture, $"{path}[{place}]");
}
