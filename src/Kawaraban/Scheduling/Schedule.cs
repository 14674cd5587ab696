using Cronos;

namespace Kawaraban.Scheduling;

/// <summary>When a source is visited, as a person decides it: for one source, or for an installation.</summary>
/// <remarks>What its publisher asks for comes on top (<see cref="PublisherHints"/>); <see cref="Timing"/> puts the two together.</remarks>
public abstract partial record Schedule
{
    private Schedule()
    {
    }

    /// <summary>The shortest time between two visits, whatever anybody decides: what comes sooner is a burden to the site and news to nobody.</summary>
    public static TimeSpan MostOften { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest interval that can be asked for. A source that is not to be visited is paused.</summary>
    public static TimeSpan MostSeldom { get; } = TimeSpan.FromDays(30);

    /// <summary>As often as the source's own rhythm makes worth while (see <see cref="Pace"/>).</summary>
    public static Schedule Adaptive { get; } = new Rhythmic();

    /// <summary>What an installation does that decides nothing: daily at six in the morning, so that the day's posts are there when it begins.</summary>
    public static Schedule Usual { get; } = Daily(new TimeOnly(6, 0), null);

    /// <summary>At regular intervals, counted from the end of the last visit.</summary>
    /// <param name="interval">From <see cref="MostOften"/> to <see cref="MostSeldom"/>, in whole seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Schedule Every(TimeSpan interval) =>
        interval >= MostOften && interval <= MostSeldom
            ? new Regular(interval)
            : throw new ArgumentOutOfRangeException(nameof(interval), interval, "is not between 15 minutes and 30 days");

    /// <summary>Once a day, soon after a time of day.</summary>
    /// <param name="time">The time, to the minute.</param>
    /// <param name="zone">Whose clock shows it; null is the installation's.</param>
    public static Schedule Daily(TimeOnly time, TimeZoneInfo? zone) =>
        new Calendar(CronExpression.Parse($"{time.Minute} {time.Hour} * * *"), $"daily {time:HH\\:mm}", zone, IsDaily: true);

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public sealed override string ToString() => Text;

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    protected abstract string Text { get; }

    /// <summary>When the next visit is due.</summary>
    /// <param name="now">The end of the last one.</param>
    /// <param name="earliest">Not before then: later than <paramref name="now"/>.</param>
    /// <param name="pace">How often the source posts.</param>
    /// <param name="home">The zone of those that name none.</param>
    /// <param name="spread">Where this source stands among the others.</param>
    internal abstract DateTimeOffset Next(DateTimeOffset now, DateTimeOffset earliest, Pace pace, TimeZoneInfo home, Spread spread);

    private static DateTimeOffset After(TimeSpan interval, DateTimeOffset now, DateTimeOffset earliest, Spread spread) =>
        now + Rhythm.AfterSuccess(interval > earliest - now ? interval : earliest - now, spread.Luck);

    private sealed record Regular(TimeSpan Interval) : Schedule
    {
        protected override string Text => $"every {Amount(Interval)}";

        internal override DateTimeOffset Next(DateTimeOffset now, DateTimeOffset earliest, Pace pace, TimeZoneInfo home, Spread spread) =>
            After(Interval, now, earliest, spread);
    }

    private sealed record Rhythmic : Schedule
    {
        protected override string Text => "adaptive";

        internal override DateTimeOffset Next(DateTimeOffset now, DateTimeOffset earliest, Pace pace, TimeZoneInfo home, Spread spread) =>
            After(pace.Interval(now), now, earliest, spread);
    }

    private sealed record Calendar(CronExpression Moments, string Words, TimeZoneInfo? Zone, bool IsDaily) : Schedule
    {
        // Who writes minutes means them: the herd is given these few.
        private static readonly TimeSpan WidestOfCron = TimeSpan.FromMinutes(5);

        protected override string Text => Zone is null ? Words : $"{Words} {Zone.Id}";

        // A moment that has passed is over, even where the source's own place behind it has not come yet: who was visited since then
        // was visited for it. Else a place that moves, because there are more sources now, would be a second visit.
        internal override DateTimeOffset Next(DateTimeOffset now, DateTimeOffset earliest, Pace pace, TimeZoneInfo home, Spread spread)
        {
            var offset = IsDaily ? spread.Offset() : spread.Offset(WidestOfCron);
            var from = earliest - offset > now ? (earliest - offset).AddTicks(-1) : now;
            // The calendar of cron ends in the year 2499.
            return (Moments.GetNextOccurrence(from, Zone ?? home) ?? from.AddDays(1)) + offset;
        }
    }
}
