using System.Buffers;
using System.Text;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Html;

/// <summary>Character references in HTML that is already characters: the table of <see cref="CharacterReferences"/>, as forgiving as a browser.</summary>
internal static class HtmlReferences
{
    /// <summary>The most units one reference stands for.</summary>
    public const int LongestText = 2;

    /// <summary>The longest reference that is looked at; numbers may have leading zeros.</summary>
    private const int LongestReference = 40;

    /// <summary>What the numbers 0x80 to 0x9F mean
    /// (<see href="https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state"/>).</summary>
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    private static readonly SearchValues<char> s_characters =
        SearchValues.Create("#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Reads the reference at the beginning of a text, which is an ampersand.</summary>
    /// <param name="text">The text from the ampersand on.</param>
    /// <param name="room">Room for <see cref="LongestText"/> units.</param>
    /// <param name="used">How many units the reference has.</param>
    /// <param name="written">How many units it stands for; none for a control character.</param>
    /// <returns>False when the ampersand is meant as such.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, Span<char> room, out int used, out int written)
    {
        var name = text[1..Math.Min(text.Length, LongestReference - 2)];
        var length = name.IndexOfAnyExcept(s_characters);
        if (length >= 0)
            name = name[..length];
        Span<byte> bytes = stackalloc byte[LongestReference];
        bytes[0] = (byte)'&';
        Encoding.ASCII.GetBytes(name, bytes[1..]);
        var end = name.Length + 1;
        var isClosed = end < text.Length && text[end] == ';';
        if (!isClosed && !MayStandOpen(name, text[end..]))
        {
            used = written = 0;
            return false;
        }

        bytes[end] = (byte)';';
        if (!CharacterReferences.TryRead(bytes[..(end + 1)], room, out used, out written, out _))
            return false;
        if (!isClosed)
            used = Math.Min(used, end);
        if (written == 1 && room[0] is >= '\u0080' and <= '\u009F')
            room[0] = Windows1252[room[0] - 0x80];
        return true;
    }

    /// <summary>A text with its references replaced.</summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        var ampersand = text.IndexOf('&');
        if (ampersand < 0)
            return text.ToString();
        var decoded = new StringBuilder(text.Length);
        Span<char> room = stackalloc char[LongestText];
        while (ampersand >= 0)
        {
            decoded.Append(text[..ampersand]);
            text = text[ampersand..];
            if (TryRead(text, room, out var used, out var written))
            {
                decoded.Append(room[..written]);
                text = text[used..];
            }
            else
            {
                decoded.Append('&');
                text = text[1..];
            }

            ampersand = text.IndexOf('&');
        }

        return decoded.Append(text).ToString();
    }

    /// <summary>Whether a reference counts without its semicolon. HTML has a hundred such names; those that are seen are enough, as a query
    /// such as <c>?a=1&amp;copy=2</c> must stay what it is.</summary>
    private static bool MayStandOpen(ReadOnlySpan<char> name, ReadOnlySpan<char> rest)
    {
        if (name is ['#', ..])
            return true;
        return rest is not ['=', ..] && name is "lt" or "gt" or "amp" or "quot" or "nbsp" or "copy" or "reg" or "LT" or "GT" or "AMP" or "QUOT";
    }
}
