namespace Kawaraban.Feeds.Discovery;

/// <summary>What an address says about what is behind it.</summary>
internal static class FeedAddress
{
    private static readonly string[] s_names =
    [
        "feed", "rss", "atom", "feeds", "feed.xml", "rss.xml", "atom.xml", "index.xml", "index.rdf", "feed.json", "rss2.xml", "rss.php", "feed.php", "feed.rss",
        "feed.atom", "blog.rss", "blog.atom", "posts.atom", "releases.atom", "activities.atom",
    ];

    private static readonly string[] s_endings = [".rss", ".atom", ".rdf", ".rss.xml", ".atom.xml", "-rss.xml", "-feed.xml", "_rss.xml", "_feed.xml"];

    private static readonly string[] s_queries =
    [
        "feed=rss", "feed=atom", "feed=rdf", "format=rss", "format=atom", "format=feed", "type=rss", "alt=rss", "mode=rss",
    ];

    /// <summary>Services that take a feed's address and are no feed themselves.</summary>
    private static readonly string[] s_subscribers =
    [
        "feedly.com", "inoreader.com", "google.com", "add.my.yahoo.co.jp", "add.my.yahoo.com", "reader.livedoor.com",
        "netvibes.com", "bloglines.com", "newsblur.com",
    ];

    /// <summary>Whether an address looks like that of a feed.</summary>
    public static bool LooksLikeOne(Uri url)
    {
        foreach (var host in s_subscribers)
        {
            if (url.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase) && (url.Host.Length == host.Length || url.Host[^(host.Length + 1)] == '.'))
                return false;
        }

        var path = url.AbsolutePath.AsSpan().TrimEnd('/');
        var name = path[(path.LastIndexOf('/') + 1)..];
        return IsOneOf(name, s_names) || EndsWithOneOf(name, s_endings) || HasOneOf(url.Query, s_queries)
            || path.Contains("/feeds/posts/default", StringComparison.OrdinalIgnoreCase)
            || url.Host.StartsWith("feeds.", StringComparison.OrdinalIgnoreCase) && name.Length > 0;
    }

    private static bool IsOneOf(ReadOnlySpan<char> name, string[] names)
    {
        foreach (var one in names)
        {
            if (name.Equals(one, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool EndsWithOneOf(ReadOnlySpan<char> name, string[] endings)
    {
        foreach (var one in endings)
        {
            if (name.EndsWith(one, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool HasOneOf(ReadOnlySpan<char> query, string[] parts)
    {
        foreach (var one in parts)
        {
            if (query.Contains(one, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
