using Kawaraban.Catalog;

namespace Kawaraban.Portal;

/// <summary>A listing that exists: which posts, where it stands and what it is called.</summary>
/// <param name="Filter">Which posts.</param>
/// <param name="Path">Where it stands, encoded, without a slash at the end: <c>/companies/acme</c>; empty for the latest.</param>
/// <param name="Title">What it is called, without the site's name.</param>
/// <param name="Section">The entry of the navigation it belongs to.</param>
internal sealed record Listing(PostFilter Filter, string Path, string Title, Section Section)
{
    /// <summary>The company, when it is one company's.</summary>
    public CompanyCard? Company { get; init; }

    /// <summary>The tag, when it is one tag's.</summary>
    public TagCard? Tag { get; init; }

    /// <summary>Its page in the sense of links: the front page has a slash where others have none.</summary>
    public string PagePath => Path.Length == 0 ? "/" : Path;

    /// <summary>All posts.</summary>
    public static Listing Latest(Visit visit) => new(PostFilter.All, "", visit.Words.LatestPosts, Section.Latest);

    /// <summary>What a search finds.</summary>
    public static Listing Search(Visit visit) =>
        new(
            new PostFilter(Query: visit.Query),
            "/search",
            visit.Query.Length == 0 ? visit.Words.Search : visit.Words.ResultsFor(visit.Query),
            Section.Search);

    /// <summary>A company's posts.</summary>
    public static Listing Of(CompanyCard company) =>
        new(new PostFilter(CompanySlug: company.Slug), $"/companies/{Uri.EscapeDataString(company.Slug)}", company.Name, Section.Companies)
        {
            Company = company,
        };

    /// <summary>A tag's posts.</summary>
    public static Listing Of(TagCard tag) =>
        new(new PostFilter(Tag: tag.Slug), $"/tags/{Uri.EscapeDataString(tag.Slug)}", tag.Name, Section.Tags) { Tag = tag };
}
