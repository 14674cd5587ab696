using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>Media RSS (<see href="https://www.rssboard.org/media-rss"/>): pictures, sound and film of an entry.</summary>
internal static class MediaRss
{
    /// <summary>Reads a child of a feed.</summary>
    public static void ReadFeedChild(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        if (child.Name == Name.Thumbnail)
            feed.OtherIconUrl ??= Values.UrlAttribute(ref cursor, child, Name.Url);
    }

    /// <summary>Reads a child of an entry.</summary>
    public static void ReadEntryChild(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        switch (child.Name)
        {
            case Name.Group:
                cursor.LookThrough();
                break;
            case Name.Content:
                ReadMedia(ref cursor, child, entry);
                cursor.LookThrough();
                break;
            case Name.Thumbnail:
                entry.ImageUrl ??= Values.UrlAttribute(ref cursor, child, Name.Url) ?? cursor.ReadUrl(child);
                break;
            case Name.Title:
                if (entry.OtherTitle.IsEmpty)
                    entry.OtherTitle = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Description:
                if (entry.OtherSummary.IsEmpty && !entry.HasWords)
                    entry.OtherSummary = Words.Markup(HtmlContent.Read(ref cursor, child));
                break;
            case Name.Keywords:
                Podcasts.Keywords(entry, cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Category:
                entry.AddTag(Words.LineOfEither(cursor.Characters(cursor.ReadContent(child))).Text ?? Values.Attribute(ref cursor, child, Name.Label));
                break;
            case Name.Credit:
                entry.OtherAuthor ??= Values.Person(cursor.Characters(cursor.ReadContent(child)));
                break;
        }
    }

    private static void ReadMedia(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        if (Values.UrlAttribute(ref cursor, child, Name.Url) is not { } url)
            return;
        var type = Values.Attribute(ref cursor, child, Name.Type);
        var isPicture = Names.AreEqual(cursor.RawAttribute(child, Name.Medium), "image"u8)
            || type?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true;
        if (isPicture)
            entry.OtherImageUrl ??= url;
        var duration = Values.Duration(cursor.Attribute(child, Name.Duration));
        entry.AddAttachment(new Attachment(url, type, null, Atom.Size(ref cursor, child, Name.FileSize), duration > 0 ? duration : null));
    }
}
