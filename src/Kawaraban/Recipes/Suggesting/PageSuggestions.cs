using Kawaraban.Feeds.Discovery;

namespace Kawaraban.Recipes;

/// <summary>What is proposed for a page.</summary>
/// <param name="Feeds">The feeds that it announces or links to: where there is one, it is better than any recipe.</param>
/// <param name="Proposals">Recipes that find posts on it, the best one first.</param>
/// <param name="Declined">Why none is proposed; null when one is.</param>
public sealed record PageSuggestions(IReadOnlyList<FeedLink> Feeds, IReadOnlyList<RecipeProposal> Proposals, string? Declined);
