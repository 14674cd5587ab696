using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>Hands elements of an entry that are not of its format to the module they belong to.</summary>
internal static class EntryModules
{
    /// <summary>Reads a child, or leaves it to be passed over.</summary>
    public static void Read(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        var entry = feed.Entry;
        switch (child.Vocabulary)
        {
            case Vocabulary.Content:
                ContentModule.ReadEntryChild(ref cursor, child, entry);
                break;
            case Vocabulary.DublinCore or Vocabulary.DublinCoreTerms:
                DublinCore.ReadEntryChild(ref cursor, child, feed);
                break;
            case Vocabulary.Media:
                MediaRss.ReadEntryChild(ref cursor, child, entry);
                break;
            case Vocabulary.ITunes or Vocabulary.GooglePlay:
                Podcasts.ReadEntryChild(ref cursor, child, entry);
                break;
            case Vocabulary.XHtml when child.Name is Name.Body or Name.Div:
                ContentModule.ReadXHtml(ref cursor, child, entry);
                break;
            case Vocabulary.Hatena:
                Hatena.ReadEntryChild(ref cursor, child, entry);
                break;
            case Vocabulary.Note:
                Note.ReadEntryChild(ref cursor, child, entry);
                break;
            case Vocabulary.Slash or Vocabulary.Threading or Vocabulary.WellFormedWeb:
                Conversation.ReadEntryChild(ref cursor, child, entry);
                break;
            case Vocabulary.GeoRss:
                GeoRss.ReadEntryChild(ref cursor, child, entry);
                break;
            case Vocabulary.Podcast:
                Podcasts.ReadAddress(ref cursor, child, entry);
                break;
        }
    }
}
