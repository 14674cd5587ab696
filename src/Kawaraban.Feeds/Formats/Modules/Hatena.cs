using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>Hatena's own elements: the picture of an entry and how many have bookmarked it (<see href="https://www.hatena.ne.jp/info/xmlns"/>).</summary>
internal static class Hatena
{
    /// <summary>Reads a child of an entry.</summary>
    public static void ReadEntryChild(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        switch (child.Name)
        {
            case Name.ImageUrl:
                entry.OtherImageUrl ??= cursor.ReadUrl(child);
                break;
            case Name.BookmarkCount:
                entry.BookmarkCount = Values.ReadNumber(ref cursor, child) ?? entry.BookmarkCount;
                break;
        }
    }
}
