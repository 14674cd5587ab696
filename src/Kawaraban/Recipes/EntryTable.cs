using Kawaraban.Feeds;
using Kawaraban.Storage;

namespace Kawaraban.Recipes;

/// <summary>The entries of posts as they were published.</summary>
internal static class EntryTable
{
    // Of a source whose texts are not kept: what an excerpt is made of.
    private const int ContentOfExcerpt = 500;

    /// <summary>Keeps the entry of a post in place of the one that was there.</summary>
    public static Task<int> Keep(Session session, long postId, Entry entry, Feed? feed, bool keepsFullText) =>
        session.Execute("""
            INSERT INTO entries (post_id, entry) VALUES (@postId, @entry)
            ON CONFLICT (post_id) DO UPDATE SET entry = excluded.entry
            """,
            ("postId", postId), ("entry", StoredEntry.Write(entry, feed, keepsFullText ? StoredEntry.MaxContent : ContentOfExcerpt)));

    /// <summary>How many of a source's posts have one, and how many posts it has.</summary>
    public static async Task<(long Entries, long Posts)> Count(Session session, long sourceId)
    {
        await using var row = await session.Query(
            "SELECT count(e.post_id), count(*) FROM posts p LEFT JOIN entries e ON e.post_id = p.id WHERE p.source_id = @sourceId", ("sourceId", sourceId));
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>The next of a source's entries, in the order of their posts' numbers.</summary>
    public static async Task<IReadOnlyList<(long PostId, string Identity, StoredEntry Entry)>> Next(Session session, long sourceId, long after, int count)
    {
        List<(long, string, StoredEntry)> entries = [];
        await using var rows = await session.Query("""
            SELECT p.id, p.identity, e.entry FROM posts p JOIN entries e ON e.post_id = p.id
            WHERE p.source_id = @sourceId AND p.id > @after ORDER BY p.id LIMIT @count
            """, ("sourceId", sourceId), ("after", after), ("count", count));
        while (await rows.ReadAsync())
            entries.Add((rows.GetInt64(0), rows.GetString(1), StoredEntry.Read(rows.GetString(2))));
        return entries;
    }
}
