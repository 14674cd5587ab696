using Kawaraban.Feeds;

namespace Kawaraban.Recipes;

/// <summary>Reads the document of a source that is no feed, by its recipe.</summary>
internal static class DocumentReader
{
    /// <summary>Reads it. A document that holds no entries where the recipe says is a problem: its site has been rebuilt.</summary>
    /// <param name="recipe">The recipe; its kind is not <c>feed</c>.</param>
    /// <param name="body">The document.</param>
    /// <param name="contentType">The header it came with.</param>
    /// <param name="url">Where it came from.</param>
    /// <param name="deadline">Until when.</param>
    public static ReadingOutcome Read(CompiledRecipe recipe, ReadOnlyMemory<byte> body, string? contentType, Uri url, Deadline deadline)
    {
        var outcome = recipe.Kind switch
        {
            SourceKind.Page => PageEntries.Read(recipe, body, contentType, url, deadline),
            SourceKind.Json => JsonEntries.Read(recipe, body, contentType, url),
            SourceKind.Sitemap => SitemapEntries.Read(recipe, body, url),
            SourceKind.Ical => CalendarEntries.Read(recipe, body, contentType, url),
            _ => throw new ArgumentException("a feed is read by its own parser", nameof(recipe)),
        };
        if (outcome.Reading is { } reading && deadline.IsOver)
            reading.Notes.Add("entries", null, $"took longer than {deadline.Name} and were stopped; what was found until then counts");
        return outcome;
    }

    /// <summary>Makes an entry of what was found; null when it has no address and no id to be known by, or when its address is not wanted.</summary>
    internal static Entry? Entry(EntryRules rules, Func<string, string?> value, Uri baseUrl, RuleNotes notes)
    {
        var url = CanonicalUrl.Web(value(FieldName.Url), baseUrl);
        var id = value(FieldName.Id);
        if ((url is null && id is null) || (url is not null && !rules.Fits(url)))
            return null;
        var title = value(FieldName.Title);
        DateTimeOffset? Instant(string field)
        {
            if (value(field) is not { } text)
                return null;
            if (rules.Fields[field].Date.Read(text) is { } read)
                return read;
            notes.Add(rules.Fields[field].ExtractorPath, title ?? url?.AbsoluteUri ?? id, $"cannot read \"{(text.Length <= 60 ? text : text[..60] + "…")}\" as a date; say how with format or zone");
            return null;
        }

        return new Entry
        {
            Id = id,
            Url = url?.AbsoluteUri,
            Title = title,
            ContentHtml = value(FieldName.Content),
            Summary = value(FieldName.Excerpt),
            ImageUrl = CanonicalUrl.Web(value(FieldName.Picture), baseUrl)?.AbsoluteUri,
            PublishedAt = Instant(FieldName.Date),
            ModifiedAt = Instant(FieldName.Updated),
            Authors = value(FieldName.Author) is { } author ? [new Author(author)] : [],
            Tags = [.. EntryFields.Split(value(FieldName.Tags)).Distinct()],
            Language = value(FieldName.Language),
        };
    }

    /// <summary>The address of the next page where a template says it; null when there is none.</summary>
    internal static Uri? Template(CompiledRecipe recipe, Uri first, int page)
    {
        if (recipe.Document.Source?.Paging is not { Template: { } template } paging)
            return null;
        var number = (paging.From ?? 2) + page - 2;
        return CanonicalUrl.Web(template.Replace("{page}", number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), first);
    }
}
