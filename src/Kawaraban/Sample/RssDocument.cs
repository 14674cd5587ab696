using System.Globalization;
using System.Text;
using static Kawaraban.Sample.BlogMarkup;

namespace Kawaraban.Sample;

/// <summary>Writes a sample blog as RSS 0.91, 0.92, 1.0 or 2.0, each the way its time wrote it.</summary>
internal static class RssDocument
{
    /// <summary>RSS 0.91 and 0.92: text alone, no identifiers; dates as everyone added them.</summary>
    public static string WriteOld(Blog blog, Uri site, string version)
    {
        var xml = Begin(blog, $"<rss version=\"{version}\">");
        Channel(xml, blog, site);
        foreach (var post in blog.Posts)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<item>\n<title>{Escape(post.Title)}</title>\n<link>{SampleSite.PostUrl(site, post)}</link>\n")
                .Append(CultureInfo.InvariantCulture, $"<description>{Escape(FirstParagraph(post.Body))}</description>\n<pubDate>{Rfc822(post.PublishedAt)}</pubDate>\n");
            if (version == "0.92")
            {
                foreach (var tag in post.Tags)
                    xml.Append(CultureInfo.InvariantCulture, $"<category>{Escape(tag)}</category>\n");
                if (post.HasPicture)
                    xml.Append(CultureInfo.InvariantCulture, $"<enclosure url=\"{SampleSite.PictureUrl(site, post)}\" length=\"{SampleSite.PictureLength(post)}\" type=\"image/svg+xml\"/>\n");
            }

            xml.Append("</item>\n");
        }

        return xml.Append("</channel>\n</rss>\n").ToString();
    }

    /// <summary>RSS 1.0, which is RDF: items stand beside the channel, everything beyond the title comes from modules.</summary>
    public static string WriteRdf(Blog blog, Uri site)
    {
        var xml = Begin(blog, """
            <rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
             xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
             xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
            """);
        xml.Append(CultureInfo.InvariantCulture, $"<channel rdf:about=\"{new Uri(site, blog.FeedPath)}\">\n<title>{Escape(blog.Title)}</title>\n<link>{site}</link>\n")
            .Append(CultureInfo.InvariantCulture, $"<description>{Escape(blog.About)}</description>\n<dc:language>{blog.Language}</dc:language>\n")
            .Append("<sy:updatePeriod>daily</sy:updatePeriod>\n<sy:updateFrequency>4</sy:updateFrequency>\n<items><rdf:Seq>\n");
        foreach (var post in blog.Posts)
            xml.Append(CultureInfo.InvariantCulture, $"<rdf:li rdf:resource=\"{SampleSite.PostUrl(site, post)}\"/>\n");
        xml.Append("</rdf:Seq></items>\n</channel>\n");
        foreach (var post in blog.Posts)
        {
            var url = SampleSite.PostUrl(site, post);
            xml.Append(CultureInfo.InvariantCulture, $"<item rdf:about=\"{url}\">\n<title>{Escape(post.Title)}</title>\n<link>{url}</link>\n")
                .Append(CultureInfo.InvariantCulture, $"<description>{Escape(FirstParagraph(post.Body))}</description>\n<dc:creator>{Escape(post.Author)}</dc:creator>\n")
                .Append(CultureInfo.InvariantCulture, $"<dc:date>{post.PublishedAt:yyyy-MM-ddTHH:mm:sszzz}</dc:date>\n");
            foreach (var tag in post.Tags)
                xml.Append(CultureInfo.InvariantCulture, $"<dc:subject>{Escape(tag)}</dc:subject>\n");
            xml.Append(CultureInfo.InvariantCulture, $"<content:encoded><![CDATA[{Picture(post)}{ToHtml(post.Body)}]]></content:encoded>\n</item>\n");
        }

        return xml.Append("</rdf:RDF>\n").ToString();
    }

    /// <summary>RSS 2.0 with full text and the modules that blogs use.</summary>
    /// <param name="blog">The blog.</param>
    /// <param name="site">Where it stands.</param>
    /// <param name="hasEnclosures">Pictures as enclosures and not as Media RSS.</param>
    public static string Write(Blog blog, Uri site, bool hasEnclosures = false)
    {
        var xml = Begin(blog, """
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
             xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
            """);
        Channel(xml, blog, site);
        xml.Append(CultureInfo.InvariantCulture, $"<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{new Uri(site, blog.FeedPath)}\"/>\n<ttl>60</ttl>\n");
        foreach (var post in blog.Posts)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<item>\n<title>{Escape(post.Title)}</title>\n<link>{SampleSite.PostUrl(site, post)}</link>\n")
                .Append(CultureInfo.InvariantCulture, $"<guid isPermaLink=\"false\">{SampleSite.Tag(blog, post)}</guid>\n<dc:creator>{Escape(post.Author)}</dc:creator>\n")
                .Append(CultureInfo.InvariantCulture, $"<pubDate>{Rfc822(post.PublishedAt)}</pubDate>\n");
            foreach (var tag in post.Tags)
                xml.Append(CultureInfo.InvariantCulture, $"<category>{Escape(tag)}</category>\n");
            xml.Append(CultureInfo.InvariantCulture, $"<description>{Escape(FirstParagraph(post.Body))}</description>\n")
                .Append(CultureInfo.InvariantCulture, $"<content:encoded><![CDATA[{ToHtml(post.Body)}]]></content:encoded>\n");
            if (post.HasPicture && hasEnclosures)
                xml.Append(CultureInfo.InvariantCulture, $"<enclosure url=\"{SampleSite.PictureUrl(site, post)}\" length=\"{SampleSite.PictureLength(post)}\" type=\"image/svg+xml\"/>\n");
            else if (post.HasPicture)
                xml.Append(CultureInfo.InvariantCulture, $"<media:thumbnail url=\"{SampleSite.PictureUrl(site, post)}\" width=\"640\" height=\"400\"/>\n");
            xml.Append("</item>\n");
        }

        return xml.Append("</channel>\n</rss>\n").ToString();
    }

    /// <summary>
    /// RSS 2.0 as a program of twenty years ago wrote it with string concatenation: an empty line before the declaration, bare ampersands,
    /// entities XML does not know, attributes without quotes, tags that are never closed, and an end that is missing.
    /// </summary>
    public static string WriteBroken(Blog blog, Uri site)
    {
        var xml = new StringBuilder("\n").Append(Begin(blog, "<rss version=2.0>"));
        Channel(xml, blog, site);
        foreach (var post in blog.Posts)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<item>\n<title>{post.Title}</title>\n<link>{SampleSite.PostUrl(site, post)}?from=rss&list=new</link>\n")
                .Append(CultureInfo.InvariantCulture, $"<guid isPermaLink=false>{SampleSite.Tag(blog, post)}</guid>\n<author>{post.Author}</author>\n")
                .Append(CultureInfo.InvariantCulture, $"<pubDate>{Rfc822(post.PublishedAt)}\n");
            foreach (var tag in post.Tags)
                xml.Append(CultureInfo.InvariantCulture, $"<category>{tag}</category>\n");
            xml.Append(CultureInfo.InvariantCulture, $"<description>{Escape(Picture(post) + ToHtml(post.Body).Replace("</p>", "<br>", StringComparison.Ordinal))}&copy;&nbsp;{blog.Company}</description>\n</item>\n");
        }

        return xml.ToString();
    }

    private static StringBuilder Begin(Blog blog, string root) =>
        new StringBuilder(64 * 1024).Append(CultureInfo.InvariantCulture, $"<?xml version=\"1.0\" encoding=\"{blog.Encoding}\"?>\n").Append(root).Append('\n');

    private static void Channel(StringBuilder xml, Blog blog, Uri site) => xml
        .Append(CultureInfo.InvariantCulture, $"<channel>\n<title>{Escape(blog.Title)}</title>\n<link>{site}</link>\n<description>{Escape(blog.About)}</description>\n")
        .Append(CultureInfo.InvariantCulture, $"<language>{blog.Language}</language>\n");

    /// <summary>A relative address on purpose: whoever reads the feed has to resolve it.</summary>
    private static string Picture(BlogPost post) =>
        post.HasPicture ? $"<p><img src=\"/pictures/{post.Slug}.svg\" width=\"640\" height=\"400\" alt=\"\"></p>\n" : "";

    private static string Rfc822(DateTimeOffset time) =>
        time.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
