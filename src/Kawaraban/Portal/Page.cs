using Kawaraban.Catalog;

namespace Kawaraban.Portal;

/// <summary>What every page has: its frame is drawn from this.</summary>
/// <param name="Visit">Who reads it.</param>
/// <param name="Title">Its name, without the site's; null on the front page.</param>
public record Page(Visit Visit, string? Title)
{
    /// <summary>What it is about, for search engines and previews.</summary>
    public string? Description { get; init; }

    /// <summary>The path of the listing it shows, without a slash at the end, which its feeds stand under; null when it shows none.</summary>
    public string? FeedsUnder { get; init; }

    /// <summary>The name of those feeds.</summary>
    public string? FeedTitle { get; init; }

    /// <summary>The page with newer posts.</summary>
    public string? NewerLink { get; init; }

    /// <summary>The page with older posts.</summary>
    public string? OlderLink { get; init; }

    /// <summary>Whether search engines are asked to leave it out.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>A picture for previews.</summary>
    public string? PictureUrl { get; init; }

    /// <summary>Open Graph's type.</summary>
    public string Kind { get; init; } = "website";

    /// <summary>The entry of the navigation it belongs to.</summary>
    public Section Section { get; init; }

    /// <summary>JSON-LD about it, escaped for a script element.</summary>
    public string? StructuredData { get; init; }

    /// <summary>Shorthand.</summary>
    public Words Words => Visit.Words;

    /// <summary>The address of one of its feeds, absolute.</summary>
    /// <param name="name"><c>feed.atom</c>, <c>feed.rss</c> or <c>feed.json</c>.</param>
    public string FeedLink(string name) => Visit.Absolute($"{FeedsUnder}/{name}", ("q", Visit.Query));
}

/// <summary>The entries of the navigation.</summary>
public enum Section
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>The newest posts.</summary>
    Latest,

    /// <summary>Companies and their posts.</summary>
    Companies,

    /// <summary>Tags and their posts.</summary>
    Tags,

    /// <summary>The search.</summary>
    Search,
}

/// <summary>A page of posts.</summary>
public record ListingPage(Visit Visit, string? Title, IReadOnlyList<PostCard> Posts) : Page(Visit, Title)
{
    /// <summary>Whose posts, when they are one company's.</summary>
    public CompanyCard? Company { get; init; }

    /// <summary>Which tag's posts, when they are one's.</summary>
    public TagCard? Tag { get; init; }

    /// <summary>What stands beside the posts.</summary>
    public Margin Margin { get; init; } = Margin.Empty;

    /// <summary>Whether it begins with the newest.</summary>
    public bool IsFirst => Visit.Before.Length == 0;
}

/// <summary>The page of all companies, or one page of them.</summary>
public sealed record CompaniesPage(Visit Visit, string Title, IReadOnlyList<CompanyCard> Companies, int Count) : Page(Visit, Title);

/// <summary>The page of the tags.</summary>
public sealed record TagsPage(Visit Visit, string Title, IReadOnlyList<TagCard> Tags) : Page(Visit, Title);

/// <summary>The page about a post.</summary>
/// <param name="AlsoAt">Where else the article stands.</param>
public sealed record AboutPost(Visit Visit, PostCard Post, IReadOnlyList<OtherPlace> AlsoAt, IReadOnlyList<PostCard> Related) : Page(Visit, Post.Title);

/// <summary>A page that says that something is not there, or went wrong.</summary>
public sealed record NoticePage(Visit Visit, string Title, string Text, int Status) : Page(Visit, Title);

/// <summary>A post in a listing.</summary>
/// <param name="Look">How it is set: <c>lead</c>, <c>tall</c> or <c>row</c>.</param>
public sealed record CardModel(Visit Visit, PostCard Post, string Look)
{
    /// <summary>Whether the page names the company already: the card then names the author instead.</summary>
    public bool IsOfOneCompany { get; init; }
}
