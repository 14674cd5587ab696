using AngleSharp.Dom;
using Kawaraban.Feeds.Html;

namespace Kawaraban.Recipes;

/// <summary>Reads what a post's own page says of it: where the recipe points, else JSON-LD, Open Graph and the elements that are meant for it.</summary>
internal static class PageFactsReader
{
    private const int MaxText = 100_000;
    private const int MostTags = 30;

    // Less than that is what is left of a page on which no article was found.
    private const int LeastText = 300;

    // Readability builds its own document and scores it; of more than this it would take seconds.
    private const int MaxReadable = 1_000_000;

    /// <summary>Reads it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rules">What the recipe says of it.</param>
    /// <param name="isSameSite">Whether an address belongs to the source's site.</param>
    public static PageFacts Read(HtmlPage page, PageRules rules, Func<Uri, bool> isSameSite)
    {
        var meta = new Metadata(page);
        var article = LinkedArticle.Find(page);
        string? Selected(string field) => rules.Select.TryGetValue(field, out var extractor) ? extractor.Read(page, page.Root) : null;
        DateTimeOffset? SelectedDate(string field) => Selected(field) is { } text ? rules.Select[field].Date.Read(text) : null;
        static DateTimeOffset? Instant(string? text) => text is null ? null : new DateText(null, null).Read(text);

        var canonical = CanonicalUrl.Web(page.Document.QuerySelector("link[rel=canonical]")?.GetAttribute("href") ?? meta["og:url"], page.BaseUrl);
        var picture = CanonicalUrl.Web(Selected(FieldName.Picture) ?? meta["og:image"] ?? meta["og:image:url"] ?? meta["twitter:image"] ?? article?.Picture, page.BaseUrl);
        return new PageFacts
        {
            Title = Line(Selected(FieldName.Title) ?? article?.Title ?? meta["og:title"] ?? page.Document.Title),
            Url = canonical is not null && isSameSite(canonical) ? canonical.AbsoluteUri : null,
            Original = canonical is not null && !isSameSite(canonical) ? canonical.AbsoluteUri : null,
            Author = Line(Selected(FieldName.Author) ?? article?.Author ?? NoAddress(meta["article:author"]) ?? meta["author"] ?? meta["dc.creator"]),
            PublishedAt = SelectedDate(FieldName.Date) ?? Instant(article?.PublishedAt) ?? Instant(meta["article:published_time"])
                ?? Instant(page.Document.QuerySelector("article time[datetime], time[datetime]")?.GetAttribute("datetime")),
            UpdatedAt = SelectedDate(FieldName.Updated) ?? Instant(article?.ModifiedAt) ?? Instant(meta["article:modified_time"]),
            Picture = picture?.AbsoluteUri ?? FirstPicture(page),
            Language = Line(Selected(FieldName.Language) ?? page.Root.GetAttribute("lang") ?? meta["og:locale"]?.Replace('_', '-')),
            Excerpt = Line(Selected(FieldName.Excerpt) ?? meta["og:description"] ?? meta["description"]),
            Tags = [.. (EntryFields.Split(Selected(FieldName.Tags)) is { Count: > 0 } selected ? selected : meta.All("article:tag")).Take(MostTags)],
            Text = rules.WantsText ? Text(page, rules) : null,
        };
    }

    private static string? Text(HtmlPage page, PageRules rules)
    {
        if (rules.Select.TryGetValue(FieldName.Text, out var extractor))
        {
            // Its markup, so that paragraphs stay apart.
            var element = extractor.Selector is null ? page.Root : page.First(extractor.Selector);
            return element is null ? null : HtmlText.Extract(element.InnerHtml, MaxText);
        }

        if (page.Text.Length > MaxReadable || page.Deadline.IsOver)
            return null;
        using var reader = new SmartReader.Reader(page.Url.AbsoluteUri, page.Text) { MaxElemsToParse = 20_000 };
        try
        {
            var text = HtmlText.Extract(reader.GetArticle().Content, MaxText);
            return text.Length < LeastText ? null : text;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Somebody else's reading of somebody else's page: the entry is shown without.
            return null;
        }
    }

    private static string? FirstPicture(HtmlPage page) =>
        page.Document.QuerySelector("article") is { } article ? HtmlText.FirstPicture(article.InnerHtml, page.BaseUrl) : null;

    // Facebook's meaning of article:author is a profile.
    private static string? NoAddress(string? text) => text?.Contains("://", StringComparison.Ordinal) == true ? null : text;

    private static string? Line(string? text)
    {
        if (text is null)
            return null;
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? null : line.Length <= 2000 ? line : line[..2000];
    }

    // meta name or property, once read: asking anew for each would read the page again.
    private sealed class Metadata
    {
        private readonly Dictionary<string, List<string>> values = new(StringComparer.OrdinalIgnoreCase);

        public Metadata(HtmlPage page)
        {
            foreach (var element in page.Document.GetElementsByTagName("meta"))
            {
                var name = element.GetAttribute("property") ?? element.GetAttribute("name");
                var content = element.GetAttribute("content")?.Trim();
                if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(content))
                    continue;
                if (!values.TryGetValue(name, out var all))
                    values[name] = all = [];
                all.Add(content);
            }
        }

        public string? this[string name] => values.TryGetValue(name, out var all) ? all[0] : null;

        public List<string> All(string name) => values.TryGetValue(name, out var all) ? all : [];
    }
}
