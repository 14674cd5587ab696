using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Push;

/// <summary>The subscriptions, as what hubs say to us changes them. Each is one change that names what was asked, and fails when that was not.</summary>
internal static class SubscriptionTable
{
    /// <summary>What is shorter is not worth the asking.</summary>
    public static readonly TimeSpan ShortestLease = TimeSpan.FromMinutes(5);

    /// <summary>What is longer is renewed sooner.</summary>
    public static readonly TimeSpan LongestLease = TimeSpan.FromDays(30);

    // A publisher who has thought better of it may think again.
    private static readonly TimeSpan AfterDenial = TimeSpan.FromDays(7);

    /// <summary>A hub asks whether we want a subscription that we have asked for. That holds once: the same question again finds none open.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="token">Which.</param>
    /// <param name="topic">The topic, as the hub names it.</param>
    /// <param name="lease">For how long: from <see cref="ShortestLease"/> on.</param>
    /// <param name="luck">From 0 to 1: when it is renewed.</param>
    /// <param name="now">The moment.</param>
    /// <returns>Whether we do.</returns>
    public static async Task<bool> Confirm(Session session, string token, string topic, TimeSpan lease, double luck, DateTimeOffset now)
    {
        var held = lease < LongestLease ? lease : LongestLease;
        return await session.Execute("""
            UPDATE subscriptions SET asked_mode = NULL, failures = 0, trouble = NULL, active_since = coalesce(active_since, @now),
                lease_until = @until, act_at = @renewAt
            WHERE token = @token AND topic = @topic AND asked_mode = 'subscribe' AND is_wanted = 1
            """,
            ("now", now.ToUnixTimeMilliseconds()),
            ("until", (now + held).ToUnixTimeMilliseconds()),
            // Some time before the end, and not all that began together at once.
            ("renewAt", (now + (held * (0.6 + (0.2 * luck)))).ToUnixTimeMilliseconds()),
            ("token", token),
            ("topic", topic)) == 1;
    }

    /// <summary>A hub asks whether we want to be rid of a subscription that we have asked to be rid of.</summary>
    public static async Task<bool> End(Session session, string token, string topic) =>
        await session.Execute(
            "DELETE FROM subscriptions WHERE token = @token AND topic = @topic AND asked_mode = 'unsubscribe' AND is_wanted = 0",
            ("token", token), ("topic", topic)) == 1;

    /// <summary>A hub says that it will not have us, or not any more.</summary>
    public static async Task<bool> Deny(Session session, string token, string topic, string? reason, DateTimeOffset now)
    {
        long? source = null;
        await using (var row = await session.Query("""
            UPDATE subscriptions SET asked_mode = NULL, active_since = NULL, lease_until = 0, proven = 0, missed_at = NULL, owed = 0,
                failures = failures + 1, trouble = @trouble, act_at = @again
            WHERE token = @token AND topic = @topic AND is_wanted = 1
            RETURNING source_id
            """,
            ("trouble", $"its hub denies us the subscription{(reason is null ? "" : $": {reason}")}"),
            ("again", (now + AfterDenial).ToUnixTimeMilliseconds()),
            ("token", token),
            ("topic", topic)))
        {
            if (!await row.ReadAsync())
                return false;
            source = row.IsDBNull(0) ? null : row.GetInt64(0);
        }

        if (source is { } id)
            await MakeDue(session, id, now + Schedule.MostOften, now);
        return true;
    }

    /// <summary>The secret and the source of a subscription over which something may be pushed now; null when there is none of that token.</summary>
    public static async Task<(long Id, long SourceId, string Secret)?> FindActive(Session session, string token, DateTimeOffset now)
    {
        await using var row = await session.Query("""
            SELECT id, source_id, secret FROM subscriptions
            WHERE token = @token AND is_wanted = 1 AND lease_until > @now AND source_id IS NOT NULL
            """, ("token", token), ("now", now.ToUnixTimeMilliseconds()));
        return await row.ReadAsync() ? (row.GetInt64(0), row.GetInt64(1), row.GetString(2)) : null;
    }

    /// <summary>Something was pushed, signed as it must be: its source is due now, or a little later if it was visited just now.</summary>
    public static async Task Push(Session session, long id, long sourceId, DateTimeOffset now)
    {
        // One that comes soon after the visit that found its post was only late, and needs no more than a look.
        await session.Execute("""
            UPDATE subscriptions SET pushed_at = @now, owed = CASE WHEN missed_at >= @lately THEN 1 ELSE @looks END,
                missed_at = CASE WHEN missed_at >= @lately THEN NULL ELSE missed_at END
            WHERE id = @id
            """,
            ("now", now.ToUnixTimeMilliseconds()),
            ("lately", (now - PushTrust.Lateness).ToUnixTimeMilliseconds()),
            ("looks", PushTrust.Looks),
            ("id", id));
        await MakeDue(session, sourceId, now, now);
    }

    /// <summary>Makes an active source due at a moment, if it is not before; never against what its server has asked for.</summary>
    public static async Task MakeDue(Session session, long sourceId, DateTimeOffset at, DateTimeOffset now)
    {
        string key;
        await using (var row = await session.Query("""
            UPDATE sources SET next_crawl_at = CASE
                WHEN not_before > @at AND not_before > coalesce(last_crawl_at, 0) + @least THEN not_before
                WHEN coalesce(last_crawl_at, 0) + @least > @at THEN coalesce(last_crawl_at, 0) + @least
                ELSE CAST(@at AS BIGINT)
            END
            WHERE id = @id AND status = 'active' AND next_crawl_at > @at AND next_crawl_at > @now
            RETURNING politeness_key
            """,
            ("at", at.ToUnixTimeMilliseconds()),
            ("least", (long)PushTrust.MostOften.TotalMilliseconds),
            ("now", now.ToUnixTimeMilliseconds()),
            ("id", sourceId)))
        {
            if (!await row.ReadAsync())
                return;
            key = row.GetString(0);
        }

        await DueTimes.Refresh(session, key);
    }
}
