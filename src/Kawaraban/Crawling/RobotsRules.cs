using Kawaraban.Fetching;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>What sites let us fetch: their robots.txt, asked for once a day at most and kept for all processes (RFC 9309).</summary>
/// <remarks>
/// Asking is a request like any other and needs a turn at the site of its own. So whoever wants to fetch something looks up what is
/// <see cref="Known"/>; where that is nothing, this turn goes to <see cref="Ask"/>, and the next one, after the gap, to what was wanted.
/// </remarks>
internal sealed class RobotsRules(Database database, Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch, TimeProvider clock)
{
    /// <summary>What is known and still good; null when it has to be asked for.</summary>
    /// <param name="url">An address of the site.</param>
    /// <param name="isWhole">Whether the rules for everybody are wanted too, as for a page.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Robots?> Known(Uri url, bool isWhole, CancellationToken cancellation)
    {
        var origin = Origin(url);
        var robots = await database.Read(session => RobotsTable.Find(session, origin, isWhole), cancellation);
        return robots?.ExpiresAt > clock.GetUtcNow() ? robots : null;
    }

    /// <summary>Asks the site. Call it with the right to talk to it, and leave the site alone for a gap before and after.</summary>
    /// <param name="wanted">What the request would be for: the site is asked in the same way.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The answer, and what it means; null when there was none because another site, where the file is, has to be waited for.</returns>
    public async Task<(FetchResult Answer, Robots? Robots)> Ask(FetchRequest wanted, CancellationToken cancellation)
    {
        var origin = Origin(wanted.Url);
        var request = wanted with { Url = new Uri(origin + RobotsTxt.Path), ETag = null, LastModified = null };
        var answer = await fetch(request, cancellation);
        if (answer is Postponed)
            return (answer, null);
        var robots = await database.Write(session => RobotsTable.Keep(session, origin, answer, clock.GetUtcNow()), cancellation);
        return (answer with { CrawlDelay = robots.Delay }, robots);
    }

    /// <summary>Whether an answer is not about the file alone but about the whole site, so that another request would learn no more.</summary>
    public static bool IsAboutSite(FetchResult answer, Uri url) =>
        answer is Throttled { Status: 429 } || (answer is Unreachable { Code: "dns" or "connect" or "tls" or "proxy" } && answer.Url.Authority == url.Authority);

    // Not the key of politeness: rules are of one scheme, host and port (RFC 9309 §2.3).
    internal static string Origin(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
