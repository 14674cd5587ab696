using Kawaraban.Catalog;
using Kawaraban.Portal.Feeds;
using Kawaraban.Recipes;

namespace Kawaraban.Portal;

/// <summary>The listings, each as a page and as three feeds: the latest, a company's, a tag's, and what a search finds.</summary>
internal sealed class ListingPages(PostListings listings, Margins margins)
{
    private const int PostsOnPage = 30;
    private const int PostsInFeed = 30;

    /// <summary>The front page.</summary>
    public Task<Reply> Latest(Visit visit, CancellationToken cancellation) => Show(visit, Listing.Latest(visit), cancellation);

    /// <summary>The search: what was found, or the form and what to try.</summary>
    public Task<Reply> Search(Visit visit, CancellationToken cancellation) => Show(visit, Listing.Search(visit), cancellation);

    /// <summary>A company's posts.</summary>
    public async Task<Reply> Company(Visit visit, CancellationToken cancellation) =>
        await listings.Company(visit.Part("slug"), cancellation) is { } company
            ? await Show(visit, Listing.Of(company), cancellation)
            : await Moved(visit, "/companies/", await listings.CompanyMovedTo(visit.Part("slug"), cancellation), cancellation);

    /// <summary>A tag's posts. Another spelling of the tag leads to the one that stands in addresses.</summary>
    public async Task<Reply> Tag(Visit visit, CancellationToken cancellation)
    {
        var slug = TagName.Slug(visit.Part("tag")) ?? "";
        if (await listings.Tag(slug, cancellation) is not { } tag)
            return await Moved(visit, "/tags/", await listings.TagMovedTo(slug, cancellation), cancellation);
        return slug == visit.Part("tag")
            ? await Show(visit, Listing.Of(tag), cancellation)
            : Reply.MovedTo(visit.Link(Listing.Of(tag).Path, ("before", visit.Before)));
    }

    /// <summary>The newest posts, as a feed.</summary>
    public Task<Reply> LatestFeed(Visit visit, CancellationToken cancellation) => Feed(visit, Listing.Latest(visit), cancellation);

    /// <summary>What a search finds, as a feed.</summary>
    public Task<Reply> SearchFeed(Visit visit, CancellationToken cancellation) => Feed(visit, Listing.Search(visit), cancellation);

    /// <summary>A company's posts, as a feed.</summary>
    public async Task<Reply> CompanyFeed(Visit visit, CancellationToken cancellation) =>
        await listings.Company(visit.Part("slug"), cancellation) is { } company
            ? await Feed(visit, Listing.Of(company), cancellation)
            : await Moved(visit, "/companies/", await listings.CompanyMovedTo(visit.Part("slug"), cancellation), cancellation);

    /// <summary>A tag's posts, as a feed.</summary>
    public async Task<Reply> TagFeed(Visit visit, CancellationToken cancellation) =>
        await listings.Tag(TagName.Slug(visit.Part("tag")) ?? "", cancellation) is { } tag
            ? await Feed(visit, Listing.Of(tag), cancellation)
            : await Moved(visit, "/tags/", await listings.TagMovedTo(TagName.Slug(visit.Part("tag")) ?? "", cancellation), cancellation);

    // Where a company or a tag went that was merged or has another address: the page to the page, a feed to the same feed.
    private static async Task<Reply> Moved(Visit visit, string under, string? slug, CancellationToken cancellation)
    {
        if (slug is null)
            return await Notices.NotFound(visit, cancellation);
        var end = visit.Here.LastIndexOf("/feed.", StringComparison.Ordinal) is >= 0 and var feed ? visit.Here[feed..] : "";
        return Reply.MovedTo(visit.Link(under + Uri.EscapeDataString(slug) + end));
    }

    private async Task<Reply> Show(Visit visit, Listing listing, CancellationToken cancellation)
    {
        PostCursor? before = null;
        if (visit.Before.Length > 0)
        {
            if (!PostCursor.TryParse(visit.Before, out var cursor))
                return await Notices.BadRequest(visit, cancellation);
            before = cursor;
        }

        var found = await listings.List(listing.Filter, before, PostsOnPage, cancellation);
        var page = new ListingPage(visit, listing.Section == Section.Latest ? null : listing.Title, found.Posts)
        {
            Section = listing.Section,
            Company = listing.Company,
            Tag = listing.Tag,
            Description = listing.Section == Section.Latest ? visit.Words.Tagline : Described(visit, listing),
            FeedsUnder = listing.Section == Section.Search && visit.Query.Length == 0 ? null : listing.Path,
            FeedTitle = $"{listing.Title} – {visit.Options.Name}",
            OlderLink = found.Next is { } next ? visit.Link(listing.PagePath, ("q", visit.Query), ("before", next.ToString())) : null,
            NewerLink = before is null ? null : await Newer(visit, listing, before.Value, cancellation),
            IsPrivate = listing.Section == Section.Search,
            Margin = await margins.Current(cancellation),
        };
        var reply = await Press.Print(
            listing.Section switch
            {
                Section.Latest => Slices.Front.Create(page),
                Section.Search => Slices.Search.Create(page),
                Section.Companies => Slices.Company.Create(page),
                _ => Slices.Tag.Create(page),
            },
            cancellation);
        return found.Posts.Count == 0 ? reply with { CacheControl = Reply.AskAgain } : reply;
    }

    private async Task<string> Newer(Visit visit, Listing listing, PostCursor cursor, CancellationToken cancellation) =>
        visit.Link(
            listing.PagePath,
            ("q", visit.Query),
            ("before", (await listings.PageBefore(listing.Filter, cursor, PostsOnPage, cancellation))?.ToString()));

    private static string Described(Visit visit, Listing listing) => listing switch
    {
        { Company: { } company } => visit.Words.PostsOf(company.Name),
        { Tag: { } tag } => visit.Words.PostsTagged(tag.Name),
        _ => listing.Title,
    };

    private async Task<Reply> Feed(Visit visit, Listing listing, CancellationToken cancellation)
    {
        var found = await listings.List(listing.Filter, null, PostsInFeed, cancellation);
        var feed = new PortalFeed(visit, listing, found.Posts);
        var reply = System.IO.Path.GetExtension(visit.Here) switch
        {
            ".atom" => AtomFeed.Write(feed),
            ".rss" => RssFeed.Write(feed),
            _ => JsonFeed.Write(feed),
        };
        return feed.Hub is { } hub ? reply with { Links = $"<{hub}>; rel=\"hub\", <{feed.SelfUrl}>; rel=\"self\"" } : reply;
    }
}
