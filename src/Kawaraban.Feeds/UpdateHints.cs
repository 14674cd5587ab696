namespace Kawaraban.Feeds;

/// <summary>How often the publisher asks readers to come back.</summary>
public sealed record UpdateHints
{
    /// <summary>No hints.</summary>
    public static UpdateHints None { get; } = new();

    /// <summary>How long the feed may be kept before it is asked for again (RSS 2.0 <c>ttl</c>, minutes there).</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>The hours of the day (0–23, GMT) in which nobody need come (RSS <c>skipHours</c>).</summary>
    public IReadOnlyList<int> SkipHours { get; init; } = [];

    /// <summary>The days of the week (GMT) on which nobody need come (RSS <c>skipDays</c>).</summary>
    public IReadOnlyList<DayOfWeek> SkipDays { get; init; } = [];

    /// <summary>The period of the Syndication module: <c>hourly</c>, <c>daily</c>, <c>weekly</c>, <c>monthly</c> or <c>yearly</c>.</summary>
    public string? Period { get; init; }

    /// <summary>How many times in that period the feed changes (Syndication module; 1 when it does not say).</summary>
    public int? Frequency { get; init; }

    /// <summary>The moment from which the periods are counted (Syndication module <c>updateBase</c>).</summary>
    public DateTimeOffset? Base { get; init; }
}
