using Kawaraban.Fetching;

namespace Kawaraban.Crawling;

/// <summary>How a visit ended, before it is written down.</summary>
/// <param name="Code">A stable name.</param>
/// <param name="Health">What it says about the source: <c>healthy</c>, <c>failing</c>, <c>blocked</c>, <c>throttled</c>, <c>gone</c>.</param>
/// <param name="Sentence">What happened, without the source's name and without what comes next.</param>
internal sealed record CrawlOutcome(string Code, string Health, string Sentence)
{
    /// <summary>Whether the trouble was ours, and neither the feed's nor its server's.</summary>
    public bool IsOurs => Code == "failed";

    /// <summary>What who mends it wants to see of trouble of ours.</summary>
    public string? Detail { get; init; }

    public bool IsSuccess => Health == "healthy";

    /// <summary>The outcome of a fetch that brought no document; of one that did, the document decides.</summary>
    public static CrawlOutcome Of(FetchResult result) => result switch
    {
        Fetched => throw new ArgumentException("a document was fetched: what it is decides", nameof(result)),
        NotModified => new CrawlOutcome("not-modified", "healthy", "nothing new: the server says it has not changed (304)"),
        Gone => new CrawlOutcome("gone", "gone", "the server says that it is gone for good (410)"),
        Throttled throttled => new CrawlOutcome("throttled", "throttled", Throttling(throttled)),
        Blocked blocked => new CrawlOutcome(blocked.Code, IsClosed(blocked.Code) ? "blocked" : "failing", blocked.Sentence),
        // Who may not come in has not found anything broken (RFC 9110 §15.5.2, §15.5.4; RFC 7725).
        Refused { Status: 401 or 403 or 451 } closed => new CrawlOutcome("refused", "blocked", closed.Sentence),
        Refused refused => new CrawlOutcome("refused", "failing", refused.Sentence),
        Unreachable unreachable => new CrawlOutcome(unreachable.Code, "failing", unreachable.Sentence),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    // What we will not go to is closed to us too; what is too large or runs in a circle is broken.
    private static bool IsClosed(string code) => code is "bot-wall" or "robots" || code.StartsWith("forbidden-", StringComparison.Ordinal);

    private static string Throttling(Throttled throttled) => throttled.RetryAt is { } at
        ? $"the server asked us to wait until {At(at)} ({throttled.Status}, Retry-After)"
        : $"the server asked us to slow down ({throttled.Status})";

    /// <summary>An instant as messages write it.</summary>
    public static string At(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) + " UTC";
}
