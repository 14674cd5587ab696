namespace Kawaraban.Fetching;

/// <summary>What a site lets programs fetch, as its <c>/robots.txt</c> says it (RFC 9309).</summary>
/// <remarks>
/// A line counts or it does not: nothing in such a file is an error. Where the RFC leaves room, the reading that obeys is taken, but a
/// file that somebody never meant as rules, such as an error page, forbids nothing.
/// </remarks>
public sealed class RobotsTxt
{
    /// <summary>How much of a file is read, bytes; the rest is ignored (RFC 9309 §2.5 asks for at least that much).</summary>
    public const int MostBytes = 500 << 10;

    /// <summary>The path of the file at every origin (§2.3).</summary>
    public const string Path = "/robots.txt";

    /// <summary>The name that stands for every agent that no group names (§2.2.1).</summary>
    internal const string Everybody = "*";

    private readonly IReadOnlyDictionary<string, RobotsGroup> groups;

    internal RobotsTxt(IReadOnlyDictionary<string, RobotsGroup> groups, IReadOnlyList<string> sitemaps)
    {
        this.groups = groups;
        Sitemaps = sitemaps;
    }

    /// <summary>The values of <c>Sitemap</c>, in order, as they were written; they belong to no group (sitemaps.org).</summary>
    public IReadOnlyList<string> Sitemaps { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="document">Its bytes: UTF-8, with or without a byte order mark, lines ending in CR, LF or both.</param>
    public static RobotsTxt Parse(ReadOnlySpan<byte> document) => RobotsReader.Read(Head(document));

    /// <summary>Whether it says nothing: an empty file, or one that was never meant as rules.</summary>
    public bool IsEmpty => groups.Count == 0 && Sitemaps.Count == 0;

    /// <summary>As much of a file as is read, cut where a line ends: the half of a rule would be another one.</summary>
    internal static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> document) =>
        document.Length <= MostBytes ? document : document[..(document[..MostBytes].LastIndexOfAny((byte)'\r', (byte)'\n') + 1)];

    /// <summary>Whether a group is for this agent by name, and not just because it is for everybody.</summary>
    /// <param name="agent">The product token, such as <see cref="UserAgent.Product"/>; its case does not matter (§2.2.1).</param>
    public bool Names(string agent) => groups.ContainsKey(Token(agent));

    /// <summary>Whether an agent may fetch an address of this site.</summary>
    /// <param name="agent">The product token; its case does not matter.</param>
    /// <param name="url">An absolute address. That it is of this site is not looked at.</param>
    public bool IsAllowed(string agent, Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return IsAllowed(agent, url.PathAndQuery);
    }

    /// <summary>Whether an agent may fetch a path of this site.</summary>
    /// <param name="agent">The product token; its case does not matter.</param>
    /// <param name="pathAndQuery">As in a request; the empty one is the root. Its case matters.</param>
    public bool IsAllowed(string agent, string pathAndQuery)
    {
        ArgumentNullException.ThrowIfNull(pathAndQuery);
        if (pathAndQuery == Path)
            return true;
        return GroupOf(agent)?.IsAllowed(RobotsPattern.Plain(pathAndQuery.Length == 0 ? "/" : pathAndQuery)) ?? true;
    }

    /// <summary>The time that the site wants between two requests; null when it does not say.</summary>
    /// <remarks>
    /// No part of the RFC, but meant by all who write it. Of several the longest, up to a day; how much of it is kept is the caller's to
    /// decide.
    /// </remarks>
    /// <param name="agent">The product token; its case does not matter.</param>
    public TimeSpan? CrawlDelay(string agent) => GroupOf(agent)?.CrawlDelay;

    // The group for everybody is for those alone whom none names (§2.2.1).
    private RobotsGroup? GroupOf(string agent) => groups.GetValueOrDefault(Token(agent)) ?? groups.GetValueOrDefault(Everybody);

    private static string Token(string agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return RobotsReader.Token(System.Text.Encoding.UTF8.GetBytes(agent));
    }
}
