namespace Kawaraban.Sources;

/// <summary>What importing a list did.</summary>
/// <param name="Added">The feeds that were added.</param>
/// <param name="Known">How many were there already.</param>
/// <param name="Skipped">Those that were not taken, and why.</param>
/// <param name="Problem">Why the list was not read to its end; null when it was. What had been read is imported.</param>
public sealed record ImportReport(IReadOnlyList<AddedSource> Added, int Known, IReadOnlyList<SkippedOutline> Skipped, string? Problem);

/// <summary>A feed of a list that was not taken.</summary>
/// <param name="Title">Its name in the list.</param>
/// <param name="XmlUrl">Its address in the list.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record SkippedOutline(string? Title, string? XmlUrl, string Reason);

/// <summary>A source that was added.</summary>
public sealed record AddedSource(long Id, string Url, string Company);

/// <summary>What importing a list would do.</summary>
/// <param name="Added">What would be added.</param>
/// <param name="Known">What is there already.</param>
/// <param name="Skipped">What would not be taken, and why.</param>
/// <param name="Problem">Why the list cannot be read to its end; null when it can.</param>
public sealed record ImportPlan(
    IReadOnlyList<NewSource> Added, IReadOnlyList<NewSource> Known, IReadOnlyList<SkippedOutline> Skipped, string? Problem);
