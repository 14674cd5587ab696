using Kawaraban.Feeds;
using Kawaraban.Feeds.Html;

namespace Kawaraban.Recipes;

/// <summary>What becomes of a feed's entries when nobody has written a recipe for it.</summary>
public static class DefaultRecipe
{
    /// <summary>The greatest length of a title, UTF-16 units.</summary>
    public const int MaxTitle = 300;

    /// <summary>The greatest length of the text that the search sees, UTF-16 units: a long book of an entry, not a whole blog in one.</summary>
    public const int MaxText = 200_000;

    private const int ExcerptLength = 200;

    // Below this the feed carries a teaser, and "1 minute" would be a lie about the article.
    private const int LeastTextToTime = 600;

    /// <summary>Shapes a feed's entries into what we would keep, in document order.</summary>
    /// <param name="feed">The feed as parsed.</param>
    /// <param name="feedUrl">Where it was retrieved from: stands in for missing addresses.</param>
    public static IReadOnlyList<PostDraft> Shape(Feed feed, Uri feedUrl)
    {
        var home = CanonicalUrl.Web(feed.HomePageUrl, feedUrl) ?? feedUrl;
        var identities = new EntryIdentities(feed.Entries, home);
        List<PostDraft> drafts = new(feed.Entries.Count);
        for (var i = 0; i < feed.Entries.Count; i++)
        {
            if (identities[i] is { } identity)
                drafts.Add(Shape(feed, feed.Entries[i], identity) with { Entry = feed.Entries[i] });
        }

        return drafts;
    }

    /// <summary>Shapes one entry, of which is known what it is known by.</summary>
    internal static PostDraft Shape(Feed feed, Entry entry, EntryIdentity identity)
    {
        var content = Content(entry);
        var text = HtmlText.Extract(content, MaxText);
        var excerpt = HtmlText.Excerpt(Excerptable(entry.Summary) ?? content, ExcerptLength);
        return new PostDraft(
            identity.Identity,
            identity.Url.AbsoluteUri,
            identity.CanonicalUrl,
            Title(entry, excerpt, identity.Url),
            excerpt,
            text,
            Picture(entry, content, identity.Url),
            // A recipe has taken the name or the language away: then the feed's does not stand in.
            entry.Authors is [{ Name: "" }] ? null : Names(entry.Authors) ?? Names(feed.Authors),
            entry.Language is "" ? null : entry.Language ?? feed.Language,
            entry.PublishedAt,
            entry.ModifiedAt,
            text.Length < LeastTextToTime ? null : HtmlText.ReadingMinutes(text),
            Tags(entry.Tags));
    }

    /// <summary>The most that an entry holds of its text, as HTML.</summary>
    internal static string Content(Entry entry) => entry.ContentHtml ?? entry.ContentText ?? entry.Summary ?? "";

    private static string? Excerptable(string? summary) => string.IsNullOrWhiteSpace(summary) ? null : summary;

    private static string Title(Entry entry, string excerpt, Uri url)
    {
        var title = entry.Title?.Trim() is { Length: > 0 } given ? given : excerpt.Length > 0 ? excerpt : url.Host + url.AbsolutePath;
        return title.Length <= MaxTitle ? title : HtmlText.Excerpt(title, MaxTitle);
    }

    /// <summary>The picture that stands for an entry: its own, one that comes with it, the first in its text.</summary>
    internal static string? Picture(Entry entry, string content, Uri url)
    {
        if (entry.ImageUrl is "")
            return null;
        if (CanonicalUrl.Web(entry.ImageUrl, url) is { } image)
            return image.AbsoluteUri;
        foreach (var attachment in entry.Attachments)
        {
            if (attachment.MimeType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true
                && CanonicalUrl.Web(attachment.Url, url) is { } picture)
            {
                return picture.AbsoluteUri;
            }
        }

        return CanonicalUrl.Web(HtmlText.FirstPicture(content, url), url)?.AbsoluteUri;
    }

    /// <summary>The names of authors, joined by a comma; null when there is none.</summary>
    internal static string? Names(IReadOnlyList<Author> authors)
    {
        var names = string.Join(", ", authors.Select(author => author.Name?.Trim()).Where(name => !string.IsNullOrEmpty(name)).Distinct());
        return names.Length == 0 ? null : names;
    }

    private static List<string> Tags(IReadOnlyList<string> tags)
    {
        List<string> kept = [];
        HashSet<string> slugs = [];
        foreach (var tag in tags)
        {
            // A line break would part the tag in two where tags are kept one a line.
            var shown = string.Join(' ', tag.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (TagName.Slug(shown) is { } slug && slugs.Add(slug))
                kept.Add(shown);
        }

        return kept;
    }
}
