namespace Kawaraban.Catalog;

/// <summary>A post's place in listings as one number: the second, then the post's number. Newer posts have greater ones.</summary>
/// <remarks>
/// One number, so that a listing, a company's, a tag's and the search index are each read in this order without sorting. 30 bits hold the
/// number: posts are told apart up to a billion of them in one second.
/// </remarks>
public static class SortKey
{
    private const int NumberBits = 30;

    /// <summary>The key of a post.</summary>
    /// <param name="sortAt">When it sorts, Unix milliseconds.</param>
    /// <param name="postId">Its number.</param>
    public static long Of(long sortAt, long postId) =>
        (long.Clamp((long)Math.Floor(sortAt / 1000d), -(1L << 32), 1L << 32) << NumberBits) | (postId & ((1L << NumberBits) - 1));

    /// <summary>Reads <see cref="Of"/> back: the place in a listing that the key stands for, to the second.</summary>
    public static PostCursor Cursor(long key) => new((key >> NumberBits) * 1000, key & ((1L << NumberBits) - 1));

    /// <summary>When a post sorts: published, or first seen when that is unknown or lies in the future.</summary>
    /// <param name="publishedAt">As published, Unix milliseconds.</param>
    /// <param name="firstSeenAt">When we saw it first, Unix milliseconds.</param>
    public static long SortAt(long? publishedAt, long firstSeenAt) =>
        publishedAt is { } published && published < firstSeenAt ? published : firstSeenAt;
}
