using System.Text.Json;
using AngleSharp.Dom;

namespace Kawaraban.Recipes;

/// <summary>Where a value stands in a page or in JSON, compiled.</summary>
/// <param name="Field">Which value.</param>
/// <param name="ExtractorPath">Its place in the recipe.</param>
/// <param name="Extractor">As a person wrote it.</param>
/// <param name="Selector">Where in a page; null for the element itself.</param>
/// <param name="JsonPath">Where in JSON.</param>
/// <param name="Date">How a date is read.</param>
internal sealed record CompiledExtractor(
    string Field, string ExtractorPath, Extractor Extractor, PageSelector? Selector, JsonPath? JsonPath, DateText Date)
{
    private const int MaxText = 200_000;
    private const int MostValues = 50;

    // Where scripts find what is loaded late stands before what stands there meanwhile.
    private static readonly string[] PictureAttributes = ["content", "data-src", "data-original", "data-lazy-src", "src", "href", "srcset", "data-srcset"];
    private static readonly string[] LinkAttributes = ["href", "content", "src"];
    private static readonly string[] DateAttributes = ["datetime", "content"];
    private static readonly string[] MetaAttributes = ["content"];

    /// <summary>The value within an element; null when it is not there.</summary>
    public string? Read(HtmlPage page, IElement within)
    {
        List<string> values = [];
        foreach (var element in Selector is null ? [within] : page.All(Selector, within))
        {
            if (Read(page, element, Extractor.Attribute) is not { } value)
                continue;
            values.Add(value);
            if (!Extractor.All || values.Count == MostValues)
                break;
        }

        return values.Count == 0 ? null : string.Join('\n', values);
    }

    /// <summary>The value within a piece of JSON; null when it is not there.</summary>
    public string? Read(JsonElement within)
    {
        var values = (JsonPath?.Find(within) ?? [within]).Select(Recipes.JsonPath.Text).OfType<string>().Where(value => value.Length > 0);
        var text = string.Join('\n', values.Take(Extractor.All || Field == FieldName.Tags ? MostValues : 1));
        return text.Length == 0 ? null : text.Length <= MaxText ? text : text[..MaxText];
    }

    private string? Read(HtmlPage page, IElement element, IReadOnlyList<string>? attributes)
    {
        attributes ??= Field switch
        {
            FieldName.Url => LinkAttributes,
            FieldName.Picture => PictureAttributes,
            FieldName.Date or FieldName.Updated => DateAttributes,
            _ => MetaAttributes,
        };
        foreach (var name in attributes)
        {
            if (element.GetAttribute(name)?.Trim() is not { Length: > 0 } value)
                continue;
            if (name.EndsWith("srcset", StringComparison.Ordinal))
                value = value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)[0];
            // A blank that stands there until a script puts the picture in its place.
            if (Field == FieldName.Picture && value.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
                continue;
            return Field is FieldName.Url or FieldName.Picture ? CanonicalUrl.Web(value, page.BaseUrl)?.AbsoluteUri : value;
        }

        if (Extractor.Attribute is not null || Field == FieldName.Picture)
            return null;
        if (Field == FieldName.Content)
            return element.InnerHtml is { Length: <= MaxText } html ? html : element.TextContent;
        var text = string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? null : text.Length <= MaxText ? text : text[..MaxText];
    }
}
