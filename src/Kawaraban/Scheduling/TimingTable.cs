using System.Data.Common;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Scheduling;

/// <summary>Keeps what decides when a source is visited, in its row.</summary>
/// <param name="database">Where it is kept.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="usual">The installation's schedule.</param>
/// <param name="home">The installation's time zone.</param>
public sealed class TimingTable(Database database, TimeProvider clock, Schedule usual, TimeZoneInfo home)
{
    /// <summary>The columns, from <c>sources s</c>.</summary>
    internal const string Columns =
        "s.schedule, s.hint_interval_ms, s.hint_base, s.hint_skip_hours, s.hint_skip_days, s.posts_gap_ms, s.latest_post_at";

    /// <summary>Gives a source a schedule of its own, or takes it away. What it waits for because of its or its server's trouble, it still waits for.</summary>
    /// <param name="sourceId">The source.</param>
    /// <param name="schedule">Its schedule; null is the installation's.</param>
    /// <param name="cancellation">Withdraws the change.</param>
    /// <returns>When it is due.</returns>
    public Task<DateTimeOffset> Set(long sourceId, Schedule? schedule, CancellationToken cancellation) =>
        database.Write(
            async session =>
            {
                Timing timing;
                await using (var row = await session.Query($"SELECT {Columns} FROM sources s WHERE s.id = @id", ("id", sourceId)))
                {
                    if (!await row.ReadAsync())
                        throw new ArgumentException($"there is no source {sourceId}", nameof(sourceId));
                    timing = Read(row, 0) with { Schedule = schedule };
                }

                var now = clock.GetUtcNow();
                var next = timing.Next(now, null, usual, home, Spread.Of(sourceId, 0, 0));
                string key;
                DateTimeOffset due;
                await using (var row = await session.Query("""
                    UPDATE sources SET schedule = @schedule,
                        next_crawl_at = CASE WHEN last_crawl_at IS NULL OR failures > 0 OR not_before > @now THEN next_crawl_at ELSE @next END
                    WHERE id = @id
                    RETURNING politeness_key, next_crawl_at
                    """,
                    ("schedule", schedule?.ToString()), ("now", now.ToUnixTimeMilliseconds()), ("next", next.ToUnixTimeMilliseconds()), ("id", sourceId)))
                {
                    // It was there a statement ago, and no source is ever deleted.
                    await row.ReadAsync();
                    (key, due) = (row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)));
                }

                await DueTimes.Refresh(session, key);
                return due;
            },
            cancellation);

    /// <summary>Reads the columns, which begin at that place.</summary>
    internal static Timing Read(DbDataReader row, int first)
    {
        var written = row.IsDBNull(first) ? null : row.GetString(first);
        // What cannot be read is left to the installation.
        var schedule = written is not null && Schedule.TryParse(written, out var parsed, out _) ? parsed : null;
        var hints = new PublisherHints(Span(row, first + 1), Instant(row, first + 2), row.GetInt32(first + 3), row.GetInt32(first + 4));
        var pace = new Pace(Span(row, first + 5), Instant(row, first + 6));
        return new Timing(schedule, hints == PublisherHints.None ? PublisherHints.None : hints, pace == Pace.Unknown ? Pace.Unknown : pace) { Written = written };
    }

    /// <summary>Keeps what a visit has taught; the schedule is a person's, and stays.</summary>
    internal static Task<int> Learn(Session session, long sourceId, Timing timing) =>
        session.Execute("""
            UPDATE sources SET hint_interval_ms = @interval, hint_base = @base, hint_skip_hours = @hours, hint_skip_days = @days,
                posts_gap_ms = @gap, latest_post_at = @latest
            WHERE id = @id
            """,
            ("interval", Milliseconds(timing.Hints.Interval)),
            ("base", timing.Hints.Base?.ToUnixTimeMilliseconds()),
            ("hours", timing.Hints.SkipHours),
            ("days", timing.Hints.SkipDays),
            ("gap", Milliseconds(timing.Pace.Gap)),
            ("latest", timing.Pace.LatestAt?.ToUnixTimeMilliseconds()),
            ("id", sourceId));

    private static long? Milliseconds(TimeSpan? span) => (long?)span?.TotalMilliseconds;

    private static TimeSpan? Span(DbDataReader row, int column) => row.IsDBNull(column) ? null : TimeSpan.FromMilliseconds(row.GetInt64(column));

    private static DateTimeOffset? Instant(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
