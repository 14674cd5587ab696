using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>A post beside those that are the same article.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Company">Who publishes it.</param>
/// <param name="SourceId">Where it comes from.</param>
/// <param name="Title">Its title.</param>
/// <param name="Url">Its page.</param>
/// <param name="PublishedAt">When it appeared.</param>
/// <param name="StandsForAll">Whether it is the one that listings show.</param>
public sealed record TwinCard(long Id, string Company, long SourceId, string Title, string Url, DateTimeOffset? PublishedAt, bool StandsForAll);

/// <summary>Something that was joined or parted.</summary>
/// <param name="At">When.</param>
/// <param name="Action"><c>merged</c> or <c>split</c>.</param>
/// <param name="PostId">The one.</param>
/// <param name="OtherId">The other.</param>
/// <param name="Evidence">What it was seen by.</param>
/// <param name="Who">By whom.</param>
/// <param name="Why">Why; null when that was not said.</param>
public sealed record TwinChange(DateTimeOffset At, string Action, long PostId, long OtherId, string? Evidence, string Who, string? Why);

/// <summary>An article with its places.</summary>
/// <param name="Posts">The one that stands for all first.</param>
/// <param name="History">What was joined and parted, the newest first.</param>
public sealed record Article(IReadOnlyList<TwinCard> Posts, IReadOnlyList<TwinChange> History);

/// <summary>Two posts that a person may want to look at.</summary>
/// <param name="One">The one.</param>
/// <param name="Other">The other.</param>
/// <param name="Evidence">What was seen, and why it was not enough.</param>
public sealed record TwinCandidates(TwinCard One, TwinCard Other, string Evidence);

/// <summary>Shows what is joined, and what may be.</summary>
public sealed partial class TwinTable
{
    /// <summary>A post with all that are the same article; null when there is none of that number.</summary>
    public Task<Article?> Find(long postId, CancellationToken cancellation) =>
        database.Read(
            async session =>
            {
                var members = await Standing(session, postId);
                if (members.Count == 0)
                    return null;
                List<TwinChange> history = [];
                foreach (var member in members)
                    history.AddRange(await History(session, member.Id));
                return new Article([.. members.Select(Card)], [.. history.Distinct().OrderByDescending(change => change.At)]);
            },
            cancellation);

    /// <summary>The articles that stand at more than one place, those joined last first.</summary>
    public Task<IReadOnlyList<Article>> Joined(int count, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<Article>>(
            async session =>
            {
                List<Article> articles = [];
                foreach (var group in await Numbers(session, "SELECT twin_of FROM posts WHERE twin_of IS NOT NULL GROUP BY twin_of ORDER BY max(id) DESC LIMIT @id", count))
                    articles.Add(new Article([.. (await TwinSearch.Group(session, group)).Select(Card)], []));
                return articles;
            },
            cancellation);

    /// <summary>Pairs that share a page or a title, look as if they might be one article, and were neither joined nor put apart; the newest first.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <remarks>Reads the indexes of both keys whole: for a person who asks.</remarks>
    public Task<IReadOnlyList<TwinCandidates>> Candidates(int count, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<TwinCandidates>>(
            async session =>
            {
                List<TwinCandidates> pairs = [];
                HashSet<(long, long)> seen = [];
                foreach (var id in await Numbers(session, SharedKeys, TwinSearch.Most))
                {
                    if (await TwinSearch.Find(session, id) is not { } post)
                        continue;
                    foreach (var other in await TwinSearch.Candidates(session, post))
                    {
                        if (other.GroupId == post.GroupId || !seen.Add((Math.Min(id, other.Id), Math.Max(id, other.Id)))
                            || await TwinSearch.AreApart(session, [post], [other]))
                            continue;
                        var evidence = TwinEvidence.Weigh(post, other);
                        if (evidence.Likeness != Likeness.Other)
                            pairs.Add(new TwinCandidates(Card(post), Card(other), evidence.Sentence));
                        if (pairs.Count == count)
                            return pairs;
                    }
                }

                return pairs;
            },
            cancellation);

    /// <summary>The posts at an address; at most a dozen.</summary>
    public async Task<IReadOnlyList<long>> At(Uri url, CancellationToken cancellation) =>
        PageAddress.Key(Recipes.CanonicalUrl.Of(url)) is { } key
            ? await database.Read(session => Numbers(session, "SELECT id FROM posts WHERE page_key = @id ORDER BY id LIMIT 12", key), cancellation)
            : [];

    private const string SharedKeys = """
        SELECT max_id FROM (
            SELECT max(id) AS max_id FROM posts WHERE page_key IS NOT NULL GROUP BY page_key HAVING count(*) BETWEEN 2 AND @id
            UNION SELECT max(id) FROM posts WHERE title_key IS NOT NULL GROUP BY title_key HAVING count(*) BETWEEN 2 AND @id) AS shared
        ORDER BY max_id DESC
        """;

    private static TwinCard Card(TwinPost post) => new(
        post.Id, post.Company, post.SourceId, post.Title, post.Url,
        post.PublishedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, post.TwinOf is null);

    private static async Task<List<TwinChange>> History(Session session, long postId)
    {
        List<TwinChange> changes = [];
        await using var rows = await session.Query("""
            SELECT at, action, post_id, other_id, evidence, who, why FROM twin_history WHERE post_id = @id
            UNION ALL
            SELECT at, action, post_id, other_id, evidence, who, why FROM twin_history WHERE other_id = @id
            """, ("id", postId));
        while (await rows.ReadAsync())
        {
            changes.Add(new TwinChange(
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(0)), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3),
                rows.IsDBNull(4) ? null : rows.GetString(4), rows.GetString(5), rows.IsDBNull(6) ? null : rows.GetString(6)));
        }

        return changes;
    }
}
