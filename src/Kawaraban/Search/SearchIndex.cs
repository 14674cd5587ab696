using Kawaraban.Storage;

namespace Kawaraban.Search;

/// <summary>The index, kept in step with the posts: call it in the transaction that writes them.</summary>
public static partial class SearchIndex
{
    private const string AddToFts5 = "INSERT INTO post_words (rowid, words) VALUES (@sortKey, @words)";
    private const string AddVector = """
        INSERT INTO post_words (sort_key, post_id, words)
        VALUES (@sortKey, @postId, array_to_tsvector(string_to_array(rtrim(@words), ' ')))
        """;

    private const string RemoveFromFts5 = "DELETE FROM post_words WHERE rowid = @sortKey";
    private const string RemoveVector = "DELETE FROM post_words WHERE sort_key = @sortKey";

    // A vector holds less than a megabyte of words (PostgreSQL documentation, 12.11); of a UTF-16 unit become at most 3 bytes of UTF-8.
    private const int MostInVector = 1_000_000 / 3;

    /// <summary>Adds a post.</summary>
    /// <param name="session">The transaction that writes the post.</param>
    /// <param name="postId">The post.</param>
    /// <param name="sortKey">Its place in listings: the index is read in that order.</param>
    /// <param name="text">All of it that shall be found, plain.</param>
    /// <param name="isHidden">Whether it is kept only: see <see cref="Hide"/>.</param>
    public static async Task Add(Session session, long postId, long sortKey, string text, bool isHidden = false)
    {
        var normalized = SearchText.Normalize(text);
        await session.Execute(
            "INSERT INTO post_texts (post_id, text) VALUES (@postId, @text)",
            ("postId", postId), ("text", normalized));
        if (!isHidden)
            await AddWords(session, postId, sortKey, normalized);
    }

    /// <summary>Takes a post out.</summary>
    /// <param name="session">The transaction that writes the post.</param>
    /// <param name="postId">The post.</param>
    /// <param name="sortKey">The place it was added at.</param>
    public static async Task Remove(Session session, long postId, long sortKey)
    {
        await session.ExecuteLast(sortKey, session.Dialect == Dialect.Sqlite ? RemoveFromFts5 : RemoveVector, ("sortKey", sortKey));
        await session.Execute("DELETE FROM post_texts WHERE post_id = @postId", ("postId", postId));
    }

    private static async Task AddWords(Session session, long postId, long sortKey, string normalized)
    {
        var words = Bigrams.Cut(normalized);
        if (session.Dialect == Dialect.Sqlite)
            await session.ExecuteLast(sortKey, AddToFts5, ("sortKey", sortKey), ("words", words));
        else
            await session.Execute(AddVector, ("sortKey", sortKey), ("postId", postId), ("words", Shortened(words)));
    }

    // Whoever writes more different words than that is found by the first of them.
    private static string Shortened(string words) => words.Length <= MostInVector ? words : words[..words.LastIndexOf(' ', MostInVector)];
}
