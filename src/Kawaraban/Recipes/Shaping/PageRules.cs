namespace Kawaraban.Recipes;

/// <summary>What is taken from a post's own page.</summary>
internal sealed class PageRules
{
    private const int UsualPerVisit = 10;

    private readonly PageSection section;
    private readonly HashSet<string> fill;
    private readonly HashSet<string> replace;

    public PageRules(PageSection section, IReadOnlyList<FieldRules> fields, Filters filters, IReadOnlyDictionary<string, CompiledExtractor> select)
    {
        this.section = section;
        (Fields, Filters, Select) = (fields, filters, select);
        fill = [.. section.Fill ?? []];
        replace = [.. section.Replace ?? []];
        WantsText = fill.Contains(FieldName.Text) || replace.Contains(FieldName.Text);
    }

    /// <summary>Steps that run when the page has been read.</summary>
    public IReadOnlyList<FieldRules> Fields { get; }

    /// <summary>Which entries become posts, by what their pages say.</summary>
    public Filters Filters { get; }

    /// <summary>Where on the page things stand.</summary>
    public IReadOnlyDictionary<string, CompiledExtractor> Select { get; }

    /// <summary>Whether the whole text is wanted, which costs most.</summary>
    public bool WantsText { get; }

    /// <summary>How many pages are fetched at one visit.</summary>
    public int PerVisit => section.PerVisit ?? UsualPerVisit;

    /// <summary>Whether the entry lacks something that its page could have.</summary>
    public bool IsWanted(EntryFields fields) =>
        replace.Count > 0 || Fields.Count > 0 || !Filters.IsEmpty || fill.Any(name => IsMissing(fields, name));

    /// <summary>Whether nothing can be shown of the entry, nor be decided about it, before its page has been read.</summary>
    public bool MustWait(EntryFields fields) =>
        !Filters.IsEmpty || (string.IsNullOrWhiteSpace(fields.Get(FieldName.Title)) && (fill.Contains(FieldName.Title) || replace.Contains(FieldName.Title)));

    /// <summary>Takes what is wanted.</summary>
    public void Run(EntryFields fields, RuleNotes notes, List<StepTrace>? trace)
    {
        foreach (var name in fill.Union(replace))
        {
            var isReplaced = replace.Contains(name);
            if (!isReplaced && !IsMissing(fields, name))
                continue;
            var field = name == FieldName.Text ? FieldName.Content : name;
            var value = fields.Get($"page.{name}");
            if (string.IsNullOrWhiteSpace(value) || fields.Get(field) is var before && before == value)
                continue;
            trace?.Add(new StepTrace($"page.{(isReplaced ? "replace" : "fill")}", field, before, value));
            fields.Set(field, value);
        }

        foreach (var rules in Fields)
            rules.Run(fields, notes, trace);
    }

    // A teaser is no text; half a page may be one.
    private static bool IsMissing(EntryFields fields, string name) =>
        name == FieldName.Text ? fields.Get(FieldName.Content) is not { Length: > 600 } : string.IsNullOrWhiteSpace(fields.Get(name));
}
