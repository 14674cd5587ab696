using Kawaraban.Fetching;
using Kawaraban.Recipes;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>One visit, from the request to what is written of it.</summary>
public sealed partial class Crawler
{
    private static readonly TimeSpan FullFetchEvery = TimeSpan.FromDays(7);

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
                await Compare(order, report);
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

    // What else is the same article, and whether another place has to stand for those of a source that is gone.
    private async Task Compare(Order order, CrawlReport report)
    {
        try
        {
            await twins.Compare(report.Touched, CancellationToken.None);
            if (report.IsRetired)
                await twins.Settle(order.SourceId, CancellationToken.None);
        }
        catch (Exception error) when (error is not StorageException { IsMistake: false })
        {
            // The posts are kept, each by itself.
            Noticed?.Invoke($"source \"{order.Title}\": a mistake of ours kept us from looking where else its posts stand ({error.GetType().Name}: {error.Message}); please report it");
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
