using Kawaraban.Feeds.Html;

namespace Kawaraban.Feeds.Discovery;

/// <summary>A feed that a page announces or that its address suggests.</summary>
/// <param name="Url">The absolute address of the feed.</param>
/// <param name="Title">The title the page gives it.</param>
/// <param name="MediaType">The media type the page gives it.</param>
/// <param name="IsAnnounced">True when the page says so; false when only a well-known path or a platform's rule suggests it.</param>
public sealed record FeedLink(string Url, string? Title, string? MediaType, bool IsAnnounced);

/// <summary>Finds the feeds of an HTML page.</summary>
public static class FeedDiscovery
{
    /// <summary>What one page can name; more is no answer to anybody.</summary>
    private const int MostLinks = 200;

    /// <summary>The feeds the page announces, in document order, then (ranked) those its address suggests.</summary>
    /// <remarks>Announced is what a <c>link</c> with <c>rel="alternate"</c> and a feed's media type, or with <c>rel="feed"</c>, refers to
    /// (<see href="https://html.spec.whatwg.org/multipage/links.html#link-type-alternate"/>). Suggested are, in this order: links on the page
    /// that look like feeds, what the platform at this address is known to offer, and the usual paths beside the page and at its host's root.
    /// A suggestion has not been retrieved: whether it is a feed is for the caller to find out, politely. Nothing is in it twice.</remarks>
    /// <param name="html">The page.</param>
    /// <param name="pageUrl">Where it was retrieved from.</param>
    public static IReadOnlyList<FeedLink> Find(string html, Uri pageUrl)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(pageUrl);
        var announced = new List<FeedLink>();
        var linked = new List<FeedLink>();
        // A page is not a feed of itself, however often it says so with an empty address.
        var known = new HashSet<string>(StringComparer.Ordinal) { Bare(pageUrl) };
        var baseUrl = pageUrl;
        var hasBase = false;
        var scanner = new TagScanner(html);
        while (scanner.Read() && announced.Count < MostLinks)
        {
            if (scanner.Piece != HtmlPiece.StartTag)
                continue;
            if (scanner.Is("link") && Announced(scanner.Attributes, baseUrl) is { } announcement)
            {
                if (known.Add(announcement.Url))
                    announced.Add(announcement);
            }
            else if (scanner.Is("a") || scanner.Is("area") || scanner.Is("link") && IsXml(scanner.Attributes))
            {
                if (linked.Count < MostLinks && Linked(scanner.Attributes, baseUrl) is { } link)
                    linked.Add(link);
            }
            else if (!hasBase && scanner.Is("base") && scanner.Attributes["href"] is { } href)
            {
                // The first counts (HTML §4.2.3), for what is behind it as well as for what stands before: but who announces before the base?
                hasBase = true;
                baseUrl = HtmlAddress.Resolve(href, pageUrl) ?? pageUrl;
            }
        }

        var found = announced;
        foreach (var link in linked)
            AddNew(link);
        foreach (var url in PlatformFeeds.Of(pageUrl))
            AddNew(new FeedLink(url, null, null, IsAnnounced: false));
        foreach (var url in UsualPaths.Of(pageUrl))
            AddNew(new FeedLink(url, null, null, IsAnnounced: false));
        return found;

        void AddNew(FeedLink link)
        {
            if (known.Add(link.Url))
                found.Add(link);
        }
    }

    private static FeedLink? Announced(HtmlAttributes link, Uri baseUrl)
    {
        if (link["rel"] is not { } relations)
            return null;
        var type = link["type"]?.Trim().ToLowerInvariant() is { Length: > 0 } given ? given : null;
        // rel="feed" may stand without a type, but not with that of a page.
        var isFeed = Has(relations, "feed") ? type is null || FeedMediaType.Is(type)
            : FeedMediaType.Is(type) && Has(relations, "alternate") && !Has(relations, "stylesheet");
        if (!isFeed)
            return null;
        if (link["href"] is not { } href || HtmlAddress.Clean(href) is not { Length: > 0 } address)
            return null;
        if (HtmlAddress.Resolve(address, baseUrl) is not { } url || FeedMediaType.IsJson(type) && IsInterface(url))
            return null;
        return new FeedLink(url.AbsoluteUri, Title(link["title"]), type, IsAnnounced: true);
    }

    /// <summary>A link for readers that leads to a feed, by its address or by what it says of itself.</summary>
    private static FeedLink? Linked(HtmlAttributes link, Uri baseUrl)
    {
        if (link["href"] is not { } href)
            return null;
        var type = link["type"]?.Trim();
        var address = HtmlAddress.Clean(href);
        // "feed:https://…" and "feed://…" are how browsers were told to hand a feed to a reader.
        var isFeed = address.StartsWith("feed:", StringComparison.OrdinalIgnoreCase);
        if (isFeed)
            address = address[5..].StartsWith("//", StringComparison.Ordinal) ? "http:" + address[5..] : address[5..];
        if (address.Length == 0 || HtmlAddress.Resolve(address, baseUrl) is not { } url)
            return null;
        if (!isFeed && !(FeedMediaType.Is(type) && !FeedMediaType.IsJson(type)) && !FeedMediaType.IsXml(type) && !FeedAddress.LooksLikeOne(url))
            return null;
        return new FeedLink(Bare(url), Title(link["title"]), type, IsAnnounced: false);
    }

    /// <summary>An alternate that says no more than that it is XML: it may be a feed, and is none that is announced.</summary>
    private static bool IsXml(HtmlAttributes link) =>
        link["type"]?.Trim() is { } type && FeedMediaType.IsXml(type) && link["rel"] is { } relations && Has(relations, "alternate");

    private static bool Has(ReadOnlySpan<char> relations, ReadOnlySpan<char> name)
    {
        foreach (var range in relations.SplitAny(" \t\r\n\f"))
        {
            if (relations[range].Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether JSON is an answer to programs rather than a feed: WordPress announces both alike.</summary>
    private static bool IsInterface(Uri url) =>
        url.AbsolutePath.Contains("/wp-json/", StringComparison.OrdinalIgnoreCase) || url.AbsolutePath.Contains("oembed", StringComparison.OrdinalIgnoreCase)
        || url.Query.Contains("rest_route=", StringComparison.OrdinalIgnoreCase);

    private static string? Title(string? title) => title is null ? null : new string(Collapse(title)) is { Length: > 0 } text ? text : null;

    private static ReadOnlySpan<char> Collapse(string title)
    {
        var flow = new TextFlow(new char[title.Length]);
        flow.Add(title);
        return flow.Text;
    }

    private static string Bare(Uri url) => url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
}
