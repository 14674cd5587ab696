using System.Diagnostics.CodeAnalysis;
using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;

namespace Kawaraban.Recipes;

/// <summary>A CSS selector, matched element by element, so that no page makes it take longer than its deadline.</summary>
/// <remarks>
/// AngleSharp tries the ancestors of an element in every combination: the number of combinators, together with the depth of the page, bounds
/// what one element costs. What looks at all elements for each (<c>:has</c>, <c>~</c>) is refused.
/// </remarks>
internal sealed class PageSelector
{
    private const int MaxLength = 300;
    private const int MostCombinators = 8;

    // Some tens of milliseconds for one element.
    private const double MostCombinations = 3_000_000;

    private static readonly CssSelectorParser Parser = new();

    private readonly ISelector selector;
    private readonly int combinators;

    private PageSelector(ISelector selector, int combinators) => (this.selector, this.combinators) = (selector, combinators);

    /// <summary>Reads one.</summary>
    public static bool TryCreate(string text, [NotNullWhen(true)] out PageSelector? selector, [NotNullWhen(false)] out string? problem)
    {
        selector = null;
        var combinators = Combinators(text);
        problem = text.Length > MaxLength ? $"has {text.Length} characters; {MaxLength} are allowed"
            : combinators < 0 ? "uses ~, :has, :is, :where or :not(…) with more than one part, which could take for ever; name the element itself"
            : combinators > MostCombinators ? $"goes {combinators} steps down; {MostCombinators} are allowed: begin nearer to the element"
            : null;
        if (problem is not null)
            return false;
        try
        {
            var parsed = Parser.ParseSelector(text);
            if (parsed is not null)
                selector = new PageSelector(parsed, combinators);
        }
        catch (DomException)
        {
            // Said below.
        }

        problem = selector is null ? $"is no CSS selector: \"{text}\"" : null;
        return selector is not null;
    }

    /// <summary>Whether the page is too deep for it.</summary>
    public bool IsTooMuchFor(int depth)
    {
        var combinations = 1.0;
        for (var i = 0; i < combinators; i++)
            combinations *= (double)Math.Max(depth - i, 1) / (i + 1);
        return combinations > MostCombinations;
    }

    /// <summary>The elements within another that match, in document order; ends early when the time is over.</summary>
    public IEnumerable<IElement> Find(IElement within, Deadline deadline)
    {
        // A stack of our own: pages may be deep, and asking an element for its next sibling counts all before it.
        Stack<(INodeList Nodes, int At)> open = [];
        open.Push((within.ChildNodes, 0));
        var looked = 0;
        while (open.TryPop(out var place))
        {
            var (nodes, at) = place;
            if (at >= nodes.Length)
                continue;
            open.Push((nodes, at + 1));
            if (nodes[at] is not IElement element)
                continue;
            if ((++looked & 15) == 0 && deadline.IsOver)
                yield break;
            if (selector.Match(element, null))
                yield return element;
            open.Push((element.ChildNodes, 0));
        }
    }

    // How many there are in a row at most; below 0 what is not allowed.
    private static int Combinators(string text)
    {
        int most = 0, count = 0, brackets = 0, parentheses = 0;
        var quote = '\0';
        var isParted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
                continue;
            }

            switch (character)
            {
                case '"' or '\'':
                    quote = character;
                    break;
                case '[':
                    brackets++;
                    break;
                case ']':
                    brackets--;
                    break;
                case '(':
                    parentheses++;
                    break;
                case ')':
                    parentheses--;
                    break;
                case '~' when brackets == 0:
                    return -1;
                case ',' when brackets == 0 && parentheses == 0:
                    (count, isParted) = (0, false);
                    continue;
                case ' ' or '\t' or '\n' or '\r' or '>' or '+' when brackets == 0 && parentheses == 0:
                    isParted |= count > 0 || i > 0;
                    continue;
                case ':' when brackets == 0 && IsOneOf(text.AsSpan(i + 1), "has(", "is(", "where(", "matches(", "host"):
                    return -1;
                case ':' when brackets == 0 && text.AsSpan(i + 1).StartsWith("not(", StringComparison.OrdinalIgnoreCase):
                    var inside = text.AsSpan(i + 5);
                    inside = inside[..(inside.IndexOf(')') is >= 0 and var end ? end : inside.Length)].Trim();
                    if (inside.ContainsAny(" >+,(") && !inside.StartsWith("["))
                        return -1;
                    break;
            }

            if (isParted && brackets == 0 && parentheses == 0)
            {
                count++;
                most = Math.Max(most, count);
                isParted = false;
            }
        }

        return most;
    }

    private static bool IsOneOf(ReadOnlySpan<char> text, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (text.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
