using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>Apple's podcast module (<see href="https://podcasters.apple.com/support/823-podcast-requirements"/>) and Google's likeness of it.</summary>
internal static class Podcasts
{
    /// <summary>Reads a child of a feed.</summary>
    public static void ReadFeedChild(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        switch (child.Name)
        {
            case Name.Title:
                if (feed.OtherTitle.IsEmpty)
                    feed.OtherTitle = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Summary or Name.Subtitle or Name.Description:
                if (feed.OtherDescription.IsEmpty)
                    feed.OtherDescription = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Author:
                feed.OtherAuthor ??= Values.Person(cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Image or Name.Link:
                feed.OtherIconUrl = Picture(ref cursor, child) ?? feed.OtherIconUrl;
                break;
        }
    }

    /// <summary>Reads a child of an entry.</summary>
    public static void ReadEntryChild(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        switch (child.Name)
        {
            case Name.Title:
                if (entry.OtherTitle.IsEmpty)
                    entry.OtherTitle = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Summary or Name.Description or Name.Subtitle when entry.HasWords:
                // Episodes mostly say the same again here: what would not be taken is not decoded.
                break;
            case Name.Summary or Name.Description:
                entry.OtherSummary = Words.Markup(HtmlContent.Read(ref cursor, child)) is { IsEmpty: false } summary ? summary : entry.OtherSummary;
                break;
            case Name.Subtitle:
                if (entry.OtherSummary.IsEmpty)
                    entry.OtherSummary = Words.Markup(HtmlContent.Read(ref cursor, child));
                break;
            case Name.Author:
                entry.OtherAuthor = Values.Person(cursor.Characters(cursor.ReadContent(child))) ?? entry.OtherAuthor;
                break;
            case Name.Image or Name.Link:
                entry.OtherImageUrl = Picture(ref cursor, child) ?? entry.OtherImageUrl;
                break;
            case Name.Duration:
                entry.DurationInSeconds = Values.Duration(cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Keywords:
                Keywords(entry, cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Category:
                ReadCategory(ref cursor, child, entry);
                break;
        }
    }

    /// <summary>Reads a child of an entry that is of the podcast namespace (<see href="https://github.com/Podcastindex-org/podcast-namespace"/>):
    /// where the transcript and the chapters are.</summary>
    public static void ReadAddress(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        switch (child.Name)
        {
            case Name.Transcript:
                entry.TranscriptUrl ??= Values.UrlAttribute(ref cursor, child, Name.Url);
                break;
            case Name.Chapters:
                entry.ChaptersUrl ??= Values.UrlAttribute(ref cursor, child, Name.Url);
                break;
        }
    }

    /// <summary>Adds what a list with commas names.</summary>
    public static void Keywords(EntryDraft entry, ReadOnlySpan<char> list)
    {
        foreach (var range in list.Split(','))
            entry.AddTag(Words.LineOfEither(list[range].Trim()).Text);
    }

    // Categories nest: one in another is the finer one, and both are tags.
    private static void ReadCategory(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        entry.AddTag(Values.Attribute(ref cursor, child, Name.Text));
        cursor.LookThrough();
    }

    private static string? Picture(ref ElementCursor cursor, scoped in Element child)
    {
        if (child.Name == Name.Link && !Names.AreEqual(cursor.RawAttribute(child, Name.Rel), "image"u8))
            return null;
        if (Values.UrlAttribute(ref cursor, child, Name.Href) is { } href)
            return href;
        if (Values.UrlAttribute(ref cursor, child, Name.Url) is { } url)
            return url;
        return cursor.ReadUrl(child);
    }
}
