using System.Globalization;
using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>Writes the recipe that finds the entries of a group, and keeps it only if it does.</summary>
internal static class PageRecipe
{
    /// <summary>Writes and runs it.</summary>
    /// <returns>Null when it does not find what it is to find.</returns>
    public static RecipeProposal? Write(GroupJudgement judgement, PageOutline outline)
    {
        var group = LeadingEntry.With(judgement.Group, outline);
        var writer = new SelectorWriter(outline);
        if (Select(group, judgement.Group, writer) is not { } select)
        {
            // Nothing tells their elements from others: then the links themselves, by where they lead.
            group = new EntryGroup([.. judgement.Group.Items.Select(item => new EntryItem(item.Link.Node, item.Link))]);
            if (writer.OfItems(group, out _) is not { } byAddress)
                return null;
            select = byAddress;
        }

        List<string> why = [.. judgement.Why];
        if (group.Items.Count > judgement.Group.Items.Count)
            why.Add("the newest entry stands before the others, in an element of its own");
        var entries = new JsonObject { ["select"] = select };
        var source = new JsonObject { ["kind"] = "page" };
        var recipe = new JsonObject { ["source"] = source, ["entries"] = entries };
        var sample = group.Sample;
        var titles = sample.Items.Select(EntryParts.Title).ToList();
        var extractors = new JsonObject();
        if (titles.Count(title => title is not null) * 2 >= titles.Count)
            Put(extractors, "title", Title(sample, titles, writer));
        Put(extractors, "url", Url(sample, writer));
        var dates = EntryDates.Find(sample, outline, writer);
        if (dates.Extractor is not null)
            extractors["date"] = dates.Extractor;
        Put(extractors, "picture", writer.WithinItems(sample, [.. sample.Items.Select(EntryParts.Picture)]));
        Put(extractors, "excerpt", Excerpt(sample, titles, writer));
        if (Tags(sample, writer) is { } tags)
            extractors["tags"] = new JsonObject { ["select"] = tags, ["all"] = true };
        if (extractors.Count > 0)
            entries["fields"] = extractors;
        if (dates.Steps is not null)
            recipe["fields"] = new JsonObject { ["date"] = dates.Steps };
        if (dates.Why is not null)
            why.Add(dates.Why);
        if (dates is { Extractor: null, Steps: null })
        {
            recipe["page"] = new JsonObject { ["fill"] = new JsonArray("date") };
            why.Add("the list says no dates, so each post's own page is asked for its date, once");
        }

        if (NextPage.Find(outline) is var (paging, older))
        {
            source["paging"] = paging;
            why.Add(older);
        }

        return Narrow(recipe, entries, group, outline) is var (run, more) ? Verified(judgement, group, recipe, run, why) is { } proposal ? proposal with { More = more } : null : null;

        static void Put(JsonObject onto, string name, string? selector)
        {
            if (selector is not null)
                onto[name] = selector.Length == 0 ? new JsonObject { ["all"] = false } : new JsonObject { ["select"] = selector };
        }
    }

    private static string? Select(EntryGroup group, EntryGroup rest, SelectorWriter writer)
    {
        if (group == rest)
            return writer.OfItems(group, out _);
        if (writer.OfItems(group, out var isExact) is { } both && isExact)
            return both;
        return writer.OfItems(new EntryGroup([group.Items[0]]), out isExact) is { } first && isExact && writer.OfItems(rest, out _) is { } others
            ? $"{first}, {others}"
            : writer.OfItems(rest, out _);
    }

    // Empty: the element itself.
    private static string? Title(EntryGroup group, List<PageNode?> titles, SelectorWriter writer)
    {
        if (group.Items.Where((item, i) => titles[i] == item.Node).Count() * 2 > group.Items.Count)
            return "";
        return writer.WithinItems(group, titles, (wanted, found) => Same(found.TextContent, wanted.Text), least: 0.6) ?? (group.Items[0].Node == group.Items[0].Link.Node ? "" : "a");
    }

    private static string? Url(EntryGroup group, SelectorWriter writer)
    {
        if (group.Items.All(item => item.Node == item.Link.Node))
            return null;
        return writer.WithinItems(
            group,
            [.. group.Items.Select(item => item.Link.Node)],
            (wanted, found) => found.LocalName == "a" && found.GetAttribute("href")?.Trim() == wanted.Element.GetAttribute("href")?.Trim(),
            least: 0.6) ?? "a";
    }

    private static string? Excerpt(EntryGroup group, List<PageNode?> titles, SelectorWriter writer)
    {
        var excerpts = group.Items.Select((item, i) => EntryParts.Excerpt(item, titles[i])).ToList();
        return excerpts.Count(excerpt => excerpt is not null) * 2 >= group.Items.Count ? writer.WithinItems(group, excerpts, least: 0.6) : null;
    }

    private static string? Tags(EntryGroup group, SelectorWriter writer)
    {
        var tags = group.Items.Select(item => EntryParts.Tags(item).FirstOrDefault()).ToList();
        return tags.Count(tag => tag is not null) * 2 >= group.Items.Count ? writer.WithinItems(group, tags, (wanted, found) => Same(found.TextContent, wanted.Text)) : null;
    }

    // What the selector finds beside the entries has other addresses, perhaps: then match keeps it out.
    private static (Shaped Run, IReadOnlyList<string> More)? Narrow(JsonObject recipe, JsonObject entries, EntryGroup group, PageOutline outline)
    {
        if (Run(recipe, outline) is not var (run, more))
            return null;
        var patterns = group.Items.Select(item => Addresses.Pattern(item.Link.Url)).Distinct().ToList();
        if (run.Drafts.All(draft => group.Keys.Contains(draft.CanonicalUrl))
            || patterns.Count > 3 || patterns.Any(pattern => pattern is "/*" or "/" || pattern.EndsWith('?')))
        {
            return (run, more);
        }

        entries["match"] = patterns.Count == 1 ? patterns[0] : new JsonArray([.. patterns.Select(pattern => (JsonNode)pattern)]);
        if (Run(recipe, outline) is var (narrowed, same) && narrowed.Drafts.Count < run.Drafts.Count
            && narrowed.Drafts.Count(draft => group.Keys.Contains(draft.CanonicalUrl)) >= group.Keys.Count)
        {
            return (narrowed, same);
        }

        entries.Remove("match");
        return (run, more);
    }

    private static (Shaped Run, IReadOnlyList<string> More)? Run(JsonObject recipe, PageOutline outline)
    {
        if (!RecipeReader.TryRead(recipe.ToJsonString(), out var compiled, out _) || PageEntries.Read(compiled, outline.Page).Reading is not { } reading)
            return null;
        var shaped = Shaper.Shape(compiled, reading, new ShapeContext(outline.Page.Url, DateTimeOffset.UnixEpoch, outline.Page.Deadline));
        return (shaped, [.. reading.More.Select(url => url.AbsoluteUri)]);
    }

    private static RecipeProposal? Verified(GroupJudgement judgement, EntryGroup group, JsonObject recipe, Shaped run, List<string> why)
    {
        var found = run.Drafts.Count(draft => group.Keys.Contains(draft.CanonicalUrl));
        var foreign = run.Drafts.Count - found;
        if (found == 0 || found * 10 < group.Keys.Count * 7 || foreign > Math.Max(2, found / 4))
            return null;
        var titled = run.Drafts.Select(draft => draft.Title).Distinct().Count() / (double)run.Drafts.Count;
        if (titled < 0.5)
            return null;
        var posts = run.Drafts.Select(ExpectedPost.Of).ToList();
        var dated = posts.Count(post => post.PublishedAt is not null);
        var confidence = judgement.Confidence * (found / (double)group.Keys.Count) * (found / (double)run.Drafts.Count) * (0.7 + (0.3 * titled));
        // One entry tells little of how the next one will look.
        confidence *= group.Items.Count == 1 ? 0.6 : 1;
        if (foreign > 0)
            why.Add($"the selector finds {foreign} more that look different");
        var what = string.Create(
            CultureInfo.InvariantCulture, $"{posts.Count} {(posts.Count == 1 ? "entry" : "entries")}{(dated == 0 ? "" : dated == posts.Count ? ", with dates" : $", {dated} with dates")}");
        return new RecipeProposal(what, RecipeText.Indented(recipe), Math.Round(confidence, 2), why, posts, []);
    }

    private static bool Same(string text, string wanted) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) == wanted;
}
