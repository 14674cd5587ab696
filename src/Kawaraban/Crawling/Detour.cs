using Kawaraban.Fetching;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>The sites beside its own that a visit has come to by redirects, with the right to talk to each.</summary>
/// <remarks>
/// A redirect to another site is a request to it like any other, and takes its lease. Nobody waits for one while holding another, so two
/// visits that cross each other's way never stand still: who finds the other site taken gives everything back and comes again.
/// </remarks>
/// <param name="database">Where the leases are.</param>
/// <param name="leases">Claims and releases them.</param>
/// <param name="politenessKey">Which addresses share a site or platform.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="options">How long a lease holds, and the gap.</param>
/// <param name="homeKey">The key whose lease the visit has had from its beginning.</param>
internal sealed class Detour(
    Database database, LeaseTable leases, Func<Uri, string> politenessKey, TimeProvider clock, CrawlerOptions options, string homeKey)
{
    // A lease holds for as long as the longest fetch; most are given back sooner.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(15);

    private readonly List<(Lease Lease, Uri Url)> places = [];

    /// <summary>Takes the lease of the site that a redirect leads to, if the visit has not got it. See <see cref="FetchRequest.Crossing"/>.</summary>
    /// <returns>Null when the redirect may be followed; <see cref="Postponed"/> when the site is taken, or its gap is not over.</returns>
    public async Task<FetchResult?> Enter(Hop hop, CancellationToken cancellation)
    {
        var key = politenessKey(hop.To);
        if (Holds(key))
            return null;
        cancellation.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow();
        // Not cancellable: what was claimed has to be known, to be given back.
        if (await database.Write(session => leases.ClaimKey(session, key, now, now + options.Lease), CancellationToken.None) is { } lease)
        {
            places.Add((lease, hop.To));
            return null;
        }

        return new Postponed(hop.To)
        {
            Until = await database.Read(session => LeaseTable.KeyReadyAt(session, key, now + LongestTurn), CancellationToken.None),
            Sentence = $"its server redirects to {hop.To}, and {key} is being asked for something else, or was a moment ago",
        };
    }

    /// <summary>Gives all leases back. Call it in the transaction that keeps what they were for, after the source's row was written.</summary>
    /// <inheritdoc cref="Leave" path="/param"/>
    /// <exception cref="LeaseLostException">One of them is somebody else's by now: undo what was done.</exception>
    public async Task Release(Session session, Lease home, TimeSpan gap, FetchResult? last, DateTimeOffset? asked) =>
        await Release(session, (await Leave(session, home, gap, last, asked)).Ends);

    /// <summary>Gives those leases back.</summary>
    /// <inheritdoc cref="Release(Session, Lease, TimeSpan, FetchResult?, DateTimeOffset?)" path="/exception"/>
    public async Task Release(Session session, IReadOnlyList<(Lease Lease, DateTimeOffset AllowedAt)> ends)
    {
        // All who lock several keys lock them in one order.
        foreach (var (lease, allowedAt) in ends.OrderBy(end => end.Lease.PolitenessKey, StringComparer.Ordinal))
            await leases.Release(session, lease, allowedAt);
    }

    /// <summary>Tells when each of the sites may be talked to again.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="home">The lease of the visit's own key.</param>
    /// <param name="gap">How long the visit's own key is left alone; the others for a gap of their own.</param>
    /// <param name="last">How the visit's requests ended; null when they were broken off.</param>
    /// <param name="asked">Until when the site that answered last asks us to stay away; null when it does not.</param>
    /// <returns>All leases, and when the site that answered last may be talked to again.</returns>
    public async Task<(IReadOnlyList<(Lease Lease, DateTimeOffset AllowedAt)> Ends, DateTimeOffset ReadyAt)> Leave(
        Session session, Lease home, TimeSpan gap, FetchResult? last, DateTimeOffset? asked)
    {
        var now = clock.GetUtcNow();
        var lastKey = last is null ? homeKey : politenessKey(last.Url);
        if (!Holds(lastKey))
            lastKey = homeKey;
        List<(Lease Lease, DateTimeOffset AllowedAt)> ends = [(home, End(homeKey, gap))];
        foreach (var (lease, url) in places)
        {
            var delay = (await RobotsTable.Find(session, RobotsRules.Origin(url), isWhole: false))?.Delay ?? TimeSpan.Zero;
            ends.Add((lease, End(lease.PolitenessKey, Gap.AfterFeed(last?.Elapsed ?? TimeSpan.Zero, options.WithGapOf(delay).Gap))));
        }

        return (ends, ends.Single(end => end.Lease.PolitenessKey == lastKey).AllowedAt);

        DateTimeOffset End(string key, TimeSpan wait) => key == lastKey && asked > now + wait ? asked.Value : now + wait;
    }

    /// <summary>Gives back what is still ours after one of the leases was lost, each by itself.</summary>
    /// <param name="home">The lease of the visit's own key.</param>
    public async Task Abandon(Lease home)
    {
        foreach (var lease in places.Select(place => place.Lease).Prepend(home))
        {
            try
            {
                await database.Write(session => leases.Release(session, lease, clock.GetUtcNow() + options.Gap), CancellationToken.None);
            }
            catch (LeaseLostException)
            {
                // This one it was.
            }
        }
    }

    private bool Holds(string key) => key == homeKey || places.Any(place => place.Lease.PolitenessKey == key);
}
