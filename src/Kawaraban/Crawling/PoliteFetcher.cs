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

    /// <summary>Waits until its site may be talked to, fetches, and leaves the site alone for the gap.</summary>
    /// <returns>Null when the site is to be left alone for longer than anybody waits; then <paramref name="waiting"/> has heard until when.</returns>
    public async Task<FetchResult?> Fetch(Uri url, Action<DateTimeOffset> waiting, CancellationToken cancellation)
    {
        var key = politenessKey(url);
        if (await Claim(key, waiting, cancellation) is not { } lease)
            return null;
        var allowedAt = clock.GetUtcNow() + options.Gap;
        try
        {
            var result = await fetch(new FetchRequest(url), cancellation);
            allowedAt = clock.GetUtcNow() + Gap.AfterPage(result.Elapsed, options.Gap);
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
