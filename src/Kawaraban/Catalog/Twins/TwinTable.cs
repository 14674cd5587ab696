using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>Articles that stand at more than one place: finds them, joins them, and parts them again.</summary>
/// <remarks>
/// Posts are compared after they were committed, in a question of its own: of two visits that bring the two places at the same moment, the
/// one that ends last sees both. What is found is written in a change of its own, which locks the companies of all that it touches in the
/// order of their numbers before it looks again; a visit locks one, so nobody waits in a circle. What a process that dies in between leaves
/// undone is found by <see cref="LookThrough"/>.
/// </remarks>
/// <param name="database">Where they are kept.</param>
/// <param name="clock">Tells the time.</param>
public sealed partial class TwinTable(Database database, TimeProvider clock)
{
    // Who joins what no person has.
    private const string Program = "kawaraban";

    private static readonly TwinEvidence ByHand = new(Likeness.Same, "by hand");

    /// <summary>Compares posts that are new or have changed, and joins what is one article.</summary>
    /// <param name="posts">Their numbers; they are committed.</param>
    /// <param name="cancellation">Ends it between two posts.</param>
    /// <returns>How many were joined with another.</returns>
    /// <exception cref="StorageException">The database failed; what was joined stays so.</exception>
    public async Task<int> Compare(IReadOnlyCollection<long> posts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(posts);
        if (posts.Count == 0)
            return 0;
        var joined = 0;
        foreach (var id in await database.Read(session => TwinSearch.Alike(session, posts), cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            var plan = await database.Read(session => TwinPlan.Of(session, id), cancellation);
            if (!plan.IsEmpty)
                joined += await Change(plan.Companies, session => TwinPlan.Of(session, id), Program, null);
        }

        return joined;
    }

    /// <summary>Looks again which of its places stands for an article, for all in which a source has part: it is gone, or is back.</summary>
    /// <param name="sourceId">The source.</param>
    /// <param name="cancellation">Ends it between two articles.</param>
    public async Task Settle(long sourceId, CancellationToken cancellation)
    {
        var groups = await database.Read(
            session => Numbers(session, """
                SELECT DISTINCT t.twin_of FROM posts t JOIN posts p ON p.id = t.twin_of
                WHERE t.twin_of IS NOT NULL AND (t.source_id = @id OR p.source_id = @id)
                """, sourceId),
            cancellation);
        await Settle(groups, cancellation);
    }

    /// <summary>Says by hand that posts are one article, whatever they look like.</summary>
    /// <param name="posts">At least two.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="why">Why; null when that is not said.</param>
    /// <param name="cancellation">Withdraws it.</param>
    /// <returns>False when one of them does not exist.</returns>
    public async Task<bool> Merge(IReadOnlyCollection<long> posts, string who, string? why, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(posts);
        var ids = posts.Distinct().Order().ToArray();
        async Task<TwinPlan> Plan(Session session)
        {
            List<TwinPost> members = [];
            List<(TwinPost, TwinEvidence)> found = [];
            foreach (var id in ids)
            {
                if (await TwinSearch.Find(session, id) is not { } post)
                    return new TwinPlan([], []);
                if (members.Any(member => member.Id == id))
                    continue;
                if (members.Count > 0)
                    found.Add((post, ByHand));
                members.AddRange(await TwinSearch.Group(session, post.GroupId));
            }

            return new TwinPlan(members, found);
        }

        var plan = await database.Read(Plan, cancellation);
        if (plan.Members.Count == 0)
            return false;
        if (!plan.IsEmpty)
            await Change(plan.Companies, Plan, who, why);
        return true;
    }

    /// <summary>Puts a post apart from those it stands with, for good: it is not joined with them again but by hand.</summary>
    /// <param name="postId">The post.</param>
    /// <param name="from">Another that it does not stand with, and never shall; null for those it stands with.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="why">Why; null when that is not said.</param>
    /// <param name="cancellation">Withdraws it.</param>
    /// <returns>From which posts it was parted; none when it stood alone or does not exist.</returns>
    public async Task<IReadOnlyList<long>> Split(long postId, long? from, string who, string? why, CancellationToken cancellation)
    {
        while (true)
        {
            var seen = await database.Read(session => Beside(session, postId, from), cancellation);
            if (seen.Count < 2)
                return [];
            var parted = await database.Write(
                async session =>
                {
                    await TwinGroup.Lock(session, seen.Select(member => member.CompanyId));
                    var members = await Beside(session, postId, from);
                    return HasOnly(members, seen) ? await Part(session, members, postId, who, why) : null;
                },
                cancellation);
            if (parted is not null)
                return parted;
        }
    }

    // The post, and those that it is to be parted from.
    private static async Task<IReadOnlyList<TwinPost>> Beside(Session session, long postId, long? from)
    {
        var members = await Standing(session, postId);
        return from is not { } other || members.Count == 0 || members.Any(member => member.Id == other)
            ? members
            : [members.Single(member => member.Id == postId), .. await Standing(session, other)];
    }

    private static async Task<IReadOnlyList<TwinPost>> Standing(Session session, long postId) =>
        await TwinSearch.Find(session, postId) is { } post ? await TwinSearch.Group(session, post.GroupId) : [];

    private static bool HasOnly(IEnumerable<TwinPost> members, IEnumerable<TwinPost> seen) =>
        members.Select(member => member.CompanyId).ToHashSet().IsSubsetOf(seen.Select(member => member.CompanyId));

    private async Task<IReadOnlyList<long>?> Part(Session session, IReadOnlyList<TwinPost> members, long postId, string who, string? why)
    {
        TwinPost[] others = [.. members.Where(member => member.Id != postId)];
        foreach (var other in others)
        {
            await session.Execute(
                "INSERT INTO twins_apart (post_id, other_id) VALUES (@first, @second) ON CONFLICT DO NOTHING",
                ("first", Math.Min(postId, other.Id)), ("second", Math.Max(postId, other.Id)));
            await Remember(session, postId, other.Id, "split", null, who, why);
        }

        var post = members.Single(member => member.Id == postId);
        if (others.Any(other => other.GroupId == post.GroupId))
        {
            var tags = new TagChanges();
            await TwinGroup.Write(session, others, tags);
            await TwinGroup.Write(session, [post], tags);
            await tags.Write(session);
        }

        return [.. others.Select(other => other.Id)];
    }

    // The plan is made again under the locks; when it has come to touch others' posts meanwhile, from the beginning.
    private async Task<int> Change(IEnumerable<long> companies, Func<Session, Task<TwinPlan>> plan, string who, string? why)
    {
        for (var locked = companies.ToHashSet(); ;)
        {
            var more = await database.Write(
                async session =>
                {
                    await TwinGroup.Lock(session, locked);
                    var now = await plan(session);
                    return now.Companies.All(locked.Contains) ? (await Write(session, now, who, why), null) : (0, now.Companies.ToHashSet());
                },
                CancellationToken.None);
            if (more.Item2 is null)
                return more.Item1;
            locked.UnionWith(more.Item2);
        }
    }

    private async Task<int> Write(Session session, TwinPlan plan, string who, string? why)
    {
        if (plan.IsEmpty)
            return 0;
        var tags = new TagChanges();
        await TwinGroup.Write(session, plan.Members, tags);
        var first = plan.Members[0];
        foreach (var (post, evidence) in plan.Found)
            await Remember(session, first.Id, post.Id, "merged", evidence.Sentence, who, why);

        // Who joins by hand what was apart has thought better of it. What the program joins is never apart.
        foreach (var post in plan.Found.Count == 0 ? [] : plan.Members)
        {
            foreach (var other in plan.Members.Where(other => other.Id > post.Id))
                await session.Execute("DELETE FROM twins_apart WHERE post_id = @id AND other_id = @other", ("id", post.Id), ("other", other.Id));
        }

        await tags.Write(session);
        return plan.Found.Count;
    }

    private async Task Settle(IReadOnlyList<long> groups, CancellationToken cancellation)
    {
        foreach (var group in groups)
        {
            cancellation.ThrowIfCancellationRequested();
            async Task<TwinPlan> Plan(Session session) => new(await Standing(session, group), []);
            var plan = await database.Read(Plan, cancellation);
            if (!plan.IsEmpty)
                await Change(plan.Companies, Plan, Program, null);
        }
    }

    private Task<int> Remember(Session session, long postId, long otherId, string action, string? evidence, string who, string? why) =>
        session.Execute("""
            INSERT INTO twin_history (post_id, other_id, action, evidence, at, who, why) VALUES (@postId, @otherId, @action, @evidence, @at, @who, @why)
            """,
            ("postId", postId),
            ("otherId", otherId),
            ("action", action),
            ("evidence", evidence),
            ("at", clock.GetUtcNow().ToUnixTimeMilliseconds()),
            ("who", who),
            ("why", why));

    private static async Task<IReadOnlyList<long>> Numbers(Session session, string sql, long id)
    {
        List<long> numbers = [];
        await using var rows = await session.Query(sql, ("id", id));
        while (await rows.ReadAsync())
            numbers.Add(rows.GetInt64(0));
        return numbers;
    }
}
