namespace Kawaraban.Recipes;

/// <summary>What a recipe needs beside the document.</summary>
/// <param name="Url">Where the document came from.</param>
/// <param name="Now">The moment: what is old is older every day.</param>
/// <param name="Deadline">Until when it may work.</param>
internal sealed record ShapeContext(Uri Url, DateTimeOffset Now, Deadline Deadline)
{
    /// <summary>What posts' own pages say, by the canonical address; null of one that was tried in vain.</summary>
    public IReadOnlyDictionary<string, PageFacts?> Pages { get; init; } = new Dictionary<string, PageFacts?>();

    /// <summary>Whether every step is to be told.</summary>
    public bool IsTraced { get; init; }
}
