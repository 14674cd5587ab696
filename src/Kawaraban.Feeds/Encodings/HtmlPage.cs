using System.Text;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Encodings;

/// <summary>Reads the bytes of an HTML page as text.</summary>
public static class HtmlPage
{
    /// <summary>Decodes a page: byte order mark, HTTP charset, declaration, else what the bytes look like.</summary>
    /// <param name="bytes">The page as it came over the wire, after content decoding.</param>
    /// <param name="contentType">The value of the HTTP header <c>Content-Type</c>, if there was one.</param>
    public static string Decode(ReadOnlyMemory<byte> bytes, string? contentType)
    {
        using var document = DocumentDecoder.Decode(bytes, contentType, new RepairLog());
        return Encoding.UTF8.GetString(document.Bytes.Span);
    }
}
