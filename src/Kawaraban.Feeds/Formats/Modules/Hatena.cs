using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>Hatena's own elements: the picture of an entry (<see href="https://www.hatena.ne.jp/info/xmlns"/>).</summary>
internal static class Hatena
{
    /// <summary>Reads a child of an entry.</summary>
    public static void ReadEntryChild(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        if (child.Name == Name.ImageUrl)
            entry.OtherImageUrl ??= cursor.ReadUrl(child);
    }
}
