namespace Kawaraban.Fetching;

/// <summary>What to fetch, and what we had from there last time.</summary>
/// <param name="Url">The address: http or https.</param>
/// <param name="ETag">The validator of the last answer, sent back as <c>If-None-Match</c> (RFC 9110 §13.1.2), as it was received.</param>
/// <param name="LastModified">The date of the last answer, sent back as <c>If-Modified-Since</c> (§13.1.3), as it was received.</param>
public sealed record FetchRequest(Uri Url, string? ETag = null, string? LastModified = null)
{
    /// <summary>What the source's server wants beside the usual; null when it wants nothing.</summary>
    public RequestSettings? Settings { get; init; }

    /// <summary>Whether it is a page, which robots.txt governs in full, and not a feed that its publisher offers.</summary>
    public bool IsPage { get; init; }
}
