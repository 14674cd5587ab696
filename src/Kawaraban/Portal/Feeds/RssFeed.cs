using System.Globalization;
using Kawaraban.Catalog;

namespace Kawaraban.Portal.Feeds;

/// <summary>Writes a listing as RSS 2.0 (<see href="https://www.rssboard.org/rss-specification"/>), with what its best practices add.</summary>
internal static class RssFeed
{
    private const string MinutesToLive = "15";

    /// <summary>The feed.</summary>
    public static Reply Write(PortalFeed feed)
    {
        var xml = new XmlOutput();
        xml.Raw("<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n"u8)
            .Element("title"u8, feed.Title)
            .Element("link"u8, feed.PageUrl)
            .Element("description"u8, feed.Visit.Words.Tagline)
            .Element("language"u8, feed.Visit.Words.Tag)
            .Raw("<atom:link rel=\"self\" type=\"application/rss+xml\" href=\""u8).Text(feed.SelfUrl).Raw("\"/>\n"u8);
        if (feed.Hub is { } hub)
            xml.Raw("<atom:link rel=\"hub\" href=\""u8).Text(hub).Raw("\"/>\n"u8);
        xml
            .Element("lastBuildDate"u8, Rfc822(feed.UpdatedAt))
            .Element("ttl"u8, MinutesToLive)
            .Raw("<generator>Kawaraban</generator>\n"u8);
        foreach (var post in feed.Posts)
            Item(xml, feed, post);
        return new Reply("application/rss+xml; charset=utf-8", xml.Raw("</channel>\n</rss>\n"u8).Bytes);
    }

    private static void Item(XmlOutput xml, PortalFeed feed, PostCard post)
    {
        xml.Raw("<item>\n"u8)
            .Element("title"u8, post.Title)
            .Element("link"u8, post.Url)
            .Raw("<guid isPermaLink=\"false\">"u8).Text(feed.IdOf(post)).Raw("</guid>\n"u8)
            .Raw("<description>"u8);

        // Readers take a description for HTML, so it is plain text written as HTML, and then as XML.
        xml.Text(AsHtml(post.Excerpt)).Raw("</description>\n"u8);
        if (post.PublishedAt is { } published)
            xml.Element("pubDate"u8, Rfc822(published));
        xml.Element("dc:creator"u8, post.Author ?? post.CompanyName);
        foreach (var tag in post.Tags)
            xml.Element("category"u8, tag);
        xml.Raw("<source url=\""u8).Text(feed.CompanyUrl(post, "/feed.rss")).Raw("\">"u8).Text(post.CompanyName).Raw("</source>\n</item>\n"u8);
    }

    private static string AsHtml(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Rfc822(DateTimeOffset moment) => moment.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
