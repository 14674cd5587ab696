using System.Runtime.InteropServices;
using System.Text;

namespace Kawaraban.Unicode;

/// <summary>The compatibility forms of Unicode (<see href="https://www.unicode.org/reports/tr15/">UAX #15</see>): ＡＢＣ and ABC, ﾃｽﾄ and テスト
/// become the same.</summary>
/// <remarks>The platform would ask ICU, a native library of forty megabytes that is loaded at the start; the program needs nothing else of it.
/// Half of a surrogate pair is not text; it becomes U+FFFD.</remarks>
public static class Compatibility
{
    // UAX #15 and The Unicode Standard §3.12: Hangul is computed.
    private const int SBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7, LCount = 19, VCount = 21, TCount = 28;

    /// <summary>NFKC: decomposed by compatibility, then composed. The same string when it is so already.</summary>
    public static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (System.Text.Ascii.IsValid(text))
            return text;
        var table = NormalizationTable.Read;
        StringBuilder? output = null;
        List<int> codes = [];
        int at = 0, copied = 0;
        while (true)
        {
            while (at < text.Length && !table.IsActive(text[at]))
                at++;
            if (at == text.Length)
                break;

            // From the character before, which it may compose with, to the next one that composes with nothing before it.
            var begin = at > copied ? at - 1 : at;
            while (at < text.Length && table.IsActive(text[at]))
                at++;
            var stretch = text.AsSpan(begin, at - begin);
            codes.Clear();
            Decompose(stretch, table, codes);
            Compose(codes, table);
            output ??= new StringBuilder(text.Length);
            output.Append(text, copied, begin - copied);
            foreach (var code in codes)
                Append(output, code);
            copied = at;
        }

        if (output is null)
            return text;
        output.Append(text, copied, text.Length - copied);
        return output.Equals(text) ? text : output.ToString();
    }

    /// <summary>NFKD: decomposed by compatibility.</summary>
    public static string Decompose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (System.Text.Ascii.IsValid(text))
            return text;
        List<int> codes = [];
        Decompose(text, NormalizationTable.Read, codes);
        var output = new StringBuilder(text.Length);
        foreach (var code in codes)
            Append(output, code);
        return output.ToString();
    }

    private static void Append(StringBuilder output, int code)
    {
        Span<char> units = stackalloc char[2];
        output.Append(units[..new Rune(code).EncodeToUtf16(units)]);
    }

    private static void Decompose(ReadOnlySpan<char> text, NormalizationTable table, List<int> codes)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var syllable = rune.Value - SBase;
            if (syllable is >= 0 and < LCount * VCount * TCount)
            {
                codes.Add(LBase + (syllable / (VCount * TCount)));
                codes.Add(VBase + (syllable % (VCount * TCount) / TCount));
                if (syllable % TCount != 0)
                    codes.Add(TBase + (syllable % TCount));
                continue;
            }

            if (table.Decomposition(rune.Value) is { IsEmpty: false } parts)
                codes.AddRange(parts);
            else
                codes.Add(rune.Value);
        }

        // Canonical order: marks that follow each other are sorted by class, those of one class stay as they stand. Sorted in runs, not
        // by exchanging neighbours, as a hostile text may consist of marks.
        var all = CollectionsMarshal.AsSpan(codes);
        for (var i = 0; i < all.Length; i++)
        {
            if (table.ClassOf(all[i]) == 0)
                continue;
            var end = i + 1;
            while (end < all.Length && table.ClassOf(all[end]) != 0)
                end++;
            if (end - i > 1)
                all[i..end].ToArray().OrderBy(table.ClassOf).ToArray().CopyTo(all[i..end]);
            i = end;
        }
    }

    // Each character is put together with the last one that begins a character, unless something of no lower class stands between.
    private static void Compose(List<int> codes, NormalizationTable table)
    {
        int written = 0, starter = -1, lastClass = 0;
        for (var i = 0; i < codes.Count; i++)
        {
            var code = codes[i];
            var own = table.ClassOf(code);
            var isNext = starter == written - 1;
            if (starter >= 0 && (isNext || lastClass < own && lastClass != 0) && Composite(codes[starter], code, table) is var composite and not 0)
            {
                codes[starter] = composite;
                continue;
            }

            if (own == 0)
                starter = written;
            lastClass = own;
            codes[written++] = code;
        }

        codes.RemoveRange(written, codes.Count - written);
    }

    private static int Composite(int first, int second, NormalizationTable table)
    {
        if (first - LBase is >= 0 and < LCount && second - VBase is >= 0 and < VCount)
            return SBase + ((((first - LBase) * VCount) + (second - VBase)) * TCount);
        if (first - SBase is >= 0 and < LCount * VCount * TCount && (first - SBase) % TCount == 0 && second - TBase is > 0 and < TCount)
            return first + (second - TBase);
        return table.Composite(first, second);
    }
}
