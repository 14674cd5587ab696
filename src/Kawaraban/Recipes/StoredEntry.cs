using System.Text.Encodings.Web;
using System.Text.Json;
using Kawaraban.Feeds;
using Kawaraban.Feeds.Html;

namespace Kawaraban.Recipes;

/// <summary>An entry as published, as the database keeps it beside its post.</summary>
/// <remarks>
/// Of a text as much is kept as recipes look at; of one that was cut the post keeps what it has when a recipe is applied again. What stands
/// for the whole feed (author, language) stands in every entry.
/// </remarks>
internal sealed record StoredEntry(
    string? Id,
    string? Url,
    string? ExternalUrl,
    string? Title,
    string? Content,
    string? Summary,
    string? Picture,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? UpdatedAt,
    IReadOnlyList<string>? Authors,
    IReadOnlyList<string>? Tags,
    string? Language,
    bool IsCut)
{
    /// <summary>How much of a text is kept, UTF-16 units of HTML.</summary>
    public const int MaxContent = 2_000;

    /// <summary>How it is written: Japanese as it is, which escaped would be three times as long.</summary>
    public static readonly RecipeJson Relaxed = new(new JsonSerializerOptions(RecipeJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>What is kept of an entry.</summary>
    /// <param name="entry">As published.</param>
    /// <param name="feed">What it stands in; null when that adds nothing.</param>
    /// <param name="most">How much of its text.</param>
    public static string Write(Entry entry, Feed? feed, int most)
    {
        var content = entry.ContentHtml ?? entry.ContentText;
        var mostSummary = Math.Max(most, MaxContent);
        var isCut = content?.Length > most || entry.Summary?.Length > mostSummary;
        var names = (entry.Authors.Count > 0 ? entry.Authors : feed?.Authors ?? []).Select(author => author.Name).OfType<string>().ToList();
        var stored = new StoredEntry(
            entry.Id,
            entry.Url,
            entry.ExternalUrl,
            entry.Title,
            content is null || content.Length <= most ? content : Cut(content, most),
            entry.Summary?.Length > mostSummary ? Cut(entry.Summary, mostSummary) : entry.Summary,
            // The first picture of a text may stand behind the cut.
            entry.ImageUrl ?? Attached(entry) ?? (isCut ? HtmlText.FirstPicture(content, CanonicalUrl.Web(entry.Url)) : null),
            entry.PublishedAt,
            entry.ModifiedAt,
            names.Count == 0 ? null : names,
            entry.Tags.Count == 0 ? null : entry.Tags,
            entry.Language ?? feed?.Language,
            isCut);
        return JsonSerializer.Serialize(stored, Relaxed.StoredEntry);
    }

    /// <summary>The entry of a draft that no recipe has looked at, with a little more of its text than is kept, so that it is known to be cut.</summary>
    public static Entry? Shortened(PostDraft draft)
    {
        if (draft.Entry is not { } entry || (Length(entry.ContentHtml) <= MaxContent && Length(entry.ContentText) <= MaxContent && Length(entry.Summary) <= MaxContent))
            return draft.Entry;
        static string? Short(string? text) => text?.Length > MaxContent + 1 ? Cut(text, MaxContent + 1) + " " : text;
        return entry with
        {
            ContentHtml = Short(entry.ContentHtml),
            ContentText = Short(entry.ContentText),
            Summary = Short(entry.Summary),
            ImageUrl = entry.ImageUrl ?? draft.PictureUrl,
        };
    }

    /// <summary>Reads what was kept.</summary>
    public static StoredEntry Read(string json) => JsonSerializer.Deserialize(json, RecipeJson.Default.StoredEntry)!;

    /// <summary>As an entry.</summary>
    public Entry ToEntry() => new()
    {
        Id = Id,
        Url = Url,
        ExternalUrl = ExternalUrl,
        Title = Title,
        ContentHtml = Content,
        Summary = Summary,
        ImageUrl = Picture,
        PublishedAt = PublishedAt,
        ModifiedAt = UpdatedAt,
        Authors = [.. (Authors ?? []).Select(name => new Author(name))],
        Tags = Tags ?? [],
        Language = Language,
    };

    private static string? Attached(Entry entry) =>
        entry.Attachments.FirstOrDefault(attachment => attachment.MimeType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true)?.Url;

    private static int Length(string? text) => text?.Length ?? 0;

    private static string Cut(string text, int most) => text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
