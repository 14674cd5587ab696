using Ganss.Xss;

namespace Kawaraban.Feeds.Html;

/// <summary>Makes a publisher's HTML fit to be shown.</summary>
public static class SafeHtml
{
    // One for all: HtmlSanitizer may be used by many threads once it is set up.
    private static readonly HtmlSanitizer s_sanitizer = new(new HtmlSanitizerOptions
    {
        AllowedTags = SafeElements.Names.ToHashSet(StringComparer.OrdinalIgnoreCase),
        AllowedAttributes = SafeElements.AttributeNames.ToHashSet(StringComparer.OrdinalIgnoreCase),
        AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto", "tel" },
        UriAttributes = SafeElements.AddressNames.ToHashSet(StringComparer.OrdinalIgnoreCase),
        AllowedCssProperties = new HashSet<string>(),
        AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
    });

    /// <summary>Keeps text, structure, links and pictures; drops everything that can run, style, submit or reach out.</summary>
    /// <remarks>Twice: our own writer lets pass what is known to be harmless and makes a tree of it, and HtmlSanitizer, which reads as browsers
    /// do, judges the result. Takes time linear in the length, whatever the input; elements nested deeper than anybody writes are left out and
    /// their text is kept. Gives the same when given its own result.</remarks>
    /// <param name="html">The publisher's HTML.</param>
    /// <param name="baseUrl">What relative addresses refer to.</param>
    public static string Sanitize(string html, Uri? baseUrl = null)
    {
        ArgumentNullException.ThrowIfNull(html);
        var tidy = TidyHtml.Write(html, baseUrl);
        return tidy.AsSpan().ContainsAny('<', '&') ? s_sanitizer.Sanitize(tidy) : tidy;
    }
}
