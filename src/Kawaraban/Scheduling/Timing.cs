namespace Kawaraban.Scheduling;

/// <summary>All that decides when a source that is well is visited again.</summary>
/// <param name="Schedule">What a person decided for it; null is the installation's.</param>
/// <param name="Hints">What its publisher asks for.</param>
/// <param name="Pace">How often it posts.</param>
public sealed record Timing(Schedule? Schedule, PublisherHints Hints, Pace Pace)
{
    /// <summary>Nothing decided, nothing known.</summary>
    public static Timing Unknown { get; } = new(null, PublisherHints.None, Pace.Unknown);

    /// <summary>The schedule as its row holds it: also where this machine cannot read it, because it does not know the time zone.</summary>
    internal string? Written { get; init; }

    /// <summary>When it is due after a visit that went well: as its schedule says, and not before its publisher wants it.</summary>
    /// <param name="now">The end of the visit.</param>
    /// <param name="freshFor">How long the answer is good, by HTTP.</param>
    /// <param name="usual">The installation's schedule.</param>
    /// <param name="home">The installation's time zone.</param>
    /// <param name="spread">Where the source stands among the others.</param>
    public DateTimeOffset Next(DateTimeOffset now, TimeSpan? freshFor, Schedule usual, TimeZoneInfo home, Spread spread)
    {
        var floor = Hints.Floor(now, freshFor);
        var earliest = now + (floor > Schedule.MostOften ? floor : Schedule.MostOften);
        return Hints.PutOff((Schedule ?? usual).Next(now, earliest, Pace, home, spread), spread.Share);
    }
}
