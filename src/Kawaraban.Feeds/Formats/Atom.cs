using System.Globalization;
using Kawaraban.Feeds.Formats.Modules;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats;

/// <summary>Atom 1.0 (RFC 4287) and Atom 0.3 (<see href="https://www.ietf.org/archive/id/draft-ietf-atompub-format-00.txt"/> and before).</summary>
internal static class Atom
{
    /// <summary>Reads a feed from its root element, which may be a lone entry (RFC 4287 §2).</summary>
    public static void Read(ref ElementCursor cursor, scoped in Element root, FeedDraft feed)
    {
        feed.Format = FormatOf(ref cursor, root);
        if (root.Name == Name.Entry)
        {
            ReadEntry(ref cursor, root, feed);
            return;
        }

        feed.OtherLanguage = Values.Language(ref cursor, root);
        if (!cursor.Enter(root))
            return;
        while (cursor.NextChild(out var child))
            ReadFeedChild(ref cursor, child, feed);
        cursor.Leave();
    }

    /// <summary>Reads an entry, wherever it stands.</summary>
    public static void ReadEntry(ref ElementCursor cursor, scoped in Element element, FeedDraft feed)
    {
        if (feed.IsFull)
            return;
        var entry = feed.Entry;
        entry.Language = Values.Language(ref cursor, element);
        if (cursor.Enter(element))
        {
            while (cursor.NextChild(out var child))
                ReadEntryChild(ref cursor, child, feed);
            cursor.Leave();
        }

        feed.Keep(entry.Take(isEmptyKept: true));
    }

    private static FeedFormat FormatOf(ref ElementCursor cursor, scoped in Element root)
    {
        var attributes = cursor.AttributesOf(root);
        var format = FeedFormat.Atom10;
        while (attributes.Read())
        {
            var name = attributes.Name;
            if (name.StartsWith("xmlns"u8))
            {
                if (attributes.Value.IndexOf("2005/Atom"u8) >= 0)
                    return FeedFormat.Atom10;
                if (Vocabularies.OfNamespace(attributes.Value) == Vocabulary.Atom)
                    format = FeedFormat.Atom03;
            }
            else if (Names.Find(name) == Name.Version && attributes.Value.StartsWith("0."u8))
            {
                format = FeedFormat.Atom03;
            }
        }

        return format;
    }

    private static void ReadFeedChild(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        if (child.Vocabulary is not (Vocabulary.Core or Vocabulary.Atom))
        {
            FeedModules.Read(ref cursor, child, feed);
            return;
        }

        switch (child.Name)
        {
            case Name.Entry:
                ReadEntry(ref cursor, child, feed);
                break;
            case Name.Title:
                feed.Title = AtomText.ReadLine(ref cursor, child);
                break;
            case Name.Subtitle or Name.Tagline:
                feed.Description = AtomText.ReadLine(ref cursor, child);
                break;
            case Name.Description or Name.Info:
                if (feed.OtherDescription.IsEmpty)
                    feed.OtherDescription = AtomText.ReadLine(ref cursor, child);
                break;
            case Name.Link:
                ReadFeedLink(ref cursor, child, feed);
                break;
            case Name.Author:
                feed.AddAuthor(ReadPerson(ref cursor, child));
                break;
            case Name.Contributor:
                feed.OtherAuthor ??= ReadPerson(ref cursor, child);
                break;
            case Name.Updated or Name.Modified:
                feed.UpdatedAt ??= Values.ReadDate(ref cursor, child, feed.DefaultOffset);
                break;
            case Name.Rights or Name.Copyright:
                feed.Rights = AtomText.ReadLine(ref cursor, child).Text;
                break;
            case Name.Generator:
                feed.Generator = cursor.ReadText(child);
                break;
            case Name.Icon:
                feed.FaviconUrl = cursor.ReadUrl(child);
                break;
            case Name.Logo:
                feed.IconUrl = cursor.ReadUrl(child);
                break;
            case Name.Language:
                feed.Language = Values.Language(cursor.ReadText(child));
                break;
            case Name.Channel:
                // Somebody put a feed into a feed.
                cursor.LookThrough();
                break;
        }
    }

    private static void ReadEntryChild(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        var entry = feed.Entry;
        if (child.Vocabulary is not (Vocabulary.Core or Vocabulary.Atom))
        {
            EntryModules.Read(ref cursor, child, feed);
            return;
        }

        switch (child.Name)
        {
            case Name.Title:
                if (entry.Title.IsEmpty)
                    entry.Title = AtomText.ReadLine(ref cursor, child);
                break;
            case Name.Link:
                ReadEntryLink(ref cursor, child, entry);
                break;
            case Name.Id:
                entry.Id = Identity(ref cursor, child);
                break;
            case Name.Guid:
                entry.Id ??= Identity(ref cursor, child);
                break;
            case Name.Updated or Name.Modified:
                entry.ModifiedAt = Values.ReadDate(ref cursor, child, feed.DefaultOffset) ?? entry.ModifiedAt;
                break;
            case Name.Published or Name.Issued:
                entry.PublishedAt = Values.ReadDate(ref cursor, child, feed.DefaultOffset) ?? entry.PublishedAt;
                break;
            case Name.Created or Name.PubDate:
                entry.OtherPublishedAt ??= Values.ReadDate(ref cursor, child, feed.DefaultOffset);
                break;
            case Name.Summary:
                var summary = AtomText.Read(ref cursor, child);
                if (!summary.IsEmpty)
                    entry.Summary = summary;
                break;
            case Name.Description:
                entry.OtherSummary = AtomText.Read(ref cursor, child);
                break;
            case Name.Content:
                ReadAtomContent(ref cursor, child, entry);
                break;
            case Name.Author:
                entry.AddAuthor(ReadPerson(ref cursor, child));
                break;
            case Name.Contributor:
                entry.OtherAuthor ??= ReadPerson(ref cursor, child);
                break;
            case Name.Category:
                ReadCategory(ref cursor, child, entry);
                break;
        }
    }

    /// <summary>An identity; one that begins with a slash is an address without its host.</summary>
    public static string? Identity(ref ElementCursor cursor, scoped in Element child)
    {
        var content = cursor.ReadContent(child);
        var text = cursor.Characters(content);
        return text is ['/', ..] ? ElementCursor.Url(text, content.Base ?? child.Base) : text.IsEmpty ? null : new string(text);
    }

    /// <summary>Reads a content (RFC 4287 §4.1.3), also where RSS borrows it.</summary>
    public static void ReadAtomContent(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        if (Values.UrlAttribute(ref cursor, child, Name.Src) is { } source)
            entry.OtherUrl ??= source;
        var type = cursor.Attribute(child, Name.Type);
        if (type.StartsWith("image/") || type.StartsWith("audio/") || type.StartsWith("video/"))
            return;
        var content = AtomText.Read(ref cursor, child);
        if (!content.IsEmpty && entry.Content.IsEmpty)
            entry.Content = content;
    }

    /// <summary>Reads a person construct (RFC 4287 §3.2).</summary>
    public static Author? ReadPerson(ref ElementCursor cursor, scoped in Element element)
    {
        string? name = null, url = null, mail = null, picture = null;
        if (!cursor.Enter(element))
            return null;
        while (cursor.NextChild(out var child))
        {
            switch (child.Name)
            {
                case Name.NameOf:
                    name = AtomText.ReadLine(ref cursor, child).Text ?? name;
                    break;
                case Name.Uri or Name.Url or Name.Homepage:
                    url = cursor.ReadUrl(child) ?? url;
                    break;
                case Name.Email:
                    mail = cursor.ReadText(child) ?? mail;
                    break;
                case Name.Image:
                    picture = Values.UrlAttribute(ref cursor, child, Name.Src) ?? picture;
                    break;
            }
        }

        if (name is null && url is null && mail is null && cursor.DirectText() is { IsEmpty: false } text)
        {
            var person = Values.Person(text);
            cursor.Leave();
            return person;
        }

        cursor.Leave();
        if (mail is not null && (mail.Contains(' ', StringComparison.Ordinal) || mail.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)))
            mail = Values.Person(mail)?.Email ?? mail;
        return name is null && url is null && mail is null ? null : new Author(name, url, picture, mail);
    }

    /// <summary>Reads a category: its term, or the label where the term is an address or missing.</summary>
    public static void ReadCategory(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        var term = Values.Attribute(ref cursor, child, Name.Term);
        if (term is null || ElementCursor.HasScheme(term))
        {
            // Blogger's "kind" is about software.
            if (term?.Contains("schemas.google.com", StringComparison.Ordinal) == true)
                return;
            term = Values.Attribute(ref cursor, child, Name.Label) ?? term ?? Words.LineOfEither(cursor.Characters(cursor.ReadContent(child))).Text;
        }

        entry.AddTag(term);
    }

    /// <summary>Reads a link of a feed (RFC 4287 §4.2.7), also where RSS borrows it.</summary>
    public static void ReadFeedLink(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        var url = Values.UrlAttribute(ref cursor, child, Name.Href);
        switch (Relation(ref cursor, child))
        {
            case "alternate":
                if (url is null)
                    feed.OtherHomePageUrl ??= cursor.ReadUrl(child);
                else if (IsPage(ref cursor, child))
                    feed.HomePageUrl ??= url;
                else
                    feed.OtherHomePageUrl ??= url;
                break;
            case "self":
                feed.FeedUrl ??= url;
                break;
            case "hub":
                feed.AddHub(url);
                break;
        }
    }

    /// <summary>Reads a link of an entry (RFC 4287 §4.2.7), also where RSS borrows it.</summary>
    public static void ReadEntryLink(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        var url = Values.UrlAttribute(ref cursor, child, Name.Href);
        var relation = Relation(ref cursor, child);
        if (url is null)
        {
            if (relation == "alternate")
                entry.OtherUrl ??= cursor.ReadUrl(child);
            return;
        }

        switch (relation)
        {
            case "alternate":
                if (IsPage(ref cursor, child))
                    entry.Url ??= url;
                else
                    entry.OtherUrl ??= url;
                break;
            case "enclosure":
                var type = Values.Attribute(ref cursor, child, Name.Type);
                if (type?.StartsWith("image/", StringComparison.Ordinal) == true)
                    entry.OtherImageUrl ??= url;
                entry.AddAttachment(new Attachment(url, type, Values.Attribute(ref cursor, child, Name.Title), Size(ref cursor, child, Name.Length)));
                break;
            case "related":
                entry.ExternalUrl ??= url;
                break;
            case "image":
                entry.OtherImageUrl ??= url;
                break;
            case "replies":
                Conversation.ReadReplies(ref cursor, child, entry, url);
                break;
        }
    }

    /// <summary>A size in bytes from an attribute; null when it is none.</summary>
    public static long? Size(ref ElementCursor cursor, scoped in Element element, Name name)
    {
        var text = cursor.Attribute(element, name);
        return long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var size) && size >= 0 ? size : null;
    }

    private static bool IsPage(ref ElementCursor cursor, scoped in Element link)
    {
        // Relations are compared exactly (RFC 4287 §4.2.7.2): one in capitals gives way to one that is not.
        var relation = cursor.RawAttribute(link, Name.Rel).Trim(" \n\r\t"u8);
        if (!relation.IsEmpty && !relation.EndsWith("alternate"u8))
            return false;
        var type = cursor.RawAttribute(link, Name.Type);
        return type.IsEmpty || type.StartsWith("text/html"u8) || type.StartsWith("application/xhtml"u8) || type.SequenceEqual("html"u8);
    }

    private static string Relation(ref ElementCursor cursor, scoped in Element link)
    {
        var relation = cursor.RawAttribute(link, Name.Rel).Trim(" \n\r\t"u8);
        if (relation.StartsWith("http://www.iana.org/assignments/relation/"u8))
            relation = relation[41..];
        if (relation.IsEmpty || Names.AreEqual(relation, "alternate"u8))
            return "alternate";
        if (Names.AreEqual(relation, "self"u8))
            return "self";
        if (Names.AreEqual(relation, "hub"u8))
            return "hub";
        if (Names.AreEqual(relation, "enclosure"u8))
            return "enclosure";
        if (Names.AreEqual(relation, "related"u8))
            return "related";
        if (Names.AreEqual(relation, "replies"u8))
            return "replies";
        return Names.AreEqual(relation, "image"u8) ? "image" : "";
    }
}
