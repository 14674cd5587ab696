using System.Text;

namespace Kawaraban.Feeds.Html;

/// <summary>What an element does to the text around it and in it.</summary>
internal enum HtmlElementRole
{
    /// <summary>Stands within a line: parts no words.</summary>
    Inline,

    /// <summary>Begins a line of its own, or a cell: parts words.</summary>
    Block,

    /// <summary>Its content is for machines, or for browsers that lack something.</summary>
    Unread,

    /// <summary>How a word is pronounced; left out so that the word itself stays whole. Its end tag may be missing.</summary>
    Ruby,

    /// <summary>Its content is not markup: it lasts until its end tag.</summary>
    Raw,
}

/// <summary>Tells what HTML's elements do to text.</summary>
internal static class HtmlElementRoles
{
    private const int LongestName = 16;

    /// <summary>The role of an element; those that HTML does not know stand within a line.</summary>
    public static HtmlElementRole Of(ReadOnlySpan<char> name)
    {
        if (name.Length > LongestName)
            return HtmlElementRole.Inline;
        Span<char> lower = stackalloc char[LongestName];
        if (Ascii.ToLower(name, lower, out var length) != System.Buffers.OperationStatus.Done)
            return HtmlElementRole.Inline;
        ReadOnlySpan<char> known = lower[..length];
        return known switch
        {
            "p" or "br" or "div" or "li" or "ul" or "ol" or "td" or "th" or "tr" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "hr" or "pre"
                or "table" or "tbody" or "thead" or "tfoot" or "caption" or "colgroup" or "blockquote" or "figure" or "figcaption" or "section"
                or "article" or "aside" or "header" or "footer" or "main" or "nav" or "dl" or "dt" or "dd" or "details" or "summary" or "address"
                or "center" or "dialog" or "dir" or "fieldset" or "form" or "legend" or "hgroup" or "menu" or "option" or "optgroup" or "select"
                or "search" or "body" or "head" or "html" or "listing" or "xmp" or "plaintext" or "marquee" or "frameset" => HtmlElementRole.Block,
            "template" or "noscript" or "iframe" or "svg" or "audio" or "video" or "canvas" or "object" or "applet" or "button" or "annotation"
                or "annotation-xml" or "datalist" => HtmlElementRole.Unread,
            "rt" or "rp" or "rtc" => HtmlElementRole.Ruby,
            "script" or "style" or "title" or "textarea" or "noembed" or "noframes" => HtmlElementRole.Raw,
            _ => HtmlElementRole.Inline,
        };
    }
}
