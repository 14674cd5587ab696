using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>What has been looked at.</summary>
/// <param name="Posts">How many posts.</param>
/// <param name="Joined">How many were joined with another.</param>
/// <param name="IsDone">Whether that was all there is.</param>
public sealed record TwinsFound(long Posts, int Joined, bool IsDone);

/// <summary>Looks through what is stored.</summary>
public sealed partial class TwinTable
{
    // A change holds up all others.
    private const int LookedAtTogether = 200;

    // Longer than any change takes: what has a smaller number than a post of this age is committed, or never will be.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Looks at the posts that were not looked at: those of the time before there were twins, and what a process left that died between keeping
    /// a post and comparing it. Broken off, it goes on where it stopped.
    /// </summary>
    /// <param name="most">How many posts at most.</param>
    /// <param name="progress">Hears how many it has looked at.</param>
    /// <param name="cancellation">Ends it after the batch, without an exception.</param>
    /// <exception cref="StorageException">The database failed; what was done stays so.</exception>
    public async Task<TwinsFound> LookThrough(long most, IProgress<long>? progress, CancellationToken cancellation)
    {
        var found = new TwinsFound(0, 0, false);
        while (found.Posts < most && !cancellation.IsCancellationRequested)
        {
            var posts = await database.Read(session => NotLookedAt(session, (clock.GetUtcNow() - Settled).ToUnixTimeMilliseconds()), CancellationToken.None);
            if (posts.Count == 0)
                return found with { IsDone = true };
            foreach (var company in posts.Where(post => post.HasNoKeys).GroupBy(post => post.CompanyId))
                await database.Write(session => WriteKeys(session, company.Key, company), CancellationToken.None);
            var joined = await Compare([.. posts.Select(post => post.Id)], CancellationToken.None);
            await database.Write(
                session => session.Execute("UPDATE twin_progress SET looked_to = @id WHERE looked_to < @id", ("id", posts[^1].Id)), CancellationToken.None);
            found = found with { Posts = found.Posts + posts.Count, Joined = found.Joined + joined };
            progress?.Report(found.Posts);
        }

        return found;
    }

    /// <summary>Lets another place stand for every article whose own source is gone for good.</summary>
    /// <param name="cancellation">Ends it between two articles.</param>
    public async Task Relieve(CancellationToken cancellation) =>
        await Settle(
            await database.Read(
                session => Numbers(session, """
                    SELECT DISTINCT t.twin_of FROM posts t JOIN posts p ON p.id = t.twin_of JOIN sources s ON s.id = p.source_id JOIN sources o ON o.id = t.source_id
                    WHERE t.twin_of > @id AND s.status = 'gone' AND o.status <> 'gone'
                    """, 0),
                cancellation),
            cancellation);

    private static async Task<List<StoredPost>> NotLookedAt(Session session, long before)
    {
        List<StoredPost> posts = [];
        await using var rows = await session.Query("""
            SELECT id, company_id, canonical_url, title, first_seen_at, CASE WHEN page_key IS NULL AND title_key IS NULL THEN 1 ELSE 0 END
            FROM posts WHERE id > (SELECT max(looked_to) FROM twin_progress) ORDER BY id LIMIT @count
            """, ("count", LookedAtTogether));
        while (await rows.ReadAsync() && rows.GetInt64(4) < before)
            posts.Add(new StoredPost(rows.GetInt64(0), rows.GetInt64(1), rows.GetString(2), rows.GetString(3), rows.GetInt64(5) != 0));
        return posts;
    }

    private static async Task WriteKeys(Session session, long companyId, IEnumerable<StoredPost> posts)
    {
        await TwinGroup.Lock(session, [companyId]);
        foreach (var post in posts)
        {
            await session.Execute(
                "UPDATE posts SET page_key = @pageKey, title_key = @titleKey WHERE id = @id AND page_key IS NULL AND title_key IS NULL",
                ("pageKey", PageAddress.Key(post.CanonicalUrl)), ("titleKey", TitleKey.Of(post.Title)), ("id", post.Id));
        }
    }

    private sealed record StoredPost(long Id, long CompanyId, string CanonicalUrl, string Title, bool HasNoKeys);
}
