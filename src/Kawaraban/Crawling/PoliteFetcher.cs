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
    private const int MostCrossings = 5;

    private readonly LeaseTable leases = new(new Holder());
    private readonly RobotsRules rules = new(database, fetch, clock);

    /// <summary>Waits until its site may be talked to, fetches, and leaves the site alone for the gap.</summary>
    /// <param name="url">What.</param>
    /// <param name="isOffered">Whether its publisher offers it as a feed; else it is fetched only where the site's robots.txt lets us.</param>
    /// <param name="waiting">Hears until when the site is to be left alone, when that is longer than anybody waits.</param>
    /// <param name="settings">What the requests carry and go through; null for nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>
    /// How it ended: <see cref="Blocked"/> with the code <c>robots</c> when we must not; null when <paramref name="waiting"/> has heard.
    /// </returns>
    /// <remarks>A redirect to another site ends the turn here, and takes one there with all that belongs to it.</remarks>
    public Task<FetchResult?> Fetch(
        Uri url, bool isOffered, Action<DateTimeOffset> waiting, RequestSettings? settings, CancellationToken cancellation) =>
        Fetch(new FetchRequest(url) { IsPage = !isOffered, Settings = settings }, waiting, cancellation);

    /// <inheritdoc cref="Fetch(Uri, bool, Action{DateTimeOffset}, RequestSettings?, CancellationToken)"/>
    /// <param name="wanted">What, and how its server wants to be asked.</param>
    public async Task<FetchResult?> Fetch(FetchRequest wanted, Action<DateTimeOffset> waiting, CancellationToken cancellation)
    {
        var result = await FetchAtSite(wanted, waiting, cancellation);
        var isPermanent = true;
        for (var crossings = 1; result is Elsewhere elsewhere; crossings++)
        {
            if (crossings > MostCrossings)
                return new Blocked(elsewhere.Url, elsewhere.Status, null, "too-many-redirects", FetchSentences.TooManyRedirects(MostCrossings));
            isPermanent &= elsewhere.PermanentUrl is not null;
            result = await FetchAtSite(wanted with { Url = elsewhere.Url }, waiting, cancellation);
            if (result is not null)
                result = result with { PermanentUrl = !isPermanent ? null : result.Url == elsewhere.Url ? elsewhere.Url : result.PermanentUrl };
        }

        return result;
    }

    /// <summary>The same, at its own site alone: a redirect to another ends it with <see cref="Elsewhere"/>.</summary>
    /// <inheritdoc cref="Fetch(FetchRequest, Action{DateTimeOffset}, CancellationToken)" path="/param|/returns"/>
    public async Task<FetchResult?> FetchAtSite(FetchRequest wanted, Action<DateTimeOffset> waiting, CancellationToken cancellation)
    {
        var (url, request) = (wanted.Url, wanted);
        // A person waits: what could not be read a while ago is asked for again.
        if (await rules.Known(url, isWhole: true, cancellation) is not { UnreachableSince: null } robots)
        {
            Robots? learnt = null;
            async Task<FetchResult> Ask(Detour detour)
            {
                (var answer, learnt) = await rules.Ask(request with { Crossing = detour.Enter }, cancellation);
                return answer;
            }

            var asked = await Turn(url, Ask, waiting, cancellation);
            if (asked is Postponed { Until: var until })
            {
                waiting(until ?? clock.GetUtcNow() + options.Gap);
                return null;
            }

            if (learnt is null || asked is null || RobotsRules.IsAboutSite(asked, url))
                return asked;
            robots = learnt;
        }

        var now = clock.GetUtcNow();
        if ((request.IsPage ? robots.WhyNoPage(url, now) : robots.WhyNoFeed(url, now)) is { } sentence)
            return new Blocked(url, null, null, "robots", sentence);
        return await Turn(
            url, async _ => await fetch(request with { Crossing = Cross }, cancellation) with { CrawlDelay = robots.Delay }, waiting, cancellation);

        Task<FetchResult?> Cross(Hop hop, CancellationToken stop) => Task.FromResult<FetchResult?>(
            politenessKey(hop.To) == politenessKey(url) ? null : new Elsewhere(hop.To, hop.Status, hop.PermanentUrl));
    }

    private async Task<FetchResult?> Turn(
        Uri url, Func<Detour, Task<FetchResult>> request, Action<DateTimeOffset> waiting, CancellationToken cancellation)
    {
        var key = politenessKey(url);
        if (await Claim(key, waiting, cancellation) is not { } lease)
            return null;
        var detour = new Detour(database, leases, politenessKey, clock, options, key);
        FetchResult? result = null;
        var gap = options.Gap;
        DateTimeOffset? asked = null;
        try
        {
            result = await request(detour);
            gap = Gap.AfterPage(result.Elapsed, options.Gap);
            gap = gap > result.CrawlDelay ? gap : result.CrawlDelay;
            if (result is Throttled { RetryAt: { } retryAt })
                asked = Rhythm.Requested(retryAt, clock.GetUtcNow());
            return result;
        }
        finally
        {
            await database.Write(session => detour.Release(session, lease, gap, result, asked), CancellationToken.None);
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
