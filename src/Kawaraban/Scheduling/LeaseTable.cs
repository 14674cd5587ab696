using System.Data.Common;
using Kawaraban.Fetching;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Scheduling;

/// <summary>Hands out what is due, one source a politeness key at a time, to any number of processes.</summary>
/// <remarks>
/// A key has one row, which says when it is ready: when one of its sources is due, nobody holds it and its gap is over. Claiming is one
/// statement over the keys that are ready, longest waiting first, so a key with a thousand sources takes one place and starves nobody.
/// On PostgreSQL those that another transaction claims at this moment are passed over; SQLite has one writer. What we hold ourselves is
/// under way until we give it back, and no clock that is set forward makes it lapse for us.
/// </remarks>
/// <param name="holder">Who claims.</param>
public sealed class LeaseTable(Holder holder)
{
    private const string SourceColumns = $"""
        s.id, s.company_id, s.url, coalesce(s.title, s.feed_title), s.feed_title, CASE WHEN s.site_url IS NULL THEN 0 ELSE 1 END, s.etag,
        s.last_modified, s.content_hash, s.keeps_full_text, s.failures, s.gone_since,
        s.moved_to, s.moved_since, s.moved_seen, s.full_fetch_at, s.lost_since, s.lost_seen, s.searched_at, s.site_url, s.request,
        {TimingTable.Columns}, s.recipe, s.recipe_version, s.platform
        """;

    private const string Ready = """
        SELECT politeness_key FROM leases WHERE ready_at <= @now AND due_at <= @dueBy AND holder IS DISTINCT FROM @holder
        ORDER BY ready_at LIMIT @count
        """;

    private const string ClaimReady = $"""
        UPDATE leases SET holder = @holder, token = token + 1, until = @until, ready_at = @until
        WHERE politeness_key IN ({Ready})
        RETURNING politeness_key, token
        """;

    // An array, because it is made once: a selection that a join reads again would pass over its own rows and lock others.
    private const string ClaimReadyAndFree = $"""
        UPDATE leases SET holder = @holder, token = token + 1, until = @until, ready_at = @until
        WHERE politeness_key = ANY (ARRAY({Ready} FOR UPDATE SKIP LOCKED))
        RETURNING politeness_key, token
        """;

    /// <summary>Claims what is due.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="now">The moment.</param>
    /// <param name="dueBy">What counts as due: <paramref name="now"/>, or the beginning of a run.</param>
    /// <param name="until">When the leases lapse.</param>
    public async Task<IReadOnlyList<Order>> ClaimDue(Session session, int count, DateTimeOffset now, DateTimeOffset dueBy, DateTimeOffset until)
    {
        List<Lease> leases = [];
        await using (var rows = await session.Query(
            session.Dialect == Dialect.Sqlite ? ClaimReady : ClaimReadyAndFree,
            ("holder", holder.Name), ("until", Milliseconds(until)), ("now", Milliseconds(now)), ("dueBy", Milliseconds(dueBy)), ("count", count)))
        {
            while (await rows.ReadAsync())
                leases.Add(new Lease(rows.GetString(0), rows.GetInt64(1), until));
        }

        List<Order> orders = new(leases.Count);
        foreach (var lease in leases)
        {
            await using var row = await session.Query($"""
                SELECT {SourceColumns} FROM sources s
                WHERE s.politeness_key = @key AND s.status = 'active' ORDER BY s.next_crawl_at, s.id LIMIT 1
                """, ("key", lease.PolitenessKey));
            // The row is there: the key would not be due without it.
            await row.ReadAsync();
            orders.Add(Read(row, lease));
        }

        return orders;
    }

    /// <summary>Claims one source, due or not, if its key is free and its server lets us come.</summary>
    /// <returns>Null when it has to wait; <see cref="ReadyAt"/> says until when.</returns>
    public async Task<Order?> Claim(Session session, long sourceId, DateTimeOffset now, DateTimeOffset until)
    {
        Lease lease;
        await using (var row = await session.Query("""
            UPDATE leases SET holder = @holder, token = token + 1, until = @until, ready_at = @until
            WHERE politeness_key = (SELECT politeness_key FROM sources WHERE id = @sourceId AND not_before <= @now)
                AND until <= @now AND next_allowed_at <= @now
            RETURNING politeness_key, token
            """, ("holder", holder.Name), ("until", Milliseconds(until)), ("sourceId", sourceId), ("now", Milliseconds(now))))
        {
            if (!await row.ReadAsync())
                return null;
            lease = new Lease(row.GetString(0), row.GetInt64(1), until);
        }

        await using var source = await session.Query($"SELECT {SourceColumns} FROM sources s WHERE s.id = @sourceId", ("sourceId", sourceId));
        await source.ReadAsync();
        return Read(source, lease);
    }

    /// <summary>Claims a key for a request that belongs to no source (yet), if it is free.</summary>
    /// <returns>Null when it has to wait; <see cref="KeyReadyAt"/> says until when.</returns>
    public async Task<Lease?> ClaimKey(Session session, string politenessKey, DateTimeOffset now, DateTimeOffset until)
    {
        await DueTimes.Add(session, politenessKey);
        await using var row = await session.Query("""
            UPDATE leases SET holder = @holder, token = token + 1, until = @until, ready_at = @until
            WHERE politeness_key = @key AND until <= @now AND next_allowed_at <= @now
            RETURNING token
            """, ("holder", holder.Name), ("until", Milliseconds(until)), ("key", politenessKey), ("now", Milliseconds(now)));
        return await row.ReadAsync() ? new Lease(politenessKey, row.GetInt64(0), until) : null;
    }

    /// <summary>When a key may be talked to at the earliest.</summary>
    /// <param name="session">A question.</param>
    /// <param name="politenessKey">The key.</param>
    /// <param name="returned">When whoever holds it is taken to have given it back, if it does not lapse before; null is when it lapses.</param>
    public static async Task<DateTimeOffset> KeyReadyAt(Session session, string politenessKey, DateTimeOffset? returned = null)
    {
        await using var row = await session.Query("SELECT until, next_allowed_at FROM leases WHERE politeness_key = @key", ("key", politenessKey));
        if (!await row.ReadAsync())
            return DateTimeOffset.UnixEpoch;
        var (until, allowedAt) = (DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)));
        if (returned < until)
            until = returned.Value;
        return until > allowedAt ? until : allowedAt;
    }

    /// <summary>When that source may be visited at the earliest, whether it is due or not.</summary>
    public static async Task<DateTimeOffset> ReadyAt(Session session, long sourceId)
    {
        await using var row = await session.Query("""
            SELECT CASE
                WHEN s.not_before >= l.until AND s.not_before >= l.next_allowed_at THEN s.not_before
                WHEN l.until >= l.next_allowed_at THEN l.until
                ELSE l.next_allowed_at
            END
            FROM sources s JOIN leases l ON l.politeness_key = s.politeness_key WHERE s.id = @sourceId
            """, ("sourceId", sourceId));
        return await row.ReadAsync() ? DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)) : DateTimeOffset.MaxValue;
    }

    /// <summary>When the next key with something due is ready; null when nothing is due.</summary>
    public async Task<DateTimeOffset?> NextReady(Session session, DateTimeOffset dueBy)
    {
        await using var row = await session.Query(
            "SELECT ready_at FROM leases WHERE due_at <= @dueBy AND holder IS DISTINCT FROM @holder ORDER BY ready_at LIMIT 1",
            ("dueBy", Milliseconds(dueBy)), ("holder", holder.Name));
        return await row.ReadAsync() ? DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)) : null;
    }

    /// <summary>Gives a lease back. Call it in the transaction that keeps what it was for, after the source's row was written.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="nextAllowedAt">When the key may be talked to again.</param>
    /// <exception cref="LeaseLostException">It lapsed and somebody else has claimed the key: undo what was done.</exception>
    public async Task Release(Session session, Lease lease, DateTimeOffset nextAllowedAt)
    {
        var released = await session.Execute("""
            UPDATE leases SET holder = NULL, until = 0, next_allowed_at = @nextAllowedAt
            WHERE politeness_key = @key AND token = @token AND holder = @holder
            """,
            ("nextAllowedAt", MillisecondsAtLeast(nextAllowedAt)), ("key", lease.PolitenessKey), ("token", lease.Token), ("holder", holder.Name));
        if (released == 0)
            throw new LeaseLostException(lease);
        await DueTimes.Refresh(session, lease.PolitenessKey);
    }

    /// <summary>
    /// Frees the leases of processes that died on this machine, and our own that we could not give back. Call it when nothing is under way.
    /// </summary>
    /// <param name="session">A transaction.</param>
    /// <param name="nextAllowedAt">When their sites may be talked to again: they may have been asked a moment ago.</param>
    public async Task ReleaseDead(Session session, DateTimeOffset nextAllowedAt)
    {
        List<(string Key, string Holder)> held = [];
        await using (var rows = await session.Query("SELECT politeness_key, holder FROM leases WHERE holder IS NOT NULL"))
        {
            while (await rows.ReadAsync())
                held.Add((rows.GetString(0), rows.GetString(1)));
        }

        foreach (var (key, dead) in held.Where(lease => lease.Holder == holder.Name || Holder.IsDead(lease.Holder)).Order())
        {
            // The name again: the lease may have lapsed and have been given to a living one since we looked.
            await session.Execute("""
                UPDATE leases SET holder = NULL, until = 0,
                    next_allowed_at = CASE WHEN next_allowed_at > @nextAllowedAt THEN next_allowed_at ELSE @nextAllowedAt END
                WHERE politeness_key = @key AND holder = @dead
                """, ("nextAllowedAt", MillisecondsAtLeast(nextAllowedAt)), ("key", key), ("dead", dead));
            await DueTimes.Refresh(session, key);
        }
    }

    /// <summary>Makes every active source due, except where its server asked us to stay away.</summary>
    public static async Task MakeAllDue(Session session, DateTimeOffset now)
    {
        await session.Execute("""
            UPDATE sources SET next_crawl_at = CASE WHEN not_before > @now THEN not_before ELSE @now END
            WHERE status = 'active' AND next_crawl_at > @now
            """, ("now", Milliseconds(now)));
        await DueTimes.RefreshAll(session);
    }

    /// <summary>When the last of the first visits is due: those of a long list are spread over some minutes.</summary>
    /// <returns><paramref name="now"/> when none lies ahead.</returns>
    public static async Task<DateTimeOffset> LastFirstVisit(Session session, DateTimeOffset now)
    {
        await using var row = await session.Query(
            "SELECT coalesce(max(next_crawl_at), @now) FROM sources WHERE status = 'active' AND last_crawl_at IS NULL AND next_crawl_at > @now",
            ("now", Milliseconds(now)));
        await row.ReadAsync();
        return row.GetInt64(0) is var last && last > Milliseconds(now) ? DateTimeOffset.FromUnixTimeMilliseconds(last) : now;
    }

    /// <summary>How many active sources are due.</summary>
    public static async Task<int> CountDue(Session session, DateTimeOffset dueBy)
    {
        await using var row = await session.Query(
            "SELECT count(*) FROM sources WHERE status = 'active' AND next_crawl_at <= @dueBy", ("dueBy", Milliseconds(dueBy)));
        await row.ReadAsync();
        return row.GetInt32(0);
    }

    /// <summary>The keys that keep active sources waiting although they are due, or because their servers asked for it.</summary>
    public static async Task<IReadOnlyList<WaitingKey>> Waiting(Session session, DateTimeOffset now, DateTimeOffset dueBy)
    {
        List<WaitingKey> waiting = [];
        await using var rows = await session.Query("""
            SELECT l.politeness_key, count(*),
                max(CASE WHEN s.not_before > l.ready_at THEN s.not_before ELSE l.ready_at END)
            FROM sources s JOIN leases l ON l.politeness_key = s.politeness_key
            WHERE s.status = 'active' AND (s.next_crawl_at <= @dueBy OR s.not_before > @now)
            GROUP BY l.politeness_key ORDER BY l.politeness_key
            """, ("now", Milliseconds(now)), ("dueBy", Milliseconds(dueBy)));
        while (await rows.ReadAsync())
            waiting.Add(new WaitingKey(rows.GetString(0), rows.GetInt32(1), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2))));
        return waiting;
    }

    private static Order Read(DbDataReader row, Lease lease)
    {
        var url = new Uri(row.GetString(2));
        return new Order(
            lease,
            row.GetInt64(0),
            row.GetInt64(1),
            url,
            Text(row, 3) ?? url.Host,
            Text(row, 4),
            row.GetInt64(5) != 0,
            Text(row, 6),
            Text(row, 7),
            row.IsDBNull(8) ? null : row.GetInt64(8),
            row.GetInt64(9) != 0,
            TimingTable.Read(row, 21),
            row.GetInt32(10),
            Instant(row, 11))
        {
            Move = Text(row, 12) is { } to ? new Move(new Uri(to), Instant(row, 13) ?? default, row.GetInt32(14)) : null,
            FullFetchAt = Instant(row, 15),
            Loss = Instant(row, 16) is { } since ? new Loss(since, row.GetInt32(17)) : null,
            SearchedAt = Instant(row, 18),
            SiteUrl = Uri.TryCreate(Text(row, 19), UriKind.Absolute, out var site) ? site : null,
            Request = RequestSettings.FromJson(Text(row, 20)),
            Recipe = Text(row, 28),
            RecipeVersion = row.GetInt64(29),
            Platform = Text(row, 30),
        };
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Instant(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static long Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    // Rounded up: not a part of a millisecond too soon.
    private static long MillisecondsAtLeast(DateTimeOffset instant) => instant.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds();
}
