using Kawaraban.Catalog;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Office;

/// <summary>The companies.</summary>
/// <param name="Companies">Those that are shown.</param>
/// <param name="Words">Only with this in their name.</param>
public sealed record CompaniesPage(OfficeVisit Visit, IReadOnlyList<CompanyEntry> Companies, string Words) : OfficePage(Visit, "Companies");

/// <summary>One company.</summary>
/// <param name="Company">How it is.</param>
/// <param name="Sources">Its sources.</param>
/// <param name="Name">As typed.</param>
/// <param name="Slug">As typed.</param>
/// <param name="Site">As typed.</param>
/// <param name="Into">The company that it is to become part of, as typed.</param>
public sealed record CompanyPage(OfficeVisit Visit, CompanyEntry Company, IReadOnlyList<SourceCard> Sources, string Name, string Slug, string Site, string Into)
    : OfficePage(Visit, Company.Name);

/// <summary>Naming companies, and making two one.</summary>
internal sealed class CompanyPages(Database database, SourceRegistry sources, AuditTrail audit)
{
    private const string Root = OfficeEndpoints.Root + "/companies";
    private const int Shown = 200;

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.ReadCatalog, List);
        routes.Show(Root + "/{id:long}", May.ReadCatalog, Show);
        routes.Change(Root + "/{id:long}", May.WriteCompanies, Change);
        routes.Change(Root + "/{id:long}/merge", May.WriteCompanies, Merge);
    }

    private async Task<Reply> List(OfficeVisit visit, CancellationToken cancellation)
    {
        var words = visit.Query("q");
        var page = new CompaniesPage(visit, await database.Read(session => CompanyDecisions.List(session, words, Shown), cancellation), words);
        return await OfficePress.Print(Slices.OfficeCompanies.Create(page), page, cancellation);
    }

    private async Task<Reply> Show(OfficeVisit visit, CancellationToken cancellation) =>
        await Find(visit, cancellation) is { } company
            ? await Print(await Page(visit, company, company.Name, company.Slug, company.SiteUrl ?? "", cancellation), cancellation)
            : await OfficeNotices.NotFound(visit, cancellation);

    private async Task<Reply> Change(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await Find(visit, cancellation) is not { } company)
            return await OfficeNotices.NotFound(visit, cancellation);
        var (name, text, siteText) = (visit.Field("name"), visit.Field("slug"), visit.Field("site"));
        Dictionary<string, string> wrong = [];
        if (name.Length is 0 or > CompanyDecisions.LongestName)
            wrong["name"] = $"has 1 to {CompanyDecisions.LongestName} characters";
        if (!Slug.TryParse(text, out var slug) || slug.Text != text)
            wrong["slug"] = slug.Text.Length > 0 ? $"is no slug; {slug.Text} would be one" : "is no slug: lower-case words, parted by hyphens";
        Uri? site = null;
        if (siteText.Length > 0 && !SourceUrl.TryParse(siteText, out site, out var siteProblem))
            wrong["site"] = siteProblem;
        IReadOnlyDictionary<string, string> problems = wrong.Count > 0
            ? wrong
            : await database.Write(
                async session =>
                {
                    var refused = await CompanyDecisions.Change(session, company, name, slug, site);
                    if (refused.Count == 0)
                        await audit.Add(session, visit.Actor, "companies.change", Target(company), $"{company.Name}, {company.Slug}, {company.SiteUrl} → {name}, {slug}, {site}");
                    return refused;
                },
                cancellation);
        if (problems.Count > 0)
            return await Print((await Page(visit, company, name, text, siteText, cancellation)) with { Problems = problems, Status = 422 }, cancellation);
        visit.Notice = slug.Text == company.Slug ? $"{name} is changed." : $"{name} is changed; /companies/{company.Slug} leads to /companies/{slug}.";
        return OfficePress.SeeOther(visit.Link($"{Root}/{company.Id}"));
    }

    private async Task<Reply> Merge(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await Find(visit, cancellation) is not { } company)
            return await OfficeNotices.NotFound(visit, cancellation);
        var which = visit.Field("into");
        var into = await database.Read(session => CompanyDecisions.Find(session, which), cancellation);
        if (into is null || into.Id == company.Id)
        {
            var page = await Page(visit, company, company.Name, company.Slug, company.SiteUrl ?? "", cancellation);
            var problem = into is null ? "is no company; give its name or slug" : "is this one";
            return await Print(page with { Into = which, Problems = new Dictionary<string, string> { ["into"] = problem }, Status = 422 }, cancellation);
        }

        await database.Write(
            async session =>
            {
                await CompanyDecisions.Merge(session, company, into, visit.Now);
                await audit.Add(session, visit.Actor, "companies.merge", Target(company), $"{company.Name} ({company.Slug}) is part of {into.Name} ({into.Slug}, company {into.Id})");
            },
            cancellation);
        visit.Notice = $"{company.Name} is part of {into.Name} now.";
        return OfficePress.SeeOther(visit.Link($"{Root}/{into.Id}"));
    }

    private Task<CompanyEntry?> Find(OfficeVisit visit, CancellationToken cancellation) =>
        database.Read(session => CompanyDecisions.Find(session, visit.Id("id")), cancellation);

    private async Task<CompanyPage> Page(OfficeVisit visit, CompanyEntry company, string name, string slug, string site, CancellationToken cancellation) =>
        new(visit, company, [.. (await sources.Find(company.Slug, cancellation)).Where(source => source.CompanySlug == company.Slug)], name, slug, site, "");

    private static string Target(CompanyEntry company) => $"company {company.Id}";

    private static Task<Reply> Print(CompanyPage page, CancellationToken cancellation) => OfficePress.Print(Slices.OfficeCompany.Create(page), page, cancellation);
}
