using Kawaraban.Storage;

namespace Kawaraban.Search;

/// <summary>Posts that are kept and not found, because another stands for them or somebody hid them.</summary>
public static partial class SearchIndex
{
    /// <summary>A post is found no more; its text stays.</summary>
    /// <param name="session">The transaction that writes the post.</param>
    /// <param name="sortKey">The place it was added at.</param>
    public static Task Hide(Session session, long sortKey) =>
        session.ExecuteLast(sortKey, session.Dialect == Dialect.Sqlite ? RemoveFromFts5 : RemoveVector, ("sortKey", sortKey));

    /// <summary>A post that was hidden is found again.</summary>
    /// <param name="session">The transaction that writes the post.</param>
    /// <param name="postId">The post.</param>
    /// <param name="sortKey">Its place in listings.</param>
    public static async Task Show(Session session, long postId, long sortKey)
    {
        string normalized;
        await using (var row = await session.Query("SELECT text FROM post_texts WHERE post_id = @postId", ("postId", postId)))
            normalized = await row.ReadAsync() ? row.GetString(0) : "";
        await AddWords(session, postId, sortKey, normalized);
    }
}
