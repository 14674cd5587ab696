namespace Kawaraban.Crawling;

/// <summary>How much and how often is crawled.</summary>
public sealed record CrawlerOptions
{
    /// <summary>The greatest number of crawls at once.</summary>
    public int Parallel { get; init; } = 50;

    /// <summary>The least time between two requests to one politeness key; one that is slow to answer is left alone for longer.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a source is visited that has no interval of its own.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a lease holds. Longer than the longest fetch; a machine that dies keeps its sites waiting that long.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a site is left alone that asked us to slow down without saying for how long.</summary>
    public TimeSpan UnspecifiedWait { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest that a run which is to end waits for a site; what has to wait longer is reported instead.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the database is asked whether something new is due.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long crawls that are under way may go on after the end was asked for.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same with a gap of at least that much.</summary>
    internal CrawlerOptions WithGapOf(TimeSpan least) => least > Gap ? this with { Gap = least } : this;
}
