using System.Text;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Sources;

namespace Kawaraban.Office;

/// <summary>A list of feeds, and what importing it would do.</summary>
/// <param name="Plan">What; null while there is no list.</param>
/// <param name="List">What would be added, as a list again: it is sent back to be acted on.</param>
public sealed record ImportPage(OfficeVisit Visit, ImportPlan? Plan, string List) : OfficePage(Visit, "Add a list of feeds");

/// <summary>Some of the feeds of a list.</summary>
public sealed record ImportRowsPart(string Name, IReadOnlyList<NewSource> Sources);

/// <summary>Lists of feeds: in, after a look at what that would do, and out.</summary>
internal sealed class ListPages(SourceRegistry sources, AuditTrail audit)
{
    private const string Root = OfficeEndpoints.Root + "/sources";

    // It comes back in a form as what was understood of it, which may not be larger than a form can be.
    private const int MostBytes = 1024 * 1024;

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root + "/import", May.WriteSources, (visit, cancellation) => Print(new ImportPage(visit, null, ""), cancellation));
        routes.Change(Root + "/import", May.WriteSources, Look);
        routes.Change(Root + "/import/whole", May.WriteSources, Import);
        routes.Show(Root + "/export.opml", May.ReadSources, Export);
    }

    private async Task<Reply> Look(OfficeVisit visit, CancellationToken cancellation)
    {
        var file = await visit.File("file", cancellation);
        var problem = file is null ? "is missing: choose one"
            : file.Length > MostBytes ? $"has {file.Length} bytes; {MostBytes} are what the office takes (kawaraban sources import takes larger ones)"
            : null;
        var page = new ImportPage(visit, null, "");
        if (file is null || problem is not null)
            return await Print(page with { Problems = new Dictionary<string, string> { ["file"] = problem! }, Status = 422 }, cancellation);
        var plan = await sources.Plan(Opml.Read(file), cancellation);
        return await Print(page with { Plan = plan, List = Write(plan), Status = plan.Problem is null ? 200 : 422 }, cancellation);
    }

    // What the browser sends back is read as what anybody sends.
    private async Task<Reply> Import(OfficeVisit visit, CancellationToken cancellation)
    {
        var list = Opml.Read(Encoding.UTF8.GetBytes(visit.Exact("list")));
        if (list.Problem is not null)
            return await Print(new ImportPage(visit, null, "") { Problem = $"Nothing was added: {list.Problem}.", Status = 422 }, cancellation);
        var report = await sources.ImportWhole(
            list,
            (session, report) => audit.Add(session, visit.Actor, "sources.import", "sources", $"{report.Added.Count} added, {report.Known} there already, {report.Skipped.Count} skipped"),
            cancellation);
        visit.Notice = $"{report.Added.Count} added, {report.Known} there already, {report.Skipped.Count} skipped.";
        return OfficePress.SeeOther(visit.Link(Root));
    }

    private async Task<Reply> Export(OfficeVisit visit, CancellationToken cancellation)
    {
        using var list = new MemoryStream();
        Opml.Write(list, visit.Options.Name, await sources.Export(cancellation));
        visit.Context.Response.Headers.ContentDisposition = "attachment; filename=\"sources.opml\"";
        return new Reply("text/x-opml; charset=utf-8", list.ToArray());
    }

    private static string Write(ImportPlan plan)
    {
        using var list = new MemoryStream();
        Opml.Write(list, "to be added", plan.Added.Select(source => new OpmlOutline(source.Title, source.Url.AbsoluteUri, source.SiteUrl)));
        return Encoding.UTF8.GetString(list.GetBuffer(), 0, (int)list.Length);
    }

    private static Task<Reply> Print(ImportPage page, CancellationToken cancellation) => OfficePress.Print(Slices.Import.Create(page), page, cancellation);
}
