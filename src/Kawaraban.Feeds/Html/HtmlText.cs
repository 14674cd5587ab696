using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Kawaraban.Feeds.Html;

/// <summary>Turns HTML into plain text without building a document.</summary>
public static class HtmlText
{
    private const int CharactersAMinute = 500;
    private const int WordsAMinute = 230;

    /// <summary>The text a reader would see: tags gone, entities decoded, scripts and styles left out, white space collapsed.</summary>
    /// <remarks>Elements that begin a line part words, those within a line do not. Left out are scripts, styles, templates, comments, what is
    /// there for browsers without scripts, sound or film, and the pronunciation in ruby, so that the word itself can be found. There are no
    /// control characters in it. Takes time linear in the length, whatever the input.</remarks>
    /// <param name="html">HTML, well-formed or not; plain text passes through.</param>
    /// <param name="limit">The greatest number of UTF-16 units wanted; reading stops there.</param>
    public static string Extract(ReadOnlySpan<char> html, int limit = int.MaxValue)
    {
        // No text is longer than its HTML: every reference is longer than what it stands for, and every space comes from a tag.
        var most = Math.Min(html.Length, limit);
        if (most <= 0)
            return "";
        var rented = ArrayPool<char>.Shared.Rent(most);
        var flow = new TextFlow(rented.AsSpan(0, most));
        Pour(html, ref flow);
        var text = flow.Text.ToString();
        ArrayPool<char>.Shared.Return(rented);
        return text;
    }

    /// <summary>The beginning of the text, cut at a sentence or word where one is near, with an ellipsis when something was left out.</summary>
    /// <param name="html">HTML, well-formed or not.</param>
    /// <param name="length">The greatest number of UTF-16 units wanted, with the ellipsis.</param>
    public static string Excerpt(ReadOnlySpan<char> html, int length = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var text = Extract(html, length > int.MaxValue - TextCut.LookAhead ? length : length + TextCut.LookAhead);
        return text.Length <= length ? text : string.Concat(text.AsSpan(0, TextCut.Before(text, length - 1)), "…");
    }

    /// <summary>The address of the first picture worth showing (not a tracking pixel, not an emoji), absolute when possible.</summary>
    /// <param name="html">HTML, well-formed or not.</param>
    /// <param name="baseUrl">What relative addresses refer to.</param>
    /// <returns>An address with http or https; a relative one when nothing is known that it refers to; null when there is no picture.</returns>
    public static string? FirstPicture(ReadOnlySpan<char> html, Uri? baseUrl) => PictureSearch.First(html, baseUrl);

    /// <summary>Minutes to read a text, at least 1: 500 CJK characters or 230 words a minute.</summary>
    /// <param name="text">Plain text.</param>
    public static int ReadingMinutes(ReadOnlySpan<char> text)
    {
        var characters = 0;
        var words = 0;
        var isInWord = false;
        foreach (var unit in text)
        {
            if (unit > '\u007F' && IsCjk(unit))
            {
                characters++;
                isInWord = false;
            }
            else if (char.IsLetterOrDigit(unit))
            {
                words += isInWord ? 0 : 1;
                isInWord = true;
            }
            else if (unit is not ('\'' or '’' or '-' or '.' or '_'))
            {
                // "don't", "state-of-the-art" and "System.Text.Json" are read in one go.
                isInWord = false;
            }
        }

        return Math.Max(1, (int)Math.Round((double)characters / CharactersAMinute + (double)words / WordsAMinute));
    }

    private static void Pour(ReadOnlySpan<char> html, ref TextFlow flow)
    {
        var scanner = new TagScanner(html);
        var mark = scanner;
        var leavesOut = true;
        ReadOnlySpan<char> unread = default;
        var role = HtmlElementRole.Inline;
        var depth = 0;
        while (!flow.IsFull)
        {
            if (!scanner.Read())
            {
                if (unread.IsEmpty)
                    return;
                // An element that is never closed hides nothing: "the <video> element" is a sentence. Once, lest it take forever.
                scanner = mark;
                unread = default;
                leavesOut = false;
                continue;
            }

            if (scanner.Piece == HtmlPiece.Text)
            {
                if (unread.IsEmpty)
                    flow.AddEncoded(scanner.Text);
                continue;
            }

            if (unread.IsEmpty)
            {
                if (scanner.Role is HtmlElementRole.Block or HtmlElementRole.Unread)
                    flow.Part();
                if (leavesOut && scanner.Piece == HtmlPiece.StartTag && !scanner.IsSelfClosing
                    && scanner.Role is HtmlElementRole.Unread or HtmlElementRole.Ruby)
                {
                    unread = scanner.Name;
                    role = scanner.Role;
                    depth = 1;
                    mark = scanner;
                }
            }
            else if (role == HtmlElementRole.Ruby)
            {
                // The end tag may be missing (HTML §4.5.11): what follows in the ruby, its end, and any block end it as well.
                if (scanner.Piece == HtmlPiece.StartTag && scanner.Role == HtmlElementRole.Ruby)
                    unread = scanner.Name;
                else if (scanner.Role is HtmlElementRole.Ruby or HtmlElementRole.Block || scanner.Is("ruby") || scanner.Is("rb"))
                    unread = default;
                if (unread.IsEmpty && scanner.Role == HtmlElementRole.Block)
                    flow.Part();
            }
            else if (Ascii.EqualsIgnoreCase(scanner.Name, unread))
            {
                if (scanner.Piece == HtmlPiece.EndTag)
                    depth--;
                else if (!scanner.IsSelfClosing)
                    depth++;
                if (depth == 0)
                    unread = default;
            }
        }
    }

    /// <summary>Kana, ideographs and full-width letters; of a pair the first half. Korean has words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsCjk(char unit) => unit is (>= '\u3041' and <= '\u30FF') or (>= '\u31F0' and <= '\u31FF') or (>= '\u3400' and <= '\u4DBF')
        or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF10' and <= '\uFF9D') or (>= '\uD840' and <= '\uD888')
        or '\u3005' or '\u3006' or '\u3007';
}
