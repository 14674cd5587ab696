using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>Proposes what to add to the recipe of a feed's source: for what its posts, as they are made now, show to be odd.</summary>
public static class FeedSuggester
{
    /// <summary>From this on, a finding is part of what is proposed for all of it.</summary>
    private const double Likely = 0.6;

    private const int LeastEntries = 3;

    /// <summary>Proposes.</summary>
    /// <param name="evidence">The feed and what is known besides.</param>
    /// <param name="clock">Tells how long it takes.</param>
    public static FeedSuggestions Of(FeedEvidence evidence, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(clock);
        var now = Shape(evidence.Recipe, evidence, clock);
        if (now is null)
            return new FeedSuggestions([], "the source's own recipe cannot be read; kawaraban recipe show says it, kawaraban recipe rollback takes it back");
        if (now.Count < LeastEntries)
            return new FeedSuggestions([], $"the feed has {now.Count} posts; from fewer than {LeastEntries} nothing can be told");
        var names = NamesOf(evidence);
        var pages = Pages(evidence, now);
        List<FeedFinding> findings = [.. TitleAffixes.Find([.. now.Select(draft => draft.Title)], names), .. LackingFields.Find(now, pages, names)];
        if (ShiftedDates.Find(evidence, now, pages) is { } shifted)
            findings.Add(shifted);
        findings = [.. findings.OrderByDescending(finding => finding.Confidence)];
        var likely = findings.Where(finding => finding.Confidence >= Likely).ToList();
        List<RecipeProposal> proposals = [];
        if (likely.Count > 1 && Write(likely, evidence, clock) is { } all)
            proposals.Add(all);
        proposals.AddRange(findings.Select(finding => Write([finding], evidence, clock)).OfType<RecipeProposal>());
        return new FeedSuggestions(proposals, proposals.Count > 0 ? null
            : $"nothing odd was found: {now.Count} titles without a common end or beginning, dates that are not ahead, and of pictures, authors and texts nothing that the pages are known to have more of");
    }

    /// <summary>The posts whose own pages would tell more; none when there is nothing to find out.</summary>
    internal static IReadOnlyList<PostDraft> WorthLooking(FeedEvidence evidence, TimeProvider clock) =>
        Shape(evidence.Recipe, evidence, clock) is { Count: >= LeastEntries } drafts && LackingFields.AreLikely(drafts, NamesOf(evidence)) ? drafts : [];

    private static SourceNames NamesOf(FeedEvidence evidence) => new([.. evidence.Names, evidence.Feed.Title], evidence.Url);

    private static List<PageFacts?> Pages(FeedEvidence evidence, IReadOnlyList<PostDraft> drafts) => [.. drafts.Select(draft => evidence.Pages.GetValueOrDefault(Key(draft, evidence)))];

    /// <summary>By what the page of a post is found again.</summary>
    internal static string Key(PostDraft draft, FeedEvidence evidence) =>
        draft.Entry is null ? draft.CanonicalUrl : Shaper.Key(draft.Entry, CanonicalUrl.Web(evidence.Feed.HomePageUrl, evidence.Url) ?? evidence.Url);

    private static RecipeProposal? Write(List<FeedFinding> findings, FeedEvidence evidence, TimeProvider clock)
    {
        var (_, platform, own) = EffectiveRecipe.Layers(evidence.Recipe, evidence.Url, evidence.Feed.Generator ?? "", evidence.Platform);
        var below = PlatformRecipes.Find(platform);
        var recipe = own;
        foreach (var finding in findings)
            recipe = RecipeAddition.Onto(recipe, below, finding.Addition);
        var text = RecipeText.Indented(recipe!);
        if (!RecipeReader.TryRead(text, out _, out _) || Shape(text, evidence, clock) is not { Count: > 0 } posts)
            return null;
        var what = findings.Count == 1 ? findings[0].What : $"all that is likely: {string.Join("; ", findings.Select(finding => finding.What))}";
        return new RecipeProposal(
            what, text, Math.Round(findings.Min(finding => finding.Confidence), 2), [.. findings.Select(finding => finding.Why)], [.. posts.Select(ExpectedPost.Of)], []);
    }

    // Null when the recipe cannot be read.
    private static IReadOnlyList<PostDraft>? Shape(string? recipe, FeedEvidence evidence, TimeProvider clock)
    {
        var effective = EffectiveRecipe.Of(recipe, evidence.Url, evidence.Feed.Generator ?? "", evidence.Platform);
        if (effective.Problem is not null)
            return null;
        var context = new ShapeContext(evidence.Url, evidence.Now, new Deadline(clock, Deadline.Usual)) { Pages = evidence.Pages };
        return Shaper.Shape(effective.Compiled, evidence.Feed, context).Drafts;
    }
}
