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

    /// <summary>What became of its entries.</summary>
    public Shaped? Shaped { get; init; }

    /// <summary>Its posts.</summary>
    public IReadOnlyList<PostDraft> Drafts => Shaped?.Drafts ?? [];

    /// <summary>Where further entries are.</summary>
    public IReadOnlyList<Uri> More { get; init; } = [];

    /// <summary>What was done to its entries; null when it was not read.</summary>
    public EffectiveRecipe? Recipe { get; init; }

    /// <summary>The hash of the document that was read; null when none was.</summary>
    public long? ContentHash { get; init; }

    /// <summary>Whether its document is a page, and its site is owed the gap of one.</summary>
    public bool IsPage { get; init; }

    /// <summary>What there is to write of a visit that brought no document.</summary>
    public static CrawlResult WithoutDocument(Order order, FetchResult fetch, DateTimeOffset startedAt) =>
        new(order, fetch, startedAt, CrawlOutcome.Of(fetch));

    /// <summary>What there is to write of a visit that a mistake of ours broke off before there was an answer.</summary>
    public static CrawlResult Failed(Order order, Exception error, DateTimeOffset startedAt) =>
        new(order, new Unreachable(order.Url, null, null, "failed", ""), startedAt, Mistake(error));

    /// <summary>The outcome when a document brings out a mistake of ours.</summary>
    public static CrawlOutcome Mistake(Exception error) =>
        new("failed", "failing", $"a mistake of ours kept us from reading it ({error.GetType().Name}: {error.Message}); please report it")
        {
            Detail = error.ToString(),
        };
}
