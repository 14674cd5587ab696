using Kawaraban.Catalog;

namespace Kawaraban.Portal;

/// <summary>Who writes and about what: all companies, and the commonest tags.</summary>
internal sealed class DirectoryPages(PostListings listings)
{
    private const int TagsOnPage = 400;

    /// <summary>All companies that have posts.</summary>
    public async Task<Reply> Companies(Visit visit, CancellationToken cancellation)
    {
        var companies = await listings.Companies(cancellation);
        var reply = await Press.Print(
            Slices.Companies.Create(new CompaniesPage(visit, visit.Words.Companies, companies)
            {
                Section = Section.Companies,
                Description = visit.Words.AllCompanies,
            }),
            cancellation);
        return companies.Count == 0 ? reply with { CacheControl = Reply.AskAgain } : reply;
    }

    /// <summary>The tags.</summary>
    public async Task<Reply> Tags(Visit visit, CancellationToken cancellation)
    {
        var tags = await listings.Tags(TagsOnPage, cancellation);
        var reply = await Press.Print(
            Slices.Tags.Create(new TagsPage(visit, visit.Words.Tags, tags) { Section = Section.Tags, Description = visit.Words.AllTags }),
            cancellation);
        return tags.Count == 0 ? reply with { CacheControl = Reply.AskAgain } : reply;
    }
}
