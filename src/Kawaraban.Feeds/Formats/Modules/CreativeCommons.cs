using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>The licence of a feed, by its address, where it says nothing else about rights.</summary>
internal static class CreativeCommons
{
    /// <summary>Reads a child of a feed.</summary>
    public static void ReadFeedChild(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        if (!cursor.NameOf(child).EndsWith("license"u8))
            return;
        feed.Rights ??= Values.UrlAttribute(ref cursor, child, Name.Resource) ?? cursor.ReadUrl(child);
    }
}
