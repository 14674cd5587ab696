using Kawaraban.Fetching;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Writes down a visit that was broken off because it has to wait for a site that its own redirects to.</summary>
internal static class Waiting
{
    // Who meets the other site taken for the first time comes soon; who meets it again and again lets others go first.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(40);

    /// <summary>Writes it, in the transaction that gives the leases back, before it does.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="order">The order, which comes again.</param>
    /// <param name="postponed">What is in the way.</param>
    /// <param name="startedAt">When the visit began.</param>
    /// <param name="readyAt">When the sites that were asked may be asked again.</param>
    /// <param name="luck">From 0 to 1.</param>
    /// <param name="now">The moment.</param>
    /// <returns>When it comes again.</returns>
    public static async Task<DateTimeOffset> Write(
        Session session, Order order, Postponed postponed, DateTimeOffset startedAt, DateTimeOffset readyAt, double luck, DateTimeOffset now)
    {
        // One row, however often it waits.
        long? again = null;
        await using (var row = await session.Query("""
            SELECT id FROM crawls WHERE id = (SELECT max(id) FROM crawls WHERE source_id = @sourceId) AND outcome = 'waiting'
            """, ("sourceId", order.SourceId)))
        {
            if (await row.ReadAsync())
                again = row.GetInt64(0);
        }

        var free = postponed.Until is { } at && at > readyAt ? at : readyAt;
        var until = free + ((again is null ? Soon : Later) * luck);
        var sentence = $"source \"{order.Title}\": {postponed.Sentence}; next try {CrawlOutcome.At(until)}";
        if (again is { } id)
        {
            await session.Execute(
                "UPDATE crawls SET ended_at = @endedAt, sentence = @sentence WHERE id = @id",
                ("endedAt", now.ToUnixTimeMilliseconds()), ("sentence", sentence), ("id", id));
        }
        else
        {
            await session.Execute("""
                INSERT INTO crawls (source_id, started_at, ended_at, outcome, http_status, bytes, entries, new_posts, updated_posts, sentence)
                VALUES (@sourceId, @startedAt, @endedAt, 'waiting', NULL, 0, 0, 0, 0, @sentence)
                """,
                ("sourceId", order.SourceId),
                ("startedAt", startedAt.ToUnixTimeMilliseconds()),
                ("endedAt", now.ToUnixTimeMilliseconds()),
                ("sentence", sentence));
        }

        // Held to it also when a person asks for a visit: the other site's gap is nobody's to shorten.
        await session.Execute(
            "UPDATE sources SET next_crawl_at = @until, not_before = @until WHERE id = @id",
            ("until", until.ToUnixTimeMilliseconds()), ("id", order.SourceId));
        return until;
    }
}
