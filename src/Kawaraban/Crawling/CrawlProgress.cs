using Kawaraban.Scheduling;

namespace Kawaraban.Crawling;

/// <summary>How a visit to a source ended.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Url">Its address.</param>
/// <param name="Outcome">A stable name: <c>updated</c>, <c>unchanged</c>, <c>not-modified</c>, or what kind of trouble it was.</param>
/// <param name="IsSuccess">Whether the source is as it should be.</param>
/// <param name="HttpStatus">The last answer's status.</param>
/// <param name="Bytes">How much was received.</param>
/// <param name="Entries">How many entries the feed had.</param>
/// <param name="NewPosts">How many posts were new.</param>
/// <param name="UpdatedPosts">How many posts had changed.</param>
/// <param name="Sentence">What happened, to what, and what comes next.</param>
public sealed record CrawlReport(
    long SourceId,
    string Title,
    Uri Url,
    string Outcome,
    bool IsSuccess,
    int? HttpStatus,
    long Bytes,
    int Entries,
    int NewPosts,
    int UpdatedPosts,
    string Sentence)
{
    /// <summary>Whether its address is dead, and its site is to be looked at for another one now.</summary>
    internal bool MustSearch { get; init; }

    /// <summary>Whether it will not be visited again.</summary>
    internal bool IsRetired { get; init; }

    /// <summary>The posts that are new or have changed.</summary>
    internal IReadOnlyList<long> Touched { get; init; } = [];
}

/// <summary>Where a run stands.</summary>
/// <param name="Done">How many visits have ended.</param>
/// <param name="Total">How many there will be, as far as is known.</param>
/// <param name="Last">The one that ended last.</param>
public sealed record CrawlProgress(int Done, int Total, CrawlReport Last);

/// <summary>What a run did.</summary>
/// <param name="Visited">How many sources were visited.</param>
/// <param name="Failed">How many of them ended in an error.</param>
/// <param name="NewPosts">How many posts are new.</param>
/// <param name="UpdatedPosts">How many posts have changed.</param>
/// <param name="Waiting">Sites that were not visited, or not to the end, because they are to be left alone for longer than the run waits.</param>
public sealed record CrawlSummary(int Visited, int Failed, int NewPosts, int UpdatedPosts, IReadOnlyList<WaitingKey> Waiting)
{
    /// <summary>Whether it ended early because we seem to be offline.</summary>
    public bool IsOffline { get; init; }
}
