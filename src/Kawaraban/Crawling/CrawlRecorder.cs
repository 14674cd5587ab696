using Kawaraban.Catalog;
using Kawaraban.Fetching;
using Kawaraban.Push;
using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Writes what a visit brought: posts, history, the source's state and the lease's return, all in one transaction.</summary>
/// <param name="politenessKey">Which addresses share a site or platform.</param>
/// <param name="options">The installation's customs.</param>
/// <param name="random">Spreads the next visits.</param>
/// <param name="sources">How many sources there are.</param>
internal sealed class CrawlRecorder(Func<Uri, string> politenessKey, CrawlerOptions options, Random random, long sources)
{
    /// <summary>Writes it down.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="result">What the visit brought.</param>
    /// <param name="now">When it ended.</param>
    /// <exception cref="LeaseLostException">Somebody else has the key by now; nothing may be written.</exception>
    public async Task<CrawlReport> Record(Session session, CrawlResult result, DateTimeOffset now)
    {
        var order = result.Order;
        var move = await Moving.Observe(session, result, now);
        var kept = result.Drafts.Count == 0
            ? default
            : await PostWriter.Keep(session, new PostOrigin(order.SourceId, order.CompanyId, order.KeepsFullText), result.Drafts, now, result.Feed);
        var shaping = await Shaping.Write(session, result, kept, now);
        var timing = Timing(result, kept, now);
        var push = result.Outcome.IsSuccess ? await PushTrust.Learn(session, order.SourceId, kept, result.StartedAt, now) : null;
        var next = Next.After(result, timing, push, sources, options, random, now);
        var losing = Losing.Observe(result, next.IsRetired, now);
        var isSetAside = result.Outcome.IsOurs
            && await DeadLetterTable.Failed(session, order.SourceId, result.Outcome.Sentence, result.Outcome.Detail, now);
        var report = Report(result, kept, next, move, shaping, isSetAside) with { MustSearch = losing.MustSearch, IsRetired = next.IsRetired, Touched = kept.Touched };
        await WriteSource(session, result, report, next, now);
        var gap = Gap.AfterFeed(result.Fetch.Elapsed, options.Gap);
        await move.Write(session, order, politenessKey, next.KeyAsked is { } asked && asked > now + gap ? asked : now + gap);
        if (result.Feed is { } feed)
        {
            await WriteNames(session, order, feed);
            if (result.Fetch is Fetched fetched)
                await PushDiscovery.Write(session, order, fetched, feed);
        }

        if (options.Announces && kept.New + kept.Updated > 0)
            await AnnouncementTable.Note(session, order.CompanyId, now);
        await losing.Write(session, order, report.IsSuccess, now);
        if (timing != order.Timing)
            await TimingTable.Learn(session, order.SourceId, timing);
        await WriteHistory(session, result, report, now);
        await result.Detour.Release(session, order.Lease, gap, result.Fetch, next.KeyAsked);
        return report;
    }

    private static CrawlReport Report(CrawlResult result, KeptPosts kept, Next next, Moving move, Shaping shaping, bool isSetAside)
    {
        var outcome = result.Outcome;
        if (result.Feed is not null)
            outcome = Success(result.EntryCount, kept);
        var retry = next.IsRetired ? "; it will not be visited again"
            : isSetAside ? $"; it is set aside after {DeadLetterTable.Enough} failures of ours: kawaraban dead-letters redrive {result.Order.SourceId} visits it again"
            : outcome.IsSuccess ? ""
            : $"; next try {CrawlOutcome.At(next.CrawlAt)}";
        return new CrawlReport(
            result.Order.SourceId,
            result.Order.Title,
            result.Order.Url,
            outcome.Code,
            outcome.IsSuccess,
            result.Fetch.Status,
            result.Fetch.BytesReceived,
            result.EntryCount,
            kept.New,
            kept.Updated,
            $"source \"{result.Order.Title}\": {outcome.Sentence.TrimEnd('.')}{shaping.Sentence}{move.Sentence}{retry}");
    }

    private static CrawlOutcome Success(int entries, KeptPosts kept) => (kept.New, kept.Updated) switch
    {
        (0, 0) when entries == 0 => new CrawlOutcome("unchanged", "healthy", "the feed is well, and has no entries"),
        (0, 0) => new CrawlOutcome("unchanged", "healthy", $"nothing new among {Count(entries, "entry", "entries")}"),
        (var added, 0) => new CrawlOutcome("updated", "healthy", Count(added, "new post", "new posts")),
        (0, var updated) => new CrawlOutcome("updated", "healthy", Count(updated, "changed post", "changed posts")),
        var (added, updated) => new CrawlOutcome(
            "updated", "healthy", $"{Count(added, "new post", "new posts")} and {Count(updated, "changed post", "changed posts")}"),
    };

    private static string Count(int number, string one, string many) => number == 1 ? $"1 {one}" : $"{number} {many}";

    private static Timing Timing(CrawlResult result, KeptPosts kept, DateTimeOffset now)
    {
        var timing = result.Order.Timing;
        return result.Feed is not { } feed
            ? timing
            : timing with
            {
                Hints = PublisherHints.Of(feed.Update),
                Pace = timing.Pace.After(result.Drafts.Select(draft => draft.PublishedAt), kept.New, now),
            };
    }

    // What was read stands for the validators too: a document that was not read must come again in full.
    private static async Task WriteSource(Session session, CrawlResult result, CrawlReport report, Next next, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        if (report.IsSuccess)
        {
            var (etag, lastModified) = result.Fetch switch
            {
                Fetched fetched => (fetched.ETag, fetched.LastModified),
                // A 304 may bring newer validators (RFC 9111 §3.2); what it leaves out stays.
                NotModified unmodified => (unmodified.ETag ?? result.Order.ETag, unmodified.LastModified ?? result.Order.LastModified),
                _ => (result.Order.ETag, result.Order.LastModified),
            };
            await session.Execute("""
                UPDATE sources SET health = 'healthy', failures = 0, gone_since = NULL, last_error = NULL, last_crawl_at = @at,
                    last_success_at = @at, not_before = 0, etag = @etag, last_modified = @lastModified,
                    content_hash = CASE WHEN recipe_version = @recipeVersion THEN CAST(@hash AS BIGINT) END,
                    full_fetch_at = CASE WHEN recipe_version = @recipeVersion THEN CAST(@fullFetchAt AS BIGINT) END, our_failures = 0, our_failures_since = NULL,
                    next_crawl_at = CASE WHEN coalesce(schedule, '') = @schedule THEN CAST(@next AS BIGINT) ELSE @soon END
                WHERE id = @id
                """,
                ("at", at),
                // Somebody may have changed the recipe meanwhile: then the document has not been read by it.
                ("recipeVersion", result.Order.RecipeVersion),
                ("schedule", result.Order.Timing.Written ?? ""),
                ("next", next.CrawlAt.ToUnixTimeMilliseconds()),
                // A person has given it another schedule since it was claimed: that one decides, after another visit.
                ("soon", (now + Schedule.MostOften).ToUnixTimeMilliseconds()),
                ("etag", etag),
                ("lastModified", lastModified),
                ("hash", result.ContentHash ?? result.Order.ContentHash),
                ("fullFetchAt", result.Fetch is Fetched ? at : result.Order.FullFetchAt?.ToUnixTimeMilliseconds()),
                ("id", result.Order.SourceId));
            return;
        }

        await session.Execute("""
            UPDATE sources SET health = @health, failures = @failures, gone_since = @goneSince, last_error = @sentence, last_crawl_at = @at,
                next_crawl_at = @next, not_before = @notBefore, status = CASE WHEN @isRetired = 1 THEN 'gone' ELSE status END, notice = coalesce(@notice, notice),
                our_failures = CASE WHEN @isOurs = 1 THEN our_failures ELSE 0 END,
                our_failures_since = CASE WHEN @isOurs = 1 THEN our_failures_since END
            WHERE id = @id
            """,
            ("health", result.Outcome.Health),
            ("failures", next.Failures),
            ("goneSince", next.GoneSince?.ToUnixTimeMilliseconds()),
            ("sentence", report.Sentence),
            ("at", at),
            ("next", next.CrawlAt.ToUnixTimeMilliseconds()),
            ("notBefore", next.NotBefore?.ToUnixTimeMilliseconds() ?? 0),
            ("isRetired", next.IsRetired ? 1 : 0),
            ("isOurs", result.Outcome.IsOurs ? 1 : 0),
            ("notice", next.IsRetired ? Retirement(result.Order, next) : null),
            ("id", result.Order.SourceId));
    }

    private static string Retirement(Order order, Next next) =>
        $"its server has said that it is gone for good (410) since {CrawlOutcome.At(next.GoneSince ?? default)}; its posts stay; "
        + $"kawaraban sources resume {order.SourceId} visits it again";

    private static async Task WriteNames(Session session, Order order, Feeds.Feed feed)
    {
        var title = string.IsNullOrWhiteSpace(feed.Title) ? null : feed.Title.Trim();
        var site = order.HasSite ? null : Recipes.CanonicalUrl.Web(feed.HomePageUrl, order.Url);
        if (title is not null && title != order.FeedTitle)
        {
            await session.Execute("UPDATE sources SET feed_title = @title WHERE id = @id", ("title", title), ("id", order.SourceId));
            await CompanyTable.Rename(session, order.CompanyId, order.Url.IdnHost, title);
        }

        if (site is not null)
        {
            await session.Execute("UPDATE sources SET site_url = @site WHERE id = @id", ("site", site.AbsoluteUri), ("id", order.SourceId));
            await session.Execute(
                "UPDATE companies SET site_url = @site WHERE id = @id AND site_url IS NULL", ("site", site.AbsoluteUri), ("id", order.CompanyId));
        }

        if (Recipes.CanonicalUrl.Web(feed.IconUrl ?? feed.FaviconUrl, order.Url) is { } logo)
        {
            await session.Execute(
                "UPDATE companies SET logo_url = @logo WHERE id = @id AND logo_url IS NULL", ("logo", logo.AbsoluteUri), ("id", order.CompanyId));
        }
    }

    private static Task<int> WriteHistory(Session session, CrawlResult result, CrawlReport report, DateTimeOffset now) =>
        session.Execute("""
            INSERT INTO crawls (source_id, started_at, ended_at, outcome, http_status, bytes, entries, new_posts, updated_posts, sentence)
            VALUES (@sourceId, @startedAt, @endedAt, @outcome, @status, @bytes, @entries, @new, @updated, @sentence)
            """,
            ("sourceId", report.SourceId),
            ("startedAt", result.StartedAt.ToUnixTimeMilliseconds()),
            ("endedAt", now.ToUnixTimeMilliseconds()),
            ("outcome", report.Outcome),
            ("status", report.HttpStatus),
            ("bytes", report.Bytes),
            ("entries", report.Entries),
            ("new", report.NewPosts),
            ("updated", report.UpdatedPosts),
            ("sentence", report.Sentence));
}
