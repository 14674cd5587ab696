using AngleSharp.Dom;

namespace Kawaraban.Recipes;

/// <summary>An element of a page with what is asked of it over and over: once read, because asking the document anew counts children each time.</summary>
internal sealed class PageNode(IElement element, PageNode? parent, int order)
{
    private string? text;

    /// <summary>The element.</summary>
    public IElement Element { get; } = element;

    /// <summary>What it stands in.</summary>
    public PageNode? Parent { get; } = parent;

    /// <summary>Its place in the order of the document.</summary>
    public int Order { get; } = order;

    /// <summary>How many elements stand around it.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>Its name, in lower case.</summary>
    public string Tag { get; } = element.LocalName;

    /// <summary>Its classes.</summary>
    public IReadOnlyList<string> Classes { get; } =
        element.GetAttribute("class")?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>The elements in it.</summary>
    public List<PageNode> Children { get; } = [];

    /// <summary>The last place in it.</summary>
    public int End { get; set; } = order;

    /// <summary>How many characters of text there are in it; an ideograph counts as two.</summary>
    public int TextWeight { get; set; }

    /// <summary>How much of that is links.</summary>
    public int LinkWeight { get; set; }

    /// <summary>What it is for, by where it stands.</summary>
    public PageZone Zone { get; set; }

    /// <summary>Whether it is h1 to h6.</summary>
    public bool IsHeading => Tag.Length == 2 && Tag[0] == 'h' && Tag[1] is >= '1' and <= '6';

    /// <summary>Its text on one line.</summary>
    public string Text => text ??= string.Join(' ', Element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether another stands in it, or is it.</summary>
    public bool Holds(PageNode other) => other.Order >= Order && other.Order <= End;

    /// <summary>It and all in it, in document order.</summary>
    public IEnumerable<PageNode> All()
    {
        Stack<PageNode> open = [];
        open.Push(this);
        while (open.TryPop(out var node))
        {
            yield return node;
            for (var i = node.Children.Count - 1; i >= 0; i--)
                open.Push(node.Children[i]);
        }
    }

    /// <summary>What it stands in, from the nearest on.</summary>
    public IEnumerable<PageNode> Around()
    {
        for (var node = Parent; node is not null; node = node.Parent)
            yield return node;
    }
}
