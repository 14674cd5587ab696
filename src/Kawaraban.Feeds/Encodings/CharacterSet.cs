using System.Text;

namespace Kawaraban.Feeds.Encodings;

/// <summary>An encoding by its WHATWG label, and the code page that reads it.</summary>
/// <remarks>
/// Labels and their supersets follow the Encoding Standard (<see href="https://encoding.spec.whatwg.org/#names-and-labels"/>): what calls
/// itself Shift_JIS is Windows-31J, EUC-JP is Microsoft's superset, GB 2312 is GB 18030, EUC-KR is Windows-949, Latin-1 is Windows-1252.
/// </remarks>
internal readonly record struct CharacterSet(string Label, int CodePage)
{
    /// <summary>UTF-8.</summary>
    public static CharacterSet Utf8 { get; } = new("utf-8", 65001);

    /// <summary>Windows-1252, the encoding of what does not know better.</summary>
    public static CharacterSet Windows1252 { get; } = new("windows-1252", 1252);

    /// <summary>Whether every byte is a character, so that nothing proves the encoding wrong.</summary>
    public bool IsSingleByte => CodePage is >= 1250 and <= 1258 or >= 28592 and <= 28606 or 20866 or 21866 or 874 or 10000 or 10007 or 866;

    /// <summary>Whether it is one of the languages' own encodings with one byte a character for Western Europe.</summary>
    public bool IsWestern => CodePage is 1252 or 28605;

    /// <summary>Whether a unit has two or four bytes.</summary>
    public bool IsWide => CodePage is 1200 or 1201 or 12000 or 12001;

    /// <summary>The encoding, with U+FFFD for what cannot be read.</summary>
    public Encoding ToEncoding(DecoderFallback fallback) => CodePage switch
    {
        65001 or 1200 or 1201 or 12000 or 12001 => Encoding.GetEncoding(CodePage, EncoderFallback.ReplacementFallback, fallback),
        _ => CodePagesEncodingProvider.Instance.GetEncoding(CodePage, EncoderFallback.ReplacementFallback, fallback)
            ?? Encoding.GetEncoding(CodePage, EncoderFallback.ReplacementFallback, fallback),
    };

    /// <summary>Finds the encoding for a label as published.</summary>
    public static bool TryFind(ReadOnlySpan<char> label, out CharacterSet set)
    {
        label = label.Trim(" \t\r\n\"'");
        if (label.Length is 0 or > 40)
        {
            set = default;
            return false;
        }

        var name = label.ToString().ToLowerInvariant();
        set = name.Replace('_', '-') switch
        {
            "utf-8" or "utf8" or "unicode-1-1-utf-8" or "utf-8n" or "u8" or "unicode" or "utf-8-sig" or "utf8mb4" => Utf8,
            "us-ascii" or "ascii" or "ansi-x3.4-1968" or "iso-8859-1" or "iso8859-1" or "iso-88591" or "iso88591" or "latin1" or "latin-1" or "l1" or "windows-1252" or "cp1252"
                or "x-cp1252" or "win-1252" or "ansi" => Windows1252,
            "shift-jis" or "shiftjis" or "sjis" or "x-sjis" or "ms-kanji" or "csshiftjis" or "windows-31j" or "cp932" or "ms932" or "x-ms-cp932" or "sjis-win"
                or "windows-932" => new("shift_jis", 932),
            "euc-jp" or "eucjp" or "x-euc-jp" or "x-euc" or "ujis" or "eucjp-win" or "eucjp-ms" or "cp51932" or "cseucpkdfmtjapanese" => new("euc-jp", 51932),
            "iso-2022-jp" or "csiso2022jp" or "iso-2022-jp-1" or "iso-2022-jp-2" or "iso-2022-jp-3" or "jis" or "cp50220" or "cp50221" or "iso-2022-jp-ms" =>
                new("iso-2022-jp", 50220),
            "gb2312" or "gb-2312-80" or "gb-2312" or "gbk" or "x-gbk" or "cp936" or "ms936" or "windows-936" or "gb18030" or "gb-18030" or "hz-gb-2312" or "chinese"
                or "csgb2312" or "euc-cn" => new("gb18030", 54936),
            "big5" or "big-5" or "big5-hkscs" or "cn-big5" or "x-x-big5" or "csbig5" or "cp950" or "windows-950" => new("big5", 950),
            "euc-kr" or "euckr" or "ks-c-5601-1987" or "ks-c-5601" or "ksc5601" or "ksc-5601" or "cp949" or "uhc" or "windows-949" or "korean" or "ms949" or "cseuckr" =>
                new("euc-kr", 949),
            "utf-16" or "utf16" or "ucs-2" or "iso-10646-ucs-2" or "utf-16le" or "utf16le" or "u16" or "csunicode" => new("utf-16le", 1200),
            "utf-16be" or "utf16be" or "unicodefffe" => new("utf-16be", 1201),
            "utf-32" or "utf32" or "ucs-4" or "iso-10646-ucs-4" or "utf-32le" or "utf32le" or "u32" => new("utf-32le", 12000),
            "utf-32be" or "utf32be" => new("utf-32be", 12001),
            "iso-8859-9" or "iso8859-9" or "latin5" or "l5" or "windows-1254" or "cp1254" => new("windows-1254", 1254),
            "tis-620" or "tis620" or "iso-8859-11" or "iso8859-11" or "windows-874" or "cp874" or "dos-874" => new("windows-874", 874),
            "koi8-r" or "koi8r" or "koi8" or "koi" or "cskoi8r" => new("koi8-r", 20866),
            "koi8-u" or "koi8-ru" => new("koi8-u", 21866),
            "mac" or "macintosh" or "x-mac-roman" or "macroman" => new("macintosh", 10000),
            "x-mac-cyrillic" or "x-mac-ukrainian" => new("x-mac-cyrillic", 10007),
            "ibm866" or "cp866" or "866" => new("ibm866", 866),
            "iso-8859-8-i" => new("iso-8859-8-i", 28598),
            _ => FindNumbered(name),
        };
        return set.Label is not null;
    }

    private static CharacterSet FindNumbered(string name)
    {
        var digits = name.AsSpan().TrimStart("abcdefghijklmnopqrstuvwxyz-_");
        if (!int.TryParse(digits, out var number))
        {
            // "iso-8859-2" and "iso8859-15": the number is after the standard's.
            var at = name.IndexOf("8859", StringComparison.Ordinal);
            if (at < 0 || !int.TryParse(name.AsSpan(at + 4).TrimStart("-_ "), out number) || number is < 2 or > 16 or 12)
                return default;
            return number is 10 or 14 or 16 ? default : new CharacterSet($"iso-8859-{number}", 28590 + number);
        }

        return number is >= 1250 and <= 1258 && (name.StartsWith("windows", StringComparison.Ordinal) || name.StartsWith("cp", StringComparison.Ordinal)
            || name.StartsWith("x-cp", StringComparison.Ordinal) || name.StartsWith("win", StringComparison.Ordinal))
            ? new CharacterSet($"windows-{number}", number)
            : default;
    }
}
