using System.Threading.Channels;
using Kawaraban.Catalog;
using Kawaraban.Fetching;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Visits what is due: claim, fetch, read, shape, keep.</summary>
/// <remarks>
/// The database decides what is due and who may go there, so any number of crawlers may run, and one that dies leaves nothing half done:
/// what a visit brought is written in one transaction with the return of its lease.
/// </remarks>
/// <param name="database">Where everything is kept.</param>
/// <param name="fetch">Fetches the document of a source; every trouble of the network is a result.</param>
/// <param name="finder">Looks for the feeds of sources whose addresses are dead.</param>
/// <param name="politenessKey">Which addresses share a site or platform: for sources that move.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="random">Spreads the next visits.</param>
/// <param name="options">How much and how often.</param>
/// <param name="fetchPage">Fetches one page, for recipes that want more than a source's document; null reads none.</param>
public sealed partial class Crawler(
    Database database,
    Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch,
    FeedFinder finder,
    Func<Uri, string> politenessKey,
    TimeProvider clock,
    Random random,
    CrawlerOptions options,
    Func<FetchRequest, CancellationToken, Task<FetchResult>>? fetchPage = null)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(16);

    private readonly LeaseTable leases = new(new Holder());
    private readonly Rediscovery rediscovery = new(database, finder, clock);
    private readonly SourceReader reader = new(database, politenessKey, clock);
    private readonly FollowUps? followUps = fetchPage is null ? null : new(database, fetchPage, politenessKey, clock, options);
    private readonly TwinTable twins = new(database, clock);
    private readonly Upkeep upkeep = new(database, clock, options);

    /// <summary>Hears, in a sentence, what concerns us and no source: that we seem to be offline, or that the database does not work.</summary>
    public event Action<string>? Noticed;

    /// <summary>Visits those sources once and ends.</summary>
    /// <param name="scope">Which.</param>
    /// <param name="progress">Hears of every visit as it ends, one at a time.</param>
    /// <param name="cancellation">Stops claiming; what is under way is brought to its end or, after a while, given back.</param>
    /// <exception cref="StorageException">The database failed; what was committed is kept.</exception>
    public async Task<CrawlSummary> CrawlOnce(CrawlScope scope, IProgress<CrawlProgress>? progress, CancellationToken cancellation)
    {
        var begin = clock.GetUtcNow();
        await Begin(scope, begin, cancellation);
        // Who has just added a long list, and says "what is due", means all of it.
        begin = await database.Read(session => LeaseTable.LastFirstVisit(session, begin), cancellation);
        var these = (scope as CrawlScope.TheseSources)?.Ids;
        var total = these?.Count ?? await database.Read(session => LeaseTable.CountDue(session, begin), cancellation);
        IClaims claims = these is null ? new DueClaims(database, leases, clock, () => begin, options.LongestWait) : new ChosenClaims(database, leases, clock, these);
        var run = new Run(total, progress);
        await Crawl(run, claims, endsWhenDone: true, cancellation);
        if (!cancellation.IsCancellationRequested)
            await upkeep.Once(cancellation);
        var waiting = cancellation.IsCancellationRequested || these is not null
            ? []
            : await database.Read(session => LeaseTable.Waiting(session, clock.GetUtcNow(), begin), cancellation);
        return run.Summary(waiting);
    }

    /// <summary>Visits whatever becomes due, until it is stopped. A database that fails is waited for.</summary>
    /// <inheritdoc cref="CrawlOnce" path="/param"/>
    public async Task CrawlForever(IProgress<CrawlProgress>? progress, CancellationToken cancellation)
    {
        var pause = FirstPause;
        while (!cancellation.IsCancellationRequested)
        {
            var begun = clock.GetTimestamp();
            try
            {
                await CrawlUntilTrouble(progress, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (StorageException error) when (!error.IsMistake && !cancellation.IsCancellationRequested)
            {
                // A disk that was full may have room again, a server be back.
                pause = clock.GetElapsedTime(begun) > LongestPause ? FirstPause : pause;
                Noticed?.Invoke($"{error.Message}; the crawler goes on in {pause.TotalSeconds:0} s");
                await Task.Delay(pause, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task CrawlUntilTrouble(IProgress<CrawlProgress>? progress, CancellationToken cancellation)
    {
        await Begin(CrawlScope.Due, clock.GetUtcNow(), cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var keeping = upkeep.Run(end.Token);
        try
        {
            await Crawl(new Run(0, progress), new DueClaims(database, leases, clock, clock.GetUtcNow, TimeSpan.Zero), endsWhenDone: false, cancellation);
        }
        finally
        {
            await end.CancelAsync();
            await keeping;
        }
    }

    private async Task Begin(CrawlScope scope, DateTimeOffset now, CancellationToken cancellation)
    {
        await database.Write(
            async session =>
            {
                await leases.ReleaseDead(session, now + options.Gap);
                await WrongClock.Mend(session, now);
                if (scope is CrawlScope.AllSources)
                    await LeaseTable.MakeAllDue(session, now);
            },
            cancellation);
        await upkeep.Count(cancellation);
    }

    private async Task Crawl(Run run, IClaims claims, bool endsWhenDone, CancellationToken cancellation)
    {
        using var hardStop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var drain = cancellation.Register(() => hardStop.CancelAfter(options.Drain));
        var ended = Channel.CreateUnbounded<Exception?>();
        var underWay = 0;
        Exception? failure = null;
        while (true)
        {
            var isOffline = run.Outage.IsOn;
            var isStopping = cancellation.IsCancellationRequested || failure is not null || (isOffline && endsWhenDone);
            var room = isStopping ? 0 : run.Outage.Room(options.Parallel - underWay, underWay, clock.GetUtcNow());
            if (room > 0)
            {
                foreach (var order in await Claim(claims, room))
                {
                    underWay++;
                    // Its end is heard through the channel, its failure too.
                    _ = Task.Run(async () => ended.Writer.TryWrite(await Visit(run, claims, order, hardStop.Token)), CancellationToken.None);
                }
            }

            if (underWay == 0 && (isStopping || !await Wait(run, claims, endsWhenDone, cancellation)))
                break;
            if (underWay > 0)
            {
                await WaitForEnd(ended.Reader, claims, isStopping || isOffline || underWay == options.Parallel, cancellation);
                while (ended.Reader.TryRead(out var error))
                {
                    underWay--;
                    failure ??= error;
                }
            }
        }

        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private Task<IReadOnlyList<Order>> Claim(IClaims claims, int count) =>
        // Not cancellable: what was claimed has to be crawled or given back.
        claims.Claim(count, clock.GetUtcNow() + options.Lease, CancellationToken.None);

    // Nothing is under way: until when is there nothing to do? False ends the run.
    private async Task<bool> Wait(Run run, IClaims claims, bool endsWhenDone, CancellationToken cancellation)
    {
        try
        {
            var ready = await claims.NextReady(cancellation);
            var wait = (ready ?? DateTimeOffset.MaxValue) - clock.GetUtcNow();
            if (endsWhenDone && (ready is null || wait > options.LongestWait))
                return false;
            if (run.Outage.IsOn && run.Outage.NextScout - clock.GetUtcNow() is var pause && pause > wait)
                wait = pause;
            await Sleep(wait, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The loop sees it.
        }

        return true;
    }

    // Until a visit ends; or, where there is room for another, until that one may begin.
    private async Task WaitForEnd(ChannelReader<Exception?> ended, IClaims claims, bool isFull, CancellationToken cancellation)
    {
        var end = ended.WaitToReadAsync(CancellationToken.None).AsTask();
        if (isFull || end.IsCompleted)
        {
            await end;
            return;
        }

        using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var ready = await claims.NextReady(cancellation);
            await Task.WhenAny(end, Sleep((ready ?? DateTimeOffset.MaxValue) - clock.GetUtcNow(), wake.Token));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The loop sees it.
        }

        await wake.CancelAsync();
    }

    private Task Sleep(TimeSpan wait, CancellationToken cancellation)
    {
        var least = TimeSpan.FromMilliseconds(1);
        return Task.Delay(wait < least ? least : wait < options.Poll ? wait : options.Poll, clock, cancellation);
    }
}
