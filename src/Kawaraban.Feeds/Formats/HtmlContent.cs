using System.Net;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats;

/// <summary>Reads contents that are HTML, or text that is meant as such.</summary>
internal static class HtmlContent
{
    /// <summary>Reads a child as HTML; null when there is nothing in it.</summary>
    public static string? Read(ref ElementCursor cursor, scoped in Element element) => From(ref cursor, cursor.ReadContent(element));

    /// <summary>A content as HTML, with absolute addresses.</summary>
    public static string? From(ref ElementCursor cursor, scoped in Content content)
    {
        if (cursor.TryStraight(content) is { } straight && !IsEscapedTwice(straight))
            return content.Base is { } documentUrl ? RelativeLinks.Resolve(straight, documentUrl) : straight;
        var characters = cursor.Characters(content);
        if (characters.IsEmpty)
            return null;
        var isTwice = content.Kind is ContentKind.Escaped or ContentKind.Literal or ContentKind.Characters && IsEscapedTwice(characters);
        if (!isTwice)
            return content.Base is { } documentBase ? RelativeLinks.Resolve(characters, documentBase) : new string(characters);
        cursor.Repairs.Note(RepairKind.DoubleEscaped, content.Position);
        var html = WebUtility.HtmlDecode(new string(characters));
        return content.Base is { } baseUrl ? RelativeLinks.Resolve(html, baseUrl) : html;
    }

    /// <summary>Whether HTML has no tags but begins and ends with one that is escaped once more.</summary>
    private static bool IsEscapedTwice(ReadOnlySpan<char> html) =>
        html.StartsWith("&lt;") && html.EndsWith("&gt;") && html.IndexOf("&lt;/") > 0 && !html.Contains('<')
        && Words.LooksLikeHtml(WebUtility.HtmlDecode(html[..Math.Min(html.Length, 64)].ToString()));
}
