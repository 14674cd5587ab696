namespace Kawaraban.Fetching;

/// <summary>Hosts that are one platform whatever their names say, and hosts that are one of their own.</summary>
public sealed class Platforms
{
    // Only what the registrable domain does not say by itself: zenn.dev, qiita.com, dev.to, *.medium.com, *.github.io, *.netlify.app and
    // the like are one key each without being named here (see PublicSuffixes). A platform that answers under several domains is.
    private static readonly (string Key, string[] Patterns)[] BuiltIn =
    [
        ("hatenablog.com", ["*.hatenablog.com", "*.hatenablog.jp", "*.hateblo.jp", "*.hatenadiary.com", "*.hatenadiary.jp", "*.hatenadiary.org", "*.hatena.ne.jp"]),
        ("note.com", ["*.note.com", "*.note.mu"]),
        ("feedburner.com", ["*.feedburner.com", "*.feedburner.jp", "feedproxy.google.com"]),
        ("wordpress.com", ["*.wordpress.com", "*.wp.com"]),
        ("blogspot.com", ["*.blogspot.com", "*.blogspot.jp", "*.blogspot.co.uk", "*.blogspot.in", "*.blogspot.de", "*.blogspot.fr"]),
    ];

    private readonly Dictionary<string, string> hosts = [];
    private readonly Dictionary<string, string> domains = [];

    private Platforms()
    {
        foreach (var (key, patterns) in BuiltIn)
        {
            foreach (var pattern in patterns)
                Add(pattern, key);
        }
    }

    /// <summary>The platforms that are known without being configured.</summary>
    public static Platforms Default { get; } = new();

    /// <summary>Reads configured patterns, which come before the built-in ones.</summary>
    /// <param name="patterns">
    /// <c>blogs.example.com</c>: that host alone, apart from the rest of its domain. <c>*.pages.example</c>: <c>pages.example</c> and
    /// all hosts beneath it together.
    /// </param>
    /// <param name="platforms">The configured and the built-in ones.</param>
    /// <param name="problem">Which pattern is none and why, in words.</param>
    public static bool TryParse(
        IEnumerable<string> patterns,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Platforms? platforms,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        (platforms, problem) = (null, null);
        var read = new Platforms();
        foreach (var pattern in patterns)
        {
            var isWildcard = pattern.StartsWith("*.", StringComparison.Ordinal);
            var name = isWildcard ? pattern[2..] : pattern;
            if (Uri.CheckHostName(name) != UriHostNameType.Dns || !name.Contains('.', StringComparison.Ordinal)
                || !Uri.TryCreate($"http://{name}/", UriKind.Absolute, out var url))
            {
                problem = $"\"{pattern}\" is neither a host name, such as blogs.example.com, nor a wildcard for all beneath one, such as *.pages.example";
                return false;
            }

            var host = PolitenessKey.HostName(url);
            read.Add(isWildcard ? "*." + host : host, host);
        }

        platforms = read;
        return true;
    }

    /// <summary>The key of the platform that a host belongs to; null when it belongs to none. The pattern nearest to the host's own name counts.</summary>
    internal string? KeyOf(ReadOnlySpan<char> host)
    {
        if (hosts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(host, out var key))
            return key;
        var lookup = domains.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var domain = host; ; domain = domain[(domain.IndexOf('.') + 1)..])
        {
            if (lookup.TryGetValue(domain, out key))
                return key;
            if (!domain.Contains('.'))
                return null;
        }
    }

    private void Add(string pattern, string key)
    {
        if (pattern.StartsWith("*.", StringComparison.Ordinal))
            domains[pattern[2..]] = key;
        else
            hosts[pattern] = key;
    }
}
