using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Kawaraban.Catalog;

namespace Kawaraban.Portal;

/// <summary>The page about a post: how it begins, where it stands, and what is near it.</summary>
internal sealed class PostPages(PostListings listings)
{
    private const int RelatedCount = 6;

    // For a script element: the angle brackets stay escaped, Japanese does not have to be.
    private static readonly JsonWriterOptions InScript = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The page.</summary>
    public async Task<Reply> Post(Visit visit, CancellationToken cancellation)
    {
        if (!long.TryParse(visit.Part("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await listings.Find(id, cancellation) is not { } post)
            return await Notices.NotFound(visit, cancellation);
        // The one that stands for it has the page. For good, as long as nobody puts them apart: others keep this no longer than a page.
        if (post.TwinOf is not null)
            return Reply.MovedTo(visit.PostLink(post));
        var places = await listings.AlsoAt(id, cancellation);
        var related = await listings.Related(id, RelatedCount, cancellation);
        return await Press.Print(
            Slices.Post.Create(new AboutPost(visit, post, places, related)
            {
                Description = post.Excerpt,
                PictureUrl = post.PictureUrl,
                Kind = "article",
                StructuredData = StructuredData(post),
            }),
            cancellation);
    }

    // https://schema.org/BlogPosting: about the publisher's page, not about ours.
    private static string StructuredData(PostCard post)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, InScript))
        {
            json.WriteStartObject();
            json.WriteString("@context"u8, "https://schema.org"u8);
            json.WriteString("@type"u8, "BlogPosting"u8);
            json.WriteString("headline"u8, post.Title);
            json.WriteString("url"u8, post.Url);
            if (post.Excerpt.Length > 0)
                json.WriteString("abstract"u8, post.Excerpt);
            if (post.PictureUrl is not null)
                json.WriteString("image"u8, post.PictureUrl);
            if (post.PublishedAt is { } published)
                json.WriteString("datePublished"u8, published);
            if (post.UpdatedAt is { } updated)
                json.WriteString("dateModified"u8, updated);
            if (post.Language is not null)
                json.WriteString("inLanguage"u8, post.Language);
            if (post.Tags.Count > 0)
                json.WriteString("keywords"u8, string.Join(", ", post.Tags));
            json.WriteStartObject("publisher"u8);
            json.WriteString("@type"u8, "Organization"u8);
            json.WriteString("name"u8, post.CompanyName);
            json.WriteEndObject();
            if (post.Author is not null)
            {
                json.WriteStartObject("author"u8);
                json.WriteString("@type"u8, "Person"u8);
                json.WriteString("name"u8, post.Author);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }
}
