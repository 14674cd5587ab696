using Kawaraban.Feeds;

namespace Kawaraban.Recipes;

/// <summary>What became of a document's entries.</summary>
/// <param name="Drafts">What would be kept, in document order.</param>
/// <param name="Wanted">Pages that are to be read for what entries lack.</param>
/// <param name="Dropped">How many entries rules have dropped.</param>
/// <param name="Notes">The first of the rules that failed.</param>
/// <param name="NoteCount">How often rules failed.</param>
internal sealed record Shaped(
    IReadOnlyList<PostDraft> Drafts, IReadOnlyList<WantedPage> Wanted, int Dropped, IReadOnlyList<RuleNote> Notes, int NoteCount)
{
    /// <summary>Entry by entry, when that was asked for.</summary>
    public IReadOnlyList<EntryTrace> Traces { get; init; } = [];
}

/// <summary>A page that is to be read for what an entry lacks.</summary>
/// <param name="Key">The canonical address of the entry, by which what the page says is found again.</param>
/// <param name="Url">The page.</param>
/// <param name="Entry">The entry as published.</param>
/// <param name="IsHeld">Whether it is no post before the page has been read.</param>
internal sealed record WantedPage(string Key, Uri Url, Entry Entry, bool IsHeld);

/// <summary>What was done to an entry.</summary>
/// <param name="Entry">As published.</param>
/// <param name="Steps">What changed it, in order.</param>
/// <param name="DroppedBy">The rule that drops it; null when none does.</param>
/// <param name="WaitsFor">The page that it cannot be a post without; null when there is none.</param>
/// <param name="Draft">The post; null when there is none.</param>
internal sealed record EntryTrace(Entry Entry, IReadOnlyList<StepTrace> Steps, string? DroppedBy, Uri? WaitsFor, PostDraft? Draft);
