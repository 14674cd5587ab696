using System.Globalization;
using System.Text;

namespace Kawaraban.Feeds.Formats;

/// <summary>Replaces the escapes of a JSON string (RFC 8259 §7) that the platform's reader refuses, because half of a surrogate pair is among
/// them.</summary>
internal static class JsonEscapes
{
    /// <summary>The string meant, with U+FFFD for each half of a pair that stands alone.</summary>
    public static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\' || at + 1 == raw.Length)
            {
                text.Append(raw[at]);
                continue;
            }

            var escape = raw[++at];
            if (escape == 'u' && at + 4 < raw.Length
                && ushort.TryParse(raw.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                at += 4;
            }
            else
            {
                text.Append(escape switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => escape });
            }
        }

        return WithoutHalves(text.ToString());
    }

    private static string WithoutHalves(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        var to = 0;
        foreach (var rune in source.EnumerateRunes())
            to += rune.EncodeToUtf16(target[to..]);
    });
}
