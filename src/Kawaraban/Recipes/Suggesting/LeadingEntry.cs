namespace Kawaraban.Recipes;

/// <summary>Finds the newest entry where it stands, larger than the others, before their list.</summary>
internal static class LeadingEntry
{
    private const int MostLevels = 8;

    /// <summary>The group with it in front, or the group as it is.</summary>
    public static EntryGroup With(EntryGroup group, PageOutline outline)
    {
        var patterns = group.Items.Select(item => Addresses.Pattern(item.Link.Url)).Distinct().ToList();
        if (group.Items.Count < 2 || patterns.Count > 2 || patterns.Contains("/*"))
            return group;
        var first = group.Items[0].Node.Order;
        var before = outline.Links.Where(link => link.Node.Order < first && link.Node.Zone == PageZone.Content && !group.Keys.Contains(link.Key)
            && link.Kind is AddressKind.Post or AddressKind.Unknown && patterns.Contains(Addresses.Pattern(link.Url))).ToList();
        // More than one before it are a list of their own.
        if (before.Count == 0 || before.Any(link => link.Key != before[0].Key))
            return group;
        var link = before.Find(one => one.Node.IsHeading || one.Node.Around().Take(2).Any(node => node.IsHeading)) ?? before[0];
        var item = link.Node;
        foreach (var node in link.Node.Around().Take(MostLevels).TakeWhile(node => node.Tag is not ("main" or "body")))
        {
            if (group.Items.Any(other => node.Holds(other.Node)) || !before.TrueForAll(one => item.Holds(one.Node) || node.Holds(one.Node)) && item != link.Node)
                break;
            item = node;
        }

        var leading = new EntryItem(item, link);
        return EntryParts.Title(leading) is { TextWeight: >= 8 } && (leading.Nodes.Any(node => node.IsHeading) || EntryParts.Dates(leading).Any())
            ? new EntryGroup([leading, .. group.Items])
            : group;
    }
}
