using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>Dublin Core, elements and terms (<see href="https://www.dublincore.org/specifications/dublin-core/dcmi-terms/"/>).</summary>
internal static class DublinCore
{
    /// <summary>Reads a child of a feed.</summary>
    public static void ReadFeedChild(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        switch (child.Name)
        {
            case Name.Title:
                feed.OtherTitle = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Description or Name.Abstract:
                feed.OtherDescription = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Language:
                feed.OtherLanguage = Values.Language(cursor.ReadText(child)) ?? feed.OtherLanguage;
                break;
            case Name.Creator or Name.Author:
                feed.AddAuthor(Values.Person(cursor.Characters(cursor.ReadContent(child))));
                break;
            case Name.Publisher or Name.Contributor:
                feed.OtherAuthor ??= Values.Person(cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Date or Name.Modified:
                feed.OtherUpdatedAt = Values.ReadDate(ref cursor, child, feed.DefaultOffset) ?? feed.OtherUpdatedAt;
                break;
            case Name.Rights:
                feed.Rights ??= cursor.ReadText(child);
                break;
        }
    }

    /// <summary>Reads a child of an entry.</summary>
    public static void ReadEntryChild(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        var entry = feed.Entry;
        switch (child.Name)
        {
            case Name.Title:
                entry.OtherTitle = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Description or Name.Abstract:
                entry.OtherSummary = Words.Markup(HtmlContent.Read(ref cursor, child));
                break;
            case Name.Language:
                entry.Language = Values.Language(cursor.ReadText(child)) ?? entry.Language;
                break;
            case Name.Creator or Name.Author:
                entry.AddAuthor(Values.Person(cursor.Characters(cursor.ReadContent(child))));
                break;
            case Name.Publisher or Name.Contributor:
                entry.OtherAuthor ??= Values.Person(cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Date or Name.Issued or Name.Created:
                entry.OtherPublishedAt ??= Values.ReadDate(ref cursor, child, feed.DefaultOffset);
                break;
            case Name.Modified:
                entry.ModifiedAt ??= Values.ReadDate(ref cursor, child, feed.DefaultOffset);
                break;
            case Name.Subject:
                entry.AddTag(Words.LineOfEither(cursor.Characters(cursor.ReadContent(child))).Text);
                break;
        }
    }
}
