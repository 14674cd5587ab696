using Kawaraban.Recipes;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>Makes a stored post what another recipe makes of its entry. It stays the post that it is: its number, its first day, its page.</summary>
internal static class PostReshaping
{
    /// <summary>Does it, or says what it would do.</summary>
    /// <param name="session">A transaction, or a question when nothing is written.</param>
    /// <param name="origin">Whose post it is.</param>
    /// <param name="postId">The post.</param>
    /// <param name="draft">As the recipe makes it.</param>
    /// <param name="keepsText">Whether the draft has less of the text than was read once: then the search keeps what it has.</param>
    /// <param name="isWritten">Whether it is done.</param>
    /// <param name="now">The moment.</param>
    /// <returns>What changes; nothing when it is as the recipe makes it.</returns>
    public static async Task<IReadOnlyList<FieldDifference>> Reshape(
        Session session, PostOrigin origin, long postId, PostDraft draft, bool keepsText, bool isWritten, DateTimeOffset now)
    {
        // What it is must not change while it is made another.
        if (isWritten)
            await PostWriter.LockCompany(session, origin);
        StoredPost? found;
        await using (var row = await session.Query("""
            SELECT p.sort_key, p.first_seen_at, p.identity, p.url, p.canonical_url, p.title, p.excerpt, p.author, p.published_at, p.updated_at,
                p.picture_url, p.language, p.tags, p.reading_minutes, t.text, coalesce(p.twin_of, p.hidden_at)
            FROM posts p LEFT JOIN post_texts t ON t.post_id = p.id WHERE p.id = @id
            """, ("id", postId)))
        {
            found = await row.ReadAsync() ? StoredPost.Read(row) : null;
        }

        if (found is not { } stored)
            return [];
        var differences = stored.Post.Differences(ExpectedPost.Of(draft) with { TextLength = 0 });
        if (differences.Count == 0 || !isWritten)
            return differences;
        draft = keepsText ? draft with { ReadingMinutes = stored.ReadingMinutes } : draft;
        var searchable = keepsText ? string.Join('\n', PostWriter.Head(draft), SearchedText.WithoutHead(stored.Text, stored.Post.Title, stored.Post.Tags, stored.Post.Author)) : null;
        var tags = new TagChanges();
        await PostWriter.LockCompany(session, origin);
        var kept = new KeptPost(postId, origin.SourceId, 0, stored.SortKey, stored.FirstSeenAt, stored.Post.CanonicalUrl) { IsHidden = stored.IsHidden };
        await PostWriter.Update(session, origin, draft, kept, now, tags, searchable);
        if (!stored.IsHidden)
            await session.Execute(
                "UPDATE companies SET latest_at = @sortAt WHERE id = @companyId AND latest_at < @sortAt",
                ("sortAt", SortKey.SortAt(draft.PublishedAt?.ToUnixTimeMilliseconds(), stored.FirstSeenAt)), ("companyId", origin.CompanyId));
        await session.Execute("""
            UPDATE posts SET identity = @identity WHERE id = @id AND identity <> @identity
                AND NOT EXISTS (SELECT 1 FROM posts other WHERE other.source_id = posts.source_id AND other.identity = @identity)
            """, ("identity", draft.Identity), ("id", postId));
        await tags.Write(session);
        return differences;
    }

    private sealed record StoredPost(long SortKey, long FirstSeenAt, ExpectedPost Post, int? ReadingMinutes, string Text, bool IsHidden)
    {
        public static StoredPost Read(System.Data.Common.DbDataReader row)
        {
            string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
            DateTimeOffset? Instant(int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
            var post = new ExpectedPost(
                row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), Text(7), Instant(8), Instant(9), Text(10), Text(11),
                row.GetString(12).Split('\n', StringSplitOptions.RemoveEmptyEntries), 0);
            return new StoredPost(row.GetInt64(0), row.GetInt64(1), post, row.IsDBNull(13) ? null : row.GetInt32(13), Text(14) ?? "", !row.IsDBNull(15));
        }
    }
}
