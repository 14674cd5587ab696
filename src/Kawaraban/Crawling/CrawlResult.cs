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

    /// <summary>How many entries it has.</summary>
    public int EntryCount { get; init; }

    /// <summary>Its posts.</summary>
    public IReadOnlyList<PostDraft> Drafts => Shaped?.Drafts ?? [];

    /// <summary>Where further entries are.</summary>
    public IReadOnlyList<Uri> More { get; init; } = [];

    /// <summary>What was done to its entries; null when it was not read.</summary>
    public EffectiveRecipe? Recipe { get; init; }

    /// <summary>The sites beside its own that the visit came to.</summary>
    public required Detour Detour { get; init; }

    /// <summary>The hash of the document that was read; null when none was.</summary>
    public long? ContentHash { get; init; }

    /// <summary>Whether its document is a page, and its site is owed the gap of one.</summary>
    public bool IsPage { get; init; }

    /// <summary>The same without what was made into posts: the document and its entries. Many results wait to be written.</summary>
    public CrawlResult WithoutDocument() => this with
    {
        Fetch = Fetch is Fetched fetched ? fetched with { Body = default } : Fetch,
        Feed = Feed is null ? null : Feed with { Entries = [] },
        // Of entries that no recipe looks at, as much as is stored is enough.
        Shaped = Recipe is { Compiled.ShapesNothing: true } && Shaped is not null
            ? Shaped with { Drafts = [.. Shaped.Drafts.Select(draft => draft with { Entry = StoredEntry.Shortened(draft) })] }
            : Shaped,
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
