using Kawaraban.Catalog;
using Kawaraban.Recipes;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>What applying a recipe to stored posts would do, or has done.</summary>
/// <param name="Posts">How many posts the source has.</param>
/// <param name="Entries">How many of them have their entry stored; the others cannot be shaped again.</param>
/// <param name="Changed">How many change.</param>
/// <param name="Unchanged">How many are as the recipe makes them.</param>
/// <param name="Dropped">How many the recipe would drop today; they stay.</param>
/// <param name="Examples">Some of those that change.</param>
public sealed record ReshapingReport(long Posts, long Entries, int Changed, int Unchanged, int Dropped, IReadOnlyList<ReshapedPost> Examples)
{
    /// <summary>Whether it went on where an earlier one had stopped.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Of a batch: the posts that change.</summary>
    internal IReadOnlyList<long> Touched { get; init; } = [];
}

/// <summary>A stored post that changes.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Title">Its title now.</param>
/// <param name="Changes">What changes.</param>
public sealed record ReshapedPost(long PostId, string Title, IReadOnlyList<FieldDifference> Changes);

/// <summary>Applies a source's recipe to what is stored of it, in batches; one that was broken off goes on where it stopped.</summary>
/// <param name="database">Where it is stored.</param>
/// <param name="clock">Tells the time.</param>
public sealed class StoredReshaping(Database database, TimeProvider clock)
{
    // A change holds up all others.
    private const int Together = 50;
    private const int Examples = 5;

    private readonly TwinTable twins = new(database, clock);

    /// <summary>Says what it would do.</summary>
    public async Task<ReshapingReport> Preview(RecipeSource source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var report = await Count(source, cancellation);
        for (var after = 0L; ;)
        {
            var from = after;
            var (last, some) = await database.Read(session => Batch(session, source, from, isWritten: false), cancellation);
            if (last == after)
                return report;
            (after, report) = (last, Sum(report, some));
        }
    }

    /// <summary>How many posts it would look at.</summary>
    public async Task<long> CountEntries(RecipeSource source, CancellationToken cancellation) => (await Count(source, cancellation)).Entries;

    /// <summary>Does it.</summary>
    /// <param name="source">The source.</param>
    /// <param name="progress">Hears how many posts are done.</param>
    /// <param name="cancellation">Ends it after the batch; the next call goes on from there.</param>
    public async Task<ReshapingReport> Apply(RecipeSource source, IProgress<long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var report = await Count(source, cancellation);
        var after = await database.Read(session => Stopped(session, source), cancellation);
        report = report with { IsResumed = after > 0 };
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var from = after;
            var (last, some) = await database.Write(
                async session =>
                {
                    var done = await Batch(session, source, from, isWritten: true);
                    var isOver = done.Last == from;
                    await session.Execute(
                        "UPDATE sources SET reshaped_to = @to, reshaped_version = @version WHERE id = @id",
                        ("to", isOver ? null : done.Last), ("version", isOver ? null : source.Version), ("id", source.SourceId));
                    return done;
                },
                CancellationToken.None);
            if (last == after)
                return report;
            await twins.Compare(some.Touched, CancellationToken.None);
            (after, report) = (last, Sum(report, some));
            progress?.Report(report.Changed + report.Unchanged + report.Dropped);
        }
    }

    private async Task<ReshapingReport> Count(RecipeSource source, CancellationToken cancellation)
    {
        var (entries, posts) = await database.Read(session => EntryTable.Count(session, source.SourceId), cancellation);
        return new ReshapingReport(posts, entries, 0, 0, 0, []);
    }

    private static async Task<long> Stopped(Session session, RecipeSource source)
    {
        await using var row = await session.Query(
            "SELECT coalesce(reshaped_to, 0) FROM sources WHERE id = @id AND reshaped_version = @version", ("id", source.SourceId), ("version", source.Version));
        return await row.ReadAsync() ? row.GetInt64(0) : 0;
    }

    private async Task<(long Last, ReshapingReport Some)> Batch(Session session, RecipeSource source, long after, bool isWritten)
    {
        var recipe = EffectiveRecipe.Of(source.Recipe, source.Url, null, source.Platform).Compiled;
        var home = CanonicalUrl.Web(source.SiteUrl) ?? source.Url;
        var (origin, some) = (await Origin(session, source.SourceId), new ReshapingReport(0, 0, 0, 0, 0, []));
        var entries = await EntryTable.Next(session, source.SourceId, after, Together);
        foreach (var (postId, identity, stored) in entries)
        {
            var entry = stored.ToEntry();
            var key = Shaper.Key(entry, home);
            var context = new ShapeContext(source.Url, clock.GetUtcNow(), new Deadline(clock, Deadline.Usual));
            if (recipe.Page is not null)
            {
                var facts = await PageTable.Facts(session, source.SourceId, [key]);
                // What was never read is not asked for here, so it stands for nothing to be had.
                context = context with { Pages = facts.Count > 0 ? facts : new Dictionary<string, PageFacts?> { [key] = null } };
            }

            var shaped = Shaper.Shape(recipe, Reading.AsFeed([entry], source.FeedTitle, home, null), context);
            if (shaped.Drafts.Count == 0)
            {
                some = some with { Dropped = some.Dropped + 1 };
                continue;
            }

            var draft = recipe.Identity == IdentityField.Guid ? shaped.Drafts[0] with { Identity = identity } : shaped.Drafts[0];
            var change = await PostReshaping.Reshape(session, origin, postId, draft, stored.IsCut, isWritten, clock.GetUtcNow());
            if (change.Count == 0)
                some = some with { Unchanged = some.Unchanged + 1 };
            else
                some = some with { Changed = some.Changed + 1, Touched = [.. some.Touched, postId], Examples = some.Examples.Count == Examples ? some.Examples : [.. some.Examples, new ReshapedPost(postId, draft.Title, change)] };
        }

        return (entries.Count == 0 ? after : entries[^1].PostId, some);
    }

    private static async Task<PostOrigin> Origin(Session session, long sourceId)
    {
        await using var row = await session.Query("SELECT company_id, keeps_full_text FROM sources WHERE id = @id", ("id", sourceId));
        await row.ReadAsync();
        return new PostOrigin(sourceId, row.GetInt64(0), row.GetInt64(1) != 0);
    }

    private static ReshapingReport Sum(ReshapingReport one, ReshapingReport other) => one with
    {
        Changed = one.Changed + other.Changed,
        Unchanged = one.Unchanged + other.Unchanged,
        Dropped = one.Dropped + other.Dropped,
        Examples = [.. one.Examples.Concat(other.Examples).Take(Examples)],
    };
}
