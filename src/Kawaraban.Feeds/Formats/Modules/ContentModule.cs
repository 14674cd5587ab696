using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>The whole content of an RSS item: <c>content:encoded</c>
/// (<see href="https://web.resource.org/rss/1.0/modules/content/"/>) and what was used before it.</summary>
internal static class ContentModule
{
    /// <summary>Reads <c>content:encoded</c>, or the value inside <c>content:items</c>.</summary>
    public static void ReadEntryChild(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        switch (child.Name)
        {
            case Name.Encoded or Name.Content or Name.Value or Name.Body:
                Set(entry, HtmlContent.Read(ref cursor, child));
                break;
            case Name.Items or Name.Item:
                cursor.LookThrough();
                break;
        }
    }

    /// <summary>Reads a body or div of XHTML that stands in an item.</summary>
    public static void ReadXHtml(ref ElementCursor cursor, scoped in Element child, EntryDraft entry) =>
        Set(entry, HtmlContent.From(ref cursor, cursor.ReadContent(child, isMarkup: true)));

    /// <summary>Takes some HTML as content, unless there is more already.</summary>
    public static void Set(EntryDraft entry, string? html)
    {
        if (html is not null && (entry.Content.Html is not { } other || other.Length < html.Length))
            entry.Content = Words.Markup(html);
    }
}
