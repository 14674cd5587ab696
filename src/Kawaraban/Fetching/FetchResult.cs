namespace Kawaraban.Fetching;

/// <summary>How a fetch ended. A closed hierarchy: match it exhaustively.</summary>
/// <param name="Url">The address that answered last, after redirects.</param>
/// <param name="Status">The HTTP status of the last answer; null when there was none.</param>
/// <param name="PermanentUrl">Where permanent redirects (301, 308), and nothing but those, led; null when there were none.</param>
public abstract record FetchResult(Uri Url, int? Status, Uri? PermanentUrl)
{
    /// <summary>Bytes that crossed the wire for the last answer's body, before decompression.</summary>
    public long BytesReceived { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The least gap that the site's robots.txt wants after it, no more than we grant; zero when it wants none.</summary>
    public TimeSpan CrawlDelay { get; init; }
}

/// <summary>The document came.</summary>
public sealed record Fetched(Uri Url, int? Status, Uri? PermanentUrl, ReadOnlyMemory<byte> Body, string? ContentType, string? ETag, string? LastModified)
    : FetchResult(Url, Status, PermanentUrl)
{
    /// <summary>How much longer the server says that it is good (<see cref="Freshness"/>); null when it does not say.</summary>
    public TimeSpan? FreshFor { get; init; }

    /// <summary>What its header <c>Link</c> says of WebSub.</summary>
    public FeedLinks Links { get; init; } = FeedLinks.None;
}

/// <summary>304: what we have is still good.</summary>
public sealed record NotModified(Uri Url, int? Status, Uri? PermanentUrl, string? ETag, string? LastModified) : FetchResult(Url, Status, PermanentUrl)
{
    /// <inheritdoc cref="Fetched.FreshFor"/>
    public TimeSpan? FreshFor { get; init; }
}

/// <summary>410: it will not come back.</summary>
public sealed record Gone(Uri Url, int? Status, Uri? PermanentUrl) : FetchResult(Url, Status, PermanentUrl);

/// <summary>429, or 503 with Retry-After: the server asks us to wait.</summary>
/// <param name="RetryAt">The moment until which we must leave the whole politeness key alone; null when the server did not say.</param>
public sealed record Throttled(Uri Url, int? Status, Uri? PermanentUrl, DateTimeOffset? RetryAt) : FetchResult(Url, Status, PermanentUrl);

/// <summary>We would not go there, or not on: a forbidden address, port or scheme, too large, too many redirects, a challenge for browsers.</summary>
/// <param name="Code">
/// A stable name: <c>forbidden-address</c>, <c>forbidden-port</c>, <c>forbidden-scheme</c>, <c>too-large</c>, <c>too-many-redirects</c>,
/// <c>bot-wall</c>, <c>robots</c>.
/// </param>
/// <param name="Sentence">What happened and what to do, for a person.</param>
public sealed record Blocked(Uri Url, int? Status, Uri? PermanentUrl, string Code, string Sentence) : FetchResult(Url, Status, PermanentUrl);

/// <summary>The server answered with an error (4xx, 5xx) that is none of the above, or with something else that holds no document.</summary>
public sealed record Refused(Uri Url, int? Status, Uri? PermanentUrl, string Sentence) : FetchResult(Url, Status, PermanentUrl);

/// <summary>There was no answer: name resolution, connection, TLS or time.</summary>
/// <param name="Code">A stable name: <c>dns</c>, <c>connect</c>, <c>tls</c>, <c>timeout</c>, <c>protocol</c>, <c>proxy</c> (the source's own).</param>
/// <param name="Sentence">What happened and what to do, for a person.</param>
public sealed record Unreachable(Uri Url, int? Status, Uri? PermanentUrl, string Code, string Sentence) : FetchResult(Url, Status, PermanentUrl);

/// <summary>It was not asked for yet: its site was asked for something that comes first, and is owed a gap before it is asked again.</summary>
public sealed record Postponed(Uri Url) : FetchResult(Url, null, null)
{
    /// <summary>What is in the way, when it is another site than the one that was asked first; null when it is that one.</summary>
    public string? Sentence { get; init; }

    /// <summary>When the other site is free again, as far as is known; null after the gap that it is owed.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>The server redirects to another site, which was not asked.</summary>
public sealed record Elsewhere(Uri Url, int? Status, Uri? PermanentUrl) : FetchResult(Url, Status, PermanentUrl);
