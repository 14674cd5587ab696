using System.Text.Json.Nodes;
using Kawaraban.Recipes;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>Which posts of a crawl gain and lose which tags, and how many posts carry each.</summary>
/// <remarks>
/// They are written together at the end, tag by tag in the order of their names: transactions that write the same tags would wait for each
/// other in a circle if each took them in an order of its own, and would hold the commonest ones for as long as they last.
/// </remarks>
internal sealed class TagChanges
{
    private const string SynonymsInSqlite = """
        SELECT s.slug, t.slug, t.name FROM json_each(@slugs) w CROSS JOIN tag_synonyms s ON s.slug = w.value JOIN tags t ON t.slug = s.into_slug
        """;

    private const string SynonymsInPostgres = """
        SELECT s.slug, t.slug, t.name FROM tag_synonyms s JOIN tags t ON t.slug = s.into_slug WHERE s.slug = ANY (string_to_array(@slugs, chr(10)))
        """;

    private readonly List<Change> changes = [];

    /// <summary>A post has these tags from now on.</summary>
    public void Add(long postId, long sortKey, IReadOnlyList<string> tags)
    {
        HashSet<string> slugs = [];
        foreach (var tag in tags)
        {
            if (TagName.Slug(tag) is { } slug && slugs.Add(slug))
                changes.Add(new Change(slug, tag, postId, sortKey));
        }
    }

    /// <summary>A post has none of its tags any more.</summary>
    public async Task Remove(Session session, long postId)
    {
        await using (var rows = await session.Query(
            "SELECT t.slug FROM post_tags x JOIN tags t ON t.id = x.tag_id WHERE x.post_id = @postId", ("postId", postId)))
        {
            while (await rows.ReadAsync())
                changes.Add(new Change(rows.GetString(0), null, postId, 0));
        }

        await session.Execute("DELETE FROM post_tags WHERE post_id = @postId", ("postId", postId));
    }

    /// <summary>Writes them down.</summary>
    public async Task Write(Session session)
    {
        // Stable: of one tag, what came first is written first; what follows each other in the same spelling is written at once.
        var sorted = (await WithoutSynonyms(session)).OrderBy(change => change.Slug, StringComparer.Ordinal).ToArray();
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to].Slug == sorted[from].Slug && sorted[to].Name == sorted[from].Name;)
                to++;
            var same = sorted.AsMemory(from, to - from);
            if (sorted[from].Name is { } name)
                await Add(session, same, name);
            else
                await session.Execute("UPDATE tags SET post_count = post_count - @count WHERE slug = @slug", ("count", same.Length), ("slug", sorted[from].Slug));
        }
    }

    // A tag that was merged into another is written as that one, which a post has once.
    private async Task<IReadOnlyList<Change>> WithoutSynonyms(Session session)
    {
        var slugs = changes.Where(change => change.Name is not null).Select(change => change.Slug).ToHashSet();
        if (slugs.Count == 0)
            return changes;
        Dictionary<string, (string Slug, string Name)> synonyms = [];
        await using (var rows = session.Dialect == Dialect.Sqlite
            ? await session.Query(SynonymsInSqlite, ("slugs", new JsonArray([.. slugs.Select(slug => (JsonNode)slug)]).ToJsonString()))
            : await session.Query(SynonymsInPostgres, ("slugs", string.Join('\n', slugs))))
        {
            while (await rows.ReadAsync())
                synonyms[rows.GetString(0)] = (rows.GetString(1), rows.GetString(2));
        }

        if (synonyms.Count == 0)
            return changes;
        HashSet<(string Slug, long PostId)> seen = [];
        return
        [
            .. changes
                .Select(change => change.Name is not null && synonyms.TryGetValue(change.Slug, out var other) ? change with { Slug = other.Slug, Name = other.Name } : change)
                .Where(change => change.Name is null || seen.Add((change.Slug, change.PostId))),
        ];
    }

    // The name is found by a vote among the spellings as they come (Boyer and Moore, 1981): one that more than half use wins.
    private static async Task Add(Session session, ReadOnlyMemory<Change> same, string name)
    {
        long tagId;
        await using (var row = await session.Query("""
            INSERT INTO tags (slug, name, name_lead, post_count) VALUES (@slug, @name, @votes, @votes)
            ON CONFLICT (slug) DO UPDATE SET
                post_count = tags.post_count + excluded.post_count,
                name = CASE WHEN tags.name_lead < excluded.name_lead THEN excluded.name ELSE tags.name END,
                name_lead = CASE
                    WHEN tags.name = excluded.name THEN tags.name_lead + excluded.name_lead
                    WHEN tags.name_lead < excluded.name_lead THEN excluded.name_lead - tags.name_lead
                    ELSE tags.name_lead - excluded.name_lead
                END
            RETURNING id
            """, ("slug", same.Span[0].Slug), ("name", name), ("votes", same.Length)))
        {
            await row.ReadAsync();
            tagId = row.GetInt64(0);
        }

        for (var i = 0; i < same.Length; i++)
        {
            var (sortKey, postId) = (same.Span[i].SortKey, same.Span[i].PostId);
            await session.Execute(
                "INSERT INTO post_tags (tag_id, sort_key, post_id) VALUES (@tagId, @sortKey, @postId) ON CONFLICT DO NOTHING",
                ("tagId", tagId), ("sortKey", sortKey), ("postId", postId));
        }
    }

    // Without a name it is a tag that a post loses.
    private sealed record Change(string Slug, string? Name, long PostId, long SortKey);
}
