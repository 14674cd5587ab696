using Kawaraban.Fetching;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>The robots.txt of origins as they were read last.</summary>
internal static class RobotsTable
{
    /// <summary>What is known of an origin; null when it was never asked.</summary>
    /// <param name="session">A question.</param>
    /// <param name="origin">Scheme, host and port.</param>
    /// <param name="isWhole">Whether the file is wanted too when it does not name us: of a feed this is asked at every crawl.</param>
    public static async Task<Robots?> Find(Session session, string origin, bool isWhole)
    {
        await using var row = await session.Query("""
            SELECT CASE WHEN names_us = 1 OR @isWhole = 1 THEN body END, names_us, crawl_delay_ms, status, expires_at, unreachable_since
            FROM robots WHERE origin = @origin
            """, ("isWhole", isWhole ? 1 : 0), ("origin", origin));
        if (!await row.ReadAsync())
            return null;
        return new Robots(
            row.IsDBNull(0) ? null : row.GetString(0),
            row.GetInt64(1) != 0,
            row.IsDBNull(2) ? null : TimeSpan.FromMilliseconds(row.GetInt64(2)),
            row.IsDBNull(3) ? null : row.GetInt32(3),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
            row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));
    }

    /// <summary>Keeps what an answer means.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="origin">Scheme, host and port.</param>
    /// <param name="answer">The answer to the request for it.</param>
    /// <param name="now">The moment.</param>
    public static async Task<Robots> Keep(Session session, string origin, FetchResult answer, DateTimeOffset now)
    {
        var robots = Robots.Of(answer, await Find(session, origin, isWhole: true), now);
        await session.Execute("""
            INSERT INTO robots (origin, fetched_at, expires_at, status, body, names_us, crawl_delay_ms, unreachable_since)
            VALUES (@origin, @now, @expiresAt, @status, @body, @namesUs, @delay, @unreachableSince)
            ON CONFLICT (origin) DO UPDATE SET fetched_at = excluded.fetched_at, expires_at = excluded.expires_at, status = excluded.status,
                body = excluded.body, names_us = excluded.names_us, crawl_delay_ms = excluded.crawl_delay_ms,
                unreachable_since = excluded.unreachable_since
            """,
            ("origin", origin),
            ("now", now.ToUnixTimeMilliseconds()),
            ("expiresAt", robots.ExpiresAt.ToUnixTimeMilliseconds()),
            ("status", robots.Status),
            ("body", robots.Body),
            ("namesUs", robots.NamesUs ? 1 : 0),
            ("delay", robots.Asks is { } delay ? (long)delay.TotalMilliseconds : null),
            ("unreachableSince", robots.UnreachableSince?.ToUnixTimeMilliseconds()));
        return robots;
    }
}
