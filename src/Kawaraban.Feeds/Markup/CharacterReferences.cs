using System.Collections.Concurrent;
using AngleSharp.Html;

namespace Kawaraban.Feeds.Markup;

/// <summary>What <c>&amp;…;</c> stands for.</summary>
/// <remarks>XML knows five names (XML 1.0 §4.6); feeds use those of HTML as well
/// (<see href="https://html.spec.whatwg.org/multipage/named-characters.html"/>).</remarks>
internal static class CharacterReferences
{
    /// <summary>The longest name in HTML, in characters.</summary>
    public const int LongestName = 32;

    private static readonly ConcurrentDictionary<string, string> s_known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> s_lookup =
        s_known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads the reference at the beginning of some bytes, which is an ampersand.</summary>
    /// <param name="bytes">The text from the ampersand on.</param>
    /// <param name="text">Room for what it stands for: at least two units.</param>
    /// <param name="used">How many bytes the reference has.</param>
    /// <param name="written">How many units were written.</param>
    /// <param name="isXml">Whether XML defines it.</param>
    /// <returns>False when it is no reference and the ampersand is meant as such.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, Span<char> text, out int used, out int written, out bool isXml)
    {
        isXml = true;
        written = 1;
        if (bytes.Length >= 4)
        {
            // The five that make up nearly all.
            switch (bytes[1])
            {
                case (byte)'l' when bytes[2] == 't' && bytes[3] == ';':
                    text[0] = '<';
                    used = 4;
                    return true;
                case (byte)'g' when bytes[2] == 't' && bytes[3] == ';':
                    text[0] = '>';
                    used = 4;
                    return true;
                case (byte)'a' when bytes.Length >= 5 && bytes[2] == 'm' && bytes[3] == 'p' && bytes[4] == ';':
                    text[0] = '&';
                    used = 5;
                    return true;
                case (byte)'q' when bytes.Length >= 6 && bytes[2] == 'u' && bytes[3] == 'o' && bytes[4] == 't' && bytes[5] == ';':
                    text[0] = '"';
                    used = 6;
                    return true;
                case (byte)'a' when bytes.Length >= 6 && bytes[2] == 'p' && bytes[3] == 'o' && bytes[4] == 's' && bytes[5] == ';':
                    text[0] = '\'';
                    used = 6;
                    return true;
                case (byte)'#':
                    return TryReadNumber(bytes, text, out used, out written);
            }
        }

        isXml = false;
        return TryReadName(bytes, text, out used, out written);
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, Span<char> text, out int used, out int written)
    {
        var isHex = bytes[2] is (byte)'x' or (byte)'X';
        var at = isHex ? 3 : 2;
        var begin = at;
        var value = 0;
        for (; at < bytes.Length; at++)
        {
            var digit = isHex ? HexDigit(bytes[at]) : bytes[at] is >= (byte)'0' and <= (byte)'9' ? bytes[at] - '0' : -1;
            if (digit < 0)
                break;
            if (value <= 0x10FFFF)
                value = value * (isHex ? 16 : 10) + digit;
        }

        used = written = 0;
        if (at == begin)
            return false;
        used = at < bytes.Length && bytes[at] == ';' ? at + 1 : at;
        if (value < 0x20 && value is not (0x09 or 0x0A or 0x0D))
            return true;
        if (value is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
            value = 0xFFFD;
        written = new System.Text.Rune(value).EncodeToUtf16(text);
        return true;
    }

    private static int HexDigit(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        _ => -1,
    };

    private static bool TryReadName(ReadOnlySpan<byte> bytes, Span<char> text, out int used, out int written)
    {
        used = written = 0;
        Span<char> name = stackalloc char[LongestName + 2];
        var length = 0;
        while (length + 1 < bytes.Length && length <= LongestName && char.IsAsciiLetterOrDigit((char)bytes[length + 1]))
        {
            name[length] = (char)bytes[length + 1];
            length++;
        }

        if (length < 2 || length + 1 >= bytes.Length || bytes[length + 1] != ';')
            return false;
        name[length] = ';';
        if (Find(name[..(length + 1)]) is not { } value)
            return false;
        value.CopyTo(text);
        written = value.Length;
        used = length + 2;
        return true;
    }

    private static string? Find(ReadOnlySpan<char> nameWithSemicolon)
    {
        if (s_lookup.TryGetValue(nameWithSemicolon, out var value))
            return value;
        var name = nameWithSemicolon.ToString();
        // Names are case-sensitive, but "&NBSP;" and "&Nbsp;" mean what they say.
        value = HtmlEntityProvider.Resolver.GetSymbol(name) ?? HtmlEntityProvider.Resolver.GetSymbol(name.ToLowerInvariant());
        if (value is not null)
            s_known.TryAdd(name, value);
        return value;
    }
}
