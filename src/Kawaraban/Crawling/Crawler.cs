using System.Threading.Channels;
using Kawaraban.Fetching;
using Kawaraban.Recipes;
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
public sealed class Crawler(
    Database database,
    Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch,
    FeedFinder finder,
    Func<Uri, string> politenessKey,
    TimeProvider clock,
    Random random,
    CrawlerOptions options,
    Func<FetchRequest, CancellationToken, Task<FetchResult>>? fetchPage = null)
{
    private static readonly TimeSpan FullFetchEvery = TimeSpan.FromDays(7);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(16);

    private readonly LeaseTable leases = new(new Holder());
    private readonly Rediscovery rediscovery = new(database, finder, clock);
    private readonly SourceReader reader = new(database, politenessKey, clock);
    private readonly FollowUps? followUps = fetchPage is null ? null : new(database, fetchPage, politenessKey, clock, options);
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

    // Returns what must end the run, null when nothing must.
    private async Task<Exception?> Visit(Run run, IClaims claims, Order order, CancellationToken hardStop)
    {
        var detour = new Detour(database, leases, politenessKey, clock, options, order.Lease.PolitenessKey);
        try
        {
            var startedAt = clock.GetUtcNow();
            CrawlResult result;
            try
            {
                var request = Request(order, startedAt, out var problem);
                var fetched = problem is not null ? new Blocked(request.Url, null, null, "recipe", problem) : await fetch(request with { Crossing = detour.Enter }, hardStop);
                if (fetched is Postponed postponed)
                {
                    await Postpone(claims, order, detour, postponed, startedAt);
                    return null;
                }

                // Where the address that its recipe names has moved to is nothing to the source's own.
                result = (await reader.Read(order, request.Url == order.Url ? fetched : fetched with { PermanentUrl = null }, startedAt, detour)).WithoutDocument();
            }
            catch (OperationCanceledException) when (hardStop.IsCancellationRequested)
            {
                var gap = Gap.AfterFeed(clock.GetUtcNow() - startedAt, options.Gap);
                await database.Write(session => detour.Release(session, order.Lease, gap, null, null), CancellationToken.None);
                return null;
            }
            catch (Exception error) when (error is not StorageException { IsMistake: false })
            {
                // One order must not stop the others, whatever it brings out in us.
                result = CrawlResult.Failed(order, error, startedAt, detour);
            }

            // A mistake of ours says nothing about the network.
            var verdict = result.Outcome.IsOurs ? new Verdict(false, null, []) : run.Outage.Hear(order, result.Fetch, clock.GetUtcNow());
            if (verdict.Notice is { } notice)
                Noticed?.Invoke(notice);
            var mustSearch = false;
            if (verdict.IsOurs)
            {
                await Excuse(order, detour);
            }
            else
            {
                var report = await Record(run, result);
                run.Ended(report);
                mustSearch = report.MustSearch;
            }

            foreach (var pardon in verdict.Pardons)
                await Grant(pardon);
            if (mustSearch)
                await Search(order, hardStop);
            if (result.Outcome.IsSuccess && !verdict.IsOurs)
                await FollowUp(run, order, result, hardStop);
            return null;
        }
        catch (LeaseLostException)
        {
            // Another process has crawled it, or does so now; its result counts.
            return await Abandon(order, detour);
        }
        catch (Exception error)
        {
            return error;
        }
    }

    // The turn is used up, and nobody waits for the next one here: other sites come first where they have waited longer.
    private async Task Postpone(IClaims claims, Order order, Detour detour, Postponed postponed, DateTimeOffset startedAt)
    {
        var gap = Gap.AfterFeed(postponed.Elapsed, options.WithGapOf(postponed.CrawlDelay).Gap);
        double luck;
        lock (random)
            luck = random.NextDouble();
        var until = await database.Write(
            async session =>
            {
                var (ends, readyAt) = await detour.Leave(session, order.Lease, gap, postponed, null);
                if (postponed.Sentence is not null)
                    readyAt = await Waiting.Write(session, order, postponed, startedAt, readyAt, luck, clock.GetUtcNow());
                await detour.Release(session, ends);
                return readyAt;
            },
            CancellationToken.None);
        claims.Return(order, until);
    }

    private static async Task<Exception?> Abandon(Order order, Detour detour)
    {
        try
        {
            await detour.Abandon(order.Lease);
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private async Task Search(Order order, CancellationToken hardStop)
    {
        try
        {
            await rediscovery.Search(order, hardStop);
        }
        catch (OperationCanceledException) when (hardStop.IsCancellationRequested)
        {
            // Another time.
        }
        catch (Exception error) when (error is not StorageException { IsMistake: false })
        {
            var notice = $"its address is dead, and a mistake of ours kept us from looking for another ({error.GetType().Name}: {error.Message}); please report it";
            await database.Write(
                session => session.Execute("UPDATE sources SET notice = @notice WHERE id = @id", ("notice", notice), ("id", order.SourceId)),
                CancellationToken.None);
        }
    }

    private async Task FollowUp(Run run, Order order, CrawlResult result, CancellationToken hardStop)
    {
        var recipe = (result.Recipe ?? SourceReader.Recipe(order)).Compiled;
        // A source that never had a recipe of its own wants nothing beside its document: the built-in ones do not.
        if (followUps is null || (order.RecipeVersion == 0 && recipe.Page is null))
            return;
        try
        {
            // Where the feed is may have become known by this visit alone.
            var known = order.SiteUrl ?? CanonicalUrl.Web(result.Feed?.HomePageUrl, order.Url);
            var done = await followUps.Run(order with { SiteUrl = known, FeedTitle = result.Feed?.Title ?? order.FeedTitle }, recipe, hardStop);
            run.FollowedUp(done);
        }
        catch (OperationCanceledException) when (hardStop.IsCancellationRequested)
        {
            // What was read is kept; the rest waits.
        }
    }

    // A server, or a cache before it, may say "not modified" for ever. Once a week it is not given the chance.
    private FetchRequest Request(Order order, DateTimeOffset now, out string? problem)
    {
        var isWhole = order.FullFetchAt is not { } at || now - at >= FullFetchEvery;
        return new FetchRequest(reader.Address(order, out problem), isWhole ? null : order.ETag, isWhole ? null : order.LastModified)
        {
            Settings = order.Request,
            IsPage = SourceReader.Recipe(order).Compiled.IsOfPages,
        };
    }

    private async Task<CrawlReport> Record(Run run, CrawlResult result)
    {
        var recorder = new CrawlRecorder(politenessKey, options.WithGapOf(result.Fetch.CrawlDelay), random, upkeep.Sources);
        Pardon? pardon = null;
        CrawlReport report;
        try
        {
            report = await database.Write(
                async session =>
                {
                    var now = clock.GetUtcNow();
                    pardon = Outage.IsSilence(result.Fetch) ? await Pardon.Prepare(session, result.Order.SourceId, now) : null;
                    return await recorder.Record(session, result, now);
                },
                CancellationToken.None);
        }
        catch (Exception error) when (error is not (StorageException { IsMistake: false } or LeaseLostException))
        {
            // Its posts could not be kept, by a mistake of ours; that it was so can.
            var mistake = new CrawlResult(result.Order, result.Fetch, result.StartedAt, CrawlResult.Mistake(error)) { Detour = result.Detour };
            return await database.Write(session => recorder.Record(session, mistake, clock.GetUtcNow()), CancellationToken.None);
        }

        if (pardon is not null && run.Outage.IsPardoned(pardon))
            await Grant(pardon);
        return report;
    }

    // We are offline: as if nobody had gone there, but for the gap.
    private Task Excuse(Order order, Detour detour) =>
        database.Write(
            async session =>
            {
                await session.Execute(
                    "UPDATE sources SET next_crawl_at = @next WHERE id = @id",
                    ("next", AfterOutage().ToUnixTimeMilliseconds()), ("id", order.SourceId));
                await detour.Release(session, order.Lease, options.Gap, null, null);
            },
            CancellationToken.None);

    private Task Grant(Pardon pardon) => database.Write(session => pardon.Grant(session, AfterOutage()), CancellationToken.None);

    private DateTimeOffset AfterOutage()
    {
        lock (random)
            return clock.GetUtcNow() + Rhythm.AfterOutage(random.NextDouble());
    }
}
