using Kawaraban.Catalog;

namespace Kawaraban.Portal.Feeds;

/// <summary>Writes a listing as Atom 1.0 (RFC 4287).</summary>
internal static class AtomFeed
{
    /// <summary>The feed.</summary>
    public static Reply Write(PortalFeed feed)
    {
        var xml = new XmlOutput();
        xml.Raw("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\""u8).Text(feed.Visit.Words.Tag).Raw("\">\n"u8)
            .Element("id"u8, feed.Id)
            .Element("title"u8, feed.Title);
        Link(xml, "self"u8, "application/atom+xml"u8, feed.SelfUrl);
        Link(xml, "alternate"u8, "text/html"u8, feed.PageUrl);
        if (feed.Hub is { } hub)
            xml.Raw("<link rel=\"hub\" href=\""u8).Text(hub).Raw("\"/>\n"u8);
        xml.Moment("updated"u8, feed.UpdatedAt)
            .Raw("<generator>Kawaraban</generator>\n"u8);
        foreach (var post in feed.Posts)
            Entry(xml, feed, post);
        return new Reply("application/atom+xml; charset=utf-8", xml.Raw("</feed>\n"u8).Bytes);
    }

    private static void Entry(XmlOutput xml, PortalFeed feed, PostCard post)
    {
        xml.Raw("<entry"u8);
        if (post.Language is not null)
            xml.Raw(" xml:lang=\""u8).Text(post.Language).Raw("\""u8);
        xml.Raw(">\n"u8)
            .Element("id"u8, feed.IdOf(post))
            .Element("title"u8, post.Title);
        Link(xml, "alternate"u8, "text/html"u8, post.Url);
        if (post.PublishedAt is { } published)
            xml.Moment("published"u8, published);
        xml.Moment("updated"u8, PortalFeed.Changed(post))
            .Raw("<author><name>"u8).Text(post.Author ?? post.CompanyName).Raw("</name></author>\n"u8);
        foreach (var tag in post.Tags)
            xml.Raw("<category term=\""u8).Text(tag).Raw("\"/>\n"u8);
        xml.Element("summary"u8, post.Excerpt)
            .Raw("<source>\n"u8)
            .Element("id"u8, feed.CompanyId(post))
            .Element("title"u8, post.CompanyName);
        Link(xml, "alternate"u8, "text/html"u8, feed.CompanyUrl(post));
        Link(xml, "self"u8, "application/atom+xml"u8, feed.CompanyUrl(post, "/feed.atom"));
        xml.Raw("</source>\n</entry>\n"u8);
    }

    private static void Link(XmlOutput xml, ReadOnlySpan<byte> relation, ReadOnlySpan<byte> type, string url) =>
        xml.Raw("<link rel=\""u8).Raw(relation).Raw("\" type=\""u8).Raw(type).Raw("\" href=\""u8).Text(url).Raw("\"/>\n"u8);
}
