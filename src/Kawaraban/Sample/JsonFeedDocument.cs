using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kawaraban.Sample;

/// <summary>Writes a sample blog as JSON Feed 1.0 or 1.1.</summary>
internal static class JsonFeedDocument
{
    /// <summary>The feed in UTF-8. 1.0 names one <c>author</c>, 1.1 a list of <c>authors</c> and the language.</summary>
    public static byte[] Write(Blog blog, Uri site, string version)
    {
        using var bytes = new MemoryStream(32 * 1024);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("version", $"https://jsonfeed.org/version/{version}");
            json.WriteString("title", blog.Title);
            json.WriteString("home_page_url", site.AbsoluteUri);
            json.WriteString("feed_url", new Uri(site, blog.FeedPath).AbsoluteUri);
            json.WriteString("description", blog.About);
            if (version != "1")
                json.WriteString("language", blog.Language);
            json.WriteStartArray("items");
            foreach (var post in blog.Posts)
                Item(json, blog, site, post, version);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Item(Utf8JsonWriter json, Blog blog, Uri site, BlogPost post, string version)
    {
        json.WriteStartObject();
        json.WriteString("id", SampleSite.Tag(blog, post));
        json.WriteString("url", SampleSite.PostUrl(site, post));
        json.WriteString("title", post.Title);
        json.WriteString("summary", BlogMarkup.FirstParagraph(post.Body));
        json.WriteString("content_html", BlogMarkup.ToHtml(post.Body));
        json.WriteString("date_published", post.PublishedAt.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        if (post.UpdatedAt > post.PublishedAt)
            json.WriteString("date_modified", post.UpdatedAt.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        if (post.HasPicture)
            json.WriteString(version == "1" ? "banner_image" : "image", SampleSite.PictureUrl(site, post));
        if (version == "1")
        {
            json.WriteStartObject("author");
            json.WriteString("name", post.Author);
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray("authors");
            json.WriteStartObject();
            json.WriteString("name", post.Author);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartArray("tags");
        foreach (var tag in post.Tags)
            json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
