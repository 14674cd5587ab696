using Kawaraban.Feeds;

namespace Kawaraban.Recipes;

/// <summary>A feed, with what else is known that tells what is odd about it.</summary>
/// <param name="Feed">As parsed.</param>
/// <param name="Url">Where from.</param>
/// <param name="Now">When it was retrieved: nothing is published later.</param>
public sealed record FeedEvidence(Feed Feed, Uri Url, DateTimeOffset Now)
{
    /// <summary>What the company and the source are called.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The source's own recipe, to which is added; null when it has none.</summary>
    public string? Recipe { get; init; }

    /// <summary>The built-in recipe that was found for it; null when there is none.</summary>
    public string? Platform { get; init; }

    /// <summary>When its server says that it was changed last.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>What some of the posts' own pages say, by the entry's address; nothing when nobody looked.</summary>
    public IReadOnlyDictionary<string, PageFacts?> Pages { get; init; } = new Dictionary<string, PageFacts?>();
}
