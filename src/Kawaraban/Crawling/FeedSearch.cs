using Kawaraban.Feeds;
using Kawaraban.Feeds.Discovery;

namespace Kawaraban.Crawling;

/// <summary>What looking for a feed behind an address came to.</summary>
public abstract record FeedSearch;

/// <summary>There is a feed.</summary>
/// <param name="Url">Its address: after permanent redirects, which its server says are for good.</param>
/// <param name="Feed">What it says today.</param>
/// <param name="SiteUrl">The page that led to it; null when the address was the feed's own.</param>
/// <param name="Others">Other feeds that the page announces.</param>
public sealed record FeedFound(Uri Url, Feed Feed, Uri? SiteUrl, IReadOnlyList<FeedLink> Others) : FeedSearch;

/// <summary>There is none, or it could not be reached.</summary>
/// <param name="Sentence">Why, and what to do, without the address.</param>
public sealed record NoFeedFound(string Sentence) : FeedSearch
{
    /// <summary>Whether there is a page at the address, on which a recipe may find posts.</summary>
    public bool IsPage { get; init; }
}
