using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Scheduling;

/// <summary>Mends what a clock that was ahead has left behind when it is set back: visits of a time to come, and all that was counted from them.</summary>
/// <remarks>
/// A source that was visited "next year" would be due the year after. What was counted from the wrong moment, its schedule as well as what
/// its server asked for, is counted from now instead. Small differences, as between machines, are left alone.
/// </remarks>
internal static class WrongClock
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromHours(1);

    // A fetch takes five minutes at most.
    private static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(10);

    /// <summary>Mends it. Call it now and then.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="now">The moment.</param>
    public static async Task Mend(Session session, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        var limit = (now + Tolerated).ToUnixTimeMilliseconds();

        // A key waits for as long from now as it would have from the latest visit; where there was none, not at all.
        var keys = await session.Execute("""
            UPDATE leases SET
                next_allowed_at = CASE
                    WHEN a.latest > @limit AND next_allowed_at > a.latest THEN @now + next_allowed_at - a.latest
                    WHEN a.latest > @limit OR next_allowed_at > @longestWait THEN @now
                    ELSE next_allowed_at
                END,
                until = CASE WHEN until > @longestLease THEN CAST(@longestLease AS BIGINT) ELSE until END
            FROM (SELECT politeness_key AS key, max(coalesce(last_crawl_at, 0)) AS latest FROM sources GROUP BY politeness_key) AS a
            WHERE politeness_key = a.key AND (until > @longestLease OR next_allowed_at > @longestWait OR (a.latest > @limit AND next_allowed_at > @limit))
            """,
            ("limit", limit),
            ("now", at),
            ("longestWait", (now + Rhythm.LongestRequestedWait + Tolerated).ToUnixTimeMilliseconds()),
            ("longestLease", (now + LongestLease).ToUnixTimeMilliseconds()));
        var sources = await session.Execute("""
            UPDATE sources SET
                next_crawl_at = CASE WHEN next_crawl_at > last_crawl_at THEN @now + next_crawl_at - last_crawl_at ELSE @now END,
                not_before = CASE WHEN not_before > last_crawl_at THEN @now + not_before - last_crawl_at ELSE 0 END,
                last_success_at = CASE WHEN last_success_at > @now THEN CAST(@now AS BIGINT) ELSE last_success_at END,
                full_fetch_at = CASE WHEN full_fetch_at > @now THEN CAST(@now AS BIGINT) ELSE full_fetch_at END,
                gone_since = CASE WHEN gone_since > @now THEN CAST(@now AS BIGINT) ELSE gone_since END,
                moved_since = CASE WHEN moved_since > @now THEN CAST(@now AS BIGINT) ELSE moved_since END,
                lost_since = CASE WHEN lost_since > @now THEN CAST(@now AS BIGINT) ELSE lost_since END,
                last_crawl_at = @now
            WHERE last_crawl_at > @limit
            """, ("limit", limit), ("now", at));
        await session.Execute("UPDATE robots SET expires_at = @now WHERE fetched_at > @limit", ("limit", limit), ("now", at));
        if (keys + sources > 0)
            await DueTimes.RefreshAll(session);
    }
}
