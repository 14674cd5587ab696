namespace Kawaraban.Feeds;

/// <summary>Reads feeds: bytes in, <see cref="Feed"/> out. No network, no clock, no files; safe to call from any number of threads.</summary>
public static class FeedParser
{
    /// <summary>Reads a feed.</summary>
    /// <param name="bytes">The document as it came over the wire, after content decoding.</param>
    /// <param name="contentType">The value of the HTTP header <c>Content-Type</c>, if there was one.</param>
    /// <param name="baseUrl">The address the document was retrieved from, which relative addresses refer to (RFC 3986 §5.1.3).</param>
    /// <exception cref="NotAFeedException">The document is not a feed; broken feeds are repaired instead.</exception>
    public static Feed Parse(ReadOnlyMemory<byte> bytes, string? contentType = null, Uri? baseUrl = null) =>
        TryParse(bytes, contentType, baseUrl, out var feed, out var problem) ? feed : throw problem;

    /// <summary>As <see cref="Parse"/>, without throwing: says in <paramref name="problem"/> why there is no feed.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        string? contentType,
        Uri? baseUrl,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Feed? feed,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out NotAFeedException? problem)
    {
        feed = null;
        problem = new NotAFeedException(NotAFeedReason.Text, "no format is read yet");
        return false;
    }
}
