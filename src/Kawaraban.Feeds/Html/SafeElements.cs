using System.Collections.Frozen;

namespace Kawaraban.Feeds.Html;

/// <summary>How an element that may be shown is opened and closed.</summary>
internal enum SafeElementKind
{
    /// <summary>Within a line.</summary>
    Phrase,

    /// <summary>Closed only by its end tag, or with what it stands in.</summary>
    Block,

    /// <summary>A paragraph: any block ends it.</summary>
    Paragraph,

    /// <summary>Items, cells, rows: the next of their kind ends them.</summary>
    Item,

    /// <summary>What is in it cannot close what is around it.</summary>
    Wall,

    /// <summary>Has no content and no end tag.</summary>
    Void,

    /// <summary>Stands in a drawing (<c>svg</c>) alone.</summary>
    Drawn,

    /// <summary>A shape of a drawing: nothing is in it, whatever its tag says.</summary>
    Shape,
}

/// <summary>The elements and attributes of HTML that are text, structure, links and pictures. What is not here is not shown.</summary>
internal static class SafeElements
{
    /// <summary>Elements whose content goes with them. (Scripts, styles and the like do not come so far: the scanner passes them over.)</summary>
    private static readonly FrozenSet<string> s_dropped =
        Words("template noscript canvas select datalist annotation annotation-xml");

    private static readonly FrozenDictionary<string, (string Name, SafeElementKind Kind)> s_elements = new[]
    {
        (SafeElementKind.Phrase, "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark picture q rb rp rt rtc ruby s samp small "
            + "span strike strong sub sup time tt u var"),
        (SafeElementKind.Block, "address article aside blockquote center dd details dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
            + "header hgroup main menu nav ol pre search section summary ul"),
        (SafeElementKind.Paragraph, "p"),
        (SafeElementKind.Item, "li caption colgroup tbody td tfoot th thead tr"),
        (SafeElementKind.Wall, "table audio video svg"),
        (SafeElementKind.Drawn, "g text tspan"),
        (SafeElementKind.Shape, "circle ellipse line path polygon polyline rect"),
        (SafeElementKind.Void, "br col hr img source track wbr"),
    }.SelectMany(group => group.Item2.Split(' '), (group, name) => (Name: name, Kind: group.Item1))
        .ToFrozenDictionary(element => element.Name, StringComparer.OrdinalIgnoreCase);

    // Numbers, colours and coordinates. What can refer to anything, move, style or run (use, image, animate, style, script) is no shape.
    private static readonly string[] s_painting =
        ["fill", "fill-opacity", "fill-rule", "opacity", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-width", "transform"];

    private static readonly FrozenDictionary<string, string[]> s_attributes = new Dictionary<string, string[]>
    {
        ["*"] = ["title", "lang", "dir", "align"],
        ["a"] = ["href", "hreflang", "type"],
        ["img"] = ["src", "srcset", "sizes", "alt", "width", "height", "border", "hspace", "vspace", "longdesc"],
        ["audio"] = ["src", "preload", "loop", "muted"],
        ["video"] = ["src", "poster", "width", "height", "preload", "loop", "muted", "playsinline"],
        ["source"] = ["src", "srcset", "sizes", "type", "media", "width", "height"],
        ["track"] = ["src", "kind", "srclang", "label", "default"],
        ["td"] = ["colspan", "rowspan", "headers", "abbr", "scope", "valign", "nowrap", "width"],
        ["th"] = ["colspan", "rowspan", "headers", "abbr", "scope", "valign", "nowrap", "width"],
        ["tr"] = ["valign"],
        ["col"] = ["span", "width", "valign"],
        ["colgroup"] = ["span", "width", "valign"],
        ["table"] = ["border", "cellpadding", "cellspacing", "summary", "width", "frame", "rules"],
        ["ol"] = ["start", "type", "reversed", "compact"],
        ["ul"] = ["type", "compact"],
        ["li"] = ["value", "type"],
        ["code"] = ["class"],
        ["pre"] = ["class"],
        ["time"] = ["datetime"],
        ["del"] = ["cite", "datetime"],
        ["ins"] = ["cite", "datetime"],
        ["q"] = ["cite"],
        ["blockquote"] = ["cite"],
        ["details"] = ["open"],
        ["svg"] = ["xmlns", "version", "baseProfile", "viewBox", "preserveAspectRatio", "width", "height", .. s_painting],
        ["g"] = s_painting,
        ["text"] = ["x", "y", "dx", "dy", "font-family", "font-size", "font-weight", "text-anchor", .. s_painting],
        ["tspan"] = ["x", "y", "dx", "dy", "font-size", "font-weight", .. s_painting],
        ["circle"] = ["cx", "cy", "r", .. s_painting],
        ["ellipse"] = ["cx", "cy", "rx", "ry", .. s_painting],
        ["line"] = ["x1", "x2", "y1", "y2", .. s_painting],
        ["path"] = ["d", .. s_painting],
        ["polygon"] = ["points", .. s_painting],
        ["polyline"] = ["points", .. s_painting],
        ["rect"] = ["x", "y", "width", "height", "rx", "ry", .. s_painting],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_addresses = Words("href src cite poster longdesc");

    private static readonly FrozenDictionary<string, (string Name, SafeElementKind Kind)>.AlternateLookup<ReadOnlySpan<char>> s_byName =
        s_elements.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_droppedByName = s_dropped.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The names of all elements that may be shown.</summary>
    public static IEnumerable<string> Names => s_elements.Keys;

    /// <summary>The names of all attributes that some element may have; those that are written by us among them.</summary>
    public static IEnumerable<string> AttributeNames =>
        s_attributes.Values.SelectMany(names => names).Append("rel").Append("controls").Distinct();

    /// <summary>The names of the attributes that hold one address.</summary>
    public static IEnumerable<string> AddressNames => s_addresses;

    /// <summary>Whether an element may be shown.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="element">Its name in lower case, and how it is opened and closed.</param>
    public static bool TryGet(ReadOnlySpan<char> name, out (string Name, SafeElementKind Kind) element) => s_byName.TryGetValue(name, out element);

    /// <summary>Whether an element goes with its content.</summary>
    public static bool IsDropped(ReadOnlySpan<char> name) => s_droppedByName.Contains(name);

    /// <summary>Whether an element is one of a drawing.</summary>
    public static bool IsDrawn(string element, SafeElementKind kind) => kind is SafeElementKind.Drawn or SafeElementKind.Shape || element == "svg";

    /// <summary>Whether an attribute holds one address.</summary>
    public static bool IsAddress(string attribute) => s_addresses.Contains(attribute);

    /// <summary>The attributes that an element may have, beside those that every element may.</summary>
    public static string[] Attributes(string element) => s_attributes.GetValueOrDefault(element, []);

    /// <summary>The attributes that every element may have.</summary>
    public static string[] GlobalAttributes => s_attributes["*"];

    private static FrozenSet<string> Words(string names) => names.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
