using AngleSharp.Dom;

namespace Kawaraban.Recipes;

/// <summary>Writes CSS selectors for elements of a page: by names that will be the same tomorrow, else by where the elements stand.</summary>
internal sealed class SelectorWriter(PageOutline outline)
{
    private const int MostTried = 40;
    private const int MostMatches = 10_000;

    // Enough to tell a selector that holds from one that does not.
    private const int MostSampled = 40;

    /// <summary>The selector that finds the items of a group and as little else as possible; null when there is none.</summary>
    /// <param name="group">The group.</param>
    /// <param name="isExact">Whether it finds just these.</param>
    public string? OfItems(EntryGroup group, out bool isExact)
    {
        isExact = false;
        var wanted = group.Items.Select(item => item.Node.Element).ToHashSet();
        var around = group.Items.SelectMany(item => item.Node.Around()).Select(node => node.Element).ToHashSet();
        (string Text, double Quality)? best = null;
        foreach (var text in ItemCandidates(group).Distinct().Take(MostTried))
        {
            if (outline.Page.Deadline.IsOver)
                break;
            // What holds an entry would be taken for one, with the title of the first in it.
            if (Matches(text) is not { } found || found.Exists(around.Contains))
                continue;
            int hits = 0, others = 0;
            foreach (var element in found.TakeWhile(_ => !outline.Page.Deadline.IsOver))
            {
                if (wanted.Contains(element))
                    hits++;
                // Those behind the last that counts may be entries as well.
                else if (group.Items.Count == EntryGroups.MostItems && hits == wanted.Count)
                    break;
                // What holds no link is no entry, and does no harm.
                else if (MayBeEntry(element))
                    others++;
            }

            if (hits == wanted.Count && others == 0)
            {
                isExact = true;
                return text;
            }

            var quality = 2.0 * hits / (wanted.Count + hits + others);
            if (best is null || quality > best.Value.Quality + 0.001)
                best = (text, quality);
        }

        return best is { Quality: >= 0.5 } ? best.Value.Text : null;
    }

    /// <summary>The selector with which the first match within each item is what is wanted there; null when none does so for most.</summary>
    /// <param name="group">The items.</param>
    /// <param name="targets">What is wanted of each; null where there is nothing.</param>
    /// <param name="isSame">Whether what was found serves as well as what was wanted.</param>
    /// <param name="least">For how many of those that have something it has to.</param>
    public string? WithinItems(EntryGroup group, IReadOnlyList<PageNode?> targets, Func<PageNode, IElement, bool>? isSame = null, double least = 0.8)
    {
        var sampled = Enumerable.Range(0, group.Items.Count).Where(i => targets[i] is not null && targets[i] != group.Items[i].Node).Take(MostSampled).ToList();
        if (sampled.Count == 0)
            return null;
        // What the first, the middle and the last suggest: odd ones may be any of them.
        var candidates = new[] { sampled[0], sampled[sampled.Count / 2], sampled[^1] }.Distinct()
            .SelectMany(i => FieldCandidates(targets[i]!, group.Items[i].Node).Select((text, rank) => (text, rank)))
            .OrderBy(candidate => candidate.rank).Select(candidate => candidate.text).Distinct().Take(MostTried);
        (string Text, double Share)? best = null;
        foreach (var text in candidates)
        {
            if (outline.Page.Deadline.IsOver)
                break;
            var share = Share(text);
            if (best is null || share > best.Value.Share + 0.001)
                best = (text, share);
            if (share >= 1)
                break;
        }

        // The newest entry may be made another way than the others: then one selector for each.
        if (best is { Share: < 1 } first && Missing(first.Text) is { } odd)
        {
            foreach (var text in FieldCandidates(targets[odd]!, group.Items[odd].Node).Distinct().Take(10))
            {
                if (Share($"{first.Text}, {text}") is var share && share > best.Value.Share + 0.001)
                    best = ($"{first.Text}, {text}", share);
            }
        }

        return best is { } found && found.Share >= least ? found.Text : null;

        bool IsRight(PageSelector selector, int i) => outline.Page.First(selector, group.Items[i].Node.Element) is { } element
            && (element == targets[i]!.Element || isSame?.Invoke(targets[i]!, element) == true);

        double Share(string text) => PageSelector.TryCreate(text, out var selector, out _) ? (double)sampled.Count(i => IsRight(selector, i)) / sampled.Count : 0;

        int? Missing(string text) => PageSelector.TryCreate(text, out var selector, out _) ? sampled.Where(i => !IsRight(selector, i)).Select(i => (int?)i).FirstOrDefault() : null;
    }

    private bool MayBeEntry(IElement element)
    {
        if (element.LocalName == "a")
            return IsContent(element);
        foreach (var link in element.GetElementsByTagName("a"))
        {
            if (IsContent(link))
                return true;
        }

        return false;
    }

    private bool IsContent(IElement link) => CanonicalUrl.Web(link.GetAttribute("href"), outline.Page.BaseUrl) is not null;

    private List<IElement>? Matches(string text)
    {
        if (!PageSelector.TryCreate(text, out var selector, out _) || selector.IsTooMuchFor(outline.Page.Depth))
            return null;
        List<IElement> found = [];
        foreach (var element in outline.Page.All(selector))
        {
            found.Add(element);
            if (found.Count > MostMatches)
                return null;
        }

        return found;
    }

    private static IEnumerable<string> ItemCandidates(EntryGroup group)
    {
        var first = group.Items[0].Node;
        var common = Parts(first).Where(simple => group.Items.All(item => simple.IsOf(item.Node))).ToList();
        foreach (var simple in common.Where(simple => simple.IsTelling))
            yield return simple.Text;
        // With what they all stand in: the nearest that has a name, then the next.
        var around = first.Around().TakeWhile(node => node.Tag is not "html").Where(node => group.Items.All(item => node.Holds(item.Node) && node != item.Node)).ToList();
        foreach (var outer in around.Take(6))
        {
            foreach (var name in Parts(outer).Where(simple => simple.IsTelling || simple.Text is "main"))
            {
                foreach (var simple in common)
                {
                    if (group.Items.All(item => item.Node.Parent == outer))
                        yield return $"{name.Text} > {simple.Text}";
                    yield return $"{name.Text} {simple.Text}";
                    foreach (var path in Paths(group, outer, simple))
                        yield return $"{name.Text} > {path}";
                }
            }
        }

        foreach (var simple in common)
            yield return simple.Text;
        foreach (var parent in group.Items.Select(item => item.Node.Parent).OfType<PageNode>().Take(1))
        {
            foreach (var name in Parts(parent).Where(simple => group.Items.All(item => item.Node.Parent is { } other && simple.IsOf(other))))
            {
                foreach (var simple in common)
                    yield return $"{name.Text} > {simple.Text}";
            }
        }

        if (around.Count > 0 && common.Count > 0)
        {
            foreach (var path in Paths(group, around[0], common[^1]))
                yield return $"{around[0].Tag} > {path}";
        }

        // By how they look, which stays until the site looks different.
        foreach (var look in first.Classes.Where(name => ClassName.IsUsable(name) && group.Items.All(item => item.Node.Classes.Contains(name))))
            yield return $"{first.Tag}.{look}";
        foreach (var look in first.Parent?.Classes.Where(ClassName.IsUsable) ?? [])
            yield return $"{first.Parent!.Tag}.{look} > {first.Tag}";

        // By where they lead, where nothing else is told.
        var pattern = Addresses.Pattern(group.Items[0].Link.Url);
        if (pattern.Length > 3 && group.Items.All(item => item.Node == item.Link.Node))
            yield return $"a[href*=\"{pattern.TrimEnd('*')}\"]";
    }

    // main > div > ul > li, where all have the same way.
    private static IEnumerable<string> Paths(EntryGroup group, PageNode outer, SelectorPart last)
    {
        var way = Way(group.Items[0].Node, outer);
        if (way.Count is > 0 and <= 5 && group.Items.All(item => Way(item.Node, outer).SequenceEqual(way)))
            yield return string.Join(" > ", way.Append(last.Text));
    }

    private static List<string> Way(PageNode node, PageNode outer)
    {
        var way = node.Around().TakeWhile(between => between != outer).Select(between => between.Tag).ToList();
        way.Reverse();
        return way;
    }

    private static IEnumerable<string> FieldCandidates(PageNode target, PageNode item)
    {
        var simples = Parts(target).ToList();
        if (target.Tag is "time" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6")
            yield return target.Tag;
        foreach (var simple in simples.Where(simple => simple.IsTelling))
            yield return simple.Text;
        if (target.Tag is "a" or "img" or "p" or "time")
            yield return target.Tag;
        if (target.Parent is { } parent && parent != item)
        {
            foreach (var outer in Parts(parent).Where(simple => simple.IsTelling || parent.IsHeading || parent.Tag is "dt" or "dd" or "th" or "p" or "header"))
            {
                foreach (var simple in simples)
                    yield return $"{outer.Text} > {simple.Text}";
            }

            if (parent.Parent is { } grandparent && grandparent != item)
            {
                foreach (var outer in Parts(grandparent).Where(simple => simple.IsTelling))
                    yield return $"{outer.Text} {target.Tag}";
            }
        }

        foreach (var simple in simples)
            yield return simple.Text;
        if (target.Parent is { } around)
        {
            var place = around.Children.IndexOf(target) + 1;
            yield return $"{target.Tag}:nth-child({place})";
            if (around != item)
            {
                yield return $"{around.Tag} > {target.Tag}:nth-child({place})";
                if (around.Parent is { } outer)
                    yield return $"{around.Tag}:nth-child({outer.Children.IndexOf(around) + 1}) > {target.Tag}:nth-child({place})";
            }
        }
    }

    /// <summary>What can be said of an element alone, the most telling first; its bare name is the last.</summary>
    internal static IEnumerable<SelectorPart> Parts(PageNode node)
    {
        if (node.Element.Id is { Length: > 1 } id && ClassName.IsStable(id) && node.Tag is not ("a" or "article" or "li" or "time"))
            yield return new SelectorPart($"#{id}", other => other.Element.Id == id, true);
        if (node.Element.GetAttribute("itemprop") is { Length: > 0 } property && ClassName.IsStable(property))
            yield return new SelectorPart($"[itemprop={property}]", other => other.Element.GetAttribute("itemprop") == property, true);
        if (node.Tag is "article")
            yield return new SelectorPart(node.Tag, other => other.Tag == node.Tag, true);
        var names = node.Classes.Where(ClassName.IsStable).OrderByDescending(ClassName.IsOfEntries).ThenByDescending(name => name.Length).ToList();
        foreach (var name in names)
            yield return new SelectorPart($"{node.Tag}.{name}", other => other.Tag == node.Tag && other.Classes.Contains(name), true);
        foreach (var name in names)
            yield return new SelectorPart($".{name}", other => other.Classes.Contains(name), true);
        foreach (var prefix in node.Classes.Select(ClassName.ModulePrefix).OfType<string>())
        {
            // The part before the hash, which the next build leaves as it is.
            yield return new SelectorPart(
                $"{node.Tag}[class*=\"{prefix}\"]", other => other.Tag == node.Tag && other.Classes.Any(name => name.StartsWith(prefix, StringComparison.Ordinal)), true);
        }

        yield return new SelectorPart(node.Tag, other => other.Tag == node.Tag, false);
    }
}
