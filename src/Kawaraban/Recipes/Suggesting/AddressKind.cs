using System.Text.RegularExpressions;

namespace Kawaraban.Recipes;

/// <summary>What an address leads to, as far as it says so itself.</summary>
internal enum AddressKind
{
    /// <summary>Nothing is said; it may be a post.</summary>
    Unknown,

    /// <summary>It says that it is a post: <c>/blog/how-we-did-it</c>, <c>/2026/11/23/…</c>.</summary>
    Post,

    /// <summary>It gathers posts: tags, months, further pages, the list itself.</summary>
    Gathering,

    /// <summary>It is something else: a product, a form, a file.</summary>
    Other,
}

/// <summary>Tells it.</summary>
internal static partial class Addresses
{
    private const string SlashPattern = "^.*/((?:19|20)[0-9]{2})/([01]?[0-9])/([0-3]?[0-9])(?:[/.?#].*)?$";
    private const string DashPattern = "^.*[/_-]((?:19|20)[0-9]{2})-([01][0-9])-([0-3][0-9])(?:[^0-9].*)?$";
    private const string InOnePattern = "^.*[/_-]((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?:[^0-9].*)?$";

    private static readonly HashSet<string> PostWords =
    [
        "blog", "blogs", "post", "posts", "entry", "entries", "article", "articles", "articleview", "news", "newsroom", "press", "pressrelease", "pressreleases", "release", "releases",
        "story", "stories", "tech", "techblog", "engineering", "journal", "diary", "column", "columns", "topics", "info", "information", "note", "notes", "writing",
        "writings", "p", "archives", "updates", "changelog", "insights", "magazine", "report", "reports", "oshirase", "whatsnew", "announcements", "essays", "log",
    ];

    private static readonly HashSet<string> GatheringWords =
    [
        "tag", "tags", "category", "categories", "cat", "author", "authors", "label", "labels", "archive", "search", "page", "series", "keyword", "keywords", "section", "articlelist",
    ];

    private static readonly HashSet<string> OtherWords =
    [
        "product", "products", "item", "items", "goods", "shop", "store", "service", "services", "solution", "solutions", "feature", "features", "pricing", "price", "plans", "docs", "doc",
        "careers", "career", "jobs", "job", "recruit", "team", "member", "members", "people", "staff", "gallery", "company", "about", "contact", "inquiry", "privacy", "terms", "policy",
        "login", "signin", "signup", "register", "cart", "account", "help", "faq", "support", "legal", "ir", "cdn-cgi", "feed", "rss", "users", "user", "works", "portfolio", "projects",
        "course", "courses", "download", "downloads", "demo", "partners", "locations", "access", "sitemap", "guide", "reference", "api",
    ];

    private static readonly HashSet<string> Files =
    [
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".zip", ".gz", ".exe", ".dmg", ".mp3", ".mp4", ".xml", ".rss", ".atom", ".rdf", ".css", ".js", ".json", ".ics", ".doc", ".docx", ".xls", ".xlsx",
    ];

    /// <summary>What it leads to.</summary>
    /// <param name="url">The address.</param>
    /// <param name="page">The page it stands on: what both have in common tells nothing.</param>
    public static AddressKind Kind(Uri url, Uri page)
    {
        var (segments, around) = (Segments(url), Segments(page));
        if (page.AbsolutePath.EndsWith('/'))
            around.Add("");
        if (segments.Count == 0)
            return url.Query.Length > 1 && PostQuery().IsMatch(url.Query) ? AddressKind.Post : AddressKind.Other;
        var last = segments[^1];
        if (last.LastIndexOf('.') is > 0 and var dot && Files.Contains(last[dot..]))
            return AddressKind.Other;
        if (PagingQuery().IsMatch(url.Query) && !PostQuery().IsMatch(url.Query))
            return AddressKind.Gathering;
        // Month after year, and nothing behind it: an archive.
        if (ArchiveOfMonth().IsMatch(url.AbsolutePath))
            return AddressKind.Gathering;
        if (HasDate(url))
            return AddressKind.Post;
        var kind = AddressKind.Unknown;
        for (var i = 0; i < segments.Count; i++)
        {
            var (word, isLast) = (Bare(segments[i]), i == segments.Count - 1);
            if (GatheringWords.Contains(word) && (!isLast || url.Query.Length == 0 || word == "articlelist"))
                return AddressKind.Gathering;
            if (PostWords.Contains(word))
            {
                // The list itself: /blog, /news/index.html.
                if (isLast || (i + 2 == segments.Count && Bare(segments[i + 1]) is "index" or ""))
                    return url.Query.Length > 1 && PostQuery().IsMatch(url.Query) ? AddressKind.Post : AddressKind.Gathering;
                kind = AddressKind.Post;
            }
            // /company/news/1 is news, and /docs/1 on a page at /docs/ is what that page is about.
            else if (kind == AddressKind.Unknown && OtherWords.Contains(word) && (i >= around.Count - 1 || around[i] != segments[i]))
            {
                kind = AddressKind.Other;
            }
        }

        return kind;
    }

    /// <summary>The part that the addresses of one list share, with a mark for what differs: <c>/blog/*</c>.</summary>
    public static string Pattern(Uri url)
    {
        var segments = Segments(url);
        if (segments.Count == 0)
            return url.Query.Length > 1 ? "/?" : "/";
        var date = segments.FindIndex(segment => segment.Length == 4 && segment[0] is '1' or '2' && segment.All(char.IsAsciiDigit));
        var kept = date >= 0 ? segments.Take(date) : segments.Take(segments.Count - 1);
        return "/" + string.Concat(kept.Select(segment => segment + "/")) + (segments.Count == 1 && url.Query.Length > 1 ? segments[0] + "?" : "*");
    }

    /// <summary>Whether it has a date in it, to the day or to the month.</summary>
    public static bool HasDate(Uri url) => Dated().IsMatch(url.AbsolutePath);

    /// <summary>The pattern that takes the day out of such an address, in a recipe too: year, month and day are its groups. Null when there is none in it.</summary>
    public static string? DayPattern(Uri url) =>
        BySlashes().IsMatch(url.AbsoluteUri) ? SlashPattern
        : ByDashes().IsMatch(url.AbsoluteUri) ? DashPattern
        : InOne().IsMatch(url.AbsoluteUri) ? InOnePattern
        : null;

    /// <summary>How many words its last part has: a title is what makes it long.</summary>
    public static int WordsAtEnd(Uri url)
    {
        var segments = Segments(url);
        return segments.Count == 0 ? 0 : Uri.UnescapeDataString(segments[^1]).Split(['-', '_', ' '], StringSplitOptions.RemoveEmptyEntries).Length;
    }

    /// <summary>Whether its last part ends in a number, as that of a post in a database does.</summary>
    public static bool IsNumbered(Uri url) => Numbered().IsMatch(url.AbsolutePath) || NumberedQuery().IsMatch(url.Query);

    private static List<string> Segments(Uri url) => [.. url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Take(20)];

    private static string Bare(string segment)
    {
        var dot = segment.IndexOf('.', StringComparison.Ordinal);
        return (dot > 0 ? segment[..dot] : segment).Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
    }

    [GeneratedRegex("/(19|20)[0-9]{2}(/[01]?[0-9]){0,2}/?$")]
    private static partial Regex ArchiveOfMonth();

    [GeneratedRegex("/(19|20)[0-9]{2}[/-][01]?[0-9][/-]|/(19|20)[0-9]{2}[01][0-9][0-3][0-9](?![0-9])|/(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]")]
    private static partial Regex Dated();

    [GeneratedRegex(SlashPattern)]
    private static partial Regex BySlashes();

    [GeneratedRegex(DashPattern)]
    private static partial Regex ByDashes();

    [GeneratedRegex(InOnePattern)]
    private static partial Regex InOne();

    [GeneratedRegex("[?&](p|id|no|idxno|article|entry|post|news_?id|post_?id|entry_?id|article_?id|aid|nid)=[^&]+", RegexOptions.IgnoreCase)]
    private static partial Regex PostQuery();

    [GeneratedRegex("[?&](page|paged|offset|start|sort|cat|tag|category|q|s|view_type)=", RegexOptions.IgnoreCase)]
    private static partial Regex PagingQuery();

    [GeneratedRegex("[0-9]{2,}(\\.[a-z]{2,5})?/?$")]
    private static partial Regex Numbered();

    [GeneratedRegex("=[0-9]{2,}$")]
    private static partial Regex NumberedQuery();
}
