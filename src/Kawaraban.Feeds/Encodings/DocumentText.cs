using System.Text;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Encodings;

/// <summary>The text of a document, decoded as the parser decodes it.</summary>
public static class DocumentText
{
    /// <summary>Decodes a document: byte order mark, HTTP charset, declaration, else what the bytes look like.</summary>
    /// <param name="bytes">The document as it came over the wire, after content decoding.</param>
    /// <param name="contentType">The value of the HTTP header <c>Content-Type</c>, if there was one.</param>
    public static string Decode(ReadOnlyMemory<byte> bytes, string? contentType)
    {
        using var document = DocumentDecoder.Decode(bytes, contentType, new RepairLog());
        return Encoding.UTF8.GetString(document.Bytes.Span);
    }

    /// <summary>Where in a document a repair was made.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="contentType">The header it was parsed with.</param>
    /// <param name="repairs">The repairs, in ascending order of their positions or not.</param>
    /// <returns>For each, the line and the character in it, both from 1.</returns>
    public static IReadOnlyList<(int Line, int Column)> Locate(ReadOnlyMemory<byte> bytes, string? contentType, IReadOnlyList<Repair> repairs)
    {
        ArgumentNullException.ThrowIfNull(repairs);
        using var document = DocumentDecoder.Decode(bytes, contentType, new RepairLog());

        // Positions count from the start of the document, with the byte order mark where it is a UTF-8 one.
        var text = document.Label == CharacterSet.Utf8.Label ? bytes.Span : document.Bytes.Span;
        var places = new (int, int)[repairs.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var before = text[..Math.Clamp(repairs[i].Position, 0, text.Length)];
            var lineStart = before.LastIndexOf((byte)'\n') + 1;
            var indent = lineStart == 0 && before.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : lineStart;
            places[i] = (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[indent..]) + 1);
        }

        return places;
    }
}
