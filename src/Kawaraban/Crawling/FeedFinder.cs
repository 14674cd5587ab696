using Kawaraban.Feeds;
using Kawaraban.Feeds.Discovery;
using Kawaraban.Feeds.Encodings;
using Kawaraban.Fetching;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Finds the feed behind an address that a person gives: the feed itself, or a site that announces or suggests one.</summary>
/// <param name="database">Holds the right to talk to a site.</param>
/// <param name="fetch">Fetches one document.</param>
/// <param name="politenessKey">Which addresses share a site or platform.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="options">The gap that sites are owed.</param>
public sealed class FeedFinder(
    Database database,
    Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch,
    Func<Uri, string> politenessKey,
    TimeProvider clock,
    CrawlerOptions options)
{
    // Every one is a request with a gap before it: a person waits, and a site is asked.
    private const int MostTries = 8;

    private readonly PoliteFetcher fetcher = new(database, fetch, politenessKey, clock, options);

    /// <summary>Looks for it.</summary>
    /// <param name="address">A feed or a site.</param>
    /// <param name="tries">Hears of each further address that is tried.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="settings">What requests go through, and under which name; not what is meant for one server alone.</param>
    public async Task<FeedSearch> Find(Uri address, IProgress<Uri>? tries, CancellationToken cancellation, RequestSettings? settings = null)
    {
        var looked = await Look(address, isOffered: false, settings, cancellation);
        if (looked.Feed is { } feed)
            return new FeedFound(looked.Url, feed, null, []);
        if (looked.Page is not { } page)
            return new NoFeedFound(looked.Sentence);

        var links = FeedDiscovery.Find(DocumentText.Decode(page, looked.Type), looked.Url);
        var forbidden = 0;
        foreach (var link in links.Take(MostTries))
        {
            if (!Uri.TryCreate(link.Url, UriKind.Absolute, out var url) || url == address)
                continue;
            tries?.Report(url);
            // What a page announces, its publisher offers; a guess of ours is a page like any other.
            var tried = await Look(url, link.IsAnnounced, settings, cancellation);
            forbidden += tried.IsForbidden ? 1 : 0;
            if (tried.Feed is { } found)
                return new FeedFound(tried.Url, found, looked.Url, [.. links.Where(other => other.IsAnnounced && other != link)]);
        }

        var sentence = links.Any(link => link.IsAnnounced)
            ? "the page announces feeds, but none of them can be read; ask its publisher, or give a feed's own address"
            : "the page announces no feed, and there is none at the usual places; look for one on the site and give its own address";
        return new NoFeedFound(forbidden == 0 ? sentence : $"{sentence} (the site's robots.txt kept us from looking at {forbidden} of them)") { IsPage = true };
    }

    private async Task<Looked> Look(Uri url, bool isOffered, RequestSettings? settings, CancellationToken cancellation)
    {
        DateTimeOffset? until = null;
        return await fetcher.Fetch(url, isOffered, at => until = at, settings, cancellation) switch
        {
            Fetched fetched => Read(fetched, url),
            { } trouble => new Looked(url, CrawlOutcome.Of(trouble).Sentence) { IsForbidden = trouble is Blocked { Code: "robots" } },
            null => new Looked(url, $"its site is to be left alone until {CrawlOutcome.At(until ?? default)}; try again then"),
        };
    }

    private static Looked Read(Fetched fetched, Uri asked)
    {
        if (FeedParser.TryParse(fetched.Body, fetched.ContentType, fetched.Url, out var feed, out var problem))
            return new Looked(fetched.PermanentUrl ?? asked, "") { Feed = feed };
        return new Looked(fetched.Url, problem.Message)
        {
            // The cast: a bare null would become an empty document.
            Page = problem.Reason == NotAFeedReason.Html ? fetched.Body : (ReadOnlyMemory<byte>?)null,
            Type = fetched.ContentType,
        };
    }

    private sealed record Looked(Uri Url, string Sentence)
    {
        public Feed? Feed { get; init; }

        public ReadOnlyMemory<byte>? Page { get; init; }

        public string? Type { get; init; }

        public bool IsForbidden { get; init; }
    }
}
