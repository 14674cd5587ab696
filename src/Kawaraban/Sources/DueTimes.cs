using Kawaraban.Storage;

namespace Kawaraban.Sources;

/// <summary>Keeps the politeness keys' own knowledge of when they have work, so that finding it asks one row a key, not one a source.</summary>
internal static class DueTimes
{
    /// <summary>"Never": no active source.</summary>
    public const long Never = long.MaxValue;

    // Of a key's three times the last one counts: when it has work, when its lease ends, when it may be asked again.
    private const string Set = """
        UPDATE leases SET
            due_at = d.due,
            ready_at = CASE
                WHEN d.due >= until AND d.due >= next_allowed_at THEN d.due
                WHEN until >= next_allowed_at THEN until
                ELSE next_allowed_at
            END
        """;

    /// <summary>Makes sure there is a row for the key.</summary>
    public static Task Add(Session session, string politenessKey) =>
        session.Execute(
            "INSERT INTO leases (politeness_key, due_at, ready_at) VALUES (@key, @never, @never) ON CONFLICT DO NOTHING",
            ("key", politenessKey), ("never", Never));

    /// <summary>Call it after anything that a key's readiness hangs on has changed: its sources' times or status, the lease itself.</summary>
    /// <remarks>
    /// Of two transactions that change two sources of one key neither sees the other's change until that is committed. Each therefore
    /// locks the key first and looks then, in a statement of its own: whoever comes second sees what the first has done. SQLite has one
    /// writer.
    /// </remarks>
    public static async Task Refresh(Session session, string politenessKey)
    {
        if (session.Dialect == Dialect.Postgres)
            await session.Execute("SELECT 1 FROM leases WHERE politeness_key = @key FOR NO KEY UPDATE", ("key", politenessKey));
        await session.Execute(Set + """

            FROM (
                SELECT coalesce(min(next_crawl_at), 9223372036854775807) AS due
                FROM sources WHERE politeness_key = @key AND status = 'active'
            ) AS d
            WHERE politeness_key = @key
            """, ("key", politenessKey));
    }

    /// <summary>The same for all keys.</summary>
    public static async Task RefreshAll(Session session)
    {
        // In one order, so that two who do this do not wait for each other in a circle.
        if (session.Dialect == Dialect.Postgres)
            await session.Execute("SELECT 1 FROM leases ORDER BY politeness_key FOR NO KEY UPDATE");
        await session.Execute(Set + """

            FROM (SELECT politeness_key, min(next_crawl_at) AS due FROM sources WHERE status = 'active' GROUP BY politeness_key) AS d
            WHERE leases.politeness_key = d.politeness_key
            """);
    }
}
