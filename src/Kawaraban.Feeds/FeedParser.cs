using System.Diagnostics.CodeAnalysis;
using Kawaraban.Feeds.Encodings;
using Kawaraban.Feeds.Formats;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds;

/// <summary>Reads feeds: bytes in, <see cref="Feed"/> out. No network, no clock, no files; safe to call from any number of threads.</summary>
public static class FeedParser
{
    // An array of three bytes for each of these must still be possible: the most that decoding may take.
    private const int LargestDocument = 512 << 20;

    /// <summary>Reads a feed.</summary>
    /// <param name="bytes">The document as it came over the wire, after content decoding.</param>
    /// <param name="contentType">The value of the HTTP header <c>Content-Type</c>, if there was one.</param>
    /// <param name="baseUrl">The address the document was retrieved from, which relative addresses refer to (RFC 3986 §5.1.3).</param>
    /// <exception cref="NotAFeedException">The document is not a feed, or larger than 512 MiB; broken feeds are repaired instead.</exception>
    public static Feed Parse(ReadOnlyMemory<byte> bytes, string? contentType = null, Uri? baseUrl = null) =>
        TryParse(bytes, contentType, baseUrl, out var feed, out var problem) ? feed : throw problem;

    /// <summary>As <see cref="Parse"/>, without throwing: says in <paramref name="problem"/> why there is no feed.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        string? contentType,
        Uri? baseUrl,
        [NotNullWhen(true)] out Feed? feed,
        [NotNullWhen(false)] out NotAFeedException? problem) =>
        TryParse(bytes, contentType, baseUrl, FeedParserOptions.Default, out feed, out problem);

    /// <summary>As <see cref="TryParse(ReadOnlyMemory{byte}, string?, Uri?, out Feed?, out NotAFeedException?)"/>, with what the caller knows
    /// about the feed.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        string? contentType,
        Uri? baseUrl,
        FeedParserOptions options,
        [NotNullWhen(true)] out Feed? feed,
        [NotNullWhen(false)] out NotAFeedException? problem)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (bytes.Length > LargestDocument)
        {
            (feed, problem) = (null, NotAFeed.TooLarge(LargestDocument >> 20));
            return false;
        }

        var repairs = new RepairLog();
        using var document = DocumentDecoder.Decode(bytes, contentType, repairs);
        var text = document.Bytes.Span;
        var start = text.IndexOfAnyExcept(" \n\r\t\0"u8);
        feed = null;
        problem = null;
        if (start < 0)
        {
            problem = NotAFeed.Empty();
            return false;
        }

        if (baseUrl is { IsAbsoluteUri: false })
            baseUrl = null;
        var draft = new FeedDraft { DefaultOffset = options.DefaultOffset, EntryLimit = options.EntryLimit };
        var isRead = text[start] is (byte)'{' or (byte)'['
            ? JsonFeed.TryRead(text, baseUrl, draft, repairs, out problem)
            : XmlFeed.TryRead(text, baseUrl, draft, repairs, out problem);
        if (!isRead)
        {
            problem ??= NotAFeed.Explain(bytes.Span, text);
            return false;
        }

        feed = draft.ToFeed(document.Label, repairs.ToList());
        return true;
    }
}
