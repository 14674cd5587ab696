using System.Text.Json;

namespace Kawaraban.Recipes;

/// <summary>The article that a page describes in JSON-LD (schema.org), which says more, and more exactly, than Open Graph.</summary>
internal sealed record LinkedArticle(string? Title, string? Author, string? PublishedAt, string? ModifiedAt, string? Picture)
{
    private const int MaxLength = 200_000;
    private const int MostBlocks = 20;

    private static readonly HashSet<string> Articles = ["Article", "BlogPosting", "NewsArticle", "TechArticle", "Report"];

    /// <summary>The first one; null when there is none.</summary>
    public static LinkedArticle? Find(HtmlPage page)
    {
        foreach (var block in page.Document.QuerySelectorAll("script[type='application/ld+json']").Take(MostBlocks))
        {
            if (block.TextContent is not { Length: <= MaxLength } text)
                continue;
            try
            {
                using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32, AllowTrailingCommas = true });
                if (Find(document.RootElement, 0) is { } found)
                    return found;
            }
            catch (JsonException)
            {
                // The next one may be sound.
            }
        }

        return null;
    }

    private static LinkedArticle? Find(JsonElement element, int depth)
    {
        if (depth > 4)
            return null;
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().Take(100).Select(one => Find(one, depth + 1)).FirstOrDefault(found => found is not null);
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        if (element.TryGetProperty("@type", out var type) && Texts(type).Any(Articles.Contains))
        {
            return new LinkedArticle(
                First(element, "headline") ?? First(element, "name"),
                AuthorOf(element),
                First(element, "datePublished"),
                First(element, "dateModified"),
                PictureOf(element));
        }

        foreach (var name in (string[])["@graph", "mainEntity", "mainEntityOfPage"])
        {
            if (element.TryGetProperty(name, out var inner) && Find(inner, depth + 1) is { } found)
                return found;
        }

        return null;
    }

    private static string? AuthorOf(JsonElement article)
    {
        if (!article.TryGetProperty("author", out var author))
            return null;
        var names = (author.ValueKind == JsonValueKind.Array ? author.EnumerateArray().Take(20).ToList() : [author])
            .Select(one => one.ValueKind == JsonValueKind.Object ? First(one, "name") : JsonPath.Text(one))
            .Where(name => !string.IsNullOrWhiteSpace(name));
        var text = string.Join(", ", names);
        return text.Length == 0 ? null : text;
    }

    private static string? PictureOf(JsonElement article)
    {
        if (!article.TryGetProperty("image", out var image))
            return null;
        if (image.ValueKind == JsonValueKind.Array && image.GetArrayLength() > 0)
            image = image[0];
        return image.ValueKind == JsonValueKind.Object ? First(image, "url") : JsonPath.Text(image);
    }

    private static string? First(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? Texts(value).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) : null;

    private static IEnumerable<string> Texts(JsonElement value) =>
        (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Take(20).ToList() : [value]).Select(JsonPath.Text).OfType<string>();
}
