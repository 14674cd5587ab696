namespace Kawaraban.Recipes;

/// <summary>A selector for an element by itself.</summary>
/// <param name="Text">The selector.</param>
/// <param name="IsOf">Whether it is of an element.</param>
/// <param name="IsTelling">Whether it says more than the element's name.</param>
internal sealed record SelectorPart(string Text, Func<PageNode, bool> IsOf, bool IsTelling);
