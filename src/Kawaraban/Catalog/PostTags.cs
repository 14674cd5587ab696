using Kawaraban.Recipes;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>Which posts carry which tags, and how many.</summary>
internal static class PostTags
{
    /// <summary>Gives a post its tags.</summary>
    public static async Task Add(Session session, long postId, long sortKey, IReadOnlyList<string> tags)
    {
        foreach (var tag in tags)
        {
            if (TagName.Slug(tag) is { } slug)
                await Add(session, postId, sortKey, slug, tag);
        }
    }

    /// <summary>Takes a post's tags away.</summary>
    public static async Task Remove(Session session, long postId)
    {
        await session.Execute(
            "UPDATE tags SET post_count = post_count - 1 WHERE id IN (SELECT tag_id FROM post_tags WHERE post_id = @postId)",
            ("postId", postId));
        await session.Execute("DELETE FROM post_tags WHERE post_id = @postId", ("postId", postId));
    }

    // The name is found by a vote among the spellings as they come (Boyer and Moore, 1981): one that more than half use wins.
    private static async Task Add(Session session, long postId, long sortKey, string slug, string name)
    {
        long tagId;
        await using (var row = await session.Query("""
            INSERT INTO tags (slug, name, name_lead, post_count) VALUES (@slug, @name, 1, 1)
            ON CONFLICT (slug) DO UPDATE SET
                post_count = tags.post_count + 1,
                name = CASE WHEN tags.name_lead = 0 THEN excluded.name ELSE tags.name END,
                name_lead = CASE WHEN tags.name = excluded.name OR tags.name_lead = 0 THEN tags.name_lead + 1 ELSE tags.name_lead - 1 END
            RETURNING id
            """, ("slug", slug), ("name", name)))
        {
            await row.ReadAsync();
            tagId = row.GetInt64(0);
        }

        await session.Execute(
            "INSERT INTO post_tags (tag_id, sort_key, post_id) VALUES (@tagId, @sortKey, @postId) ON CONFLICT DO NOTHING",
            ("tagId", tagId), ("sortKey", sortKey), ("postId", postId));
    }
}
