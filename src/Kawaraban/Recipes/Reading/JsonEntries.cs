using System.Text.Json;
using Kawaraban.Feeds;
using Kawaraban.Feeds.Encodings;

namespace Kawaraban.Recipes;

/// <summary>Finds entries in JSON by paths.</summary>
internal static class JsonEntries
{
    public static ReadingOutcome Read(CompiledRecipe recipe, ReadOnlyMemory<byte> body, string? contentType, Uri url)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(DocumentText.Decode(body, contentType), new JsonDocumentOptions { MaxDepth = 64, AllowTrailingCommas = true });
        }
        catch (JsonException error)
        {
            return ReadingOutcome.None($"the document is no JSON (line {error.LineNumber + 1}); if it is a page, the recipe's source.kind is \"page\"");
        }

        using (document)
        {
            var rules = recipe.Entries;
            var notes = new RuleNotes();
            List<Entry> entries = [];
            var found = 0;
            foreach (var item in rules.Path!.Find(document.RootElement).SelectMany(Items))
            {
                found++;
                if (DocumentReader.Entry(rules, name => rules.Fields.TryGetValue(name, out var extractor) ? extractor.Read(item) : null, url, notes) is { } entry)
                    entries.Add(entry);
                if (entries.Count == Reading.MostEntries)
                    break;
            }

            if (entries.Count == 0)
            {
                return ReadingOutcome.None(found == 0
                    ? $"entries.path (\"{rules.PathText}\") leads to nothing in the document; its API may have changed"
                    : $"entries.path (\"{rules.PathText}\") leads to {found} places, but to no address or id in them (entries.fields.url, entries.fields.id)");
            }

            var next = CanonicalUrl.Web(rules.Next?.Read(document.RootElement), url);
            var feed = Reading.AsFeed(entries, recipe.Document.Source?.Title, url, recipe.Document.Source?.Language);
            return ReadingOutcome.Of(new Reading(feed, next is null ? [] : [next], notes));
        }
    }

    // A path to the array is as good as one to its places.
    private static IEnumerable<JsonElement> Items(JsonElement found) =>
        found.ValueKind == JsonValueKind.Array ? found.EnumerateArray() : [found];
}
