using System.Diagnostics.CodeAnalysis;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Kawaraban.Feeds.Encodings;

namespace Kawaraban.Recipes;

/// <summary>A page of a site as a document, if it is of a size and depth that people write.</summary>
internal sealed class HtmlPage
{
    private const int MaxLength = 3_000_000;
    private const int MostElements = 60_000;
    private const int MaxDepth = 300;

    // They need no end tag, or have none (HTML §13.1.2).
    private static readonly HashSet<string> Unclosed = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param",
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rt", "rp", "html", "head", "body",
    };

    private HtmlPage(IHtmlDocument document, Uri url, string text, int depth, Deadline deadline)
    {
        (Document, Url, Text, Depth, Deadline) = (document, url, text, depth, deadline);
        Root = document.DocumentElement;
        var href = document.QuerySelector("base[href]")?.GetAttribute("href");
        BaseUrl = CanonicalUrl.Web(href, url) ?? url;
    }

    /// <summary>The document.</summary>
    public IHtmlDocument Document { get; }

    /// <summary>Its outermost element.</summary>
    public IElement Root { get; }

    /// <summary>Where it was retrieved from.</summary>
    public Uri Url { get; }

    /// <summary>What its relative addresses refer to.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Its markup.</summary>
    public string Text { get; }

    /// <summary>How deep its elements are nested.</summary>
    public int Depth { get; }

    /// <summary>Until when it may be worked on.</summary>
    public Deadline Deadline { get; }

    /// <summary>Reads one.</summary>
    /// <param name="bytes">As it came.</param>
    /// <param name="contentType">The header it came with.</param>
    /// <param name="url">Where from.</param>
    /// <param name="deadline">Until when.</param>
    /// <param name="page">The page.</param>
    /// <param name="problem">Why it is none that is read.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> bytes, string? contentType, Uri url, Deadline deadline,
        [NotNullWhen(true)] out HtmlPage? page, [NotNullWhen(false)] out string? problem)
    {
        page = null;
        if (bytes.Length > MaxLength)
        {
            problem = $"the page has {bytes.Length} bytes; a recipe reads {MaxLength} at most";
            return false;
        }

        var text = DocumentText.Decode(bytes, contentType);
        if (OpenAtMost(text) > MaxDepth * 4)
        {
            problem = "the page nests its elements deeper than anybody writes; it is not read";
            return false;
        }

        var created = 0;
        var parser = new HtmlParser(new HtmlParserOptions
        {
            OnCreated = (_, _) =>
            {
                if (++created > MostElements || ((created & 255) == 0 && deadline.IsOver))
                    throw new PageStoppedException();
            },
        });
        IHtmlDocument document;
        try
        {
            document = parser.ParseDocument(text);
        }
        catch (PageStoppedException)
        {
            problem = created > MostElements
                ? $"the page has more than {MostElements} elements; it is not read"
                : $"reading the page took longer than {deadline.Name}; it was stopped";
            return false;
        }

        var depth = DepthOf(document);
        problem = document.DocumentElement is null ? "the page is empty"
            : depth > MaxDepth ? $"the page nests its elements {depth} deep, and {MaxDepth} is what is read"
            : null;
        if (problem is not null)
            return false;
        page = new HtmlPage(document, url, text, depth, deadline);
        return true;
    }

    /// <summary>The first element that matches; null when none does, or when the page is too deep for the selector.</summary>
    public IElement? First(PageSelector selector, IElement? within = null) => All(selector, within).FirstOrDefault();

    /// <summary>The elements that match.</summary>
    public IEnumerable<IElement> All(PageSelector selector, IElement? within = null) =>
        selector.IsTooMuchFor(Depth) ? [] : selector.Find(within ?? Root, Deadline);

    // How many elements are open at once, by tags alone and so without the tree that a hostile page would make slow to build.
    private static int OpenAtMost(string text)
    {
        int open = 0, most = 0;
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('<', at + 1))
        {
            var isEnd = text[at + 1] == '/';
            var name = text.AsSpan(at + (isEnd ? 2 : 1));
            var length = name.IndexOfAnyExcept(Letters);
            name = length < 0 ? name : name[..length];
            if (name.IsEmpty || name.Length > 20 || Unclosed.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
                continue;
            open = isEnd ? Math.Max(open - 1, 0) : open + 1;
            most = Math.Max(most, open);
        }

        return most;
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private static int DepthOf(IHtmlDocument document)
    {
        var deepest = 0;
        Stack<(INodeList Nodes, int At)> open = [];
        open.Push((document.ChildNodes, 0));
        while (open.TryPop(out var place))
        {
            if (place.At >= place.Nodes.Length)
                continue;
            open.Push((place.Nodes, place.At + 1));
            if (place.Nodes[place.At] is IElement element)
                open.Push((element.ChildNodes, 0));
            deepest = Math.Max(deepest, open.Count);
        }

        return deepest;
    }

    private sealed class PageStoppedException : Exception;
}
