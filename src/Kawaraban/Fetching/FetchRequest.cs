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

    /// <summary>A form to send (<c>application/x-www-form-urlencoded</c>): the request is a POST, of whose answer the status counts alone.</summary>
    /// <remarks>It goes along with redirects that keep the method (307, 308) and with no others, and never from https to http.</remarks>
    public string? Form { get; init; }

    /// <summary>Is asked before a redirect is followed: null goes on, a result ends the fetch with it. Null follows all.</summary>
    /// <remarks>Who fetches has the right to talk to one site; whether a redirect may be followed to another is not for the fetcher to know.</remarks>
    public Func<Hop, CancellationToken, Task<FetchResult?>>? Crossing { get; init; }
}
