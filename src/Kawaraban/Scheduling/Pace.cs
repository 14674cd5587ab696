namespace Kawaraban.Scheduling;

/// <summary>How often a source posts: what an adaptive schedule goes by.</summary>
/// <param name="Gap">The typical time between two of its posts; null while unknown.</param>
/// <param name="LatestAt">When it last posted; null while unknown.</param>
public sealed record Pace(TimeSpan? Gap, DateTimeOffset? LatestAt)
{
    private const int LatestGaps = 10;
    private const double Patience = 182;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan MostSeldom = TimeSpan.FromDays(7);

    /// <summary>Nothing is known.</summary>
    public static Pace Unknown { get; } = new(null, null);

    /// <summary>How long to wait for the next visit.</summary>
    /// <remarks>
    /// Half the typical gap: a post then waits for us a quarter of it on average; between 15 minutes and a day. Who has fallen silent
    /// is asked more seldom, a 182nd of the silence apart: for half a year that still allows a visit a day, after three and a half years it
    /// is one a week, which is the least. A blog that wakes up after a year is thus found within two days.
    /// </remarks>
    public TimeSpan Interval(DateTimeOffset now)
    {
        var wait = Gap / 2 is { } half && half < Day ? half : Day;
        if (LatestAt is { } latest && (now - latest) / Patience is var silence && silence > wait)
            wait = silence;
        return wait < Schedule.MostOften ? Schedule.MostOften : wait < MostSeldom ? wait : MostSeldom;
    }

    /// <summary>What is known after a visit that brought the feed.</summary>
    /// <param name="dates">The dates of all its entries, in any order; those to come are not believed.</param>
    /// <param name="newPosts">How many of them were new to us.</param>
    /// <param name="now">The time of the visit.</param>
    public Pace After(IEnumerable<DateTimeOffset?> dates, int newPosts, DateTimeOffset now)
    {
        var latest = dates.OfType<DateTimeOffset>().Where(date => date <= now).OrderDescending().Take(LatestGaps + 1).ToArray();
        if (latest.Length == 0)
            return newPosts == 0 ? this : Seen(now);

        // The median: one long holiday, or ten posts that moved here on one day, is not the rhythm.
        var gaps = latest.Zip(latest.Skip(1), (later, earlier) => later - earlier).Order().ToArray();
        return new Pace(gaps.Length == 0 ? null : ToMilliseconds(gaps[gaps.Length / 2]), latest[0]);
    }

    // A feed without dates: what was not there last time was posted since. The first time says nothing of gaps.
    private Pace Seen(DateTimeOffset now)
    {
        if (LatestAt is not { } latest)
            return new Pace(null, now);
        var seen = now - latest;
        return new Pace(ToMilliseconds(Gap is { } gap ? (gap + seen) / 2 : seen), now);
    }

    // As the database keeps it.
    private static TimeSpan ToMilliseconds(TimeSpan span) => TimeSpan.FromMilliseconds((long)span.TotalMilliseconds);
}
