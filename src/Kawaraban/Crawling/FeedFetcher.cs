using Kawaraban.Fetching;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Fetches the documents of sources, unless the robots.txt of their site names us and forbids it; pages, unless it forbids them at all.</summary>
/// <param name="database">Keeps what sites have said.</param>
/// <param name="fetch">Fetches one document.</param>
/// <param name="clock">Tells the time.</param>
public sealed class FeedFetcher(Database database, Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch, TimeProvider clock)
{
    private readonly RobotsRules rules = new(database, fetch, clock);

    /// <summary>Makes one request: for the document, or, about once a day, for the robots.txt of its site.</summary>
    /// <returns>
    /// How the fetch ended; <see cref="Postponed"/> when the request went to the robots.txt and the document is to be asked for after the
    /// gap; <see cref="Blocked"/> with the code <c>robots</c> when it must not be.
    /// </returns>
    /// <exception cref="StorageException">The database failed.</exception>
    public async Task<FetchResult> Fetch(FetchRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await rules.Known(request.Url, request.IsPage, cancellation) is not { } robots)
        {
            var (answer, _) = await rules.Ask(request, cancellation);
            if (!RobotsRules.IsAboutSite(answer, request.Url))
                return new Postponed(request.Url) { CrawlDelay = answer.CrawlDelay, Elapsed = answer.Elapsed };
            // Where the robots.txt has moved to is nothing to the source.
            return answer with { Url = request.Url, PermanentUrl = null };
        }

        var now = clock.GetUtcNow();
        if ((request.IsPage ? robots.WhyNoPage(request.Url, now) : robots.WhyNoFeed(request.Url, now)) is { } sentence)
            return new Blocked(request.Url, null, null, "robots", sentence);
        var result = await fetch(request, cancellation);
        return robots.Delay > TimeSpan.Zero ? result with { CrawlDelay = robots.Delay } : result;
    }
}
