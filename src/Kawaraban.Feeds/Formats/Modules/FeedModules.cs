using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>Hands elements of a feed that are not of its format to the module they belong to.</summary>
internal static class FeedModules
{
    /// <summary>Reads a child, or leaves it to be passed over.</summary>
    public static void Read(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        switch (child.Vocabulary)
        {
            case Vocabulary.DublinCore or Vocabulary.DublinCoreTerms:
                DublinCore.ReadFeedChild(ref cursor, child, feed);
                break;
            case Vocabulary.Syndication:
                Syndication.ReadFeedChild(ref cursor, child, feed);
                break;
            case Vocabulary.ITunes or Vocabulary.GooglePlay:
                Podcasts.ReadFeedChild(ref cursor, child, feed);
                break;
            case Vocabulary.Media:
                MediaRss.ReadFeedChild(ref cursor, child, feed);
                break;
            case Vocabulary.CreativeCommons:
                CreativeCommons.ReadFeedChild(ref cursor, child, feed);
                break;
        }
    }
}
