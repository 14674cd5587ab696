namespace Kawaraban.Portal;

/// <summary>What a page or a feed came out as.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Body">Its bytes.</param>
public sealed record Reply(string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>A page.</summary>
    public const string Html = "text/html; charset=utf-8";

    /// <summary>A minute old is young enough; older is shown while a new one is fetched (RFC 5861 §3).</summary>
    public const string Briefly = "public, max-age=60, stale-while-revalidate=600";

    /// <summary>Kept, but asked about every time: for what is about to change, such as an empty front page.</summary>
    public const string AskAgain = "no-cache";

    /// <summary>The status code.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>For how long others may keep it.</summary>
    public string CacheControl { get; init; } = Briefly;

    /// <summary>The header <c>Link</c> (RFC 8288); null for none.</summary>
    public string? Links { get; init; }

    /// <summary>Where to go instead; makes the reply a redirection.</summary>
    public string? Location { get; init; }

    /// <summary>It moved there for good.</summary>
    public static Reply MovedTo(string location) =>
        new("text/plain; charset=utf-8", ReadOnlyMemory<byte>.Empty) { Status = StatusCodes.Status301MovedPermanently, Location = location };
}
