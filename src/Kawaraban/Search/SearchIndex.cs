using Kawaraban.Storage;

namespace Kawaraban.Search;

/// <summary>The index, kept in step with the posts: call it in the transaction that writes them.</summary>
public static class SearchIndex
{
    /// <summary>Adds a post.</summary>
    /// <param name="session">The transaction that writes the post.</param>
    /// <param name="postId">The post.</param>
    /// <param name="sortKey">Its place in listings: the index is read in that order.</param>
    /// <param name="text">All of it that shall be found, plain.</param>
    public static async Task Add(Session session, long postId, long sortKey, string text)
    {
        var normalized = SearchText.Normalize(text);
        await session.Execute(
            "INSERT INTO post_texts (post_id, text) VALUES (@postId, @text)",
            ("postId", postId), ("text", normalized));
        await session.Execute(
            "INSERT INTO post_words (rowid, words) VALUES (@sortKey, @words)",
            ("sortKey", sortKey), ("words", Bigrams.Cut(normalized)));
    }

    /// <summary>Takes a post out.</summary>
    /// <param name="session">The transaction that writes the post.</param>
    /// <param name="postId">The post.</param>
    /// <param name="sortKey">The place it was added at.</param>
    public static async Task Remove(Session session, long postId, long sortKey)
    {
        await session.Execute("DELETE FROM post_words WHERE rowid = @sortKey", ("sortKey", sortKey));
        await session.Execute("DELETE FROM post_texts WHERE post_id = @postId", ("postId", postId));
    }
}
