using Kawaraban.Fetching;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Fetches the documents of sources, unless the robots.txt of their site names us and forbids it; pages, unless it forbids them at all.</summary>
/// <param name="database">Keeps what sites have said.</param>
/// <param name="fetch">Fetches one document.</param>
/// <param name="politenessKey">Which addresses share a site or platform.</param>
/// <param name="clock">Tells the time.</param>
public sealed class FeedFetcher(
    Database database, Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch, Func<Uri, string> politenessKey, TimeProvider clock)
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
            if (answer is Postponed)
                return answer;
            if (!RobotsRules.IsAboutSite(answer, request.Url))
                return new Postponed(request.Url) { CrawlDelay = answer.CrawlDelay, Elapsed = answer.Elapsed };
            // Where the robots.txt has moved to is nothing to the source.
            return answer with { Url = request.Url, PermanentUrl = null };
        }

        var now = clock.GetUtcNow();
        if ((request.IsPage ? robots.WhyNoPage(request.Url, now) : robots.WhyNoFeed(request.Url, now)) is { } sentence)
            return new Blocked(request.Url, null, null, "robots", sentence);
        var result = await fetch(request with { Crossing = (hop, _) => Cross(request, hop, cancellation) }, cancellation);
        return result with { CrawlDelay = robots.Delay };
    }

    // Another site is asked for its rules as the first one was, and what its rules take is the turn there.
    private async Task<FetchResult?> Cross(FetchRequest request, Hop hop, CancellationToken cancellation)
    {
        if (request.Crossing is { } crossing && await crossing(hop, cancellation) is { } end)
            return end;
        if (await rules.Known(hop.To, request.IsPage, cancellation) is { } robots)
        {
            return (request.IsPage ? robots.WhyNoPage(hop.To, clock.GetUtcNow()) : robots.WhyNoFeed(hop.To, clock.GetUtcNow())) is { } sentence
                ? new Blocked(hop.To, hop.Status, null, "robots", $"the server redirects to {hop.To}, but {sentence}")
                : null;
        }

        // Within a site the turn belongs to the feed; only what is known of its other hosts is heeded.
        if (politenessKey(hop.To) == politenessKey(request.Url))
            return null;
        var settings = RequestSettings.MayCarryHeaders(request.Url, hop.To) ? request.Settings : request.Settings?.WithoutHeaders();
        var (answer, _) = await rules.Ask(request with { Url = hop.To, Settings = settings }, cancellation);
        if (answer is Postponed)
            return answer;
        // Where we do not go for the rules, we do not go for the feed.
        if (!RobotsRules.IsAboutSite(answer, hop.To) && answer is not Blocked { Code: "forbidden-address" or "forbidden-port" })
        {
            return new Postponed(hop.To)
            {
                Sentence = $"its server redirects to {hop.To}, and the robots.txt of {hop.To.Authority} had to be asked for first",
            };
        }

        return answer with { Url = hop.To, PermanentUrl = null };
    }
}
