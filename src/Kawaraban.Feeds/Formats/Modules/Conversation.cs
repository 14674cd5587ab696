using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>What readers say to an entry, and what it answers: Slash (<see href="https://web.resource.org/rss/1.0/modules/slash/"/>), Atom
/// threading (RFC 4685) and the comment feeds of the Well-Formed Web.</summary>
internal static class Conversation
{
    /// <summary>Reads a child of an entry.</summary>
    public static void ReadEntryChild(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        switch (child.Name)
        {
            case Name.Comments when child.Vocabulary == Vocabulary.Slash:
            case Name.Total when child.Vocabulary == Vocabulary.Threading:
                entry.CommentCount = Values.ReadNumber(ref cursor, child) ?? entry.CommentCount;
                break;
            case Name.Department when child.Vocabulary == Vocabulary.Slash:
                entry.Department = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child))).Text ?? entry.Department;
                break;
            case Name.InReplyTo when child.Vocabulary == Vocabulary.Threading:
                // The reference is an identity, to be compared and not resolved (RFC 4685 §3).
                entry.InReplyTo ??= Values.Attribute(ref cursor, child, Name.Ref) ?? Values.UrlAttribute(ref cursor, child, Name.Href);
                break;
            case Name.CommentRss when child.Vocabulary == Vocabulary.WellFormedWeb:
                entry.CommentsFeedUrl = cursor.ReadUrl(child) ?? entry.CommentsFeedUrl;
                break;
        }
    }

    /// <summary>Reads a link to the answers: a page or a feed of them (RFC 4685 §4).</summary>
    public static void ReadReplies(ref ElementCursor cursor, scoped in Element link, EntryDraft entry, string url)
    {
        if (cursor.RawAttribute(link, Name.Type).IndexOf("xml"u8) >= 0 && cursor.RawAttribute(link, Name.Type).IndexOf("xhtml"u8) < 0)
            entry.CommentsFeedUrl ??= url;
        else
            entry.CommentsUrl ??= url;
        if (int.TryParse(cursor.Attribute(link, Name.Count), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count))
            entry.CommentCount ??= count;
    }
}
