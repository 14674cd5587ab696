namespace Kawaraban.Scheduling;

/// <summary>How long a site is left alone after an answer: the longer it took, the longer.</summary>
/// <remarks>
/// A site that is slow is busy, or small. The gap in proportion to its own latency lets it spend most of its time on its readers, without
/// our knowing anything else about it.
/// </remarks>
internal static class Gap
{
    private static readonly TimeSpan LongestForFeeds = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestForPages = TimeSpan.FromSeconds(30);

    /// <summary>After a feed: twice as long as it took, up to 15 s.</summary>
    /// <param name="latency">How long the answer took.</param>
    /// <param name="least">What the installation owes every site.</param>
    public static TimeSpan AfterFeed(TimeSpan latency, TimeSpan least) => Between(latency * 2, least, LongestForFeeds);

    /// <summary>After a page: five times as long as it took, from three times the least gap to 30 s.</summary>
    /// <remarks>A page is made for people, is greater than a feed and seldom comes from a cache; and one is followed by the next.</remarks>
    /// <inheritdoc cref="AfterFeed" path="/param"/>
    public static TimeSpan AfterPage(TimeSpan latency, TimeSpan least) => Between(latency * 5, least * 3, LongestForPages, least);

    // The installation's own wish goes beyond the longest.
    private static TimeSpan Between(TimeSpan gap, TimeSpan floor, TimeSpan longest, TimeSpan? least = null)
    {
        var clamped = gap < floor ? floor : gap;
        clamped = clamped > longest ? longest : clamped;
        return clamped < (least ?? floor) ? least ?? floor : clamped;
    }
}
