using Kawaraban.Catalog;

namespace Kawaraban.Portal;

/// <summary>Who writes and about what: all companies, and the commonest tags.</summary>
internal sealed class DirectoryPages(PostListings listings)
{
    private const int CompaniesOnPage = 240;
    private const int TagsOnPage = 400;

    /// <summary>All companies that have posts, those who wrote last first. A page begins after the company whose slug is
    /// <c>?before=</c>.</summary>
    public async Task<Reply> Companies(Visit visit, CancellationToken cancellation)
    {
        var companies = await listings.Companies(cancellation);
        var start = visit.Before.Length == 0 ? 0 : companies.TakeWhile(company => company.Slug != visit.Before).Count() + 1;
        if (start > companies.Count)
            return await Notices.BadRequest(visit, cancellation);
        var shown = companies.Skip(start).Take(CompaniesOnPage).ToList();
        var reply = await Press.Print(
            Slices.Companies.Create(new CompaniesPage(visit, visit.Words.Companies, shown, companies.Count)
            {
                Section = Section.Companies,
                Description = visit.Words.AllCompanies,
                OlderLink = start + shown.Count < companies.Count ? visit.Link("/companies", ("before", shown[^1].Slug)) : null,
                NewerLink = start == 0 ? null
                    : visit.Link("/companies", ("before", start > CompaniesOnPage ? companies[start - CompaniesOnPage - 1].Slug : null)),
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
