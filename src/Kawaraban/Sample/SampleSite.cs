using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using static Kawaraban.Sample.BlogMarkup;

namespace Kawaraban.Sample;

/// <summary>One document of a sample site, ready to be sent.</summary>
/// <param name="ETag">A strong validator, in quotes (RFC 9110 §8.8.3).</param>
internal sealed record SampleDocument(byte[] Body, string ContentType, string ETag);

/// <summary>The whole site of one sample blog: front page, feed, a page and a picture for each post, robots.txt.</summary>
internal sealed class SampleSite
{
    private const string Style = """
        :root{color-scheme:light dark}body{font:1.0625rem/1.8 "Hiragino Sans","Noto Sans CJK JP",system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1.5rem}
        img{max-width:100%;height:auto;display:block;border-radius:.25rem}header,footer{color:GrayText}h1{line-height:1.35}li{margin:.4rem 0}
        """;

    private readonly Blog blog;
    private readonly Uri site;
    private readonly Dictionary<string, BlogPost> posts;
    private readonly Lazy<SampleDocument> feed;

    /// <summary>The site of a blog at an address of its own.</summary>
    public SampleSite(Blog blog, Uri site)
    {
        this.blog = blog;
        this.site = site;
        posts = blog.Posts.ToDictionary(post => post.Slug, StringComparer.Ordinal);
        feed = new Lazy<SampleDocument>(Feed);
        Announcement = new SampleBlog(blog.Company, site.AbsoluteUri, new Uri(site, blog.FeedPath).AbsoluteUri, blog.Title);
    }

    /// <summary>The blog as a person would add it.</summary>
    public SampleBlog Announcement { get; }

    /// <summary>The page of a post, relative to the site.</summary>
    public static string PostPath(BlogPost post) => $"/posts/{post.Slug}";

    /// <summary>The page of a post.</summary>
    public static string PostUrl(Uri site, BlogPost post) => new Uri(site, PostPath(post)).AbsoluteUri;

    /// <summary>The picture of a post.</summary>
    public static string PictureUrl(Uri site, BlogPost post) => new Uri(site, $"/pictures/{post.Slug}.svg").AbsoluteUri;

    /// <summary>The size of that picture, in bytes.</summary>
    public static int PictureLength(BlogPost post) => Encoding.UTF8.GetByteCount(WoodblockPicture.Print(post.Slug));

    /// <summary>An identity that outlives the port (RFC 4151).</summary>
    public static string Tag(Blog blog, BlogPost post) => $"tag:sample.kawaraban.invalid,2026:{blog.Key}/{post.Slug}";

    /// <summary>The document at a path; null when there is none.</summary>
    public SampleDocument? Find(string path)
    {
        if (path == blog.FeedPath)
            return feed.Value;
        if (path == "/")
            return Document(FrontPage(), "text/html; charset=utf-8");
        if (path == "/robots.txt")
            return Document("User-agent: *\nAllow: /\n", "text/plain; charset=utf-8");
        if (path.StartsWith("/posts/", StringComparison.Ordinal) && posts.TryGetValue(path[7..], out var post))
            return Document(PostPage(post), "text/html; charset=utf-8");
        if (path.StartsWith("/pictures/", StringComparison.Ordinal) && path.EndsWith(".svg", StringComparison.Ordinal) && posts.ContainsKey(path[10..^4]))
            return Document(WoodblockPicture.Print(path[10..^4]), "image/svg+xml");
        return null;
    }

    private SampleDocument Feed() => blog.Format switch
    {
        "rss-0.91" => Document(RssDocument.WriteOld(blog, site, "0.91"), "text/xml"),
        "rss-0.92" => Document(RssDocument.WriteOld(blog, site, "0.92"), "text/xml"),
        "rss-1.0" => Document(Encoded(RssDocument.WriteRdf(blog, site)), $"application/rdf+xml; charset={blog.Encoding}"),
        "rss-2.0" => Document(Encoded(RssDocument.Write(blog, site)), "application/rss+xml"),
        "rss-2.0-enclosures" => Document(RssDocument.Write(blog, site, hasEnclosures: true), "application/rss+xml; charset=utf-8"),
        "rss-2.0-large" => Document(RssDocument.Write(blog, site), "application/xml"),
        "rss-2.0-broken" => Document(RssDocument.WriteBroken(blog, site), "text/html"),
        "atom-0.3" => Document(AtomDocument.WriteOld(blog, site), "application/atom+xml"),
        "atom-1.0" => Document(AtomDocument.Write(blog, site), "application/atom+xml; charset=utf-8"),
        "json-feed-1.0" => Document(JsonFeedDocument.Write(blog, site, "1"), "application/json"),
        "json-feed-1.1" => Document(JsonFeedDocument.Write(blog, site, "1.1"), "application/feed+json"),
        _ => throw new FormatException($"the sample blog \"{blog.Title}\" asks for an unknown format: {blog.Format}"),
    };

    /// <summary>Fails loudly on a character that the old encoding does not have: the sample would show a question mark otherwise.</summary>
    private byte[] Encoded(string text)
    {
        if (blog.Encoding == "utf-8")
            return Encoding.UTF8.GetBytes(text);
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(blog.Encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? throw new FormatException($"the sample blog \"{blog.Title}\" asks for an unknown encoding: {blog.Encoding}");
        return encoding.GetBytes(text);
    }

    private string FrontPage()
    {
        var html = Begin(blog.Title).Append(CultureInfo.InvariantCulture, $"<header>{Escape(blog.Company)}</header>\n<main>\n<h1>{Escape(blog.Title)}</h1>\n<p>{Escape(blog.About)}</p>\n<ul>\n");
        foreach (var post in blog.Posts)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li><time datetime=\"{post.PublishedAt:yyyy-MM-dd}\">{post.PublishedAt:yyyy-MM-dd}</time> ")
                .Append(CultureInfo.InvariantCulture, $"<a href=\"{PostPath(post)}\">{Escape(post.Title)}</a></li>\n");
        }

        return html.Append("</ul>\n</main>\n</body>\n</html>\n").ToString();
    }

    private string PostPage(BlogPost post)
    {
        var html = Begin($"{post.Title} – {blog.Title}");
        html.Append(CultureInfo.InvariantCulture, $"<header><a href=\"/\">{Escape(blog.Title)}</a></header>\n<main>\n<article>\n<h1>{Escape(post.Title)}</h1>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>{Escape(post.Author)}, <time datetime=\"{post.PublishedAt:yyyy-MM-ddTHH:mm:sszzz}\">{post.PublishedAt:yyyy-MM-dd}</time></p>\n");
        if (post.HasPicture)
            html.Append(CultureInfo.InvariantCulture, $"<img src=\"/pictures/{post.Slug}.svg\" width=\"640\" height=\"400\" alt=\"\">\n");
        return html.Append(ToHtml(post.Body)).Append("</article>\n</main>\n</body>\n</html>\n").ToString();
    }

    private StringBuilder Begin(string title) => new StringBuilder(8 * 1024).Append(CultureInfo.InvariantCulture, $"""
        <!DOCTYPE html>
        <html lang="{blog.Language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>{Escape(title)}</title>
        <link rel="alternate" type="{FeedType()}" title="{Escape(blog.Title)}" href="{blog.FeedPath}">
        <style>{Style}</style>
        </head>
        <body>

        """);

    private string FeedType() => blog.Format switch
    {
        ['a', ..] => "application/atom+xml",
        ['j', ..] => "application/feed+json",
        _ => "application/rss+xml",
    };

    private static SampleDocument Document(string text, string contentType) => Document(Encoding.UTF8.GetBytes(text), contentType);

    private static SampleDocument Document(byte[] body, string contentType) =>
        new(body, contentType, $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}\"");
}
