namespace Kawaraban.Recipes;

/// <summary>What is wrong with a recipe.</summary>
/// <param name="Path">Where: <c>fields.title[0].regex</c>; empty for the whole.</param>
/// <param name="Sentence">What, and what would be right.</param>
public sealed record RecipeProblem(string Path, string Sentence)
{
    /// <summary>Both, as messages say it.</summary>
    public override string ToString() => Path.Length == 0 ? $"the recipe {Sentence}" : $"{Path} {Sentence}";
}
