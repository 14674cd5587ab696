using System.Data.Common;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Scheduling;

/// <summary>The orders that trouble of our own has failed. What a feed or its server does wrong never comes here: that is a visit's result.</summary>
/// <remarks>
/// Nor does what the database as a whole suffers, a full disk or a lost connection: it is no order's own, passes by itself, and would bring
/// all of them here.
/// </remarks>
/// <param name="database">Where they are kept.</param>
/// <param name="clock">Tells when a source is due again.</param>
public sealed class DeadLetterTable(Database database, TimeProvider clock)
{
    /// <summary>After how many failures in a row a source is set aside.</summary>
    public const int Enough = 5;

    private const int LongestDetail = 8000;

    private const string Select = """
        SELECT d.source_id, coalesce(s.title, s.feed_title, s.url), s.url, d.first_at, d.last_at, d.attempts, d.error, d.detail
        FROM dead_letters d JOIN sources s ON s.id = d.source_id
        """;

    /// <summary>All of them, the newest first.</summary>
    public Task<IReadOnlyList<DeadLetter>> List(CancellationToken cancellation) =>
        database.Read<IReadOnlyList<DeadLetter>>(
            async session =>
            {
                List<DeadLetter> letters = [];
                await using var rows = await session.Query($"{Select} ORDER BY d.last_at DESC, d.source_id");
                while (await rows.ReadAsync())
                    letters.Add(Read(rows));
                return letters;
            },
            cancellation);

    /// <summary>Lets a source be visited again, at once, and forgets what was.</summary>
    /// <returns>Whether there was a letter.</returns>
    public Task<bool> Redrive(long sourceId, CancellationToken cancellation) =>
        Remove(
            sourceId,
            """
            UPDATE sources SET status = 'active', our_failures = 0, our_failures_since = NULL, failures = 0, next_crawl_at = @now WHERE id = @id
            RETURNING politeness_key
            """,
            cancellation);

    /// <summary>Throws a letter away. Its source stays paused until a person resumes it.</summary>
    /// <returns>Whether there was a letter.</returns>
    public Task<bool> Drop(long sourceId, CancellationToken cancellation) =>
        Remove(
            sourceId,
            """
            UPDATE sources SET our_failures = 0, our_failures_since = NULL, next_crawl_at = @now WHERE id = @id RETURNING politeness_key
            """,
            cancellation);

    /// <summary>Counts a failure of ours. Call it in the transaction that writes the visit down, before the lease is given back.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="sourceId">The source.</param>
    /// <param name="error">What went wrong, for a person.</param>
    /// <param name="detail">The same for who mends it.</param>
    /// <param name="now">When.</param>
    /// <returns>Whether the source is set aside now.</returns>
    internal static async Task<bool> Failed(Session session, long sourceId, string error, string? detail, DateTimeOffset now)
    {
        long failures, since;
        await using (var row = await session.Query("""
            UPDATE sources SET our_failures = our_failures + 1, our_failures_since = coalesce(our_failures_since, @at) WHERE id = @id
            RETURNING our_failures, our_failures_since
            """, ("at", now.ToUnixTimeMilliseconds()), ("id", sourceId)))
        {
            if (!await row.ReadAsync())
                return false;
            (failures, since) = (row.GetInt64(0), row.GetInt64(1));
        }

        if (failures < Enough)
            return false;
        await session.Execute("""
            INSERT INTO dead_letters (source_id, first_at, last_at, attempts, error, detail) VALUES (@id, @since, @at, @failures, @error, @detail)
            ON CONFLICT (source_id) DO UPDATE SET last_at = excluded.last_at, attempts = excluded.attempts, error = excluded.error,
                detail = excluded.detail
            """,
            ("id", sourceId),
            ("since", since),
            ("at", now.ToUnixTimeMilliseconds()),
            ("failures", failures),
            ("error", error),
            ("detail", detail?.Length > LongestDetail ? detail[..LongestDetail] : detail));
        await session.Execute("UPDATE sources SET status = 'paused' WHERE id = @id AND status = 'active'", ("id", sourceId));
        return true;
    }

    private Task<bool> Remove(long sourceId, string update, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                if (await session.Execute("DELETE FROM dead_letters WHERE source_id = @id", ("id", sourceId)) == 0)
                    return false;
                string key;
                await using (var row = await session.Query(update, ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", sourceId)))
                {
                    // A letter refers to its source, so that is there.
                    await row.ReadAsync();
                    key = row.GetString(0);
                }

                await DueTimes.Refresh(session, key);
                return true;
            },
            cancellation);

    private static DeadLetter Read(DbDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        row.GetInt32(5),
        row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7));
}
