using Kawaraban.Crawling;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Recipes;

namespace Kawaraban.Office;

/// <summary>All that a recipe was.</summary>
/// <param name="Source">The source.</param>
/// <param name="Versions">The newest first, each with what differs from the one before.</param>
public sealed record RecipeHistoryPage(OfficeVisit Visit, RecipeSource Source, IReadOnlyList<RecipeEdit> Versions)
    : OfficePage(Visit, $"Recipe of {Source.Title}: history")
{
    /// <summary>The version to which somebody wanted to go back, whose samples would come out differently.</summary>
    public long? Wanted { get; init; }

    /// <summary>Those samples.</summary>
    public IReadOnlyList<SampleOutcome> Differing { get; init; } = [];
}

/// <summary>Looking at what a recipe was, and going back to it.</summary>
internal sealed class RecipeHistoryPages(RecipeTable recipes, RecipeChanging changing, AuditTrail audit)
{
    private const string Root = OfficeEndpoints.Root + "/sources/{id:long}/recipe";

    // Diffs of all of them would take a while where there are hundreds.
    private const int Shown = 50;

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root + "/history", May.ReadSources, Show);
        routes.Change(Root + "/rollback", May.WriteRecipes, GoBack);
        routes.Show(OfficeEndpoints.Root + "/recipe-schema.json", May.ReadSources, Schema);
    }

    private static Task<Reply> Schema(OfficeVisit visit, CancellationToken cancellation) =>
        Task.FromResult(new Reply("application/schema+json", System.Text.Encoding.UTF8.GetBytes(RecipeSchema.Text)));

    private async Task<Reply> Show(OfficeVisit visit, CancellationToken cancellation) =>
        await Page(visit, cancellation) is { } page ? await Print(page, cancellation) : await OfficeNotices.NotFound(visit, cancellation);

    private async Task<Reply> GoBack(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await Page(visit, cancellation) is not { Source: var source } page)
            return await OfficeNotices.NotFound(visit, cancellation);
        var wanted = visit.Number("version");
        if ((await recipes.History(source.SourceId, cancellation)).FirstOrDefault(version => version.Version == wanted) is not { } found)
            return await Print(page with { Problem = "Nothing was changed: there is no such version.", Status = 422 }, cancellation);
        var why = visit.Field("why") is { Length: > 0 } said ? said : $"back to version {wanted}";
        var change = await changing.Set(
            source with { Version = visit.Number("begun") ?? -1 }, found.Recipe, visit.Actor.Name, why, visit.Field("force").Length > 0,
            (session, version) => audit.Add(session, visit.Actor, "recipes.rollback", $"source {source.SourceId}", $"version {version} is version {wanted} again", why),
            cancellation);
        switch (change)
        {
            case RecipeChanged changed:
                visit.Notice = $"It is as version {wanted} was, and is version {changed.Version} now.";
                return OfficePress.SeeOther(visit.Link($"{OfficeEndpoints.Root}/sources/{source.SourceId}/recipe/history"));
            case SamplesDiffer differ:
                return await Print(page with { Wanted = wanted, Differing = differ.Samples, Status = 422 }, cancellation);
            case RecipeRefused refused:
                return await Print(page with { Problem = $"Nothing was changed: {refused.Sentence}.", Status = 422 }, cancellation);
            default:
                return await Print(page with { Problem = "Nothing was changed: somebody else has changed the recipe meanwhile; see above the rest.", Status = 409 }, cancellation);
        }
    }

    private async Task<RecipeHistoryPage?> Page(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await recipes.Find(visit.Id("id"), cancellation) is not { } source)
            return null;
        var versions = await recipes.History(source.SourceId, cancellation);
        return new RecipeHistoryPage(
            visit, source,
            [.. versions.Take(Shown).Select((version, i) => new RecipeEdit(version, RecipeText.Diff(i + 1 < versions.Count ? versions[i + 1].Recipe : null, version.Recipe)))]);
    }

    private static Task<Reply> Print(RecipeHistoryPage page, CancellationToken cancellation) =>
        OfficePress.Print(Slices.RecipeHistory.Create(page), page, cancellation);
}
