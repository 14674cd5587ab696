using System.Buffers;
using System.Text;

namespace Kawaraban.Feeds.Formats;

/// <summary>Says what a document is that is not a feed.</summary>
internal static class NotAFeed
{
    private static readonly SearchValues<byte> s_nameEnds = SearchValues.Create(" \t\r\n/>"u8);

    /// <summary>There is nothing.</summary>
    public static NotAFeedException Empty() => new(NotAFeedReason.Empty, "The document is empty.");

    /// <summary>There is too much.</summary>
    public static NotAFeedException TooLarge(int mebibytes) => new(NotAFeedReason.TooLarge, $"The document is larger than {mebibytes} MiB; no feed is.");

    /// <summary>Some other JSON.</summary>
    public static NotAFeedException OtherJson() => new(NotAFeedReason.OtherJson, "This is JSON, but not a JSON Feed: it has no \"items\".");

    /// <summary>Looks at a document in which no feed was found.</summary>
    /// <param name="raw">The document as it came.</param>
    /// <param name="text">The document in UTF-8.</param>
    public static NotAFeedException Explain(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> text)
    {
        if (BinaryName(raw) is { } name)
            return new(NotAFeedReason.Binary, $"This is {name}, not a feed.");
        var head = text.TrimStart(" \n\r\t"u8);
        head = head[..Math.Min(head.Length, 4096)];
        var root = head is [(byte)'<', ..] ? RootName(head) : null;
        if (Contains(head, "<!doctype html") || Contains(head, "<html") || root is not null && Words.IsHtmlName(root))
            return new(NotAFeedReason.Html, "This is an HTML page, not a feed. The page may name the feed's address in a <link rel=\"alternate\">.");
        if (raw[..Math.Min(raw.Length, 1024)].Contains((byte)0))
            return new(NotAFeedReason.Binary, "This is a binary file, not a feed.");
        if (root is not null)
            return new(NotAFeedReason.OtherXml, $"This is XML whose root is <{root}>, not a feed: neither RSS nor Atom has such a root.");
        return new(NotAFeedReason.Text, "This is text without any markup of a feed.");
    }

    private static bool Contains(ReadOnlySpan<byte> head, string text)
    {
        var characters = Encoding.Latin1.GetString(head);
        return characters.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    private static string? RootName(ReadOnlySpan<byte> head)
    {
        while (true)
        {
            var at = head.IndexOf((byte)'<');
            if (at < 0 || at + 1 >= head.Length)
                return null;
            head = head[(at + 1)..];
            if (head[0] is (byte)'?' or (byte)'!' or (byte)'/')
                continue;
            var end = head.IndexOfAny(s_nameEnds);
            return end < 1 ? null : Encoding.UTF8.GetString(head[..Math.Min(end, 40)]);
        }
    }

    private static string? BinaryName(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, 0x50, 0x4E, 0x47, ..] => "a PNG picture",
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG picture",
        [0x47, 0x49, 0x46, 0x38, ..] => "a GIF picture",
        [0x52, 0x49, 0x46, 0x46, _, _, _, _, 0x57, 0x45, 0x42, 0x50, ..] => "a WebP picture",
        [0x25, 0x50, 0x44, 0x46, ..] => "a PDF document",
        [0x50, 0x4B, 0x03, 0x04, ..] => "a ZIP archive",
        [0x1F, 0x8B, ..] => "data compressed with gzip that was not announced as such",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "data compressed with Zstandard that was not announced as such",
        [0x00, 0x00, 0x01, 0x00, ..] => "an icon",
        [0x49, 0x44, 0x33, ..] => "an MP3 recording",
        [_, _, _, _, 0x66, 0x74, 0x79, 0x70, ..] => "a film",
        _ => null,
    };
}
