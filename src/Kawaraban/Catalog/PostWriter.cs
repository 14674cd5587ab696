using Kawaraban.Recipes;
using Kawaraban.Search;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>What keeping a feed's posts changed.</summary>
/// <param name="New">Posts that were not there.</param>
/// <param name="Updated">Posts whose publisher changed them.</param>
/// <param name="Known">Posts that were there as they are, and posts of another source of the same company.</param>
public readonly record struct KeptPosts(int New, int Updated, int Known)
{
    /// <summary>The numbers of the new and the changed ones.</summary>
    public IReadOnlyList<long> Touched { get => field ?? []; init; }

    /// <summary>Whether it comes to the same.</summary>
    public bool Equals(KeptPosts other) => (New, Updated, Known) == (other.New, other.Updated, other.Known);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(New, Updated, Known);
}

/// <summary>Whose posts are kept.</summary>
/// <param name="SourceId">The source they came from.</param>
/// <param name="CompanyId">Its company.</param>
/// <param name="KeepsFullText">Whether the search may read the whole text, or title, excerpt and tags alone.</param>
public sealed record PostOrigin(long SourceId, long CompanyId, bool KeepsFullText = true);

/// <summary>Keeps posts: new ones are added, changed ones updated, all others left alone. Call it inside a transaction.</summary>
/// <remarks>
/// A post is known by its identity within its source; when the publisher changed that, by its canonical address within the company. What
/// another source of the same company posted first stays that source's post.
/// </remarks>
public static class PostWriter
{
    /// <summary>Keeps the posts of one crawl.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="origin">Whose they are.</param>
    /// <param name="drafts">The posts as shaped; no two with the same identity.</param>
    /// <param name="now">The moment of the crawl.</param>
    /// <param name="feed">What stands for all of their entries; null when that adds nothing.</param>
    public static async Task<KeptPosts> Keep(
        Session session, PostOrigin origin, IReadOnlyList<PostDraft> drafts, DateTimeOffset now, Feeds.Feed? feed = null)
    {
        int added = 0, updated = 0, known = 0;
        var latestAt = long.MinValue;
        List<long> touched = [];
        var tags = new TagChanges();
        await LockCompany(session, origin);
        var posts = await KnownPosts.Find(session, origin, drafts);
        var ids = await NextIds(session, posts.Missing);
        for (var i = drafts.Count - 1; i >= 0; i--)
        {
            // From the end: feeds begin with the newest, and of posts without a date the one seen last sorts first.
            var draft = drafts[i];
            var hash = ContentHash.Of(draft, origin.KeepsFullText);
            if (await posts.Of(session, origin, drafts, i) is not { } kept)
            {
                // More than were missing when they were looked for: their addresses have changed hands since.
                var id = ids.TryDequeue(out var next) ? next : (await NextIds(session, 1)).Dequeue();
                var post = await Add(session, origin, draft, id, hash, now, tags);
                latestAt = Math.Max(latestAt, SortKey.SortAt(draft.PublishedAt?.ToUnixTimeMilliseconds(), post.FirstSeenAt));
                posts.Added(post);
                touched.Add(post.Id);
                await KeepEntry(session, origin, draft, post.Id, feed);
                added++;
            }
            else if (kept.SourceId != origin.SourceId || kept.ContentHash == hash)
            {
                known++;
            }
            else
            {
                posts.Updated(kept, await Update(session, origin, draft, kept, now, tags));
                if (!kept.IsHidden)
                    latestAt = Math.Max(latestAt, SortKey.SortAt(draft.PublishedAt?.ToUnixTimeMilliseconds(), kept.FirstSeenAt));
                await KeepEntry(session, origin, draft, kept.Id, feed);
                touched.Add(kept.Id);
                updated++;
            }
        }

        if (latestAt > long.MinValue)
            await CountPosts(session, origin, added, latestAt);
        await tags.Write(session);
        return new KeptPosts(added, updated, known) { Touched = touched };
    }

    private static Task KeepEntry(Session session, PostOrigin origin, PostDraft draft, long postId, Feeds.Feed? feed) =>
        draft.Entry is { } entry ? EntryTable.Keep(session, postId, entry, feed, origin.KeepsFullText) : Task.CompletedTask;

    // What another source of the company posts at this moment has to be found when it is there. The rows are locked in this order by all:
    // the company, its posts, the tags by name, the source, the key.
    internal static async Task LockCompany(Session session, PostOrigin origin)
    {
        if (session.Dialect == Dialect.Postgres)
            await session.Execute("SELECT 1 FROM companies WHERE id = @companyId FOR NO KEY UPDATE", ("companyId", origin.CompanyId));
    }

    // The number stands in the sort key, so it is needed before the row is there.
    private static async Task<Queue<long>> NextIds(Session session, int count)
    {
        Queue<long> ids = new(count);
        if (count == 0)
            return ids;
        await using var row = await session.Query(
            // SQLite has one writer: what follows the last number is free.
            session.Dialect == Dialect.Sqlite
                ? "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'posts' AND @count > 0"
                : "SELECT nextval('posts_id_seq') FROM generate_series(1, CAST(@count AS INTEGER))",
            ("count", count));
        while (await row.ReadAsync())
            ids.Enqueue(row.GetInt64(0));
        while (ids.Count < count)
            ids.Enqueue(ids.Peek() + ids.Count);
        return ids;
    }

    private static Task<int> CountPosts(Session session, PostOrigin origin, int added, long latestAt) =>
        session.Execute("""
            UPDATE companies
            SET post_count = post_count + @added, latest_at = CASE WHEN latest_at > @latestAt THEN latest_at ELSE @latestAt END
            WHERE id = @companyId
            """, ("added", added), ("latestAt", latestAt), ("companyId", origin.CompanyId));

    private static async Task<KeptPost> Add(
        Session session, PostOrigin origin, PostDraft draft, long id, long hash, DateTimeOffset now, TagChanges tags)
    {
        var firstSeenAt = now.ToUnixTimeMilliseconds();
        var sortAt = SortKey.SortAt(draft.PublishedAt?.ToUnixTimeMilliseconds(), firstSeenAt);
        var sortKey = SortKey.Of(sortAt, id);
        await session.Execute("""
            INSERT INTO posts (id, sort_key, source_id, company_id, identity, canonical_url, url, title, excerpt, picture_url, author, language,
                tags, reading_minutes, published_at, updated_at, first_seen_at, changed_at, content_hash, page_key, title_key)
            VALUES (@id, @sortKey, @sourceId, @companyId, @identity, @canonicalUrl, @url, @title, @excerpt, @pictureUrl, @author, @language,
                @tags, @readingMinutes, @publishedAt, @updatedAt, @now, @now, @hash, @pageKey, @titleKey)
            """,
            ("id", id),
            ("sortKey", sortKey),
            ("sourceId", origin.SourceId),
            ("companyId", origin.CompanyId),
            ("identity", draft.Identity),
            ("canonicalUrl", draft.CanonicalUrl),
            ("url", draft.Url),
            ("title", draft.Title),
            ("excerpt", draft.Excerpt),
            ("pictureUrl", draft.PictureUrl),
            ("author", draft.Author),
            ("language", draft.Language),
            ("tags", string.Join('\n', draft.Tags)),
            ("readingMinutes", draft.ReadingMinutes),
            ("publishedAt", draft.PublishedAt?.ToUnixTimeMilliseconds()),
            ("updatedAt", draft.UpdatedAt?.ToUnixTimeMilliseconds()),
            ("now", firstSeenAt),
            ("hash", hash),
            ("pageKey", PageAddress.Key(draft.Original ?? draft.CanonicalUrl)),
            ("titleKey", TitleKey.Of(draft.Title)));
        tags.Add(id, sortKey, draft.Tags);
        await SearchIndex.Add(session, id, sortKey, Searchable(draft, origin));
        return new KeptPost(id, origin.SourceId, hash, sortKey, firstSeenAt, draft.CanonicalUrl);
    }

    /// <summary>Makes a post what its draft is.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="origin">Whose it is.</param>
    /// <param name="draft">As shaped.</param>
    /// <param name="kept">As it is.</param>
    /// <param name="now">The moment.</param>
    /// <param name="tags">Hears of the tags it gains and loses.</param>
    /// <param name="searchable">What the search reads in place of the draft's own text; null for that.</param>
    internal static async Task<KeptPost> Update(
        Session session, PostOrigin origin, PostDraft draft, KeptPost kept, DateTimeOffset now, TagChanges tags, string? searchable = null)
    {
        var hash = ContentHash.Of(draft, origin.KeepsFullText);
        var sortAt = SortKey.SortAt(draft.PublishedAt?.ToUnixTimeMilliseconds(), kept.FirstSeenAt);
        var sortKey = SortKey.Of(sortAt, kept.Id);

        // An address that another post has already stays that post's; the row keeps its old one.
        await session.Execute("""
            UPDATE posts
            SET sort_key = @sortKey, url = @url, title = @title, excerpt = @excerpt, picture_url = @pictureUrl, author = @author,
                language = @language, tags = @tags, reading_minutes = @readingMinutes, published_at = @publishedAt, updated_at = @updatedAt,
                changed_at = @now, content_hash = @hash, page_key = @pageKey, title_key = @titleKey,
                canonical_url = CASE
                    WHEN EXISTS (SELECT 1 FROM posts other WHERE other.company_id = posts.company_id
                        AND other.canonical_url = @canonicalUrl AND other.id <> posts.id) THEN canonical_url
                    ELSE @canonicalUrl
                END
            WHERE id = @id
            """,
            ("id", kept.Id),
            ("sortKey", sortKey),
            ("url", draft.Url),
            ("title", draft.Title),
            ("excerpt", draft.Excerpt),
            ("pictureUrl", draft.PictureUrl),
            ("author", draft.Author),
            ("language", draft.Language),
            ("tags", string.Join('\n', draft.Tags)),
            ("readingMinutes", draft.ReadingMinutes),
            ("publishedAt", draft.PublishedAt?.ToUnixTimeMilliseconds()),
            ("updatedAt", draft.UpdatedAt?.ToUnixTimeMilliseconds()),
            ("now", now.ToUnixTimeMilliseconds()),
            ("hash", hash),
            ("pageKey", PageAddress.Key(draft.Original ?? draft.CanonicalUrl)),
            ("titleKey", TitleKey.Of(draft.Title)),
            ("canonicalUrl", draft.CanonicalUrl));
        await tags.Remove(session, kept.Id);
        if (!kept.IsHidden)
            tags.Add(kept.Id, sortKey, draft.Tags);
        await SearchIndex.Remove(session, kept.Id, kept.SortKey);
        await SearchIndex.Add(session, kept.Id, sortKey, searchable ?? Searchable(draft, origin), kept.IsHidden);
        return kept with { ContentHash = hash, SortKey = sortKey, CanonicalUrl = draft.CanonicalUrl };
    }

    private static string Searchable(PostDraft draft, PostOrigin origin) =>
        string.Join('\n', Head(draft), origin.KeepsFullText && draft.Text.Length > 0 ? draft.Text : draft.Excerpt);

    /// <summary>What the search reads before the text.</summary>
    internal static string Head(PostDraft draft) => SearchedText.Head(draft.Title, draft.Tags, draft.Author);
}
