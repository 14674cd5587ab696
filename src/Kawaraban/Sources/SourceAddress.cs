using Kawaraban.Storage;

namespace Kawaraban.Sources;

/// <summary>The address of a source that is there: whose it is, and changing it.</summary>
internal static class SourceAddress
{
    /// <summary>Keeps others from adding or changing addresses until the transaction ends. SQLite has one writer.</summary>
    /// <remarks>Two lists in different orders would wait for each other in a circle, again and again.</remarks>
    public static async Task Lock(Session session)
    {
        if (session.Dialect == Dialect.Postgres)
            await session.Execute("SELECT pg_advisory_xact_lock(7092713646)");
    }

    /// <summary>The source that has an address; null when none has.</summary>
    public static async Task<long?> OwnerOf(Session session, Uri url)
    {
        await using var row = await session.Query("SELECT id FROM sources WHERE url = @url", ("url", url.AbsoluteUri));
        return await row.ReadAsync() ? row.GetInt64(0) : null;
    }

    /// <summary>Gives a source another address, which no other source may have. Its posts and its history stay.</summary>
    /// <remarks>
    /// Its politeness key may change with it; then both keys are due at other times than before. Refresh the old one afterwards.
    /// </remarks>
    /// <param name="session">A transaction that holds the <see cref="Lock"/>.</param>
    /// <param name="sourceId">The source.</param>
    /// <param name="url">Its new address.</param>
    /// <param name="politenessKey">Of the new address.</param>
    /// <param name="allowedAt">When its site may be talked to again: it may have answered a moment ago, after a redirect.</param>
    public static async Task Change(Session session, long sourceId, Uri url, string politenessKey, DateTimeOffset allowedAt)
    {
        await DueTimes.Add(session, politenessKey);
        await session.Execute("""
            UPDATE sources SET url = @url, politeness_key = @key, moved_to = NULL, moved_since = NULL, moved_seen = 0 WHERE id = @id
            """, ("url", url.AbsoluteUri), ("key", politenessKey), ("id", sourceId));
        await session.Execute(
            "UPDATE leases SET next_allowed_at = @at WHERE politeness_key = @key AND next_allowed_at < @at",
            ("at", allowedAt.ToUnixTimeMilliseconds()), ("key", politenessKey));
        await DueTimes.Refresh(session, politenessKey);
    }
}
