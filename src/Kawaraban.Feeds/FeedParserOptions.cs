namespace Kawaraban.Feeds;

/// <summary>What a caller knows about a feed before it is read.</summary>
public sealed record FeedParserOptions
{
    /// <summary>Nothing is known.</summary>
    public static FeedParserOptions Default { get; } = new();

    /// <summary>The offset from UTC of dates that name no zone; UTC when null.</summary>
    public TimeSpan? DefaultOffset { get; init; }

    /// <summary>The greatest number of entries that are read; what comes after is left out. Must be positive.</summary>
    public int EntryLimit { get; init; } = int.MaxValue;
}
