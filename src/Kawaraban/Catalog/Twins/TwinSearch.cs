using System.Globalization;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>Finds what may be the same article, by the two indexes that there are for it.</summary>
internal static class TwinSearch
{
    /// <summary>What more posts than this have in common tells none of them from others.</summary>
    public const int Most = 12;

    // A visit of usual length takes one question.
    private const int Together = 32;

    private static readonly string[] Names = [.. Enumerable.Range(0, Together).Select(i => string.Create(CultureInfo.InvariantCulture, $"k{i}"))];

    // Every post is found by its number, and each of its keys by an index; no more of those that share one are read than matter.
    private static readonly string WithTwins = $"""
        WITH wanted (id) AS (VALUES {string.Join(", ", Names.Select(name => $"(CAST(@{name} AS BIGINT))"))})
        SELECT p.id FROM wanted w CROSS JOIN posts p
        WHERE p.id = w.id AND (
            p.twin_of IS NOT NULL
            OR EXISTS (SELECT 1 FROM posts o WHERE o.twin_of = p.id)
            OR EXISTS (SELECT 1 FROM (SELECT o.source_id FROM posts o WHERE o.page_key = p.page_key LIMIT {Most + 1}) AS alike WHERE alike.source_id <> p.source_id)
            OR EXISTS (SELECT 1 FROM (SELECT o.source_id FROM posts o WHERE o.title_key = p.title_key LIMIT {Most + 1}) AS alike WHERE alike.source_id <> p.source_id))
        """;

    private const string ById = $"SELECT {TwinPost.Columns} FROM {TwinPost.Tables} WHERE p.id = @id";
    private const string OfGroup = $"SELECT {TwinPost.Columns} FROM {TwinPost.Tables} WHERE p.twin_of = @id ORDER BY p.id";
    private const string ByPage = "SELECT id, source_id FROM posts WHERE page_key = @key LIMIT @count";
    private const string ByTitle = "SELECT id, source_id FROM posts WHERE title_key = @key LIMIT @count";

    /// <summary>Which of those posts share an address or a title with one of another source, or stand together with one already.</summary>
    public static async Task<IReadOnlyList<long>> Alike(Session session, IReadOnlyCollection<long> posts)
    {
        List<long> found = [];
        var parameters = new (string Name, object? Value)[Together];
        foreach (var chunk in posts.Distinct().Chunk(Together))
        {
            for (var i = 0; i < Together; i++)
                parameters[i] = (Names[i], i < chunk.Length ? chunk[i] : null);
            await using var rows = await session.Query(WithTwins, parameters);
            while (await rows.ReadAsync())
                found.Add(rows.GetInt64(0));
        }

        return found;
    }

    /// <summary>One post; null when there is none of that number.</summary>
    public static async Task<TwinPost?> Find(Session session, long id)
    {
        await using var row = await session.Query(ById, ("id", id));
        return await row.ReadAsync() ? TwinPost.Read(row) : null;
    }

    /// <summary>The posts that stand together under one, that one first.</summary>
    public static async Task<IReadOnlyList<TwinPost>> Group(Session session, long groupId)
    {
        List<TwinPost> members = await Find(session, groupId) is { } first ? [first] : [];
        await using var rows = await session.Query(OfGroup, ("id", groupId));
        while (await rows.ReadAsync())
            members.Add(TwinPost.Read(rows));
        return members;
    }

    /// <summary>The posts of other sources that share an address or a telling title with one, and may be compared with it.</summary>
    public static async Task<IReadOnlyList<TwinPost>> Candidates(Session session, TwinPost post)
    {
        // What is hidden is joined with nothing: what somebody hid at one place would else be hidden, or shown, at another.
        if (post.IsHidden)
            return [];
        HashSet<long> ids = [];
        if (post.PageKey is { } page && await Sharing(session, ByPage, page) is { Count: <= Most } samePage)
        {
            // Whoever names one original on many pages has not meant it.
            var once = samePage.CountBy(other => other.SourceId).Where(source => source.Value == 1).Select(source => source.Key).ToHashSet();
            if (once.Contains(post.SourceId))
                ids.UnionWith(samePage.Where(other => once.Contains(other.SourceId)).Select(other => other.Id));
        }

        if (post.TitleKey is { } title && await Sharing(session, ByTitle, title) is { Count: <= Most } sameTitle
            && sameTitle.DistinctBy(other => other.SourceId).Count() == sameTitle.Count)
        {
            ids.UnionWith(sameTitle.Select(other => other.Id));
        }

        ids.Remove(post.Id);
        List<TwinPost> candidates = [];
        foreach (var id in ids.Order())
        {
            if (await Find(session, id) is { IsHidden: false } candidate && candidate.SourceId != post.SourceId)
                candidates.Add(candidate);
        }

        return candidates;
    }

    /// <summary>Whether a person has put one of some posts apart from one of some others.</summary>
    public static async Task<bool> AreApart(Session session, IEnumerable<TwinPost> some, IReadOnlyCollection<TwinPost> others)
    {
        foreach (var post in some)
        {
            await using var rows = await session.Query(
                "SELECT other_id FROM twins_apart WHERE post_id = @id UNION ALL SELECT post_id FROM twins_apart WHERE other_id = @id", ("id", post.Id));
            while (await rows.ReadAsync())
            {
                var apart = rows.GetInt64(0);
                if (others.Any(other => other.Id == apart))
                    return true;
            }
        }

        return false;
    }

    private static async Task<List<(long Id, long SourceId)>> Sharing(Session session, string sql, long key)
    {
        List<(long, long)> found = [];
        await using var rows = await session.Query(sql, ("key", key), ("count", Most + 1));
        while (await rows.ReadAsync())
            found.Add((rows.GetInt64(0), rows.GetInt64(1)));
        return found;
    }
}
