using Kawaraban.Catalog;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Push;

/// <summary>How far a source's hub is trusted, by what the visits find: it is believed to tell of everything until it misses something.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="LeaseUntil">Until when it is confirmed.</param>
/// <param name="Owed">How many visits are still to look for what was pushed.</param>
/// <param name="Proven">How many pushes a visit has found to be true.</param>
/// <param name="MissedAt">When a visit found what had not been pushed; null since the hub has proven itself again.</param>
internal sealed record PushTrust(long Id, DateTimeOffset LeaseUntil, int Owed, int Proven, DateTimeOffset? MissedAt)
{
    /// <summary>How many pushes must have been true.</summary>
    public const int Enough = 2;

    /// <summary>How many visits look for what was pushed: a cache before the feed may not have it at once.</summary>
    public const int Looks = 3;

    /// <summary>How late a push may come after the visit that found its post, and count.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromHours(1);

    /// <summary>How long a source is left alone between two visits, whatever is pushed.</summary>
    public static readonly TimeSpan MostOften = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestSlowed = TimeSpan.FromDays(3);
    private const int Slower = 3;

    /// <summary>Whether the source is visited more seldom for it.</summary>
    public bool IsTrusted => Proven >= Enough && MissedAt is null;

    /// <summary>What a visit that went well teaches.</summary>
    /// <param name="session">The transaction that writes the visit, before it writes the source.</param>
    /// <param name="sourceId">The source.</param>
    /// <param name="kept">What was new.</param>
    /// <param name="startedAt">When the visit began.</param>
    /// <param name="now">When it ended.</param>
    /// <returns>Null when no subscription is confirmed.</returns>
    public static async Task<(PushTrust Trust, bool IsPushedMeanwhile)?> Learn(
        Session session, long sourceId, KeptPosts kept, DateTimeOffset startedAt, DateTimeOffset now)
    {
        PushTrust before;
        bool isCovered, isPushedMeanwhile;
        await using (var row = await session.Query("""
            SELECT p.id, p.lease_until, p.owed, p.proven, p.missed_at, CASE WHEN s.last_crawl_at >= p.active_since THEN 1 ELSE 0 END,
                CASE WHEN p.pushed_at >= @startedAt THEN 1 ELSE 0 END
            FROM subscriptions p JOIN sources s ON s.id = p.source_id
            WHERE p.source_id = @sourceId AND p.is_wanted = 1 AND p.lease_until > @now
            """, ("startedAt", startedAt.ToUnixTimeMilliseconds()), ("sourceId", sourceId), ("now", now.ToUnixTimeMilliseconds())))
        {
            if (!await row.ReadAsync())
                return null;
            before = new PushTrust(
                row.GetInt64(0), Instant(row.GetInt64(1)), row.GetInt32(2), row.GetInt32(3), row.IsDBNull(4) ? null : Instant(row.GetInt64(4)));
            (isCovered, isPushedMeanwhile) = (row.GetInt64(5) != 0, row.GetInt64(6) != 0);
        }

        // What was pushed while we were there may not have been in what we got.
        var after = isPushedMeanwhile ? before : before.After(kept, isCovered, now);
        if (after != before)
        {
            await session.Execute(
                "UPDATE subscriptions SET owed = @owed, proven = @proven, missed_at = @missedAt WHERE id = @id",
                ("owed", after.Owed), ("proven", after.Proven), ("missedAt", after.MissedAt?.ToUnixTimeMilliseconds()), ("id", after.Id));
        }

        return (after, isPushedMeanwhile);
    }

    /// <summary>When a source is visited next.</summary>
    /// <param name="usual">As its schedule has it.</param>
    /// <param name="following">The visit after one, by its schedule.</param>
    /// <param name="isPushedMeanwhile">Whether something was pushed during the visit.</param>
    /// <param name="now">The end of the visit.</param>
    public DateTimeOffset Next(DateTimeOffset usual, Func<DateTimeOffset, DateTimeOffset> following, bool isPushedMeanwhile, DateTimeOffset now)
    {
        if (isPushedMeanwhile)
            return now + MostOften;
        if (Owed > 0)
            return usual < now + Schedule.MostOften ? usual : now + Schedule.MostOften;
        if (!IsTrusted)
            return usual;
        var slowed = usual;
        for (var i = 1; i < Slower && following(slowed) is var later && later <= now + LongestSlowed; i++)
            slowed = later;
        // Where the hub will not be bound any more, nobody would tell.
        return Latest(usual, Earliest(slowed, LeaseUntil));
    }

    private PushTrust After(KeptPosts kept, bool isCovered, DateTimeOffset now) =>
        Owed > 0
            ? kept.New > 0 ? this with { Owed = 0, Proven = MissedAt is null ? Proven + 1 : 1, MissedAt = null }
                : this with { Owed = kept.Updated > 0 ? 0 : Owed - 1 }
        // Before the last visit there was no subscription yet: what is new may be older than that.
        : kept.New > 0 && isCovered ? this with { MissedAt = now }
        : this;

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earliest(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
