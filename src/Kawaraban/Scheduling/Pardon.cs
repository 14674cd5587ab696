using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Scheduling;

/// <summary>How a source was before a visit that failed, to be put back when the failure turns out to have been ours.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Health">How it was.</param>
/// <param name="Failures">How many visits had failed in a row.</param>
/// <param name="GoneSince">The first of a row of answers "gone".</param>
/// <param name="LastError">Why the visit before had failed.</param>
/// <param name="LastCrawlAt">When it was.</param>
/// <param name="FailedAt">When the visit that failed was written down.</param>
public sealed record Pardon(
    long SourceId,
    string Health,
    long Failures,
    long? GoneSince,
    string? LastError,
    long? LastCrawlAt,
    DateTimeOffset FailedAt)
{
    /// <summary>Looks how a source is.</summary>
    /// <param name="session">The transaction that writes the failure, before it does.</param>
    /// <param name="sourceId">The source.</param>
    /// <param name="now">The time that the failure will have.</param>
    internal static async Task<Pardon> Prepare(Session session, long sourceId, DateTimeOffset now)
    {
        await using var row = await session.Query(
            "SELECT health, failures, gone_since, last_error, last_crawl_at FROM sources WHERE id = @id", ("id", sourceId));
        await row.ReadAsync();
        return new Pardon(
            sourceId,
            row.GetString(0),
            row.GetInt64(1),
            row.IsDBNull(2) ? null : row.GetInt64(2),
            row.IsDBNull(3) ? null : row.GetString(3),
            row.IsDBNull(4) ? null : row.GetInt64(4),
            now);
    }

    /// <summary>Puts it back, unless the source has been visited since; the history says what it was.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="next">When the source is due.</param>
    internal async Task Grant(Session session, DateTimeOffset next)
    {
        var failedAt = FailedAt.ToUnixTimeMilliseconds();
        string key;
        await using (var row = await session.Query("""
            UPDATE sources SET health = @health, failures = @failures, gone_since = @goneSince, last_error = @lastError,
                last_crawl_at = @lastCrawlAt, next_crawl_at = @next
            WHERE id = @id AND last_crawl_at = @failedAt AND failures > @failures
            RETURNING politeness_key
            """,
            ("health", Health), ("failures", Failures), ("goneSince", GoneSince), ("lastError", LastError), ("lastCrawlAt", LastCrawlAt),
            ("next", next.ToUnixTimeMilliseconds()), ("id", SourceId), ("failedAt", failedAt)))
        {
            if (!await row.ReadAsync())
                return;
            key = row.GetString(0);
        }

        await session.Execute("""
            UPDATE crawls SET outcome = 'offline', sentence = sentence || ' (no: we were offline ourselves, and do not count it)'
            WHERE source_id = @id AND ended_at = @failedAt AND outcome <> 'offline'
            """, ("id", SourceId), ("failedAt", failedAt));
        await DueTimes.Refresh(session, key);
    }
}
