using AngleSharp.Dom;
using Kawaraban.Fetching;

namespace Kawaraban.Recipes;

/// <summary>A link on a page that may lead to a post.</summary>
/// <param name="Node">The link.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="Key">The same without what does not matter.</param>
/// <param name="Kind">What the address says of itself.</param>
internal sealed record PageLink(PageNode Node, Uri Url, string Key, AddressKind Kind);

/// <summary>A page as the search for its entries sees it: elements that are shown, and links.</summary>
internal sealed class PageOutline
{
    private const int MostLinks = 5_000;

    private static readonly HashSet<string> Unseen = ["script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "option", "textarea", "button"];

    private readonly HashSet<string> feeds;

    private PageOutline(HtmlPage page, HashSet<string> feeds) => (Page, this.feeds) = (page, feeds);

    /// <summary>The document.</summary>
    public HtmlPage Page { get; }

    /// <summary>The outermost element.</summary>
    public PageNode Root { get; private set; } = null!;

    /// <summary>All elements, in document order.</summary>
    public List<PageNode> Nodes { get; } = [];

    /// <summary>The links, in document order.</summary>
    public List<PageLink> Links { get; } = [];

    /// <summary>Links that page through what there is.</summary>
    public List<PageLink> Pagers { get; } = [];

    /// <summary>The hosts that the site calls its own.</summary>
    public HashSet<string> OwnHosts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the page describes itself as one article.</summary>
    public bool IsArticle { get; private set; }

    /// <summary>Its language, two letters; null when it does not say.</summary>
    public string? Language => Page.Root.GetAttribute("lang") is { Length: >= 2 } language ? language[..2].ToLowerInvariant() : null;

    /// <summary>Reads it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="feeds">The addresses of feeds, which are no posts.</param>
    public static PageOutline Of(HtmlPage page, HashSet<string> feeds)
    {
        var outline = new PageOutline(page, feeds);
        outline.Walk();
        outline.LearnHosts();
        foreach (var node in outline.Nodes)
        {
            if (outline.Links.Count + outline.Pagers.Count >= MostLinks)
                break;
            if (node.Tag == "a")
                outline.Add(node);
        }

        return outline;
    }

    /// <summary>Whether an address belongs to the site.</summary>
    public bool IsOwn(Uri url) => OwnHosts.Contains(url.Host) || OwnHosts.Any(host => IsOfOneDomain(url.Host, host));

    // blog.acme.example belongs to acme.example; b.github.io not to a.github.io, which the list of public suffixes knows.
    private static bool IsOfOneDomain(string host, string other) =>
        PublicSuffixes.RegistrableDomain(host).Equals(PublicSuffixes.RegistrableDomain(other), StringComparison.OrdinalIgnoreCase);

    private void Walk()
    {
        Stack<(PageNode Node, INodeList Nodes, int At)> open = [];
        Root = new PageNode(Page.Root, null, 0);
        Nodes.Add(Root);
        open.Push((Root, Page.Root.ChildNodes, 0));
        while (open.TryPop(out var place))
        {
            var (node, children, at) = place;
            if (at >= children.Length)
            {
                node.End = Nodes.Count - 1;
                if (node.Tag == "a")
                    node.LinkWeight = node.TextWeight;
                if (node.Parent is { } parent)
                {
                    parent.TextWeight += node.TextWeight;
                    parent.LinkWeight += node.LinkWeight;
                }

                continue;
            }

            open.Push((node, children, at + 1));
            if (children[at] is IText text)
            {
                node.TextWeight += Weight(text.Data);
            }
            else if (children[at] is IElement element && !Unseen.Contains(element.LocalName))
            {
                if ((Nodes.Count & 255) == 0 && Page.Deadline.IsOver)
                    continue;
                var child = new PageNode(element, node, Nodes.Count);
                child.Zone = PageZones.Of(child, node.Zone);
                node.Children.Add(child);
                Nodes.Add(child);
                open.Push((child, element.ChildNodes, 0));
            }
        }
    }

    private void LearnHosts()
    {
        OwnHosts.Add(Page.Url.Host);
        OwnHosts.Add(Page.BaseUrl.Host);
        foreach (var element in Page.Document.Head?.Children ?? Page.Document.Children)
        {
            if (element.LocalName == "link" && element.GetAttribute("rel") is "canonical" && CanonicalUrl.Web(element.GetAttribute("href"), Page.BaseUrl) is { } canonical)
                OwnHosts.Add(canonical.Host);
            if (element.LocalName != "meta" || element.GetAttribute("property") is not { } property || element.GetAttribute("content") is not { } content)
                continue;
            if (property == "og:url" && CanonicalUrl.Web(content) is { } own)
                OwnHosts.Add(own.Host);
            IsArticle |= property == "og:type" && content == "article";
        }
    }

    private void Add(PageNode node)
    {
        var href = node.Element.GetAttribute("href")?.Trim();
        if (string.IsNullOrEmpty(href) || href[0] == '#' || CanonicalUrl.Web(href, Page.BaseUrl) is not { } url || feeds.Contains(url.AbsoluteUri))
            return;
        var key = CanonicalUrl.Of(url);
        if (key == CanonicalUrl.Of(Page.Url) || (url.AbsolutePath == "/" && url.Query.Length == 0))
            return;
        var kind = Addresses.Kind(url, Page.BaseUrl);
        var rel = node.Element.GetAttribute("rel") ?? "";
        var link = new PageLink(node, url, key, rel.Contains("tag", StringComparison.OrdinalIgnoreCase) ? AddressKind.Gathering : kind);
        if (NextPage.IsPager(node, rel))
            Pagers.Add(link);
        // "#comments" of a post is the post, but no title.
        else if (url.Fragment.Length <= 1)
            Links.Add(link);
    }

    private static int Weight(ReadOnlySpan<char> text)
    {
        var weight = 0;
        foreach (var character in text)
            weight += char.IsWhiteSpace(character) ? 0 : character >= '\u2E80' ? 2 : 1;
        return weight;
    }
}
