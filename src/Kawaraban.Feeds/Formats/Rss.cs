using Kawaraban.Feeds.Formats.Modules;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats;

/// <summary>RSS 0.90 to 2.0, with and without RDF (<see href="https://www.rssboard.org/rss-specification"/>,
/// <see href="https://web.resource.org/rss/1.0/spec"/>).</summary>
/// <remarks>RSS 1.0 has its items beside the channel, RSS 2.0 inside of it, and some feeds have neither root nor channel: an item is read
/// wherever it stands.</remarks>
internal static class Rss
{
    /// <summary>Reads a feed from its root element, or from the first of its elements when the root is missing.</summary>
    public static void Read(ref ElementCursor cursor, scoped in Element root, FeedDraft feed)
    {
        feed.Format = FormatOf(ref cursor, root);
        if (root.Name is not (Name.Rss or Name.RdfRoot))
        {
            ReadTop(ref cursor, root, feed);
            return;
        }

        feed.OtherLanguage = Values.Language(ref cursor, root);
        if (!cursor.Enter(root))
            return;
        while (cursor.NextChild(out var child))
            ReadTop(ref cursor, child, feed);
        cursor.Leave();
    }

    /// <summary>Reads what stands outside of the channel.</summary>
    public static void ReadTop(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        if (!child.Is(Vocabulary.Core, Name.Channel))
        {
            ReadChannelChild(ref cursor, child, feed);
            return;
        }

        feed.OtherLanguage = Values.Language(ref cursor, child) ?? feed.OtherLanguage;
        if (!cursor.Enter(child))
            return;
        while (cursor.NextChild(out var inner))
            ReadChannelChild(ref cursor, inner, feed);
        cursor.Leave();
    }

    private static FeedFormat FormatOf(ref ElementCursor cursor, scoped in Element root)
    {
        if (root.Name == Name.RdfRoot)
        {
            var attributes = cursor.AttributesOf(root);
            while (attributes.Read())
            {
                if (attributes.Value.IndexOf("rdf/simple/0.9"u8) >= 0)
                    return FeedFormat.Rss090;
            }

            return FeedFormat.Rss10;
        }

        var version = cursor.Attribute(root, Name.Version);
        if (version.IsEmpty && root.Name == Name.Rss)
            cursor.Repairs.Note(RepairKind.MissingVersion, root.Start);
        return version switch
        {
            "0.90" or "0.9" => FeedFormat.Rss090,
            "0.91" => FeedFormat.Rss091,
            "0.92" => FeedFormat.Rss092,
            "0.93" => FeedFormat.Rss093,
            "0.94" => FeedFormat.Rss094,
            "1.0" => FeedFormat.Rss10,
            _ => FeedFormat.Rss20,
        };
    }

    private static void ReadChannelChild(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        if (child.Vocabulary == Vocabulary.Atom)
        {
            ReadAtomOfChannel(ref cursor, child, feed);
            return;
        }

        if (child.Vocabulary != Vocabulary.Core)
        {
            FeedModules.Read(ref cursor, child, feed);
            return;
        }

        switch (child.Name)
        {
            case Name.Item or Name.Entry:
                ReadItem(ref cursor, child, feed);
                break;
            case Name.Title:
                feed.Title = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child))) is { IsEmpty: false } title ? title : feed.Title;
                break;
            case Name.Link:
                ReadChannelLink(ref cursor, child, feed);
                break;
            case Name.Description or Name.Tagline or Name.Subtitle:
                feed.Description = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child))) is { IsEmpty: false } text ? text : feed.Description;
                break;
            case Name.Language:
                feed.Language = Values.Language(cursor.ReadText(child)) ?? feed.Language;
                break;
            case Name.Copyright or Name.Rights:
                feed.Rights = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child))).Text;
                break;
            case Name.ManagingEditor or Name.Author:
                feed.AddAuthor(ReadPerson(ref cursor, child));
                break;
            case Name.WebMaster:
                feed.OtherAuthor ??= ReadPerson(ref cursor, child);
                break;
            case Name.LastBuildDate or Name.Updated or Name.Modified:
                feed.UpdatedAt = Values.ReadDate(ref cursor, child, feed.DefaultOffset) ?? feed.UpdatedAt;
                break;
            case Name.PubDate or Name.Published or Name.Date:
                feed.OtherUpdatedAt = Values.ReadDate(ref cursor, child, feed.DefaultOffset) ?? feed.OtherUpdatedAt;
                break;
            case Name.Generator:
                feed.Generator = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child))).Text;
                break;
            case Name.Image or Name.Icon or Name.Logo:
                feed.IconUrl = ReadImage(ref cursor, child) ?? feed.IconUrl;
                break;
            case Name.Ttl:
                if (Values.ReadNumber(ref cursor, child) is > 0 and <= 60 * 24 * 366 and var minutes)
                    feed.TimeToLive = TimeSpan.FromMinutes(minutes);
                break;
            case Name.SkipHours or Name.SkipDays or Name.Hour or Name.Day:
                ReadSkips(ref cursor, child, feed);
                break;
            case Name.Items or Name.Channel:
                // The table of contents of RSS 1.0 holds no items; the one of RSS 1.1 and of the confused holds them all.
                cursor.LookThrough();
                break;
        }
    }

    /// <summary>Atom in RSS: the address of the feed, its hubs, and what the feed has in Atom only.</summary>
    private static void ReadAtomOfChannel(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        switch (child.Name)
        {
            case Name.Link:
                var homePage = feed.HomePageUrl;
                Atom.ReadFeedLink(ref cursor, child, feed);
                // The channel's own link counts more.
                if (homePage is null && feed.HomePageUrl is { } alternate)
                    (feed.HomePageUrl, feed.OtherHomePageUrl) = (null, alternate);
                break;
            case Name.Title:
                feed.OtherTitle = AtomText.ReadLine(ref cursor, child);
                break;
            case Name.Subtitle:
                feed.OtherDescription = AtomText.ReadLine(ref cursor, child);
                break;
            case Name.Author:
                feed.OtherAuthor ??= Atom.ReadPerson(ref cursor, child);
                break;
            case Name.Updated:
                feed.OtherUpdatedAt ??= Values.ReadDate(ref cursor, child, feed.DefaultOffset);
                break;
            case Name.Icon:
                feed.FaviconUrl ??= cursor.ReadUrl(child);
                break;
            case Name.Logo:
                feed.OtherIconUrl ??= cursor.ReadUrl(child);
                break;
            case Name.Entry:
                Atom.ReadEntry(ref cursor, child, feed);
                break;
        }
    }

    private static void ReadChannelLink(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        if (cursor.RawAttribute(child, Name.Href).IsEmpty)
            feed.HomePageUrl = cursor.ReadUrl(child) ?? feed.HomePageUrl;
        else if (cursor.RawAttribute(child, Name.Rel).IsEmpty && cursor.RawAttribute(child, Name.Type).IsEmpty)
            feed.HomePageUrl = Values.UrlAttribute(ref cursor, child, Name.Href) ?? feed.HomePageUrl;
        else
            Atom.ReadFeedLink(ref cursor, child, feed);
    }

    private static void ReadSkips(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        switch (child.Name)
        {
            case Name.Hour:
                if (Values.ReadNumber(ref cursor, child) is >= 0 and <= 24 and var hour)
                    feed.SkipHour(hour);
                break;
            case Name.Day:
                var day = cursor.Characters(cursor.ReadContent(child));
                if (!day.IsEmpty && !char.IsAsciiDigit(day[0]) && Enum.TryParse<DayOfWeek>(day, ignoreCase: true, out var weekday))
                    feed.SkipDay(weekday);
                break;
            default:
                cursor.LookThrough();
                break;
        }
    }

    private static string? ReadImage(ref ElementCursor cursor, scoped in Element element)
    {
        var found = Values.UrlAttribute(ref cursor, element, Name.Href) ?? Values.UrlAttribute(ref cursor, element, Name.Resource)
            ?? Values.UrlAttribute(ref cursor, element, Name.Url);
        if (!cursor.Enter(element))
            return found;
        while (cursor.NextChild(out var child))
        {
            if (child.Name == Name.Url)
                found = cursor.ReadUrl(child) ?? found;
        }

        if (found is null && cursor.DirectText() is { IsEmpty: false } text && (ElementCursor.HasScheme(text) || text[0] == '/'))
            found = ElementCursor.Url(text, element.Base);
        cursor.Leave();
        return found;
    }

    /// <summary>A person by RSS's one line, or by Atom's elements.</summary>
    private static Author? ReadPerson(ref ElementCursor cursor, scoped in Element child) => Atom.ReadPerson(ref cursor, child);

    private static void ReadItem(ref ElementCursor cursor, scoped in Element element, FeedDraft feed)
    {
        if (feed.IsFull)
            return;
        var entry = feed.Entry;
        entry.IsSummaryContent = true;
        entry.Language = Values.Language(ref cursor, element);
        if (element.AttributesEnd - element.NameStart - element.NameLength > 6 && feed.Format is FeedFormat.Rss10 or FeedFormat.Rss090)
            entry.Id = Values.UrlAttribute(ref cursor, element, Name.About);
        if (cursor.Enter(element))
        {
            while (cursor.NextChild(out var child))
                ReadItemChild(ref cursor, child, feed);
            cursor.Leave();
        }

        feed.Keep(entry.Take(isEmptyKept: true));
    }

    private static void ReadItemChild(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        var entry = feed.Entry;
        if (child.Vocabulary == Vocabulary.Atom)
        {
            ReadAtomOfItem(ref cursor, child, feed);
            return;
        }

        if (child.Vocabulary != Vocabulary.Core)
        {
            EntryModules.Read(ref cursor, child, feed);
            return;
        }

        switch (child.Name)
        {
            case Name.Title:
                entry.Title = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child))) is { IsEmpty: false } title ? title : entry.Title;
                break;
            case Name.Link:
                if (cursor.RawAttribute(child, Name.Href).IsEmpty)
                    entry.Url = cursor.ReadUrl(child) ?? entry.Url;
                else
                    Atom.ReadEntryLink(ref cursor, child, entry);
                break;
            case Name.Description or Name.Summary:
                ReadDescription(ref cursor, child, entry);
                break;
            case Name.Guid or Name.Id:
                entry.IsIdPermaLink = child.Name == Name.Guid && !Names.AreEqual(cursor.RawAttribute(child, Name.IsPermaLink), "false"u8);
                entry.Id = Atom.Identity(ref cursor, child) ?? entry.Id;
                break;
            case Name.PubDate or Name.Published or Name.Issued:
                entry.PublishedAt ??= Values.ReadDate(ref cursor, child, feed.DefaultOffset);
                break;
            case Name.Date or Name.Created:
                entry.OtherPublishedAt ??= Values.ReadDate(ref cursor, child, feed.DefaultOffset);
                break;
            case Name.Updated or Name.Modified or Name.LastBuildDate or Name.LastMod:
                entry.ModifiedAt ??= Values.ReadDate(ref cursor, child, feed.DefaultOffset);
                break;
            case Name.Author or Name.Creator:
                entry.AddAuthor(ReadPerson(ref cursor, child));
                break;
            case Name.Category:
                ReadCategory(ref cursor, child, entry);
                break;
            case Name.Tags or Name.Keywords:
                Podcasts.Keywords(entry, cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Comments:
                entry.CommentsUrl = cursor.ReadUrl(child) ?? entry.CommentsUrl;
                break;
            case Name.Enclosure:
                ReadEnclosure(ref cursor, child, entry);
                break;
            case Name.Encoded or Name.FullItem or Name.Body or Name.Content:
                if (child.Name == Name.Content && !cursor.RawAttribute(child, Name.Type).IsEmpty)
                    Atom.ReadAtomContent(ref cursor, child, entry);
                else
                    ContentModule.Set(entry, HtmlContent.Read(ref cursor, child));
                break;
            case Name.Image or Name.Thumbnail:
                entry.OtherImageUrl = ReadImage(ref cursor, child) ?? entry.OtherImageUrl;
                break;
        }
    }

    /// <summary>Atom in an RSS item.</summary>
    private static void ReadAtomOfItem(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        var entry = feed.Entry;
        switch (child.Name)
        {
            case Name.Link:
                var url = entry.Url;
                Atom.ReadEntryLink(ref cursor, child, entry);
                if (url is null && entry.Url is { } alternate)
                    (entry.Url, entry.OtherUrl) = (null, alternate);
                break;
            case Name.Title:
                if (entry.OtherTitle.IsEmpty)
                    entry.OtherTitle = AtomText.ReadLine(ref cursor, child);
                break;
            case Name.Id:
                entry.Id ??= Atom.Identity(ref cursor, child);
                break;
            case Name.Updated or Name.Modified:
                entry.ModifiedAt ??= Values.ReadDate(ref cursor, child, feed.DefaultOffset);
                break;
            case Name.Published or Name.Issued:
                entry.OtherPublishedAt ??= Values.ReadDate(ref cursor, child, feed.DefaultOffset);
                break;
            case Name.Summary:
                if (entry.Summary.IsEmpty)
                    entry.Summary = AtomText.Read(ref cursor, child);
                break;
            case Name.Content:
                Atom.ReadAtomContent(ref cursor, child, entry);
                break;
            case Name.Author:
                entry.OtherAuthor ??= Atom.ReadPerson(ref cursor, child);
                break;
            case Name.Category:
                Atom.ReadCategory(ref cursor, child, entry);
                break;
        }
    }

    /// <summary>A lone description is the content; of a description and a summary, the later one is.</summary>
    private static void ReadDescription(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        if (HtmlContent.Read(ref cursor, child) is not { } html)
            return;
        if (entry.Summary.IsEmpty)
            entry.Summary = Words.Markup(html);
        else if (entry.Content.IsEmpty)
            entry.Content = Words.Markup(html);
    }

    private static void ReadCategory(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        var content = cursor.ReadContent(child);
        if (content.IsEmpty)
            Atom.ReadCategory(ref cursor, child, entry);
        else
            entry.AddTag(Words.LineOfEither(cursor.Characters(content)).Text);
    }

    private static void ReadEnclosure(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        var url = Values.UrlAttribute(ref cursor, child, Name.Url) ?? Values.UrlAttribute(ref cursor, child, Name.Href)
            ?? Values.UrlAttribute(ref cursor, child, Name.Resource) ?? cursor.ReadUrl(child);
        if (url is null)
            return;
        var type = Values.Attribute(ref cursor, child, Name.Type);
        if (type?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true)
            entry.OtherImageUrl ??= url;
        entry.AddAttachment(new Attachment(url, type, null, Atom.Size(ref cursor, child, Name.Length)));
    }
}
