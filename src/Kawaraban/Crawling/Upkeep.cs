using Kawaraban.Catalog;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>What a crawler does beside crawling, once an hour: it deletes history that is over, counts the sources,
/// mends the times of a clock that was ahead,
/// and looks for articles at two places among posts that were not compared when they came.</summary>
internal sealed class Upkeep(Database database, TimeProvider clock, CrawlerOptions options)
{
    // A change holds up all others; this many take some milliseconds.
    private const int DeletedTogether = 500;

    private static readonly TimeSpan Often = TimeSpan.FromHours(1);

    // An hour's new ones, and of a database from before there were twins some more each time.
    private const int MostLookedAt = 50_000;

    private readonly TwinTable twins = new(database, clock);
    private DateTimeOffset? lastAt;
    private long sources;

    /// <summary>How many sources there are, as far as is known: their numbers are given in order.</summary>
    public long Sources => Volatile.Read(ref sources);

    /// <summary>Counts the sources: before a run.</summary>
    /// <exception cref="StorageException">The database failed.</exception>
    public async Task Count(CancellationToken cancellation) =>
        Volatile.Write(ref sources, await database.Read(
            async session =>
            {
                await using var row = await session.Query("SELECT coalesce(max(id), 0) FROM sources");
                await row.ReadAsync();
                return row.GetInt64(0);
            },
            cancellation));

    /// <summary>Does it every hour until it is stopped.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await Once(cancellation);
            }
            catch (StorageException)
            {
                // Nothing waits for it; whoever crawls meets the same database and says what is wrong with it.
            }

            await Task.Delay(Often, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does it, if the last time was an hour ago.</summary>
    /// <param name="cancellation">Ends it early, without an exception; what was deleted is deleted.</param>
    /// <returns>How many rows of the history were deleted.</returns>
    /// <exception cref="StorageException">The database failed.</exception>
    public async Task<int> Once(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if ((now - lastAt)?.Duration() < Often)
            return 0;
        lastAt = now;
        await Count(CancellationToken.None);
        await database.Write(session => WrongClock.Mend(session, now), CancellationToken.None);
        await twins.LookThrough(MostLookedAt, null, cancellation);
        await twins.Relieve(CancellationToken.None);
        return await DeleteHistory((now - options.History).ToUnixTimeMilliseconds(), cancellation);
    }

    // Rows are numbered in the order in which visits end, give or take what two processes do at once: the old ones stand at the beginning,
    // and no index of times is needed. Of a source that is not visited any more the last row stays among them.
    private async Task<int> DeleteHistory(long before, CancellationToken cancellation)
    {
        var deleted = 0;
        for (var after = 0L; ;)
        {
            var (last, isOld) = await database.Read(session => Next(session, after, before), CancellationToken.None);
            if (!isOld || cancellation.IsCancellationRequested)
                return deleted;
            var from = after;
            deleted += await database.Write(
                session => session.Execute("""
                    DELETE FROM crawls WHERE id > @after AND id <= @last AND ended_at < @before
                        AND EXISTS (SELECT 1 FROM crawls AS newer WHERE newer.source_id = crawls.source_id AND newer.id > crawls.id)
                    """, ("after", from), ("last", last), ("before", before)),
                CancellationToken.None);
            after = last;
        }
    }

    // The end of the next rows, and whether the first of them is old.
    private static async Task<(long Last, bool IsOld)> Next(Session session, long after, long before)
    {
        await using var row = await session.Query("""
            SELECT coalesce(max(id), 0), min(ended_at) FROM (SELECT id, ended_at FROM crawls WHERE id > @after ORDER BY id LIMIT @count) AS oldest
            """, ("after", after), ("count", DeletedTogether));
        await row.ReadAsync();
        return (row.GetInt64(0), !row.IsDBNull(1) && row.GetInt64(1) < before);
    }
}
