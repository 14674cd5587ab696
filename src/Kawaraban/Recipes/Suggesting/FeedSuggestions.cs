namespace Kawaraban.Recipes;

/// <summary>What is proposed for a feed.</summary>
/// <param name="Proposals">Recipes that mend something of it, the surest first; the very first does all that is likely, when that is more than one thing.</param>
/// <param name="Declined">Why none is proposed; null when one is.</param>
public sealed record FeedSuggestions(IReadOnlyList<RecipeProposal> Proposals, string? Declined);
