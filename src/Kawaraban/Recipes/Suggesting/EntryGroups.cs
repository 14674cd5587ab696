namespace Kawaraban.Recipes;

/// <summary>Finds what is repeated on a page: links that stand in alike elements, and around each as much as belongs to it alone.</summary>
internal static class EntryGroups
{
    /// <summary>As many as a recipe reads of a page.</summary>
    internal const int MostItems = Reading.MostEntries;

    private const int MostLevels = 12;

    /// <summary>The groups, without repetition; what speaks for or against each is for others to say.</summary>
    public static IReadOnlyList<EntryGroup> Find(PageOutline outline)
    {
        List<EntryGroup> groups = [];
        HashSet<string> known = [];
        var links = outline.Links.Where(link => link.Kind is AddressKind.Unknown or AddressKind.Post).ToList();
        foreach (var alike in (Func<PageNode, string>[])[ByClasses, ByFirstClass, ByTag])
        {
            if (outline.Page.Deadline.IsOver)
                break;
            var paths = new Dictionary<PageNode, int>();
            var numbers = new Dictionary<(int, string), int>();
            foreach (var group in links.GroupBy(link => Path(link.Node, alike, paths, numbers)))
                Add(group.ToList());
            // The same, and of one kind of address: on a page without classes all lists are alike but for where they lead.
            foreach (var group in links.GroupBy(link => (Path(link.Node, alike, paths, numbers), link.Url.Host, Addresses.Pattern(link.Url))))
                Add(group.ToList());
        }

        return groups;

        void Add(List<PageLink> group)
        {
            if (outline.Page.Deadline.IsOver || Items(group) is not { Count: > 1 } items)
                return;
            if (known.Add(string.Join(' ', items.Select(item => item.Node.Order))))
                groups.Add(new EntryGroup(items));
        }
    }

    /// <summary>Single links that look like a post's title: a list that has but one entry today.</summary>
    public static IEnumerable<EntryGroup> Single(PageOutline outline)
    {
        foreach (var link in outline.Links)
        {
            if (link.Kind is not (AddressKind.Unknown or AddressKind.Post) || link.Node.Zone != PageZone.Content || !outline.IsOwn(link.Url))
                continue;
            var item = link.Node.Around().Take(6).TakeWhile(node => node.Tag is not ("body" or "main")).FirstOrDefault(node => node.Tag == "article" || node.Classes.Any(IsOneEntry))
                ?? (link.Kind == AddressKind.Post ? link.Node.Parent : null);
            if (item is not null)
                yield return new EntryGroup([new EntryItem(item, link)]);
        }
    }

    /// <summary>Whether a class is one that themes give to a single entry.</summary>
    internal static bool IsOneEntry(string name) => name is "post" or "entry" or "hentry" or "h-entry" or "post-item" or "post-card" or "article" or "blog-post" or "entry-card";

    // Each link, and around it as much as holds no other link of the group.
    private static List<EntryItem> Items(List<PageLink> group)
    {
        if (group.Count < 2)
            return [];
        var holders = new Dictionary<PageNode, string?>();
        foreach (var link in group)
        {
            foreach (var node in link.Node.Around().Prepend(link.Node))
            {
                if (!holders.TryGetValue(node, out var key))
                    holders[node] = link.Key;
                else if (key is null)
                    break;
                else if (key != link.Key)
                    holders[node] = null;
            }
        }

        var heights = new Dictionary<PageLink, int>();
        foreach (var link in group)
        {
            var height = 0;
            foreach (var node in link.Node.Around().Take(MostLevels))
            {
                if (holders[node] is null || node.Tag is "body" or "main" or "html")
                    break;
                height++;
            }

            heights[link] = height;
        }

        // What most have: the only entry of a year would climb up to the year.
        var usual = heights.Values.GroupBy(height => height).OrderByDescending(same => same.Count()).ThenBy(same => same.Key).First().Key;
        List<EntryItem> items = [];
        HashSet<string> seen = [];
        foreach (var link in group)
        {
            var node = link.Node;
            for (var i = 0; i < Math.Min(usual, heights[link]); i++)
                node = node.Parent!;
            // The first is the picture, or the title; the address is the same.
            if (seen.Add(link.Key))
                items.Add(new EntryItem(node, link));
            if (items.Count == MostItems)
                break;
        }

        return items;
    }

    private static int Path(PageNode node, Func<PageNode, string> alike, Dictionary<PageNode, int> paths, Dictionary<(int, string), int> numbers)
    {
        List<PageNode> open = [];
        var number = 0;
        for (var at = node; at is not null; at = at.Parent)
        {
            if (paths.TryGetValue(at, out number))
                break;
            open.Add(at);
            number = 0;
        }

        for (var i = open.Count - 1; i >= 0; i--)
        {
            var key = (number, alike(open[i]));
            if (!numbers.TryGetValue(key, out number))
                numbers[key] = number = numbers.Count + 1;
            paths[open[i]] = number;
        }

        return number;
    }

    private static string ByTag(PageNode node) => node.Tag;

    private static string ByFirstClass(PageNode node) => node.Classes.FirstOrDefault(IsCommon) is { } name ? $"{node.Tag}.{name}" : node.Tag;

    private static string ByClasses(PageNode node) => string.Join('.', node.Classes.Where(IsCommon).Order(StringComparer.Ordinal).Prepend(node.Tag));

    private static bool IsCommon(string name) => ClassName.IsStable(name) || ClassName.ModulePrefix(name) is not null;
}
