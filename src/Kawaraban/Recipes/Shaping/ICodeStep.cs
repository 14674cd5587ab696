using Kawaraban.Feeds;

namespace Kawaraban.Recipes;

/// <summary>What no data can say about a source's entries, said in code. A recipe names it: <c>"code": "plain-width"</c>.</summary>
/// <remarks>
/// <para>It runs after the entry's page was read and before its tags are mapped. It gets the entry as the recipe has left it, and gives it
/// back changed: no network, no clock, no state, in a time that is linear in the entry. What it throws is noted, and the entry stays as it
/// was.</para>
/// <para>Before writing one, ask whether a step in <c>fields</c> would do. A new one is listed in <see cref="CodeSteps"/>, with a test.</para>
/// </remarks>
public interface ICodeStep
{
    /// <summary>What recipes call it: words in lower case, parted by hyphens.</summary>
    string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    string Description { get; }

    /// <summary>Does it.</summary>
    /// <param name="entry">The entry as the recipe has left it.</param>
    Entry Shape(Entry entry);
}

/// <summary>The steps in code that there are.</summary>
public static class CodeSteps
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ICodeStep> All { get; } = [new PlainWidth()];
}
