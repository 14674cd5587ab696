using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Html;

/// <summary>Addresses in HTML, as browsers read them.</summary>
internal static class HtmlAddress
{
    /// <summary>An address without what browsers leave out: line breaks and tabs anywhere, white space and control characters around it
    /// (<see href="https://url.spec.whatwg.org/#concept-basic-url-parser"/>).</summary>
    public static string Clean(string value)
    {
        if (value.AsSpan().ContainsAny('\t', '\r', '\n'))
            value = value.Replace("\t", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        int begin = 0, end = value.Length;
        while (begin < end && IsAround(value[begin]))
            begin++;
        while (end > begin && IsAround(value[end - 1]))
            end--;
        return value[begin..end];
    }

    /// <summary>An address to go to or to load from, absolute when something says what it refers to; null when it is none, or does something else.</summary>
    /// <param name="value">The value of an attribute.</param>
    /// <param name="baseUrl">What a relative address refers to.</param>
    /// <param name="isLink">Whether a reader follows it: then it may also write a mail or dial.</param>
    public static string? Safe(string value, Uri? baseUrl, bool isLink)
    {
        value = Clean(value);
        foreach (var unit in value)
        {
            if (char.IsControl(unit))
                return null;
        }

        if (ElementCursor.HasScheme(value))
            return IsSafeScheme(value.AsSpan(0, value.IndexOf(':', StringComparison.Ordinal)), isLink) ? value : null;
        // What has a colon before its path is not relative: "x :y", "&#x1;javascript:".
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && value.AsSpan(0, colon).IndexOfAny('/', '?', '#') < 0)
            return null;
        if (baseUrl is null || value.Length == 0)
            return value;
        return ElementCursor.Join(baseUrl, value) is { } joined && IsSafeScheme(joined.Scheme, isLink) ? joined.AbsoluteUri : null;
    }

    /// <summary>The address on the web that a reference in a page leads to; null when it leads elsewhere.</summary>
    public static Uri? Resolve(string value, Uri baseUrl) =>
        ElementCursor.Join(baseUrl, Clean(value)) is { Scheme: "http" or "https" } url ? url : null;

    private static bool IsSafeScheme(ReadOnlySpan<char> scheme, bool isLink)
    {
        if (scheme.Equals("http", StringComparison.OrdinalIgnoreCase) || scheme.Equals("https", StringComparison.OrdinalIgnoreCase))
            return true;
        return isLink && (scheme.Equals("mailto", StringComparison.OrdinalIgnoreCase) || scheme.Equals("tel", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsAround(char unit) => unit <= ' ' || char.IsWhiteSpace(unit);
}
