using System.Buffers.Text;
using System.Net;
using System.Text;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats;

/// <summary>Atom's text constructs and contents: plain, escaped, inline or in base64 (RFC 4287 §3.1, §4.1.3; Atom 0.3 <c>mode</c>).</summary>
internal static class AtomText
{
    private enum Way
    {
        Text,
        Html,
        XHtml,
        Base64,
        Guess,
    }

    /// <summary>Reads a child as one line of plain text.</summary>
    public static Words ReadLine(ref ElementCursor cursor, scoped in Element element)
    {
        var words = Read(ref cursor, element);
        if (words.Html is { } html)
            return Words.LineOfHtml(html);
        return Words.Line(words.Text);
    }

    /// <summary>Reads a child as text or HTML.</summary>
    public static Words Read(ref ElementCursor cursor, scoped in Element element)
    {
        var way = WayOf(ref cursor, element, out var isHtmlInside);
        if (way == Way.XHtml)
            return ReadXHtml(ref cursor, element);
        var content = cursor.ReadContent(element);
        if (way == Way.Base64)
            return ReadBase64(ref cursor, content, isHtmlInside);
        if (way == Way.Html || content.Kind == ContentKind.Markup)
            return Words.Markup(HtmlContent.From(ref cursor, content));
        if (way == Way.Guess && cursor.Characters(content) is ['<', ..] text && Words.LooksLikeHtml(text))
            return Words.Markup(HtmlContent.From(ref cursor, content));
        return Words.Plain(cursor.Text(content));
    }

    private static Way WayOf(ref ElementCursor cursor, scoped in Element element, out bool isHtmlInside)
    {
        isHtmlInside = false;
        if (element.AttributesEnd - element.NameStart - element.NameLength < 4)
            return Way.Guess;
        var mode = cursor.Attribute(element, Name.Mode);
        var isBase64 = mode.Equals("base64", StringComparison.OrdinalIgnoreCase);
        var isEscaped = mode.Equals("escaped", StringComparison.OrdinalIgnoreCase);
        var type = cursor.Attribute(element, Name.Type);
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        var isXml = Is(type, "application/xhtml+xml") || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("/xml", StringComparison.OrdinalIgnoreCase);
        isHtmlInside = isXml || Is(type, "html") || Is(type, "text/html") || Is(type, "xhtml");
        if (isBase64)
            return Way.Base64;
        if (Is(type, "xhtml") || isXml)
            return isEscaped ? Way.Html : Way.XHtml;
        if (isHtmlInside)
            return Way.Html;
        if (type.StartsWith("text", StringComparison.OrdinalIgnoreCase))
            return Way.Text;
        return type.Contains('/') ? Way.Base64 : Way.Guess;
    }

    private static bool Is(ReadOnlySpan<char> type, string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static Words ReadXHtml(ref ElementCursor cursor, scoped in Element element)
    {
        var content = cursor.ReadContent(element, isMarkup: true);
        if (content.IsEmpty)
            return default;
        var html = HtmlContent.From(ref cursor, content);
        // A text about a tag names it; a text with markup also ends what it begins.
        if (html is null || html.Contains('<', StringComparison.Ordinal) || !HasEscapedTags(html))
            return Words.Markup(html);
        // It says it is inline, and is escaped.
        cursor.Repairs.Note(RepairKind.DoubleEscaped, element.Start);
        return Words.Markup(WebUtility.HtmlDecode(html));
    }

    private static bool HasEscapedTags(string html) =>
        html.Contains("&lt;/", StringComparison.Ordinal) || html.Contains("/&gt;", StringComparison.Ordinal) || html.Contains("&lt;br&gt;", StringComparison.OrdinalIgnoreCase);

    private static Words ReadBase64(ref ElementCursor cursor, scoped in Content content, bool isHtmlInside)
    {
        var text = cursor.Characters(content);
        if (text.IsEmpty)
            return default;
        var bytes = Encoding.UTF8.GetBytes(text.ToArray());
        if (Base64.DecodeFromUtf8InPlace(bytes, out var length) != System.Buffers.OperationStatus.Done
            || !System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length)))
        {
            cursor.Repairs.Note(RepairKind.BadBase64, content.Position);
            return isHtmlInside ? Words.Markup(HtmlContent.From(ref cursor, content)) : Words.Plain(cursor.Text(content));
        }

        var decoded = Encoding.UTF8.GetString(bytes.AsSpan(0, length)).Trim();
        if (decoded.Length == 0)
            return default;
        if (!isHtmlInside)
            return Words.Plain(decoded);
        return Words.Markup(content.Base is { } baseUrl ? RelativeLinks.Resolve(decoded, baseUrl) : decoded);
    }
}
