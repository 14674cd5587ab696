using Kawaraban.Catalog;
using Kawaraban.Feeds;
using Kawaraban.Fetching;
using Kawaraban.Recipes;
using Kawaraban.Scheduling;

namespace Kawaraban.Crawling;

/// <summary>What a visit brought, ready to be written.</summary>
internal sealed record CrawlResult(Order Order, FetchResult Fetch, DateTimeOffset StartedAt, CrawlOutcome Outcome)
{
    /// <summary>The feed; null when there was none or when it is byte for byte the one we have.</summary>
    public Feed? Feed { get; init; }

    /// <summary>How many entries it has.</summary>
    public int EntryCount { get; private init; }

    /// <summary>Its posts.</summary>
    public IReadOnlyList<PostDraft> Drafts { get; init; } = [];

    /// <summary>The sites beside its own that the visit came to.</summary>
    public required Detour Detour { get; init; }

    /// <summary>The hash of the document that was read; null when none was.</summary>
    public long? ContentHash { get; init; }

    /// <summary>Reads what was fetched. Never fails: what cannot be read is an outcome.</summary>
    public static CrawlResult Read(Order order, FetchResult fetch, DateTimeOffset startedAt, Detour detour)
    {
        if (fetch is not Fetched fetched)
            return new CrawlResult(order, fetch, startedAt, CrawlOutcome.Of(fetch)) { Detour = detour };

        var hash = Catalog.ContentHash.Of(fetched.Body.Span);
        if (hash == order.ContentHash)
        {
            return new CrawlResult(order, fetch, startedAt, new CrawlOutcome("unchanged", "healthy", "nothing new: the document is the one we have"))
            {
                Detour = detour,
                ContentHash = hash,
            };
        }

        try
        {
            if (!FeedParser.TryParse(fetched.Body, fetched.ContentType, fetched.Url, out var feed, out var problem))
                return new CrawlResult(order, fetch, startedAt, new CrawlOutcome("not-a-feed", "failing", problem.Message)) { Detour = detour };
            return new CrawlResult(order, fetch, startedAt, new CrawlOutcome("updated", "healthy", ""))
            {
                Detour = detour,
                Feed = feed,
                EntryCount = feed.Entries.Count,
                Drafts = DefaultRecipe.Shape(feed, fetched.Url),
                ContentHash = hash,
            };
        }
        catch (Exception error)
        {
            // One document must not stop the others, whatever it does to us.
            return new CrawlResult(order, fetch, startedAt, Mistake(error)) { Detour = detour };
        }
    }

    /// <summary>The same without what was made into posts: the document and its entries. Many results wait to be written.</summary>
    public CrawlResult WithoutDocument() => this with
    {
        Fetch = Fetch is Fetched fetched ? fetched with { Body = default } : Fetch,
        Feed = Feed is null ? null : Feed with { Entries = [] },
    };

    /// <summary>What there is to write of a visit that a mistake of ours broke off before there was an answer.</summary>
    public static CrawlResult Failed(Order order, Exception error, DateTimeOffset startedAt, Detour detour) =>
        new(order, new Unreachable(order.Url, null, null, "failed", ""), startedAt, Mistake(error)) { Detour = detour };

    /// <summary>The outcome when a document brings out a mistake of ours.</summary>
    public static CrawlOutcome Mistake(Exception error) =>
        new("failed", "failing", $"a mistake of ours kept us from reading it ({error.GetType().Name}: {error.Message}); please report it")
        {
            Detail = error.ToString(),
        };
}
