using System.Globalization;
using System.Text.Json.Nodes;
using Kawaraban.Feeds.Dates;

namespace Kawaraban.Recipes;

/// <summary>How a recipe reads the dates of a list's entries.</summary>
/// <param name="Extractor">Where they stand; null when they do not.</param>
/// <param name="Steps">What is done to them afterwards: taking them out of the address.</param>
/// <param name="Why">What is not plain about that.</param>
internal sealed record EntryDates(JsonObject? Extractor, JsonArray? Steps, string? Why)
{
    private static readonly string[] Formats = ["d/M/yyyy", "M/d/yyyy", "d.M.yyyy", "M.d.yyyy", "d-M-yyyy", "M-d-yyyy", "d.M.yy", "d/M/yy", "M/d/yy"];

    /// <summary>Finds out.</summary>
    public static EntryDates Find(EntryGroup group, PageOutline outline, SelectorWriter writer)
    {
        var zone = SourceZone.Of(outline.Language, outline.Page.Url);
        var plain = group.Items.Select(item => EntryParts.Dates(item).FirstOrDefault()).ToList();
        var written = group.Items.Select(item => item.Nodes.FirstOrDefault(EntryParts.LooksLikeDate)).ToList();
        if (written.Count(node => node is not null) > plain.Count(node => node is not null) && Format(written) is { } format
            && writer.WithinItems(group, written, (wanted, found) => found.TextContent.Trim() == wanted.Text, least: 0.6) is { } where)
        {
            var extractor = new JsonObject { ["select"] = where, ["format"] = format };
            if (zone is not null)
                extractor["zone"] = zone;
            return new EntryDates(extractor, null, $"the dates are written {format}, which is the only order of day and month that all of them fit");
        }

        if (plain.Count(node => node is not null) * 2 >= group.Items.Count
            && writer.WithinItems(group, plain, (wanted, found) => IsSame(wanted, found), least: 0.6) is { } select)
        {
            var extractor = new JsonObject { ["select"] = select };
            // What names its zone, and Japanese writing, which implies it, need none.
            if (zone is not null && plain.OfType<PageNode>().Any(HasNoZone))
                extractor["zone"] = zone;
            return new EntryDates(extractor, null, extractor.ContainsKey("zone") ? $"the dates name no time zone; {zone} is that of the site's language or country" : null);
        }

        var patterns = group.Items.Select(item => Addresses.DayPattern(item.Link.Url)).OfType<string>().GroupBy(pattern => pattern).OrderByDescending(same => same.Count()).FirstOrDefault();
        if (patterns is null || patterns.Count() * 10 < group.Items.Count * 8)
            return new EntryDates(null, null, null);
        var steps = new JsonArray(new JsonObject { ["take"] = "url" }, new JsonObject { ["regex"] = patterns.Key, ["replace"] = "$1-$2-$3" });
        if (zone is not null)
            steps.Add((JsonNode)new JsonObject { ["zone"] = zone });
        return new EntryDates(null, steps, "the dates stand in the addresses alone");
    }

    private static bool IsSame(PageNode wanted, AngleSharp.Dom.IElement found) =>
        EntryParts.Date(wanted) is { } date && (found.GetAttribute("datetime") ?? found.TextContent.Trim()) is var text && FeedDate.TryParse(text, null, out var other) && other == date;

    private static bool HasNoZone(PageNode node)
    {
        var text = node.Element.GetAttribute("datetime") is { Length: > 0 } written ? written : node.Text;
        return FeedDate.TryParse(text, TimeSpan.Zero, out var read) && FeedDate.TryParse(text, TimeSpan.FromHours(1), out var other) && other != read
            && FeedDate.TryParse(text, null, out var usual) && usual.Offset == TimeSpan.Zero;
    }

    private static string? Format(IReadOnlyList<PageNode?> written)
    {
        var texts = written.OfType<PageNode>().Select(node => node.Text).ToList();
        var fitting = Formats.Where(format => texts.TrueForAll(text => DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }
}
