using Kawaraban.Feeds;

namespace Kawaraban.Scheduling;

/// <summary>What a feed says of when to come back, as it is kept with its source: a 304 does not repeat it.</summary>
/// <param name="Interval">How long it may be kept: RSS <c>ttl</c> or the Syndication module's period, whichever is longer.</param>
/// <param name="Base">The moment from which the periods are counted (<c>sy:updateBase</c>); null when they are not.</param>
/// <param name="SkipHours">The hours in which nobody need come, GMT: a bit an hour, midnight's the lowest (RSS <c>skipHours</c>).</param>
/// <param name="SkipDays">The days on which nobody need come, GMT: a bit a day, Sunday's the lowest (RSS <c>skipDays</c>).</param>
public sealed record PublisherHints(TimeSpan? Interval, DateTimeOffset? Base, int SkipHours, int SkipDays)
{
    /// <summary>The longest that a hint can hold off a visit.</summary>
    /// <remarks>
    /// A year is said by mistake more often than meant (<c>max-age=31536000</c> is what one writes for pictures), and a visit a day is a burden to
    /// nobody. An hour less than a day, so that who says "a day" is still visited at the same time every day.
    /// </remarks>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(23);

    /// <summary>None.</summary>
    public static PublisherHints None { get; } = new(null, null, 0, 0);

    /// <summary>Those of a feed.</summary>
    /// <remarks>
    /// The Syndication module's defaults hold where it is used at all: a period is a day, a frequency once
    /// (web.resource.org/rss/1.0/modules/syndication).
    /// </remarks>
    public static PublisherHints Of(UpdateHints hints)
    {
        ArgumentNullException.ThrowIfNull(hints);
        var step = hints.Period is null && hints.Frequency is null ? (TimeSpan?)null : Period(hints.Period) / Math.Max(hints.Frequency ?? 1, 1);
        var isStep = step is not null && !(hints.TimeToLive > step);
        return new PublisherHints(
            isStep ? step : hints.TimeToLive,
            isStep ? hints.Base : null,
            hints.SkipHours.Aggregate(0, (bits, hour) => bits | (1 << hour)),
            hints.SkipDays.Aggregate(0, (bits, day) => bits | (1 << (int)day)));
    }

    /// <summary>How long nobody need come after a visit.</summary>
    /// <param name="now">The end of the visit.</param>
    /// <param name="freshFor">What HTTP said of the answer (<c>Cache-Control</c>, <c>Expires</c>).</param>
    public TimeSpan Floor(DateTimeOffset now, TimeSpan? freshFor)
    {
        var wait = Interval ?? TimeSpan.Zero;
        // Where the moments of change are told, the next of them is waited for.
        if (Base is { } start && wait.Ticks > 0)
            wait = TimeSpan.FromTicks(wait.Ticks - ((((now - start).Ticks % wait.Ticks) + wait.Ticks) % wait.Ticks));
        wait = freshFor > wait ? freshFor.Value : wait;
        return wait < Longest ? wait : Longest;
    }

    /// <summary>The moment, or, where it falls into skipped hours or days, one soon after them.</summary>
    /// <param name="due">The moment.</param>
    /// <param name="share">How soon, from 0 to 1: the hour after a skipped one would be a crowded one.</param>
    public DateTimeOffset PutOff(DateTimeOffset due, double share)
    {
        if (!IsSkipped(due))
            return due;
        var hour = new DateTimeOffset(due.UtcDateTime.Date.AddHours(due.UtcDateTime.Hour), TimeSpan.Zero);
        for (var hours = 1; hours <= 7 * 24; hours++)
        {
            if (!IsSkipped(hour.AddHours(hours)))
                return hour.AddHours(hours) + (TimeSpan.FromMinutes(30) * share);
        }

        // Nobody means "never".
        return due;
    }

    private bool IsSkipped(DateTimeOffset moment) =>
        (SkipHours >> moment.UtcDateTime.Hour & 1) != 0 || (SkipDays >> (int)moment.UtcDateTime.DayOfWeek & 1) != 0;

    private static TimeSpan Period(string? name) => name?.Trim().ToLowerInvariant() switch
    {
        "hourly" => TimeSpan.FromHours(1),
        "weekly" => TimeSpan.FromDays(7),
        "monthly" => TimeSpan.FromDays(30),
        "yearly" => TimeSpan.FromDays(365),
        _ => TimeSpan.FromDays(1),
    };
}
