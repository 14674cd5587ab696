using System.Globalization;
using Kawaraban.Catalog;

namespace Kawaraban.Portal.Feeds;

/// <summary>A listing as a feed: what all three formats say.</summary>
internal sealed record PortalFeed(Visit Visit, Listing Listing, IReadOnlyList<PostCard> Posts)
{
    // RFC 4151: the name of the site and a year make identities that need no page to stand at them.
    private readonly string authority = $"tag:{Visit.Host},2026:";

    /// <summary>The name of the feed.</summary>
    public string Title { get; } = $"{Listing.Title} – {Visit.Options.Name}";

    /// <summary>The feed's identity, the same whatever the format and the language.</summary>
    public string Id => authority + (Visit.Query.Length == 0 ? Listing.PagePath : $"{Listing.PagePath}?q={Uri.EscapeDataString(Visit.Query)}");

    /// <summary>The page that shows the same.</summary>
    public string PageUrl => Visit.Absolute(Listing.PagePath, ("q", Visit.Query));

    /// <summary>The feed's own address.</summary>
    public string SelfUrl => Visit.Canonical;

    /// <summary>
    /// The hub that is told when the feed changes; null when none is. A search has feeds without number, and one in a language of its own is
    /// another address of the same: who wants to be told takes the plain one.
    /// </summary>
    public string? Hub => Listing.Section == Section.Search || Visit.IsLanguageGiven || Visit.Before.Length > 0 || Visit.Query.Length > 0
        ? null
        : Visit.Options.Hub?.AbsoluteUri;

    /// <summary>When something in it last changed; the beginning of time when it is empty, so that it does not change by itself.</summary>
    public DateTimeOffset UpdatedAt => Posts.Count == 0 ? DateTimeOffset.UnixEpoch : Posts.Max(Changed);

    /// <summary>A post's identity.</summary>
    public string IdOf(PostCard post) => string.Create(CultureInfo.InvariantCulture, $"{authority}/posts/{post.Id}");

    /// <summary>The identity of a company's own feed.</summary>
    public string CompanyId(PostCard post) => $"{authority}/companies/{Uri.EscapeDataString(post.CompanySlug)}";

    /// <summary>The address of a company's page or feed.</summary>
    public string CompanyUrl(PostCard post, string below = "") => Visit.Absolute($"/companies/{Uri.EscapeDataString(post.CompanySlug)}{below}");

    /// <summary>When a post last changed, as far as we know.</summary>
    public static DateTimeOffset Changed(PostCard post) => post.UpdatedAt is { } updated && updated > post.SortAt ? updated : post.SortAt;
}
