namespace Kawaraban.Feeds.Discovery;

/// <summary>Where feeds usually are, most usual first.</summary>
internal static class UsualPaths
{
    private static readonly string[] s_names = ["feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json", "index.rdf", "feed.atom"];

    private static readonly string[] s_atRoot = ["blog/feed", "blog/rss", "blog/feed.xml", "blog/index.xml", "blog/atom.xml", "feed/atom", "?feed=rss2"];

    /// <summary>The addresses to try: beside the page, then at the root of its host.</summary>
    public static IEnumerable<string> Of(Uri pageUrl)
    {
        if (pageUrl.Scheme is not ("http" or "https"))
            return [];
        var root = new Uri(pageUrl, "/");
        var folder = Folder(pageUrl);
        var beside = folder == root ? [] : s_names.Select(name => new Uri(folder, name).AbsoluteUri);
        return beside.Concat(s_names.Concat(s_atRoot).Select(name => new Uri(root, name).AbsoluteUri));
    }

    /// <summary>The folder a page is in or, when its name has no ending, is: <c>/blog</c> is meant as <c>/blog/</c>.</summary>
    private static Uri Folder(Uri pageUrl)
    {
        var path = pageUrl.AbsolutePath;
        var name = path[(path.LastIndexOf('/') + 1)..];
        var folder = name.Length == 0 || name.Contains('.', StringComparison.Ordinal) ? path[..^name.Length] : path + "/";
        // Not by itself: "//x/" would be a host.
        return new Uri(pageUrl.GetLeftPart(UriPartial.Authority) + folder);
    }
}
