using Kawaraban.Fetching;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Fetches what belongs to no source yet, under the same right to talk to a site that every crawl needs.</summary>
internal sealed class PoliteFetcher(
    Database database,
    Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch,
    Func<Uri, string> politenessKey,
    TimeProvider clock,
    CrawlerOptions options)
{
    private readonly LeaseTable leases = new(new Holder());
    private readonly RobotsRules rules = new(database, fetch, clock);

    /// <summary>Waits until its site may be talked to, fetches, and leaves the site alone for the gap.</summary>
    /// <param name="url">What.</param>
    /// <param name="isOffered">Whether its publisher offers it as a feed; else it is fetched only where the site's robots.txt lets us.</param>
    /// <param name="waiting">Hears until when the site is to be left alone, when that is longer than anybody waits.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>
    /// How it ended: <see cref="Blocked"/> with the code <c>robots</c> when we must not; null when <paramref name="waiting"/> has heard.
    /// </returns>
    public Task<FetchResult?> Fetch(Uri url, bool isOffered, Action<DateTimeOffset> waiting, CancellationToken cancellation) =>
        Fetch(new FetchRequest(url) { IsPage = !isOffered }, waiting, cancellation);

    /// <inheritdoc cref="Fetch(Uri, bool, Action{DateTimeOffset}, CancellationToken)"/>
    /// <param name="request">What, and how its server wants to be asked.</param>
    public async Task<FetchResult?> Fetch(FetchRequest request, Action<DateTimeOffset> waiting, CancellationToken cancellation)
    {
        var url = request.Url;
        // A person waits: what could not be read a while ago is asked for again.
        if (await rules.Known(url, isWhole: true, cancellation) is not { UnreachableSince: null } robots)
        {
            Robots? learnt = null;
            async Task<FetchResult> Ask()
            {
                (var answer, learnt) = await rules.Ask(request, cancellation);
                return answer;
            }

            var asked = await Turn(url, Ask, waiting, cancellation);
            if (learnt is null || asked is null || RobotsRules.IsAboutSite(asked, url))
                return asked;
            robots = learnt;
        }

        var now = clock.GetUtcNow();
        if ((request.IsPage ? robots.WhyNoPage(url, now) : robots.WhyNoFeed(url, now)) is { } sentence)
            return new Blocked(url, null, null, "robots", sentence);
        return await Turn(
            url, async () => await fetch(request, cancellation) with { CrawlDelay = robots.Delay }, waiting, cancellation);
    }

    private async Task<FetchResult?> Turn(
        Uri url, Func<Task<FetchResult>> request, Action<DateTimeOffset> waiting, CancellationToken cancellation)
    {
        var key = politenessKey(url);
        if (await Claim(key, waiting, cancellation) is not { } lease)
            return null;
        var allowedAt = clock.GetUtcNow() + options.Gap;
        try
        {
            var result = await request();
            var gap = Gap.AfterPage(result.Elapsed, options.Gap);
            allowedAt = clock.GetUtcNow() + (gap > result.CrawlDelay ? gap : result.CrawlDelay);
            if (result is Throttled { RetryAt: { } retryAt })
                allowedAt = Rhythm.Requested(retryAt, clock.GetUtcNow()) is var asked && asked > allowedAt ? asked : allowedAt;
            return result;
        }
        finally
        {
            await database.Write(session => leases.Release(session, lease, allowedAt), CancellationToken.None);
        }
    }

    private async Task<Lease?> Claim(string key, Action<DateTimeOffset> waiting, CancellationToken cancellation)
    {
        var giveUpAt = clock.GetUtcNow() + options.LongestWait;
        while (true)
        {
            var now = clock.GetUtcNow();
            if (await database.Write(session => leases.ClaimKey(session, key, now, now + options.Lease), cancellation) is { } lease)
                return lease;
            var readyAt = await database.Read(session => LeaseTable.KeyReadyAt(session, key), cancellation);
            if (readyAt > giveUpAt)
            {
                waiting(readyAt);
                return null;
            }

            // Somebody else may give the key back early, or claim it first: look again at least every poll.
            var wait = readyAt - clock.GetUtcNow();
            await Task.Delay(wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait < options.Poll ? wait : options.Poll, clock, cancellation);
        }
    }
}
