using Kawaraban.Crawling;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Recipes;
using Kawaraban.Storage;

namespace Kawaraban.Office;

/// <summary>Work that takes long.</summary>
/// <param name="Jobs">The latest.</param>
public sealed record JobsPage(OfficeVisit Visit, IReadOnlyList<Job> Jobs) : OfficePage(Visit, "Work");

/// <summary>What applying a recipe to the posts that are there would do.</summary>
/// <param name="Source">The source.</param>
/// <param name="Report">What.</param>
public sealed record ApplyPage(OfficeVisit Visit, RecipeSource Source, ReshapingReport Report) : OfficePage(Visit, $"Apply the recipe of {Source.Title}");

/// <summary>Starting such work, watching and stopping it.</summary>
internal sealed class JobPages(Database database, JobTable jobs, RecipeTable recipes, StoredReshaping reshaping, AuditTrail audit)
{
    private const string Root = OfficeEndpoints.Root + "/jobs";
    private const string Apply = OfficeEndpoints.Root + "/sources/{id:long}/recipe/apply";
    private const int Shown = 50;

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.ReadJobs, List);
        routes.Show(Root + "/rows", May.ReadJobs, Rows);
        routes.Change(Root + "/visit-all", May.WriteJobs, (visit, cancellation) => Start(visit, JobKinds.VisitAll, null, "sources.visit-all", "sources", cancellation));
        routes.Change(Root + "/{id:long}/stop", May.WriteJobs, Stop);
        routes.Show(Apply, May.ReadSources, Preview);
        routes.Change(Apply, May.WriteRecipes, StartApply);
    }

    private async Task<Reply> List(OfficeVisit visit, CancellationToken cancellation)
    {
        var page = new JobsPage(visit, await jobs.List(Shown, cancellation));
        return await OfficePress.Print(Slices.Jobs.Create(page), page, cancellation);
    }

    // What a script puts in the place of the list.
    private async Task<Reply> Rows(OfficeVisit visit, CancellationToken cancellation) =>
        await Press.Print(Slices.JobRows.Create(new JobsPage(visit, await jobs.List(Shown, cancellation))), cancellation);

    private async Task<Reply> Preview(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await recipes.Find(visit.Id("id"), cancellation) is not { } source)
            return await OfficeNotices.NotFound(visit, cancellation);
        var page = new ApplyPage(visit, source, await reshaping.Preview(source, cancellation));
        return await OfficePress.Print(Slices.ApplyRecipe.Create(page), page, cancellation);
    }

    private async Task<Reply> StartApply(OfficeVisit visit, CancellationToken cancellation) =>
        await recipes.Find(visit.Id("id"), cancellation) is { } source
            ? await Start(visit, JobKinds.ApplyRecipe, source.SourceId, "recipes.apply", $"source {source.SourceId}", cancellation)
            : await OfficeNotices.NotFound(visit, cancellation);

    private async Task<Reply> Start(OfficeVisit visit, string kind, long? sourceId, string action, string target, CancellationToken cancellation)
    {
        var id = await database.Write(
            async session =>
            {
                var added = await jobs.Add(session, kind, sourceId, visit.Actor.Name);
                await audit.Add(session, visit.Actor, action, target, $"job {added}");
                return added;
            },
            cancellation);
        visit.Notice = $"It is number {id}, and begins in a moment.";
        return OfficePress.SeeOther(visit.Link(Root));
    }

    private async Task<Reply> Stop(OfficeVisit visit, CancellationToken cancellation)
    {
        var id = visit.Id("id");
        var isDone = await database.Write(
            async session =>
            {
                var isStopped = await JobTable.Stop(session, id, visit.Now);
                if (isStopped)
                    await audit.Add(session, visit.Actor, "jobs.stop", $"job {id}");
                return isStopped;
            },
            cancellation);
        visit.Notice = isDone ? $"Number {id} is stopped, or ends soon." : "There was nothing to stop any more.";
        return OfficePress.SeeOther(visit.Link(Root));
    }
}
