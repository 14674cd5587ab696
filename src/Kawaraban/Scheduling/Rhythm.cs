namespace Kawaraban.Scheduling;

/// <summary>When a source is visited next.</summary>
public static class Rhythm
{
    /// <summary>The first wait after a failure.</summary>
    public static TimeSpan FirstRetry { get; } = TimeSpan.FromMinutes(30);

    /// <summary>The longest wait after failures, before jitter: a source is never given up by itself.</summary>
    public static TimeSpan LongestRetry { get; } = TimeSpan.FromDays(3);

    /// <summary>The longest wait that a server may ask for.</summary>
    public static TimeSpan LongestRequestedWait { get; } = TimeSpan.FromDays(7);

    /// <summary>After a visit that went well: the interval, and up to a tenth more, so that what began together drifts apart.</summary>
    public static TimeSpan AfterSuccess(TimeSpan interval, double random) => interval * (1 + (0.1 * random));

    /// <summary>After failures in a row: twice as long each time, and up to a quarter more.</summary>
    /// <param name="failures">How many, at least 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan AfterFailure(int failures, double random)
    {
        // 2^8 × 30 min is more than three days; beyond it the power would overflow.
        var wait = FirstRetry * Math.Pow(2, Math.Clamp(failures - 1, 0, 8));
        return (wait < LongestRetry ? wait : LongestRetry) * (1 + (0.25 * random));
    }

    /// <summary>After a failure that was ours: some minutes, so that all whom it met do not come at once when it is over.</summary>
    public static TimeSpan AfterOutage(double random) => TimeSpan.FromMinutes(3 + (3 * random));

    /// <summary>The moment a server asks us to wait for, or the longest we let it ask for.</summary>
    public static DateTimeOffset Requested(DateTimeOffset retryAt, DateTimeOffset now) =>
        retryAt < now + LongestRequestedWait ? retryAt : now + LongestRequestedWait;
}
