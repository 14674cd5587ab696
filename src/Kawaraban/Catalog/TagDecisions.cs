using Kawaraban.Recipes;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>A tag as staff see it.</summary>
/// <param name="Slug">Its place under <c>/tags/</c>.</param>
/// <param name="Name">As it is shown.</param>
/// <param name="PostCount">How many posts carry it.</param>
/// <param name="IsHidden">Whether readers do not see it.</param>
public sealed record TagEntry(string Slug, string Name, long PostCount, bool IsHidden)
{
    /// <summary>The tags that were merged into it.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];
}

/// <summary>What staff decide of tags: which are one, and which are not shown. Posts' own tags stay as published.</summary>
public static class TagDecisions
{
    private const string Columns = "t.slug, t.name, t.post_count, t.hidden_at";

    /// <summary>The tags, the commonest first.</summary>
    /// <param name="session">A question.</param>
    /// <param name="words">Only with this in their slug; empty is all.</param>
    /// <param name="count">How many at most.</param>
    public static async Task<IReadOnlyList<TagEntry>> List(Session session, string words, int count)
    {
        List<TagEntry> tags = [];
        await using (var rows = await session.Query($"""
            SELECT {Columns} FROM tags t
            WHERE (t.post_count > 0 OR t.hidden_at IS NOT NULL OR EXISTS (SELECT 1 FROM tag_synonyms s WHERE s.into_slug = t.slug))
                AND t.slug LIKE @pattern ESCAPE '!'
            ORDER BY t.post_count DESC, t.slug LIMIT @count
            """, ("pattern", Like.Containing(TagName.Slug(words) ?? "")), ("count", count)))
        {
            while (await rows.ReadAsync())
                tags.Add(new TagEntry(rows.GetString(0), rows.GetString(1), rows.GetInt64(2), !rows.IsDBNull(3)));
        }

        Dictionary<string, List<string>> synonyms = [];
        await using (var rows = await session.Query("SELECT into_slug, slug FROM tag_synonyms ORDER BY slug"))
        {
            while (await rows.ReadAsync())
            {
                if (!synonyms.TryGetValue(rows.GetString(0), out var list))
                    synonyms[rows.GetString(0)] = list = [];
                list.Add(rows.GetString(1));
            }
        }

        return tags.ConvertAll(tag => synonyms.TryGetValue(tag.Slug, out var list) ? tag with { Synonyms = list } : tag);
    }

    /// <summary>Makes one tag another name of a second: for the posts that are there and those that come.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="from">The slug of the one.</param>
    /// <param name="into">The other, as typed.</param>
    /// <returns>Why not, the second half of a sentence; null when it is done.</returns>
    public static async Task<string?> Merge(Session session, string from, string into)
    {
        if (TagName.Slug(into) is not { } target)
            return "is no name of a tag";
        await using (var row = await session.Query("SELECT into_slug FROM tag_synonyms WHERE slug = @slug", ("slug", target)))
            target = await row.ReadAsync() ? row.GetString(0) : target;
        if (target == from)
            return "is the same tag";
        if (await Id(session, from) is not { } fromId)
            return "cannot be done: the first is no tag";
        await session.Execute("""
            INSERT INTO tags (slug, name, name_lead, post_count) VALUES (@slug, @name, 0, 0) ON CONFLICT (slug) DO NOTHING
            """, ("slug", target), ("name", into));

        // In the order in which visits lock them.
        if (session.Dialect == Dialect.Postgres)
            await session.Execute("SELECT 1 FROM tags WHERE slug IN (@from, @target) ORDER BY slug FOR NO KEY UPDATE", ("from", from), ("target", target));
        var targetId = await Id(session, target);
        await session.Execute("""
            INSERT INTO post_tags (tag_id, sort_key, post_id)
            SELECT CAST(@target AS BIGINT), sort_key, post_id FROM post_tags WHERE tag_id = @from ON CONFLICT DO NOTHING
            """, ("target", targetId), ("from", fromId));
        await session.Execute("DELETE FROM post_tags WHERE tag_id = @from", ("from", fromId));
        await session.Execute(
            "UPDATE tags SET post_count = (SELECT count(*) FROM post_tags x WHERE x.tag_id = tags.id) WHERE id IN (@from, @target)",
            ("from", fromId), ("target", targetId));
        await session.Execute("UPDATE tag_synonyms SET into_slug = @target WHERE into_slug = @from", ("target", target), ("from", from));
        await session.Execute("""
            INSERT INTO tag_synonyms (slug, into_slug) VALUES (@from, @target) ON CONFLICT (slug) DO UPDATE SET into_slug = excluded.into_slug
            """, ("from", from), ("target", target));
        return null;
    }

    /// <summary>Posts that come with it are listed under it again; those that are there stay where they are.</summary>
    /// <returns>Whether it was a synonym.</returns>
    public static async Task<bool> Part(Session session, string slug) =>
        await session.Execute("DELETE FROM tag_synonyms WHERE slug = @slug", ("slug", slug)) > 0;

    /// <summary>Hides a tag, or shows it again. Its posts are seen all the same.</summary>
    /// <returns>Whether there is such a tag.</returns>
    public static async Task<bool> SetHidden(Session session, string slug, DateTimeOffset? since) =>
        await session.Execute(
            "UPDATE tags SET hidden_at = CAST(@since AS BIGINT) WHERE slug = @slug", ("since", since?.ToUnixTimeMilliseconds()), ("slug", slug)) > 0;

    private static async Task<long?> Id(Session session, string slug)
    {
        await using var row = await session.Query("SELECT id FROM tags WHERE slug = @slug", ("slug", slug));
        return await row.ReadAsync() ? row.GetInt64(0) : null;
    }
}
