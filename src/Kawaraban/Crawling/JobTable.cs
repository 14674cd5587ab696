using System.Data.Common;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Work that takes longer than a page.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">One of <see cref="JobKinds"/>.</param>
/// <param name="SourceId">The source that it is about; null for all.</param>
/// <param name="Source">What that is called.</param>
/// <param name="Who">Who wants it.</param>
/// <param name="State"><c>waiting</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>stopped</c>.</param>
/// <param name="Done">How much is done.</param>
/// <param name="Total">Of how much; 0 while that is unknown.</param>
/// <param name="Sentence">What it came to.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When somebody began; null while nobody has.</param>
/// <param name="EndedAt">When it ended; null while it has not.</param>
public sealed record Job(
    long Id, string Kind, long? SourceId, string? Source, string Who, string State, long Done, long Total, string Sentence, DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>Whether it is still to be done, in part or altogether.</summary>
    public bool IsOpen => State is "waiting" or "running";
}

/// <summary>What kinds of work there are.</summary>
public static class JobKinds
{
    /// <summary>A source's recipe is applied to the posts that are there.</summary>
    public const string ApplyRecipe = "apply-recipe";

    /// <summary>All active sources become due.</summary>
    public const string VisitAll = "visit-all";
}

/// <summary>The work that is to be done, and what became of it. A claim holds as long as its holder says something now and then.</summary>
/// <param name="database">Where it is kept.</param>
/// <param name="clock">Tells the time.</param>
public sealed class JobTable(Database database, TimeProvider clock)
{
    /// <summary>How long a claim holds in which nothing is said.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(2);

    private const int MostAttempts = 5;

    private const string Columns = """
        j.id, j.kind, j.source_id, (SELECT coalesce(s.title, s.feed_title, s.url) FROM sources s WHERE s.id = j.source_id), j.who, j.state, j.done, j.total,
        j.sentence, j.created_at, j.started_at, j.ended_at
        """;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Asks for something, in a transaction.</summary>
    /// <returns>Its number; of the same that is waiting already, that one's.</returns>
    public async Task<long> Add(Session session, string kind, long? sourceId, string who)
    {
        await using (var same = await session.Query("""
            SELECT id FROM jobs WHERE state = 'waiting' AND kind = @kind AND coalesce(source_id, 0) = @source
            """, ("kind", kind), ("source", sourceId ?? 0)))
        {
            if (await same.ReadAsync())
                return same.GetInt64(0);
        }

        await using var row = await session.Query(
            "INSERT INTO jobs (kind, source_id, who, created_at) VALUES (@kind, @source, @who, @now) RETURNING id",
            ("kind", kind), ("source", sourceId), ("who", who), ("now", Now));
        await row.ReadAsync();
        return row.GetInt64(0);
    }

    /// <summary>The latest, newest first.</summary>
    public Task<IReadOnlyList<Job>> List(int count, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<Job>>(
            async session =>
            {
                List<Job> jobs = [];
                await using var rows = await session.Query($"SELECT {Columns} FROM jobs j ORDER BY j.id DESC LIMIT @count", ("count", count));
                while (await rows.ReadAsync())
                    jobs.Add(Read(rows));
                return jobs;
            },
            cancellation);

    /// <summary>Wants one to stop. What is waiting does not begin; what runs ends soon.</summary>
    /// <returns>Whether there was something to stop.</returns>
    public static async Task<bool> Stop(Session session, long id, DateTimeOffset now) =>
        await session.Execute("""
            UPDATE jobs SET wants_stop = 1,
                ended_at = CASE WHEN state = 'waiting' THEN CAST(@now AS BIGINT) ELSE ended_at END,
                state = CASE WHEN state = 'waiting' THEN 'stopped' ELSE state END
            WHERE id = @id AND state IN ('waiting', 'running')
            """, ("now", now.ToUnixTimeMilliseconds()), ("id", id)) > 0;

    /// <summary>The oldest that nobody works on, or whose holder has died.</summary>
    /// <param name="holder">Who claims it.</param>
    /// <param name="cancellation">Gives up.</param>
    internal Task<Job?> Claim(string holder, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                // What has brought down its process again and again is not tried for ever.
                await session.Execute("""
                    UPDATE jobs SET state = 'failed', ended_at = @now, sentence = 'it was begun five times and never came to an end'
                    WHERE state = 'running' AND held_until < @now AND attempts >= @most
                    """, ("now", Now), ("most", MostAttempts));
                long id;

                // Two who see the same one: the second waits for the first, and then it is held.
                await using (var row = await session.Query("""
                    UPDATE jobs SET state = 'running', holder = @holder, held_until = @until, started_at = coalesce(started_at, @now), attempts = attempts + 1
                    WHERE id = (SELECT id FROM jobs WHERE state IN ('waiting', 'running') AND held_until < @now ORDER BY id LIMIT 1) AND held_until < @now
                    RETURNING id
                    """, ("holder", holder), ("until", Now + (long)Hold.TotalMilliseconds), ("now", Now)))
                {
                    if (!await row.ReadAsync())
                        return null;
                    id = row.GetInt64(0);
                }

                await using var claimed = await session.Query($"SELECT {Columns} FROM jobs j WHERE j.id = @id", ("id", id));
                return await claimed.ReadAsync() ? Read(claimed) : null;
            },
            cancellation);

    /// <summary>Says how far one is.</summary>
    /// <returns>Whether its holder is to go on.</returns>
    internal Task<bool> Progress(long id, string holder, long done, long total) =>
        database.Write(
            async session =>
            {
                await using var row = await session.Query("""
                    UPDATE jobs SET done = @done, total = @total, held_until = @until WHERE id = @id AND holder = @holder AND state = 'running' RETURNING wants_stop
                    """, ("done", done), ("total", total), ("until", Now + (long)Hold.TotalMilliseconds), ("id", id), ("holder", holder));
                return await row.ReadAsync() && row.GetInt64(0) == 0;
            },
            CancellationToken.None);

    /// <summary>One has come to an end.</summary>
    internal Task End(long id, string holder, string state, string sentence) =>
        database.Write(
            session => session.Execute("""
                UPDATE jobs SET state = @state, sentence = @sentence, ended_at = @now WHERE id = @id AND holder = @holder AND state = 'running'
                """, ("state", state), ("sentence", sentence), ("now", Now), ("id", id), ("holder", holder)),
            CancellationToken.None);

    /// <summary>Its holder goes; whoever comes next goes on with it.</summary>
    internal Task GiveBack(long id, string holder) =>
        database.Write(
            session => session.Execute(
                "UPDATE jobs SET held_until = 0, attempts = attempts - 1 WHERE id = @id AND holder = @holder AND state = 'running'", ("id", id), ("holder", holder)),
            CancellationToken.None);

    private static Job Read(DbDataReader row)
    {
        DateTimeOffset? Moment(int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
        return new Job(
            row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt64(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4), row.GetString(5),
            row.GetInt64(6), row.GetInt64(7), row.GetString(8), Moment(9) ?? default, Moment(10), Moment(11));
    }
}
