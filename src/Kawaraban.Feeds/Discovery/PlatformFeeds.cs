namespace Kawaraban.Feeds.Discovery;

/// <summary>Where the platforms that host blogs keep their feeds. Facts about others' sites: each can only suggest.</summary>
internal static class PlatformFeeds
{
    /// <summary>Hosts of which every name below is a blog, and where its feeds are.</summary>
    private static readonly (string Host, string[] Paths)[] s_blogsByHost =
    [
        ("hatenablog.com", ["/feed", "/rss"]), ("hatenablog.jp", ["/feed", "/rss"]), ("hatenadiary.com", ["/feed", "/rss"]),
        ("hatenadiary.jp", ["/feed", "/rss"]), ("hateblo.jp", ["/feed", "/rss"]), ("hatenadiary.org", ["/feed", "/rss"]),
        ("substack.com", ["/feed"]), ("medium.com", ["/feed"]), ("wordpress.com", ["/feed/"]),
        ("blogspot.com", ["/feeds/posts/default"]), ("blogspot.jp", ["/feeds/posts/default"]), ("tumblr.com", ["/rss"]),
        ("hashnode.dev", ["/rss.xml"]), ("ghost.io", ["/rss/"]), ("livedoor.blog", ["/index.rdf", "/atom.xml"]),
        ("fc2.com", ["/?xml"]), ("seesaa.net", ["/index20.rdf"]), ("exblog.jp", ["/index.xml", "/atom.xml"]),
        ("jugem.jp", ["/?mode=rss"]), ("cocolog-nifty.com", ["/blog/index.rdf"]), ("typepad.com", ["/atom.xml"]),
        ("posthaven.com", ["/posts.atom"]), ("bearblog.dev", ["/feed/"]), ("micro.blog", ["/feed.xml", "/feed.json"]),
        ("write.as", ["/feed/"]), ("libsyn.com", ["/rss"]), ("buzzsprout.com", ["/rss"]), ("theblog.me", ["/rss.xml"]),
        ("beehiiv.com", ["/feed"]), ("connpass.com", ["/ja.atom"]),
    ];

    /// <summary>The addresses of feeds that a platform is known to have for a page; none for an address of its own.</summary>
    public static IEnumerable<string> Of(Uri pageUrl)
    {
        if (pageUrl.Scheme is not ("http" or "https"))
            return [];
        var host = pageUrl.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? pageUrl.Host[4..].ToLowerInvariant() : pageUrl.Host.ToLowerInvariant();
        var parts = pageUrl.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Paths(host, parts, pageUrl.Query).Select(path => new Uri(pageUrl, path).AbsoluteUri);
    }

    private static string[] Paths(string host, string[] parts, string query) => (host, parts) switch
    {
        ("zenn.dev", ["p", var publication, ..]) => [$"/p/{publication}/feed"],
        ("zenn.dev", ["topics", var topic, ..]) => [$"/topics/{topic}/feed"],
        ("zenn.dev", ["articles" or "books" or "scraps" or "search", ..]) => ["/feed"],
        ("zenn.dev", [var name, ..]) => [$"/{name}/feed"],
        ("zenn.dev", []) => ["/feed"],
        ("note.com", [var name, "m", var magazine, ..]) => [$"/{name}/m/{magazine}/rss", $"/{name}/rss"],
        ("note.com", [var name, ..]) when name is not ("hashtag" or "search" or "topic") => [$"/{name}/rss"],
        ("qiita.com", ["organizations", var organization, ..]) => [$"/organizations/{organization}/activities.atom"],
        ("qiita.com", ["tags", var tag, ..]) => [$"/tags/{tag}/feed"],
        ("qiita.com", ["advent-calendar", var year, var calendar, ..]) => [$"/advent-calendar/{year}/{calendar}/feed"],
        ("qiita.com", [var name, ..]) => [$"/{name}/feed.atom", $"/{name}/feed"],
        ("qiita.com", []) => ["/popular-items/feed.atom"],
        ("medium.com", ["tag", var tag, ..]) => [$"/feed/tag/{tag}"],
        ("medium.com", ["feed", ..]) => [],
        ("medium.com", [var name, ..]) => [$"/feed/{name}"],
        ("dev.to", ["t", var tag, ..]) => [$"/feed/tag/{tag}"],
        ("dev.to", [var name, ..]) => [$"/feed/{name}"],
        ("dev.to", []) => ["/feed"],
        ("github.com", [var owner, var repository, ..]) =>
            [$"/{owner}/{repository}/releases.atom", $"/{owner}/{repository}/tags.atom", $"/{owner}/{repository}/commits.atom"],
        ("github.com", [var owner]) => [$"/{owner}.atom"],
        ("gitlab.com", [var owner, var project, ..]) => [$"/{owner}/{project}/-/tags?format=atom", $"/{owner}/{project}.atom"],
        ("youtube.com", ["channel", var channel, ..]) => [$"/feeds/videos.xml?channel_id={channel}"],
        ("youtube.com", ["user", var user, ..]) => [$"/feeds/videos.xml?user={user}"],
        ("youtube.com", ["playlist", ..]) when Parameter(query, "list") is { } list => [$"/feeds/videos.xml?playlist_id={list}"],
        ("speakerdeck.com", [var name, ..]) => [$"/{name}.rss", $"/{name}.atom"],
        ("reddit.com", ["r", var forum, ..]) => [$"/r/{forum}/.rss"],
        ("hatena.ne.jp" or "b.hatena.ne.jp", [var name, ..]) => [$"/{name}/rss"],
        ("ameblo.jp", [var name, ..]) => [$"http://rssblog.ameba.jp/{name}/rss20.xml"],
        ("blog.livedoor.jp", [var name, ..]) => [$"/{name}/index.rdf", $"/{name}/atom.xml"],
        ("stackoverflow.com", ["questions", "tagged", var tag, ..]) => [$"/feeds/tag/{tag}"],
        ("vimeo.com", [var name, ..]) => [$"/{name}/videos/rss"],
        ("bsky.app", ["profile", var name, ..]) => [$"/profile/{name}/rss"],
        ("lobste.rs", ["t", var tag, ..]) => [$"/t/{tag}.rss"],
        ("news.ycombinator.com", _) => ["/rss"],
        _ => OfBlogHost(host),
    };

    private static string[] OfBlogHost(string host)
    {
        foreach (var (platform, paths) in s_blogsByHost)
        {
            if (host.Length > platform.Length && host[^(platform.Length + 1)] == '.' && host.EndsWith(platform, StringComparison.Ordinal))
                return paths;
        }

        return [];
    }

    private static string? Parameter(string query, string name)
    {
        foreach (var part in query.TrimStart('?').Split('&'))
        {
            if (part.StartsWith(name, StringComparison.Ordinal) && part.Length > name.Length + 1 && part[name.Length] == '=')
                return part[(name.Length + 1)..];
        }

        return null;
    }
}
