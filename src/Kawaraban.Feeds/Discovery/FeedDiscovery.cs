namespace Kawaraban.Feeds.Discovery;

/// <summary>A feed that a page announces or that its address suggests.</summary>
/// <param name="Url">The absolute address of the feed.</param>
/// <param name="Title">The title the page gives it.</param>
/// <param name="MediaType">The media type the page gives it.</param>
/// <param name="IsAnnounced">True when the page says so; false when only a well-known path or a platform's rule suggests it.</param>
public sealed record FeedLink(string Url, string? Title, string? MediaType, bool IsAnnounced);

/// <summary>Finds the feeds of an HTML page.</summary>
public static class FeedDiscovery
{
    /// <summary>The feeds the page announces, in document order, then (ranked) those its address suggests.</summary>
    /// <param name="html">The page.</param>
    /// <param name="pageUrl">Where it was retrieved from.</param>
    public static IReadOnlyList<FeedLink> Find(string html, Uri pageUrl) => throw new NotImplementedException();
}
