namespace Kawaraban.Recipes;

/// <summary>An element of a page that holds one entry, as it is supposed.</summary>
/// <param name="Node">The element; it may be the link itself.</param>
/// <param name="Link">The link to the post.</param>
internal sealed record EntryItem(PageNode Node, PageLink Link)
{
    // A whole article on a list page: what stands far down in it tells nothing about the list.
    private const int MostNodes = 300;

    private IReadOnlyList<PageNode>? nodes;

    /// <summary>It and the elements in it.</summary>
    public IReadOnlyList<PageNode> Nodes => nodes ??= [.. Node.All().Take(MostNodes)];
}

/// <summary>Elements of a page that are alike and hold a link each.</summary>
/// <param name="Items">In document order, each with an address of its own.</param>
internal sealed record EntryGroup(IReadOnlyList<EntryItem> Items)
{
    // What is so of a hundred is so of the thousand.
    private const int MostSampled = 100;

    /// <summary>As many of them as it takes to know what they are like.</summary>
    public EntryGroup Sample => Items.Count <= MostSampled ? this : new EntryGroup([.. Items.Take(MostSampled)]);

    /// <summary>Where they lead.</summary>
    public HashSet<string> Keys { get; } = [.. Items.Select(item => item.Link.Key)];

    /// <summary>How many of them something is true of, from 0 to 1.</summary>
    public double Share(Func<EntryItem, bool> isSo) => Items.Count == 0 ? 0 : (double)Items.Count(isSo) / Items.Count;
}
