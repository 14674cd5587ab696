using Kawaraban.Scheduling;

namespace Kawaraban.Crawling;

/// <summary>How much and how often is crawled.</summary>
public sealed record CrawlerOptions
{
    /// <summary>The greatest number of crawls at once.</summary>
    public int Parallel { get; init; } = 50;

    /// <summary>The least time between two requests to one politeness key; one that is slow to answer is left alone for longer.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When a source is visited that has no schedule of its own.</summary>
    public Schedule Schedule { get; init; } = Schedule.Usual;

    /// <summary>The zone of the schedules that name none.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How long the history of the visits is kept; the latest visit of a source for ever.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long a lease holds. Longer than the longest fetch; a machine that dies keeps its sites waiting that long.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a site is left alone that asked us to slow down without saying for how long.</summary>
    public TimeSpan UnspecifiedWait { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether new posts are noted for the hub of our own feeds.</summary>
    public bool Announces { get; init; }

    /// <summary>The longest that a run which is to end waits for a site; what has to wait longer is reported instead.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the database is asked whether something new is due.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long crawls that are under way may go on after the end was asked for.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same with a gap of at least that much.</summary>
    internal CrawlerOptions WithGapOf(TimeSpan least) => least > Gap ? this with { Gap = least } : this;
}
