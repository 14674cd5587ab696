using System.Buffers;
using Kawaraban.Catalog;
using Kawaraban.Feeds;
using Kawaraban.Feeds.Formats;

namespace Kawaraban.Portal.Feeds;

/// <summary>Writes a listing as JSON Feed 1.1.</summary>
internal static class JsonFeed
{
    // Excerpts are plain text, and who wrote the program is nobody's business here.
    private static readonly JsonFeedWriterOptions Options = new() { IsSanitised = false, HasExtension = false };

    /// <summary>The feed.</summary>
    public static Reply Write(PortalFeed feed)
    {
        var output = new ArrayBufferWriter<byte>(32 * 1024);
        JsonFeedWriter.Write(output, ToFeed(feed), Options);
        return new Reply("application/feed+json; charset=utf-8", output.WrittenMemory);
    }

    private static Feed ToFeed(PortalFeed feed) => new()
    {
        Format = FeedFormat.JsonFeed11,
        Encoding = "utf-8",
        Title = feed.Title,
        Description = feed.Visit.Words.Tagline,
        HomePageUrl = feed.PageUrl,
        FeedUrl = feed.SelfUrl,
        Hubs = feed.Hub is { } hub ? [hub] : [],
        Language = feed.Visit.Words.Tag,
        Entries = [.. feed.Posts.Select(post => ToEntry(feed, post))],
    };

    private static Entry ToEntry(PortalFeed feed, PostCard post) => new()
    {
        Id = feed.IdOf(post),
        Url = post.Url,
        Title = post.Title,
        ContentText = post.Excerpt.Length > 0 ? post.Excerpt : post.Title,
        ImageUrl = post.PictureUrl,
        PublishedAt = post.PublishedAt,
        ModifiedAt = post.UpdatedAt,
        Authors = post.Author is null
            ? [new Author(post.CompanyName, feed.CompanyUrl(post))]
            : [new Author(post.Author), new Author(post.CompanyName, feed.CompanyUrl(post))],
        Tags = post.Tags,
        Language = post.Language,
    };
}
