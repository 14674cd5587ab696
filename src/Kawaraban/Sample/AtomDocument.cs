using System.Globalization;
using System.Text;
using static Kawaraban.Sample.BlogMarkup;

namespace Kawaraban.Sample;

/// <summary>Writes a sample blog as Atom 1.0 (RFC 4287) or as the draft that was called Atom 0.3.</summary>
internal static class AtomDocument
{
    private const string Instant = "yyyy-MM-ddTHH:mm:sszzz";

    /// <summary>Atom 1.0, contents as XHTML, addresses relative to <c>xml:base</c>.</summary>
    public static string Write(Blog blog, Uri site)
    {
        var xml = new StringBuilder(32 * 1024);
        xml.Append(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{blog.Language}" xml:base="{site}">
            <title>{Escape(blog.Title)}</title>
            <subtitle>{Escape(blog.About)}</subtitle>
            <id>{site}</id>
            <link rel="alternate" type="text/html" href="/"/>
            <link rel="self" type="application/atom+xml" href="{blog.FeedPath}"/>
            <updated>{Latest(blog).ToString(Instant, CultureInfo.InvariantCulture)}</updated>

            """);
        foreach (var post in blog.Posts)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<entry>\n<title>{Escape(post.Title)}</title>\n<id>{SampleSite.Tag(blog, post)}</id>\n")
                .Append(CultureInfo.InvariantCulture, $"<link rel=\"alternate\" type=\"text/html\" href=\"{SampleSite.PostPath(post)}\"/>\n<author><name>{Escape(post.Author)}</name></author>\n")
                .Append(CultureInfo.InvariantCulture, $"<published>{post.PublishedAt.ToString(Instant, CultureInfo.InvariantCulture)}</published>\n")
                .Append(CultureInfo.InvariantCulture, $"<updated>{post.UpdatedAt.ToString(Instant, CultureInfo.InvariantCulture)}</updated>\n");
            foreach (var tag in post.Tags)
                xml.Append(CultureInfo.InvariantCulture, $"<category term=\"{Escape(tag)}\"/>\n");
            xml.Append(CultureInfo.InvariantCulture, $"<summary>{Escape(FirstParagraph(post.Body))}</summary>\n")
                .Append("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\n");
            if (post.HasPicture)
                xml.Append(CultureInfo.InvariantCulture, $"<p><img src=\"pictures/{post.Slug}.svg\" width=\"640\" height=\"400\" alt=\"\"/></p>\n");
            xml.Append(ToHtml(post.Body)).Append("</div></content>\n</entry>\n");
        }

        return xml.Append("</feed>\n").ToString();
    }

    /// <summary>Atom 0.3: <c>tagline</c>, <c>modified</c>, <c>issued</c>, contents as escaped HTML.</summary>
    public static string WriteOld(Blog blog, Uri site)
    {
        var xml = new StringBuilder(32 * 1024);
        xml.Append(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="utf-8"?>
            <feed version="0.3" xmlns="http://purl.org/atom/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="{blog.Language}">
            <title>{Escape(blog.Title)}</title>
            <tagline>{Escape(blog.About)}</tagline>
            <link rel="alternate" type="text/html" href="{site}"/>
            <modified>{Latest(blog).ToString(Instant, CultureInfo.InvariantCulture)}</modified>

            """);
        foreach (var post in blog.Posts)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<entry>\n<title>{Escape(post.Title)}</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"{SampleSite.PostUrl(site, post)}\"/>\n")
                .Append(CultureInfo.InvariantCulture, $"<id>{SampleSite.Tag(blog, post)}</id>\n<author><name>{Escape(post.Author)}</name></author>\n")
                .Append(CultureInfo.InvariantCulture, $"<issued>{post.PublishedAt.ToString(Instant, CultureInfo.InvariantCulture)}</issued>\n")
                .Append(CultureInfo.InvariantCulture, $"<modified>{post.UpdatedAt.ToString(Instant, CultureInfo.InvariantCulture)}</modified>\n");
            foreach (var tag in post.Tags)
                xml.Append(CultureInfo.InvariantCulture, $"<dc:subject>{Escape(tag)}</dc:subject>\n");
            var picture = post.HasPicture ? $"<p><img src=\"{SampleSite.PictureUrl(site, post)}\" width=\"640\" height=\"400\" alt=\"\"></p>\n" : "";
            xml.Append(CultureInfo.InvariantCulture, $"<content type=\"text/html\" mode=\"escaped\">{Escape(picture + ToHtml(post.Body))}</content>\n</entry>\n");
        }

        return xml.Append("</feed>\n").ToString();
    }

    private static DateTimeOffset Latest(Blog blog) => blog.Posts.Max(post => post.UpdatedAt);
}
