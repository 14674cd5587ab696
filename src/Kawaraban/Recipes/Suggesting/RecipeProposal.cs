namespace Kawaraban.Recipes;

/// <summary>A recipe that is proposed for a source, with what speaks for it.</summary>
/// <param name="What">What it does, in a few words.</param>
/// <param name="Recipe">The recipe: JSON on several lines, ready to be set.</param>
/// <param name="Confidence">From 0, a guess, to 1.</param>
/// <param name="Why">The evidence, a sentence each.</param>
/// <param name="Posts">What it makes of the document: the posts, as many as there are.</param>
/// <param name="More">Where further entries would be looked for.</param>
public sealed record RecipeProposal(
    string What, string Recipe, double Confidence, IReadOnlyList<string> Why, IReadOnlyList<ExpectedPost> Posts, IReadOnlyList<string> More);
