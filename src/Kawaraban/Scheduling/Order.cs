using Kawaraban.Fetching;
using Kawaraban.Sources;

namespace Kawaraban.Scheduling;

/// <summary>The right to talk to a site or platform, until a time.</summary>
/// <param name="PolitenessKey">Which.</param>
/// <param name="Token">The number of the claim: whoever comes back after somebody else has claimed the key has an older one.</param>
/// <param name="Until">When it lapses.</param>
public sealed record Lease(string PolitenessKey, long Token, DateTimeOffset Until);

/// <summary>What is to be crawled now, with what was known of it when it was claimed.</summary>
/// <param name="Lease">The right to do so.</param>
/// <param name="SourceId">The source.</param>
/// <param name="CompanyId">Its company.</param>
/// <param name="Url">Its address.</param>
/// <param name="Title">What messages call it.</param>
/// <param name="FeedTitle">What the feed called itself last.</param>
/// <param name="HasSite">Whether its site is known.</param>
/// <param name="ETag">The validator of what was read last.</param>
/// <param name="LastModified">The date of what was read last.</param>
/// <param name="ContentHash">A hash of the bytes that were read last.</param>
/// <param name="KeepsFullText">Whether the search may read whole texts.</param>
/// <param name="Timing">What decides when it is visited.</param>
/// <param name="Failures">How many visits have failed in a row.</param>
/// <param name="GoneSince">The first of the row of answers "gone".</param>
public sealed record Order(
    Lease Lease,
    long SourceId,
    long CompanyId,
    Uri Url,
    string Title,
    string? FeedTitle,
    bool HasSite,
    string? ETag,
    string? LastModified,
    long? ContentHash,
    bool KeepsFullText,
    Timing Timing,
    int Failures,
    DateTimeOffset? GoneSince)
{
    /// <summary>The permanent redirect that is being observed; null when there is none.</summary>
    public Move? Move { get; init; }

    /// <summary>The row of visits that found no feed; null when the last one did.</summary>
    public Loss? Loss { get; init; }

    /// <summary>When its site was last looked at for another address; null when it never was.</summary>
    public DateTimeOffset? SearchedAt { get; init; }

    /// <summary>The site it belongs to; null while that is unknown.</summary>
    public Uri? SiteUrl { get; init; }

    /// <summary>What its server wants a request to carry beside the usual; null when nothing.</summary>
    public RequestSettings? Request { get; init; }

    /// <summary>Its own recipe, as JSON; null when it has none.</summary>
    public string? Recipe { get; init; }

    /// <summary>The version of its recipe.</summary>
    public long RecipeVersion { get; init; }

    /// <summary>The built-in recipe that its address or its feed's generator fits; null when none does, or while that is unknown.</summary>
    public string? Platform { get; init; }

    /// <summary>When its document last came in full; null when it never did.</summary>
    public DateTimeOffset? FullFetchAt { get; init; }
}
