using Kawaraban.Feeds;

namespace Kawaraban.Recipes;

/// <summary>Runs a recipe over a document's entries.</summary>
/// <remarks>
/// An entry that a rule fails on is kept as it was before the rule, and one that is reached after the deadline as it was published: a
/// recipe may drop an entry by saying so, and never loses one.
/// </remarks>
internal sealed class Shaper
{
    private readonly CompiledRecipe recipe;
    private readonly ShapeContext context;
    private readonly RuleNotes notes;

    private Shaper(CompiledRecipe recipe, ShapeContext context, RuleNotes notes) =>
        (this.recipe, this.context, this.notes) = (recipe, context, notes);

    /// <summary>Shapes what was read.</summary>
    public static Shaped Shape(CompiledRecipe recipe, Reading reading, ShapeContext context) => Shape(recipe, reading.Feed, context, reading.Notes);

    /// <summary>Shapes a feed's entries.</summary>
    public static Shaped Shape(CompiledRecipe recipe, Feed feed, ShapeContext context, RuleNotes? notes = null) =>
        recipe.ShapesNothing && !context.IsTraced
            ? new Shaped(DefaultRecipe.Shape(feed, context.Url), [], 0, notes?.First ?? [], notes?.Count ?? 0)
            : new Shaper(recipe, context, notes ?? new RuleNotes()).Shape(feed);

    private Shaped Shape(Feed feed)
    {
        var home = CanonicalUrl.Web(feed.HomePageUrl, context.Url) ?? context.Url;
        List<Work> works = new(feed.Entries.Count);
        List<WantedPage> wanted = [];
        var dropped = 0;
        var isLate = false;
        foreach (var entry in feed.Entries)
        {
            Work work;
            if (isLate || context.Deadline.IsOver)
            {
                work = new Work(entry, entry, []);
                if (!isLate)
                    notes.Add("the whole", entry.Title ?? entry.Url, $"took longer than {context.Deadline.Name} and was stopped; from this entry on they are kept as published");
                isLate = true;
            }
            else
            {
                work = Run(entry, feed, home, wanted);
            }

            dropped += work.DroppedBy is null ? 0 : 1;
            works.Add(work);
        }

        var kept = works.Where(work => work.DroppedBy is null && work.WaitsFor is null).ToList();
        var identities = new EntryIdentities([.. kept.Select(work => work.Shaped)], home, recipe, notes);
        List<PostDraft> drafts = new(kept.Count);
        for (var i = 0; i < kept.Count; i++)
        {
            if (identities[i] is not { } identity)
                continue;
            kept[i].Draft = DefaultRecipe.Shape(feed, kept[i].Shaped, identity) with { Entry = kept[i].Published, Original = kept[i].Original };
            drafts.Add(kept[i].Draft!);
        }

        return new Shaped(drafts, wanted, dropped, notes.First, notes.Count)
        {
            Traces = context.IsTraced ? [.. works.Select(work => new EntryTrace(work.Published, work.Steps, work.DroppedBy, work.WaitsFor, work.Draft))] : [],
        };
    }

    private Work Run(Entry entry, Feed feed, Uri home, List<WantedPage> wanted)
    {
        var trace = context.IsTraced ? new List<StepTrace>() : null;
        try
        {
            return Run(entry, feed, home, wanted, trace);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A mistake of ours costs the rules, not the entry.
            notes.Add("the whole", entry.Title ?? entry.Url, $"met a mistake of ours ({error.GetType().Name}: {error.Message}); please report it; the entry is kept as published");
            return new Work(entry, entry, trace ?? []);
        }
    }

    private Work Run(Entry entry, Feed feed, Uri home, List<WantedPage> wanted, List<StepTrace>? trace)
    {
        PageFacts? page = null;
        var isRead = false;
        if (recipe.Page is not null)
            isRead = context.Pages.TryGetValue(Key(entry, home), out page);
        var fields = new EntryFields(entry, feed, home, page);
        foreach (var rules in recipe.Fields)
            rules.Run(fields, notes, trace);
        if (recipe.Filters.DroppedBy(fields, context.Now, notes) is { } rule)
            return new Work(entry, entry, trace ?? []) { DroppedBy = rule };
        if (recipe.Page is { } pageRules)
        {
            if (page is not null)
            {
                if (page.IsStale && EntryIdentities.Url(entry, home) is var again && again != home)
                    wanted.Add(new WantedPage(Key(entry, home), again, entry, false));
                pageRules.Run(fields, notes, trace);
                if (pageRules.Filters.DroppedBy(fields, context.Now, notes) is { } pageRule)
                    return new Work(entry, entry, trace ?? []) { DroppedBy = pageRule };
            }
            else if (!isRead && EntryIdentities.Url(fields.ToEntry(), home) is var url && url != home && pageRules.IsWanted(fields))
            {
                var mustWait = pageRules.MustWait(fields);
                wanted.Add(new WantedPage(Key(entry, home), url, entry, mustWait));
                if (mustWait)
                    return new Work(entry, entry, trace ?? []) { WaitsFor = url };
            }
        }

        if (recipe.Code is not null)
            Code(recipe.Code, ref fields, feed, home, page, trace);
        recipe.Tags?.Run(fields, notes, trace);
        return new Work(entry, fields.ToEntry(), trace ?? []) { Original = CanonicalUrl.Web(page?.Original) is { } original ? CanonicalUrl.Of(original) : null };
    }

    private void Code(ICodeStep code, ref EntryFields fields, Feed feed, Uri home, PageFacts? page, List<StepTrace>? trace)
    {
        try
        {
            var before = fields;
            fields = new EntryFields(code.Shape(before.ToEntry()), feed, home, page);
            foreach (var name in trace is null ? [] : FieldName.Shaped)
            {
                if (before.Get(name) is var was && fields.Get(name) is var value && was != value)
                    trace!.Add(new StepTrace("code", name, was, value));
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            notes.Add("code", fields.Name, $"({code.Name}) failed: {error.Message}");
        }
    }

    /// <summary>By what an entry's page is found again: its address as published, whatever a recipe makes of it later.</summary>
    internal static string Key(Entry entry, Uri home) => CanonicalUrl.Of(EntryIdentities.Url(entry, home));

    private sealed record Work(Entry Published, Entry Shaped, IReadOnlyList<StepTrace> Steps)
    {
        public string? DroppedBy { get; init; }

        public Uri? WaitsFor { get; init; }

        public string? Original { get; init; }

        public PostDraft? Draft { get; set; }
    }
}
