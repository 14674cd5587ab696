using Kawaraban.Fetching;
using Kawaraban.Recipes;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>What a recipe would make of a source's document.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Recipe">What the recipe is called.</param>
/// <param name="Platform">The built-in recipe it builds on.</param>
/// <param name="Kind">What the document is.</param>
/// <param name="Url">Where it came from.</param>
/// <param name="From">How it was had: <c>fetched</c>, or a sample's name.</param>
/// <param name="Problem">Why there is no preview, or what is wrong with all of it; null when nothing is.</param>
/// <param name="Entries">Entry by entry, in document order.</param>
/// <param name="Notes">Rules that failed.</param>
/// <param name="More">Where further entries would be looked for.</param>
public sealed record PreviewReport(
    long SourceId,
    string Recipe,
    string? Platform,
    string Kind,
    string Url,
    string From,
    string? Problem,
    IReadOnlyList<PreviewedEntry> Entries,
    IReadOnlyList<RuleNote> Notes,
    IReadOnlyList<string> More)
{
    /// <summary>How many become posts.</summary>
    public int Posts => Entries.Count(entry => entry.After is not null);

    /// <summary>How many are dropped by rules.</summary>
    public int Dropped => Entries.Count(entry => entry.DroppedBy is not null);

    /// <summary>The document and the pages that were read for it, to be pinned.</summary>
    internal RecipeSample? Sample { get; init; }
}

/// <summary>An entry in a preview.</summary>
/// <param name="Title">As published.</param>
/// <param name="Before">The post as it is made now; null when it is none.</param>
/// <param name="After">The post as it would be made; null when it would be none.</param>
/// <param name="Changes">What differs between the two.</param>
/// <param name="Steps">What each rule changed, in order, from what was published on.</param>
/// <param name="DroppedBy">The rule that drops it; null when none does.</param>
/// <param name="WaitsFor">The page that would be read before it becomes a post; null when there is none.</param>
public sealed record PreviewedEntry(
    string Title,
    ExpectedPost? Before,
    ExpectedPost? After,
    IReadOnlyList<FieldDifference> Changes,
    IReadOnlyList<StepTrace> Steps,
    string? DroppedBy,
    string? WaitsFor);

/// <summary>How a preview is made.</summary>
/// <param name="Recipe">A recipe to try in place of the source's own; null for that.</param>
/// <param name="Sample">The pinned sample to run it on; null fetches the document.</param>
/// <param name="Pages">How many of posts' own pages are fetched, for recipes that want them.</param>
public sealed record PreviewOptions(string? Recipe = null, RecipeSample? Sample = null, int Pages = 2);

/// <summary>Shows what a recipe would make of a source, without writing anything but the lease of the site it asks.</summary>
/// <param name="database">Knows what is known.</param>
/// <param name="fetch">Fetches one document.</param>
/// <param name="politenessKey">Which addresses share a site or platform.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="options">The gap that sites are owed.</param>
public sealed class RecipePreview(
    Database database,
    Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch,
    Func<Uri, string> politenessKey,
    TimeProvider clock,
    CrawlerOptions options)
{
    private readonly SourceDocuments documents = new(database, new PoliteFetcher(database, fetch, politenessKey, clock, options));

    /// <summary>Makes it.</summary>
    /// <param name="source">The source.</param>
    /// <param name="how">With what.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<PreviewReport> Of(RecipeSource source, PreviewOptions how, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(how);
        var own = how.Recipe ?? source.Recipe;
        var name = how.Recipe is null ? source.Name : "the recipe that is tried";
        var wanted = EffectiveRecipe.Of(own, source.Url, null, source.Platform);
        var address = CanonicalUrl.Web(wanted.Compiled.Document.Source?.Address) ?? source.Url;
        PreviewReport Nothing(string problem) => new(source.SourceId, name, wanted.Platform, wanted.Compiled.Kind, address.AbsoluteUri, "fetched", problem, [], [], []);
        if (wanted.Problem is not null)
            return Nothing($"{name}: {wanted.Problem}");
        if (politenessKey(address) != source.PolitenessKey)
            return Nothing($"{name}: source.address leads to {address.Host}, another site than the source's; give the source that address instead");
        RecipeSample sample;
        if (how.Sample is not null)
        {
            sample = how.Sample;
        }
        else
        {
            var (fetched, problem) = await documents.Fetch(address, wanted.Compiled.IsOfPages, source.SourceId, cancellation);
            if (fetched is null)
                return Nothing($"{address}: {problem}");
            sample = new RecipeSample("fetched", fetched.Url, fetched.ContentType, fetched.Body, [], [], clock.GetUtcNow(), "");
        }

        var deadline = new Deadline(clock, Deadline.Usual);
        var (recipe, reading, wrong) = SourceReader.Read(own, source.Url, source.Platform, SampleTest.Document(sample), deadline);
        if (reading is null)
            return Nothing($"{name}: {wrong!.Sentence}") with { Sample = sample };
        var context = SampleTest.Context(sample, recipe.Compiled, source.Url, politenessKey, deadline, isTraced: true);
        var shaped = Shaper.Shape(recipe.Compiled, reading, context);
        if (how.Sample is null && how.Pages > 0 && shaped.Wanted.Count > 0)
        {
            sample = sample with { Pages = await FetchPages(shaped.Wanted.Take(how.Pages), source, cancellation) };
            // The time that sites were waited for is nobody's fault.
            deadline = new Deadline(clock, Deadline.Usual);
            shaped = Shaper.Shape(recipe.Compiled, reading with { Notes = new RuleNotes() }, SampleTest.Context(sample, recipe.Compiled, source.Url, politenessKey, deadline, isTraced: true));
        }

        var before = Before(source, how, recipe, reading, sample);
        return new PreviewReport(
            source.SourceId,
            name,
            recipe.Platform,
            recipe.Compiled.Kind,
            sample.Url.AbsoluteUri,
            sample.Name,
            null,
            [.. shaped.Traces.Select((trace, i) => Entry(trace, i < before.Count ? before[i] : null))],
            shaped.Notes,
            [.. reading.More.Select(url => url.AbsoluteUri)])
        {
            Sample = sample with { Expected = [.. shaped.Drafts.Select(ExpectedPost.Of)] },
        };
    }

    // By the recipe that the source has now; of that one itself, by none.
    private IReadOnlyList<PostDraft?> Before(RecipeSource source, PreviewOptions how, EffectiveRecipe recipe, Reading reading, RecipeSample sample)
    {
        var deadline = new Deadline(clock, Deadline.Usual);
        var now = how.Recipe is null ? CompiledRecipe.Empty : EffectiveRecipe.Of(source.Recipe, source.Url, reading.Feed.Generator ?? "", source.Platform).Compiled;
        if (how.Recipe is not null && now.Kind != recipe.Compiled.Kind)
            return [];
        var context = SampleTest.Context(sample, now, source.Url, politenessKey, deadline, isTraced: true);
        return [.. Shaper.Shape(now, reading with { Notes = new RuleNotes() }, context).Traces.Select(trace => trace.Draft)];
    }

    private static PreviewedEntry Entry(EntryTrace trace, PostDraft? before)
    {
        var (was, becomes) = (before is null ? null : ExpectedPost.Of(before), trace.Draft is null ? null : ExpectedPost.Of(trace.Draft));
        return new PreviewedEntry(
            trace.Entry.Title ?? trace.Entry.Url ?? trace.Entry.Id ?? "(without a title)",
            was,
            becomes,
            was is null || becomes is null ? [] : was.Differences(becomes),
            trace.Steps,
            trace.DroppedBy,
            trace.WaitsFor?.AbsoluteUri);
    }

    private async Task<IReadOnlyList<SamplePage>> FetchPages(IEnumerable<WantedPage> wanted, RecipeSource source, CancellationToken cancellation)
    {
        List<SamplePage> pages = [];
        foreach (var page in wanted)
        {
            if (politenessKey(page.Url) != source.PolitenessKey)
                continue;
            var (fetched, _) = await documents.Fetch(page.Url, isPage: true, source.SourceId, cancellation);
            // By the address that was asked for, which the entry names.
            if (fetched?.Body.Length <= RecipeSample.MaxBytes)
                pages.Add(new SamplePage(page.Url.AbsoluteUri, fetched.ContentType, Convert.ToBase64String(fetched.Body.Span)));
        }

        return pages;
    }
}
