using System.Text;

namespace Kawaraban.Feeds.Markup;

/// <summary>What must be known about HTML's elements to write them.</summary>
internal static class HtmlElements
{
    /// <summary>Whether an element never has content (<see href="https://html.spec.whatwg.org/multipage/syntax.html#void-elements"/>).</summary>
    public static bool IsVoid(ReadOnlySpan<byte> name)
    {
        if (name.Length is < 2 or > 6)
            return false;
        Span<byte> lower = stackalloc byte[6];
        Ascii.ToLower(name, lower, out var length);
        lower = lower[..length];
        return length switch
        {
            2 => lower.SequenceEqual("br"u8) || lower.SequenceEqual("hr"u8),
            3 => lower.SequenceEqual("img"u8) || lower.SequenceEqual("wbr"u8) || lower.SequenceEqual("col"u8),
            4 => lower.SequenceEqual("area"u8) || lower.SequenceEqual("base"u8) || lower.SequenceEqual("meta"u8) || lower.SequenceEqual("link"u8),
            5 => lower.SequenceEqual("embed"u8) || lower.SequenceEqual("input"u8) || lower.SequenceEqual("param"u8) || lower.SequenceEqual("track"u8),
            _ => lower.SequenceEqual("source"u8),
        };
    }

    /// <summary>Whether an attribute holds an address.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> attribute) => attribute.Length switch
    {
        3 => Ascii.EqualsIgnoreCase(attribute, "src"u8),
        4 => Ascii.EqualsIgnoreCase(attribute, "href"u8) || Ascii.EqualsIgnoreCase(attribute, "cite"u8) || Ascii.EqualsIgnoreCase(attribute, "data"u8),
        6 => Ascii.EqualsIgnoreCase(attribute, "poster"u8) || Ascii.EqualsIgnoreCase(attribute, "action"u8),
        8 => Ascii.EqualsIgnoreCase(attribute, "longdesc"u8),
        10 => Ascii.EqualsIgnoreCase(attribute, "background"u8),
        _ => false,
    };
}
