using System.Globalization;

namespace Kawaraban.Feeds.Dates;

/// <summary>Makes a date plain: full-width and foreign digits become ASCII, accents are dropped, comments taken out, white space made
/// single.</summary>
/// <remarks>The compatibility mappings of NFKC (Unicode Standard Annex #15) that occur in dates, by hand: what the framework offers needs
/// tables of the operating system, which may be missing, and allocates.</remarks>
internal static class FoldedText
{
    /// <summary>How many characters one may become: ㏽ is 30日.</summary>
    public const int Expansion = 3;

    /// <summary>Folds a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folded">Room for <see cref="Expansion"/> times the text.</param>
    /// <param name="length">How much of it was filled.</param>
    /// <param name="commentedOffset">The zone that a comment names, as in <c>10:00 (JST)</c> or <c>[Asia/Tokyo]</c> (RFC 9557
    /// §4.1).</param>
    /// <returns>False when a comment (RFC 5322 §3.2.2) is never closed, or closed and never opened.</returns>
    public static bool TryFold(ReadOnlySpan<char> text, Span<char> folded, out int length, out TimeSpan? commentedOffset)
    {
        length = 0;
        commentedOffset = null;
        var depth = 0;
        var commentStart = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = Plain(text[i]);
            switch (character)
            {
                case '(' or '[':
                    if (depth++ == 0)
                        commentStart = i + 1;
                    continue;
                case ')' or ']':
                    if (--depth < 0)
                        return false;
                    if (depth == 0 && ZoneNames.TryFind(text[commentStart..i].Trim(), out var offset))
                        commentedOffset ??= offset;
                    character = ' ';
                    break;
            }

            if (depth > 0 || character == '\0' || character == ' ' && (length == 0 || folded[length - 1] == ' '))
                continue;
            length += Write(character, folded[length..]);
        }

        if (length > 0 && folded[length - 1] == ' ')
            length--;
        return depth == 0;
    }

    /// <summary>The plain character for one; U+0000 for one that says nothing.</summary>
    private static char Plain(char character)
    {
        if (character is > ' ' and < '\u007f')
            return character == '"' ? '\'' : character;
        if (character is >= '\uff01' and <= '\uff5e')
            return (char)(character - 0xfee0);
        if (char.IsWhiteSpace(character))
            return ' ';
        var digit = CharUnicodeInfo.GetDecimalDigitValue(character);
        if (digit >= 0)
            return (char)('0' + digit);
        return character switch
        {
            // Dashes and the minus sign.
            >= '\u2010' and <= '\u2015' or '\u2212' => '-',
            '、' or '،' or '､' => ',',
            '。' or '｡' or '․' => '.',
            '∶' or '︓' => ':',
            '⁄' or '∕' => '/',
            '’' or '‘' or 'ʼ' or '“' or '”' => '\'',
            // Radicals that copying from PDF leaves in place of the characters.
            '⽉' => '月',
            '⽇' => '日',
            'º' or 'ª' or '°' => '\0',
            _ => CharUnicodeInfo.GetUnicodeCategory(character) switch
            {
                // Combining accents, left-to-right marks, zero-width spaces, byte order marks, controls.
                UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.Control => '\0',
                _ => WithoutAccent(char.ToLowerInvariant(character)),
            },
        };
    }

    private static char WithoutAccent(char letter) => letter switch
    {
        'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' or 'ą' or 'ă' => 'a',
        'ç' or 'ć' or 'č' => 'c',
        'è' or 'é' or 'ê' or 'ë' or 'ę' or 'ě' => 'e',
        'ğ' => 'g',
        'ì' or 'í' or 'î' or 'ï' or 'ı' or 'İ' => 'i',
        'ł' => 'l',
        'ñ' or 'ń' => 'n',
        'ò' or 'ó' or 'ô' or 'õ' or 'ö' or 'ő' or 'ø' => 'o',
        'ř' => 'r',
        'ś' or 'š' or 'ş' or 'ș' => 's',
        'ț' => 't',
        'ù' or 'ú' or 'û' or 'ü' or 'ű' or 'ů' => 'u',
        'ý' => 'y',
        'ź' or 'ż' or 'ž' => 'z',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' or 'ϊ' or 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' or 'ϋ' or 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        'й' => 'и',
        'ї' => 'і',
        _ => letter,
    };

    private static int Write(char character, Span<char> folded)
    {
        switch (character)
        {
            case >= '\u32c0' and <= '\u32cb':
                return WriteNumber(character - '\u32c0' + 1, '月', folded);
            case >= '\u33e0' and <= '\u33fe':
                return WriteNumber(character - '\u33e0' + 1, '日', folded);
        }

        var era = character switch
        {
            '㋿' => "令和",
            '㍻' => "平成",
            '㍼' => "昭和",
            '㍽' => "大正",
            '㍾' => "明治",
            _ => null,
        };
        if (era is not null)
        {
            era.CopyTo(folded);
            return era.Length;
        }

        folded[0] = character;
        return 1;
    }

    private static int WriteNumber(int number, char unit, Span<char> folded)
    {
        var length = 0;
        if (number >= 10)
            folded[length++] = (char)('0' + number / 10);
        folded[length++] = (char)('0' + number % 10);
        folded[length++] = unit;
        return length;
    }
}
