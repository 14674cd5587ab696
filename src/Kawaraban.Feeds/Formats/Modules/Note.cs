using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>The elements of note (<see href="https://note.com"/>): who wrote an entry, and their picture.</summary>
internal static class Note
{
    /// <summary>Reads a child of an entry.</summary>
    public static void ReadEntryChild(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        switch (child.Name)
        {
            case Name.CreatorName:
                if (cursor.ReadText(child) is { } name)
                    entry.OtherAuthor = (entry.OtherAuthor ?? new Author(null)) with { Name = name };
                break;
            case Name.CreatorImage:
                if (cursor.ReadUrl(child) is { } picture)
                    entry.OtherAuthor = (entry.OtherAuthor ?? new Author(null)) with { AvatarUrl = picture };
                break;
        }
    }
}
