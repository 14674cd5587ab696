using Kawaraban.Search;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>A post that readers do not see.</summary>
/// <param name="Post">The post.</param>
/// <param name="HiddenAt">Since when.</param>
public sealed record HiddenPost(PostCard Post, DateTimeOffset HiddenAt);

/// <summary>Takes posts out of what readers see, and puts them back. Visits go on keeping them as they are published.</summary>
public static class PostHiding
{
    /// <summary>Readers do not see it any more: in no listing, feed, search, count or sitemap.</summary>
    /// <returns>Its title; null when it is not there, or hidden already.</returns>
    public static async Task<string?> Hide(Session session, long postId, DateTimeOffset now)
    {
        if (await Find(session, postId) is not { IsHidden: false } post)
            return null;
        await session.Execute("UPDATE posts SET hidden_at = @now WHERE id = @id", ("now", now.ToUnixTimeMilliseconds()), ("id", postId));
        var tags = new TagChanges();
        await tags.Remove(session, postId);
        await tags.Write(session);
        await SearchIndex.Hide(session, post.SortKey);
        await CompanyCounts.Refresh(session, post.CompanyId);
        return post.Title;
    }

    /// <summary>Readers see it again.</summary>
    /// <returns>Its title; null when it is not there, or not hidden.</returns>
    public static async Task<string?> Show(Session session, long postId)
    {
        if (await Find(session, postId) is not { IsHidden: true } post)
            return null;
        await session.Execute("UPDATE posts SET hidden_at = NULL WHERE id = @id", ("id", postId));
        var tags = new TagChanges();
        tags.Add(postId, post.SortKey, post.Tags);
        await tags.Write(session);
        await SearchIndex.Show(session, postId, post.SortKey);
        await CompanyCounts.Refresh(session, post.CompanyId);
        return post.Title;
    }

    // Found first without the lock, whose company it is; then as it is once nobody else writes it.
    private static async Task<Found?> Find(Session session, long postId)
    {
        if (await Read(session, postId) is not { } post)
            return null;
        await CompanyCounts.Lock(session, post.CompanyId);
        return await Read(session, postId);
    }

    private static async Task<Found?> Read(Session session, long postId)
    {
        await using var row = await session.Query("SELECT company_id, sort_key, title, tags, hidden_at FROM posts WHERE id = @id", ("id", postId));
        return await row.ReadAsync()
            ? new Found(
                row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3).Split('\n', StringSplitOptions.RemoveEmptyEntries), !row.IsDBNull(4))
            : null;
    }

    private sealed record Found(long CompanyId, long SortKey, string Title, IReadOnlyList<string> Tags, bool IsHidden);
}
