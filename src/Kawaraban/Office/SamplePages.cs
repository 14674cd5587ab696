using Kawaraban.Crawling;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Recipes;

namespace Kawaraban.Office;

/// <summary>The documents for which a source's recipe has to give the same posts.</summary>
/// <param name="Source">The source.</param>
/// <param name="Samples">They, and what the recipe makes of them now.</param>
/// <param name="Name">As typed.</param>
public sealed record SamplesPage(OfficeVisit Visit, RecipeSource Source, IReadOnlyList<TestedSample> Samples, string Name)
    : OfficePage(Visit, $"Samples of {Source.Title}");

/// <summary>A sample and what came of it.</summary>
public sealed record TestedSample(RecipeSample Sample, SampleOutcome Outcome);

/// <summary>Pinning, testing and dropping samples.</summary>
internal sealed class SamplePages(RecipeTable recipes, SampleTable samples, RecipePreview preview, PreviewDocuments documents, RecipeChanging changing, AuditTrail audit)
{
    private const string Root = OfficeEndpoints.Root + "/sources/{id:long}/samples";
    private const int LongestName = 40;

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.ReadSources, Show);
        routes.Change(Root, May.WriteRecipes, Pin);
        routes.Change(Root + "/again", May.WriteRecipes, PinAgain);
        routes.Change(Root + "/drop", May.WriteRecipes, Drop);
    }

    private async Task<Reply> Show(OfficeVisit visit, CancellationToken cancellation) =>
        await recipes.Find(visit.Id("id"), cancellation) is { } source
            ? await Print(await Page(visit, source, "usual", cancellation), cancellation)
            : await OfficeNotices.NotFound(visit, cancellation);

    private async Task<Reply> Pin(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await recipes.Find(visit.Id("id"), cancellation) is not { } source)
            return await OfficeNotices.NotFound(visit, cancellation);
        var name = visit.Field("name");
        var pinned = await samples.Of(source.SourceId, cancellation);
        var problem = name.Length is 0 or > LongestName ? $"has 1 to {LongestName} characters"
            : pinned.Any(sample => sample.Name == name) ? "is there already; drop that one first, or pin it again"
            : pinned.Count >= RecipeSample.MostOfSource ? $"would be one too many; {RecipeSample.MostOfSource} are as many as there may be"
            : null;
        return problem is null
            ? await Keep(visit, source, name, await documents.Of(source, null, cancellation), "recipes.pin", cancellation)
            : await Print((await Page(visit, source, name, cancellation)) with { Problems = new Dictionary<string, string> { ["name"] = problem }, Status = 422 }, cancellation);
    }

    private async Task<Reply> PinAgain(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await recipes.Find(visit.Id("id"), cancellation) is not { } source
            || (await samples.Of(source.SourceId, cancellation)).FirstOrDefault(sample => sample.Name == visit.Field("name")) is not { } pinned)
        {
            return await OfficeNotices.NotFound(visit, cancellation);
        }

        return await Keep(visit, source, pinned.Name, await preview.Of(source, new PreviewOptions(Sample: pinned), cancellation), "recipes.pin-again", cancellation);
    }

    private async Task<Reply> Keep(OfficeVisit visit, RecipeSource source, string name, PreviewReport report, string action, CancellationToken cancellation)
    {
        var problem = report is not { Problem: null, Sample: not null } ? report.Problem ?? "there is nothing to pin"
            : report.Sample.Body.Length > RecipeSample.MaxBytes ? $"the document has {report.Sample.Body.Length} bytes; {RecipeSample.MaxBytes} is what is pinned"
            : null;
        if (problem is not null || report.Sample is not { } sample)
            return await Print((await Page(visit, source, name, cancellation)) with { Problem = $"Nothing was pinned: {problem}.", Status = 422 }, cancellation);
        await samples.Pin(source.SourceId, sample with { Name = name, Who = visit.Actor.Name }, cancellation);
        await audit.Add(visit.Actor, action, $"source {source.SourceId}", $"{name}: {sample.Body.Length} bytes, {sample.Expected.Count} posts", null, cancellation);
        visit.Notice = $"{name} is pinned: {sample.Body.Length} bytes, {sample.Pages.Count} pages, {sample.Expected.Count} posts.";
        return OfficePress.SeeOther(Place(visit, source));
    }

    private async Task<Reply> Drop(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await recipes.Find(visit.Id("id"), cancellation) is not { } source)
            return await OfficeNotices.NotFound(visit, cancellation);
        var name = visit.Field("name");
        if (await samples.Unpin(source.SourceId, name, cancellation))
        {
            await audit.Add(visit.Actor, "recipes.unpin", $"source {source.SourceId}", name, null, cancellation);
            visit.Notice = $"{name} is dropped.";
        }
        else
        {
            visit.Notice = "There is no such sample any more.";
        }

        return OfficePress.SeeOther(Place(visit, source));
    }

    private async Task<SamplesPage> Page(OfficeVisit visit, RecipeSource source, string name, CancellationToken cancellation)
    {
        var outcomes = (await changing.Test(source, source.Recipe, cancellation)).ToDictionary(outcome => outcome.Sample);
        var pinned = await samples.Of(source.SourceId, cancellation);
        return new SamplesPage(
            visit, source, [.. pinned.Where(sample => outcomes.ContainsKey(sample.Name)).Select(sample => new TestedSample(sample, outcomes[sample.Name]))], name);
    }

    private static string Place(OfficeVisit visit, RecipeSource source) => visit.Link($"{OfficeEndpoints.Root}/sources/{source.SourceId}/samples");

    private static Task<Reply> Print(SamplesPage page, CancellationToken cancellation) => OfficePress.Print(Slices.Samples.Create(page), page, cancellation);
}
