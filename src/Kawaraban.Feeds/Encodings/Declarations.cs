using System.Buffers;
using System.Text;

namespace Kawaraban.Feeds.Encodings;

/// <summary>Where a document, or the server that sent it, says which encoding it is in.</summary>
internal static class Declarations
{
    private static readonly SearchValues<char> s_parameterEnds = SearchValues.Create("\"';, \t");
    private static readonly SearchValues<byte> s_valueEnds = SearchValues.Create("\"'?;> \t\r\n"u8);

    /// <summary>The value of the parameter <c>charset</c> of a media type (RFC 9110 §8.3.2), quoted in whatever way.</summary>
    public static ReadOnlySpan<char> OfContentType(ReadOnlySpan<char> contentType)
    {
        while (true)
        {
            var at = contentType.IndexOf("charset", StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return default;
            contentType = contentType[(at + 7)..].TrimStart();
            if (contentType.IsEmpty || contentType[0] != '=')
                continue;
            contentType = contentType[1..].TrimStart(" \t\"'");
            var end = contentType.IndexOfAny(s_parameterEnds);
            return end < 0 ? contentType : contentType[..end];
        }
    }

    /// <summary>The encoding of an XML declaration (XML 1.0 §4.3.3), or of a meta element in the first kilobyte.</summary>
    /// <param name="bytes">The document in an encoding that contains ASCII.</param>
    public static string? OfDocument(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 1024)];
        var at = head.IndexOf("<?xml"u8);
        if (at >= 0)
        {
            var declaration = head[at..];
            var end = declaration.IndexOf((byte)'>');
            var value = After(end < 0 ? declaration : declaration[..end], "encoding"u8);
            if (value is not null)
                return value;
        }

        at = head.IndexOf("<meta"u8);
        return at < 0 ? null : After(head[at..], "charset"u8);
    }

    private static string? After(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        var at = text.IndexOf(name);
        if (at < 0)
            return null;
        text = text[(at + name.Length)..].TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] != '=')
            return null;
        text = text[1..].TrimStart(" \t\r\n\"'"u8);
        var end = text.IndexOfAny(s_valueEnds);
        return Encoding.Latin1.GetString(end < 0 ? text : text[..end]);
    }
}
