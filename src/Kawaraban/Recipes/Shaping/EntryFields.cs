using System.Globalization;
using System.Net;
using Kawaraban.Feeds;
using Kawaraban.Feeds.Html;

namespace Kawaraban.Recipes;

/// <summary>The fields of one entry while a recipe works on them, as texts.</summary>
internal sealed class EntryFields
{
    // What steps see of long texts; what they make is bounded by the same.
    internal const int MaxText = 20_000;

    private const int ExcerptSeen = 2_000;

    private readonly Entry entry;
    private readonly Feed feed;
    private readonly Uri home;
    private readonly PageFacts? page;
    private readonly Dictionary<string, string?> changed = [];
    private IReadOnlyList<string>? tags;
    private string? content;

    /// <param name="entry">The entry as published.</param>
    /// <param name="feed">What it stands in.</param>
    /// <param name="home">What its relative addresses refer to.</param>
    /// <param name="page">What its own page says; null while that is unknown.</param>
    public EntryFields(Entry entry, Feed feed, Uri home, PageFacts? page)
    {
        (this.entry, this.feed, this.home, this.page) = (entry, feed, home, page);
    }

    /// <summary>What messages call the entry.</summary>
    public string Name => entry.Title ?? entry.Url ?? entry.Id ?? "(without a title)";

    /// <summary>What it is about.</summary>
    public IReadOnlyList<string> Tags
    {
        get => tags ?? entry.Tags;
        set => tags = value;
    }

    /// <summary>The value of a field, or of what a recipe may take besides; null or empty when there is none.</summary>
    public string? Get(string name)
    {
        if (name == FieldName.Tags)
            return string.Join(", ", Tags);
        return changed.TryGetValue(name, out var value) ? value : Published(name);
    }

    /// <summary>Changes a field.</summary>
    public void Set(string name, string? value)
    {
        if (name == FieldName.Tags)
            Tags = Split(value);
        else
            changed[name] = value;
    }

    /// <summary>An instant as the text of a field.</summary>
    public static string? Date(DateTimeOffset? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The text of a field as an instant.</summary>
    public static DateTimeOffset? Instant(string? text) =>
        string.IsNullOrEmpty(text) ? null : new DateText(null, null).Read(text);

    /// <summary>Several tags in one text.</summary>
    public static IReadOnlyList<string> Split(string? text) =>
        string.IsNullOrWhiteSpace(text) ? [] : text.Split(['\n', ',', '、', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The entry with what has changed.</summary>
    public Entry ToEntry()
    {
        if (changed.Count == 0 && tags is null)
            return entry;
        var shaped = entry;
        foreach (var (name, value) in changed)
        {
            var text = string.IsNullOrWhiteSpace(value) ? null : value;
            shaped = name switch
            {
                FieldName.Title => shaped with { Title = text },
                FieldName.Url => shaped with { Url = text },
                // Nobody in place of somebody: an empty name keeps the feed's own from standing in.
                FieldName.Author => shaped with { Authors = [new Author(text ?? "")] },
                FieldName.Date => shaped with { PublishedAt = Instant(text) },
                FieldName.Updated => shaped with { ModifiedAt = Instant(text) },
                FieldName.Picture => shaped with { ImageUrl = text ?? "" },
                FieldName.Language => shaped with { Language = text ?? "" },
                FieldName.Excerpt => shaped with { Summary = text is null ? null : WebUtility.HtmlEncode(text) },
                FieldName.Content => shaped with { ContentHtml = text is null ? null : WebUtility.HtmlEncode(text) },
                _ => shaped,
            };
        }

        return tags is null ? shaped : shaped with { Tags = tags };
    }

    private string? Published(string name) => name switch
    {
        FieldName.Id => entry.Id,
        FieldName.Title => entry.Title,
        FieldName.Url => entry.Url ?? CanonicalUrl.Web(entry.Id)?.AbsoluteUri,
        FieldName.Author => DefaultRecipe.Names(entry.Authors) ?? DefaultRecipe.Names(feed.Authors),
        FieldName.Date => Date(entry.PublishedAt),
        FieldName.Updated => Date(entry.ModifiedAt),
        FieldName.Picture => DefaultRecipe.Picture(entry, DefaultRecipe.Content(entry), CanonicalUrl.Web(entry.Url, home) ?? home),
        FieldName.Language => entry.Language ?? feed.Language,
        FieldName.Excerpt => HtmlText.Extract(entry.Summary is { Length: > 0 } summary ? summary : DefaultRecipe.Content(entry), ExcerptSeen),
        FieldName.Content => content ??= HtmlText.Extract(DefaultRecipe.Content(entry), MaxText),
        "detected" => DetectedLanguage.Of($"{Get(FieldName.Title)} {Get(FieldName.Content)}"),
        "feed.title" => feed.Title,
        "feed.author" => DefaultRecipe.Names(feed.Authors),
        "feed.language" => feed.Language,
        "page.title" => page?.Title,
        "page.url" => page?.Url,
        "page.author" => page?.Author,
        "page.date" => Date(page?.PublishedAt),
        "page.updated" => Date(page?.UpdatedAt),
        "page.picture" => page?.Picture,
        "page.language" => page?.Language,
        "page.excerpt" => page?.Excerpt,
        "page.text" => page?.Text is { Length: > MaxText } text ? text[..MaxText] : page?.Text,
        "page.tags" => page is null ? null : string.Join(", ", page.Tags),
        _ => null,
    };
}
