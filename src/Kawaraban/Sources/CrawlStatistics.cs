using Kawaraban.Storage;

namespace Kawaraban.Sources;

/// <summary>What the visits of a time came to.</summary>
/// <param name="Name">What that time is called.</param>
/// <param name="Visits">How many there were.</param>
/// <param name="Failed">How many of them did not go well.</param>
/// <param name="NewPosts">How many posts were new.</param>
/// <param name="Bytes">How much was received.</param>
public sealed record Throughput(string Name, long Visits, long Failed, long NewPosts, long Bytes);

/// <summary>Counts the visits.</summary>
/// <param name="database">Where their history is.</param>
public sealed class CrawlStatistics(Database database)
{
    /// <summary>What the visits came to that began since then, of the latest 100,000: their history has no index by time, which every
    /// visit would pay for.</summary>
    public Task<Throughput> Since(string name, DateTimeOffset moment, CancellationToken cancellation) =>
        database.Read(
            async session =>
            {
                await using var row = await session.Query("""
                    SELECT count(*), coalesce(sum(CASE WHEN outcome IN ('updated', 'unchanged', 'not-modified') THEN 0 ELSE 1 END), 0),
                        coalesce(sum(new_posts), 0), coalesce(sum(bytes), 0)
                    FROM (SELECT started_at, outcome, new_posts, bytes FROM crawls ORDER BY id DESC LIMIT 100000) latest WHERE started_at >= @since
                    """, ("since", moment.ToUnixTimeMilliseconds()));
                await row.ReadAsync(cancellation);
                return new Throughput(name, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
            },
            cancellation);
}
