using System.Text.Json;
using Kawaraban.Storage;

namespace Kawaraban.Recipes;

/// <summary>A page that waits to be read for a source.</summary>
/// <param name="Key">By what it is known.</param>
/// <param name="Url">Its address.</param>
/// <param name="IsList">Whether it lists posts; else it is a post's own.</param>
/// <param name="Depth">Of a list: how many come before it.</param>
/// <param name="Attempts">How often it was tried in vain.</param>
/// <param name="Entry">Of a post's own: the entry as published.</param>
/// <param name="Identity">Of a post's own: what the post is known by; null when there is none yet.</param>
internal sealed record WaitingPage(string Key, Uri Url, bool IsList, int Depth, int Attempts, StoredEntry? Entry, string? Identity);

/// <summary>The pages that are read for sources beside their documents, and what they said.</summary>
internal static class PageTable
{
    /// <summary>What posts' own pages say; null of one that was tried in vain, nothing of one that was not read.</summary>
    public static async Task<IReadOnlyDictionary<string, PageFacts?>> Facts(Session session, long sourceId, IEnumerable<string> keys)
    {
        Dictionary<string, PageFacts?> facts = [];
        foreach (var key in keys.Distinct())
        {
            await using var row = await session.Query("""
                SELECT facts, state FROM pages
                WHERE source_id = @sourceId AND page_key = @key AND kind = 'entry' AND (state <> 'waiting' OR facts IS NOT NULL)
                """, ("sourceId", sourceId), ("key", key));
            if (await row.ReadAsync())
            {
                var isStale = row.GetString(1) is "stale" or "waiting";
                facts[key] = row.IsDBNull(0) ? null : JsonSerializer.Deserialize(row.GetString(0), RecipeJson.Default.PageFacts)! with { IsStale = isStale };
            }
        }

        return facts;
    }

    /// <summary>Posts' own pages are to be read, each once.</summary>
    public static async Task Want(Session session, long sourceId, IReadOnlyList<WantedPage> pages, IReadOnlyDictionary<Feeds.Entry, string> identities, DateTimeOffset now)
    {
        // In document order, newest first: the first is read first.
        var at = now.ToUnixTimeMilliseconds();
        for (var i = 0; i < pages.Count; i++)
        {
            var page = pages[i];
            await session.Execute("""
                INSERT INTO pages (source_id, page_key, url, kind, state, entry, identity, at)
                VALUES (@sourceId, @key, @url, 'entry', 'waiting', @entry, @identity, @at)
                ON CONFLICT (source_id, page_key) DO UPDATE SET state = 'waiting', attempts = 0, entry = excluded.entry, identity = excluded.identity,
                    at = excluded.at WHERE pages.state = 'stale'
                """,
                ("sourceId", sourceId),
                ("key", page.Key),
                ("url", page.Url.AbsoluteUri),
                ("entry", StoredEntry.Write(page.Entry, null, int.MaxValue)),
                ("identity", page.IsHeld ? null : identities.GetValueOrDefault(page.Entry)),
                ("at", at + i));
        }
    }

    /// <summary>A list of older posts is to be read.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="sourceId">The source.</param>
    /// <param name="url">Its address.</param>
    /// <param name="depth">How many come before it.</param>
    /// <param name="isAgain">Whether it is to be read although it was read before.</param>
    /// <param name="now">The moment.</param>
    /// <returns>False when it waits already, or was read and is not to be read again.</returns>
    public static async Task<bool> WantList(Session session, long sourceId, Uri url, int depth, bool isAgain, DateTimeOffset now) =>
        await session.Execute("""
            INSERT INTO pages (source_id, page_key, url, kind, state, depth, at) VALUES (@sourceId, @key, @url, 'list', 'waiting', @depth, @at)
            ON CONFLICT (source_id, page_key) DO UPDATE SET state = 'waiting', attempts = 0, depth = excluded.depth, at = excluded.at
            WHERE @isAgain = 1 AND pages.state <> 'waiting' AND pages.kind = 'list'
            """,
            ("sourceId", sourceId),
            // Beside the pages of posts: a list may have the address of one.
            ("key", "list " + url.AbsoluteUri),
            ("url", url.AbsoluteUri),
            ("depth", depth),
            ("at", now.ToUnixTimeMilliseconds()),
            ("isAgain", isAgain ? 1 : 0)) > 0;

    /// <summary>The next page to read: lists first, then posts' own, in the order in which they were wanted.</summary>
    public static async Task<WaitingPage?> Next(Session session, long sourceId)
    {
        await using var row = await session.Query("""
            SELECT page_key, url, kind, depth, attempts, entry, identity FROM pages
            WHERE source_id = @sourceId AND state = 'waiting' ORDER BY kind DESC, at, page_key LIMIT 1
            """, ("sourceId", sourceId));
        return !await row.ReadAsync()
            ? null
            : new WaitingPage(
                row.GetString(0),
                new Uri(row.GetString(1)),
                row.GetString(2) == "list",
                row.GetInt32(3),
                row.GetInt32(4),
                row.IsDBNull(5) ? null : StoredEntry.Read(row.GetString(5)),
                row.IsDBNull(6) ? null : row.GetString(6));
    }

    /// <summary>How many wait.</summary>
    public static async Task<long> CountWaiting(Session session, long sourceId)
    {
        await using var row = await session.Query("SELECT count(*) FROM pages WHERE source_id = @sourceId AND state = 'waiting'", ("sourceId", sourceId));
        await row.ReadAsync();
        return row.GetInt64(0);
    }

    /// <summary>A page was read.</summary>
    public static Task<int> Read(Session session, long sourceId, string key, PageFacts? facts, string? note, DateTimeOffset now) =>
        Settle(session, sourceId, key, "read", facts, note, now);

    /// <summary>A page will not be tried again.</summary>
    public static Task<int> GiveUp(Session session, long sourceId, string key, string note, DateTimeOffset now) =>
        Settle(session, sourceId, key, "failed", null, note, now);

    /// <summary>A page was tried in vain, and goes behind those that were not.</summary>
    public static Task<int> Failed(Session session, long sourceId, string key, string note, DateTimeOffset now) =>
        session.Execute(
            "UPDATE pages SET attempts = attempts + 1, note = @note, at = @at WHERE source_id = @sourceId AND page_key = @key",
            ("note", note), ("at", now.ToUnixTimeMilliseconds()), ("sourceId", sourceId), ("key", key));

    /// <summary>Another recipe counts from now on: lists are read anew, what failed may be tried again.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="sourceId">The source.</param>
    /// <param name="isOther">Whether it wants other things of posts' own pages; what they said counts until they have been read again.</param>
    public static async Task Renew(Session session, long sourceId, bool isOther)
    {
        await session.Execute("DELETE FROM pages WHERE source_id = @sourceId AND (kind = 'list' OR state = 'failed')", ("sourceId", sourceId));
        if (isOther)
            await session.Execute("UPDATE pages SET state = 'stale' WHERE source_id = @sourceId AND state = 'read'", ("sourceId", sourceId));
    }

    private static Task<int> Settle(Session session, long sourceId, string key, string state, PageFacts? facts, string? note, DateTimeOffset now) =>
        session.Execute("""
            UPDATE pages SET state = @state, entry = NULL, identity = NULL, facts = coalesce(@facts, facts), note = @note, at = @at
            WHERE source_id = @sourceId AND page_key = @key
            """,
            ("state", state),
            ("facts", facts is null ? null : JsonSerializer.Serialize(facts, StoredEntry.Relaxed.PageFacts)),
            ("note", note),
            ("at", now.ToUnixTimeMilliseconds()),
            ("sourceId", sourceId),
            ("key", key));
}
