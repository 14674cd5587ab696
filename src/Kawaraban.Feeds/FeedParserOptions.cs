namespace Kawaraban.Feeds;

/// <summary>What a caller knows about a feed before it is read.</summary>
public sealed record FeedParserOptions
{
    /// <summary>Nothing is known.</summary>
    public static FeedParserOptions Default { get; } = new();

    /// <summary>The offset from UTC of dates that name no zone. When null, such a date is taken for UTC, unless it is written the way of a country:
    /// Japanese and Korean dates (2026年11月23日 午後3時 with kana or an era, 2026년 11월 23일) are then at +9:00, Chinese ones (下午3点) at +8:00.</summary>
    public TimeSpan? DefaultOffset { get; init; }

    /// <summary>The greatest number of entries that are read; what comes after is left out. Must be positive.</summary>
    public int EntryLimit { get; init; } = int.MaxValue;
}
