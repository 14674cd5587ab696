using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Kawaraban.Unicode;

namespace Kawaraban.Search;

/// <summary>Turns text into the form in which it is searched: words and runs of CJK characters, parted by single spaces.</summary>
/// <remarks>
/// Width and case are folded (NFKC, lower case), punctuation is gone, and a space stands at both ends, so that looking for a phrase is
/// looking for a piece of text: <c>" quick brown "</c> is bounded by words, <c>"計方針"</c> may lie inside a run. Kept within words are what
/// names of programming languages need: <c>c#</c>, <c>c++</c>, <c>.net</c>.
/// </remarks>
public static class SearchText
{
    private enum Kind
    {
        Break,
        Word,
        Cjk,
    }

    /// <summary>Normalises a text.</summary>
    /// <param name="text">Plain text.</param>
    /// <returns>Empty when there is nothing to search for in it.</returns>
    public static string Normalize(string text)
    {
        var folded = Compatibility.Compose(text);
        var output = ArrayPool<char>.Shared.Rent((folded.Length * 2) + 2);
        try
        {
            var length = Write(folded, output);
            return length <= 1 ? "" : new string(output, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(output);
        }
    }

    /// <summary>Whether a piece between two spaces of a normalised text is a run of CJK characters (else it is a word).</summary>
    public static bool IsCjkRun(ReadOnlySpan<char> piece) =>
        Rune.DecodeFromUtf16(piece, out var first, out _) == OperationStatus.Done && KindOf(first) == Kind.Cjk;

    // At most two characters out for one in: itself and a space.
    private static int Write(ReadOnlySpan<char> text, Span<char> output)
    {
        var length = 0;
        output[length++] = ' ';
        var previous = Kind.Break;
        var at = 0;
        while (at < text.Length)
        {
            // Nearly all of a text are runs of one of these two kinds.
            var run = RunOf(text[at..], out var runKind);
            if (run > 0)
            {
                if ((runKind != previous || output[length - 1] is '#' or '+') && output[length - 1] != ' ')
                    output[length++] = ' ';
                if (runKind == Kind.Word)
                    Ascii.ToLower(text.Slice(at, run), output[length..], out _);
                else
                    text.Slice(at, run).CopyTo(output[length..]);
                length += run;
                previous = runKind;
                at += run;
                continue;
            }

            _ = Rune.DecodeFromUtf16(text[at..], out var rune, out var units);
            var kind = KindOf(rune);
            if (kind == Kind.Break)
                kind = SymbolKind(text, at, rune, previous);
            var endsName = output[length - 1] is '#' or '+' && rune.Value != '+';
            if ((kind != previous || endsName) && output[length - 1] != ' ')
                output[length++] = ' ';
            if (kind != Kind.Break)
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(output[length..]);
            previous = kind;
            at += units;
        }

        if (output[length - 1] != ' ')
            output[length++] = ' ';
        return length;
    }

    // How many characters are ASCII letters and digits, or else of the CJK blocks of the first plane.
    private static int RunOf(ReadOnlySpan<char> text, out Kind kind)
    {
        var length = 0;
        kind = Kind.Word;
        while (length < text.Length && char.IsAsciiLetterOrDigit(text[length]))
            length++;
        if (length > 0)
            return length;
        kind = Kind.Cjk;
        while (length < text.Length && (IsUsualCjk(text[length]) || IsCjk(text[length])))
            length++;
        return length;
    }

    // ".net" but not "end.Next"; "c#" and "f#" but not "page#top"; "c++" but not "a+b".
    private static Kind SymbolKind(ReadOnlySpan<char> text, int at, Rune symbol, Kind previous)
    {
        var next = at + 1 < text.Length ? text[at + 1] : ' ';
        var isPart = symbol.Value switch
        {
            '.' => previous == Kind.Break && char.IsAsciiLetter(next) && (at == 0 || text[at - 1] != '.'),
            '#' => previous == Kind.Word && text[at - 1] is not ('#' or '+') && !char.IsAsciiLetterOrDigit(next),
            '+' => previous == Kind.Word && (next == '+' || text[at - 1] == '+'),
            _ => false,
        };
        return isPart ? Kind.Word : Kind.Break;
    }

    private static Kind KindOf(Rune rune)
    {
        var value = rune.Value;
        if (value < 0x80)
            return char.IsAsciiLetterOrDigit((char)value) ? Kind.Word : Kind.Break;
        if (IsCjk(value))
            return Kind.Cjk;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => Kind.Word,
            _ => Kind.Break,
        };
    }

    // Hiragana, katakana with its long mark, and the first block of ideographs: nearly all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsUsualCjk(char unit) =>
        (uint)(unit - 0x3041) <= 0x3096 - 0x3041 || (uint)(unit - 0x4E00) <= 0x9FFF - 0x4E00 || (uint)(unit - 0x30A1) <= 0x30FA - 0x30A1 || unit == 'ー';

    // Scripts written without spaces, and Hangul, whose words take endings: UAX #24 blocks.
    private static bool IsCjk(int value) => value switch
    {
        < 0x2E80 => false,
        0x3005 or 0x3006 or 0x3007 or 0x303B => true,    // 々 〆 〇 〻
        >= 0x3041 and <= 0x3096 or 0x309D or 0x309E => true,    // hiragana
        >= 0x30A1 and <= 0x30FA or >= 0x30FC and <= 0x30FF => true,    // katakana, ー; not ・
        >= 0x31F0 and <= 0x31FF => true,
        >= 0x3105 and <= 0x312F => true,    // bopomofo
        >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF => true,
        >= 0xAC00 and <= 0xD7A3 => true,    // hangul
        >= 0x20000 and <= 0x323AF => true,
        _ => false,
    };
}
