using Kawaraban.Feeds;

namespace Kawaraban.Recipes;

/// <summary>Finds entries on a page by selectors.</summary>
internal static class PageEntries
{
    public static ReadingOutcome Read(CompiledRecipe recipe, ReadOnlyMemory<byte> body, string? contentType, Uri url, Deadline deadline)
    {
        if (!HtmlPage.TryRead(body, contentType, url, deadline, out var page, out var problem))
            return ReadingOutcome.None(problem);
        return Read(recipe, page);
    }

    /// <summary>Finds them on a page that has been read.</summary>
    public static ReadingOutcome Read(CompiledRecipe recipe, HtmlPage page)
    {
        var rules = recipe.Entries;
        if (rules.Selector!.IsTooMuchFor(page.Depth))
            return ReadingOutcome.None($"entries.select (\"{rules.SelectorText}\") goes too many steps down for a page that is {page.Depth} deep; begin nearer to the element");
        var notes = new RuleNotes();
        List<Entry> entries = [];
        HashSet<string> seen = [];
        var found = 0;
        foreach (var element in page.All(rules.Selector))
        {
            found++;
            var values = new Dictionary<string, string?>();
            foreach (var (name, extractor) in rules.Fields)
                values[name] = extractor.Read(page, element);
            // A card that is a link has its address without being asked.
            if (!values.ContainsKey(FieldName.Url) && element.GetAttribute("href") is { } href)
                values[FieldName.Url] = href;
            if (DocumentReader.Entry(rules, values.GetValueOrDefault, page.BaseUrl, notes) is { } entry && seen.Add(entry.Url ?? entry.Id ?? ""))
                entries.Add(entry);
            if (entries.Count == Reading.MostEntries || page.Deadline.IsOver)
                break;
        }

        if (entries.Count == 0)
        {
            return ReadingOutcome.None(found == 0
                ? $"entries.select (\"{rules.SelectorText}\") finds nothing on the page; its site may have been rebuilt"
                : $"entries.select (\"{rules.SelectorText}\") finds {found} places on the page, but no address in them (entries.fields.url) that fits");
        }

        var title = recipe.Document.Source?.Title ?? page.Document.Title;
        var feed = Reading.AsFeed(entries, title, page.Url, recipe.Document.Source?.Language ?? page.Root.GetAttribute("lang"));
        var next = rules.Next is null ? null : CanonicalUrl.Web(rules.Next.Read(page, page.Root), page.BaseUrl);
        return ReadingOutcome.Of(new Reading(feed, next is null ? [] : [next], notes));
    }
}
