using Kawaraban.Crawling;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Recipes;

namespace Kawaraban.Office;

/// <summary>A recipe that somebody works on, with what it makes of the source beside it.</summary>
/// <param name="Source">The source.</param>
/// <param name="Text">As typed, or as it is.</param>
/// <param name="Version">The version that the text began with.</param>
/// <param name="Why">As typed.</param>
/// <param name="On">The sample that the preview runs on; empty is the document on the web.</param>
/// <param name="Samples">The names of the pinned samples.</param>
/// <param name="Preview">What it makes.</param>
public sealed record RecipeEditorPage(
    OfficeVisit Visit, RecipeSource Source, string Text, long Version, string Why, string On, IReadOnlyList<string> Samples, RecipePreviewPart Preview)
    : OfficePage(Visit, $"Recipe of {Source.Title}")
{
    /// <summary>The pinned samples that would come out differently; then it is saved only with a reason.</summary>
    public IReadOnlyList<SampleOutcome> Differing { get; init; } = [];

    /// <summary>What somebody else made of the recipe meanwhile; null when nobody did.</summary>
    public RecipeEdit? Meanwhile { get; init; }
}

/// <summary>A version, and what differs in it from the one before.</summary>
public sealed record RecipeEdit(RecipeVersion Version, IReadOnlyList<string> Lines);

/// <summary>What a recipe makes of a source, or why it is none.</summary>
/// <param name="Visit">Who looks.</param>
/// <param name="Report">What it makes; null when nothing was tried.</param>
/// <param name="Wrong">What is wrong with it.</param>
public sealed record RecipePreviewPart(OfficeVisit Visit, PreviewReport? Report, IReadOnlyList<RecipeProblem> Wrong)
{
    /// <summary>A text as a cell of the table shows it.</summary>
    public static string Shown(string? text) => string.IsNullOrEmpty(text) ? "(nothing)" : text.Length <= 300 ? text : text[..300] + "…";
}

/// <summary>Working on recipes.</summary>
internal sealed class RecipeEditorPages(
    RecipeTable recipes, SampleTable samples, RecipePreview preview, PreviewDocuments documents, RecipeChanging changing, AuditTrail audit)
{
    private const string Root = OfficeEndpoints.Root + "/sources/{id:long}/recipe";

    // What a source without a recipe begins with. It says nothing yet, so it changes nothing.
    private const string Nothing = "{\n}\n";

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.ReadSources, Show);
        routes.Change(Root, May.WriteRecipes, Change);
        routes.Change(Root + "/preview", May.WriteRecipes, Refresh);
    }

    /// <summary>The place of a source's editor.</summary>
    public static string Place(OfficeVisit visit, long sourceId) => visit.Link($"{OfficeEndpoints.Root}/sources/{sourceId}/recipe");

    /// <summary>The text with which work on a source's recipe begins.</summary>
    private static string Beginning(RecipeSource source) => source.Recipe ?? Nothing;

    private async Task<Reply> Show(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await recipes.Find(visit.Id("id"), cancellation) is not { } source)
            return await OfficeNotices.NotFound(visit, cancellation);
        var pinned = await samples.Of(source.SourceId, cancellation);
        var text = Beginning(source);
        var report = pinned.Count == 0 ? null
            : await preview.Of(source, new PreviewOptions(source.Recipe, pinned[0]), cancellation);
        return await Print(
            new RecipeEditorPage(
                visit, source, text, source.Version, "", pinned.Count == 0 ? "" : pinned[0].Name, [.. pinned.Select(sample => sample.Name)],
                new RecipePreviewPart(visit, report, [])),
            cancellation);
    }

    // The page without a script, and with one when the button is pressed.
    private async Task<Reply> Change(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await recipes.Find(visit.Id("id"), cancellation) is not { } source)
            return await OfficeNotices.NotFound(visit, cancellation);
        var text = Typed(visit);
        var wrong = Check(text);
        if (visit.Field("do") == "fetch")
            documents.Forget(source.SourceId);
        if (visit.Field("do") != "save" || wrong.Count > 0)
        {
            var page = await Page(visit, source, text, wrong, cancellation);
            return await Print(page with { Status = wrong.Count > 0 ? 422 : 200 }, cancellation);
        }

        return await Save(visit, source, text, cancellation);
    }

    private async Task<Reply> Save(OfficeVisit visit, RecipeSource source, string text, CancellationToken cancellation)
    {
        var (why, begun) = (visit.Field("why"), visit.Number("version") ?? -1);
        var isForced = visit.Field("force").Length > 0;
        if (isForced && why.Length == 0)
        {
            var page = await Page(visit, source, text, [], cancellation);
            return await Print(
                page with
                {
                    Differing = [.. (await changing.Test(source, Recipe(text), cancellation)).Where(outcome => outcome.Failures.Count > 0)],
                    Problems = new Dictionary<string, string> { ["why"] = "has to be said when pinned samples come out differently" },
                    Status = 422,
                },
                cancellation);
        }

        var change = await changing.Set(
            source with { Version = begun }, Recipe(text), visit.Actor.Name, why.Length == 0 ? null : why, isForced,
            (session, version) => audit.Add(
                session, visit.Actor, "recipes.set", $"source {source.SourceId}", $"version {version}{(Recipe(text) is null ? ", none of its own" : "")}", why),
            cancellation);
        switch (change)
        {
            case RecipeChanged changed:
                visit.Notice = $"Version {changed.Version} is saved; the next visit uses it."
                    + (changed.Samples.Count > 0 ? " Pin the samples that differ anew." : "");
                return OfficePress.SeeOther(Place(visit, source.SourceId));
            case RecipeRefused refused:
                return await Print((await Page(visit, source, text, [], cancellation)) with { Problem = $"Nothing was saved: {refused.Sentence}.", Status = 422 }, cancellation);
            case SamplesDiffer differ:
                return await Print((await Page(visit, source, text, [], cancellation)) with { Differing = differ.Samples, Status = 422 }, cancellation);
            default:
                return await Overtaken(visit, source, text, begun, cancellation);
        }
    }

    // What somebody else saved is shown first; saving again, with both in view, goes over it.
    private async Task<Reply> Overtaken(OfficeVisit visit, RecipeSource before, string text, long begun, CancellationToken cancellation)
    {
        var source = await recipes.Find(before.SourceId, cancellation) ?? before;
        var versions = await recipes.History(source.SourceId, cancellation);
        var meanwhile = versions.FirstOrDefault(version => version.Version == source.Version);
        var page = await Page(visit, source, text, [], cancellation);
        return await Print(
            page with
            {
                Version = source.Version,
                Meanwhile = meanwhile is null
                    ? null
                    : new RecipeEdit(meanwhile, RecipeText.Diff(versions.FirstOrDefault(version => version.Version == begun)?.Recipe, meanwhile.Recipe)),
                Problem = "Nothing was saved: somebody else has changed the recipe while you worked on it.",
                Status = 409,
            },
            cancellation);
    }

    // What a script puts in the place of the preview.
    private async Task<Reply> Refresh(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await recipes.Find(visit.Id("id"), cancellation) is not { } source)
            return await OfficeNotices.NotFound(visit, cancellation);
        var text = Typed(visit);
        var wrong = Check(text);
        var part = new RecipePreviewPart(visit, wrong.Count > 0 ? null : await Report(visit, source, text, cancellation), wrong);
        return await Press.Print(Slices.RecipePreviewResult.Create(part), cancellation) with { Status = wrong.Count > 0 ? 422 : 200 };
    }

    private async Task<RecipeEditorPage> Page(
        OfficeVisit visit, RecipeSource source, string text, IReadOnlyList<RecipeProblem> wrong, CancellationToken cancellation)
    {
        var report = wrong.Count > 0 ? null : await Report(visit, source, text, cancellation);
        var pinned = await samples.Of(source.SourceId, cancellation);
        return new RecipeEditorPage(
            visit, source, text, visit.Number("version") ?? source.Version, visit.Field("why"), visit.Field("on"), [.. pinned.Select(sample => sample.Name)],
            new RecipePreviewPart(visit, report, wrong));
    }

    private async Task<PreviewReport> Report(OfficeVisit visit, RecipeSource source, string text, CancellationToken cancellation)
    {
        var on = visit.Field("on");
        var sample = on.Length == 0 ? null : (await samples.Of(source.SourceId, cancellation)).FirstOrDefault(sample => sample.Name == on);
        var recipe = Recipe(text) ?? Nothing;
        return sample is null ? await documents.Of(source, recipe, cancellation) : await preview.Of(source, new PreviewOptions(recipe, sample), cancellation);
    }

    // Browsers send lines as they were sent to them at the dawn of the web (HTML, 4.10.22.4).
    private static string Typed(OfficeVisit visit) => visit.Exact("recipe").ReplaceLineEndings("\n");

    // An emptied field is no recipe of its own.
    private static string? Recipe(string text) => text.Trim() is "" or "{}" or "{\n}" ? null : text;

    private static IReadOnlyList<RecipeProblem> Check(string text) => Recipe(text) is not { } recipe || RecipeReader.TryRead(recipe, out _, out var wrong) ? [] : wrong;

    private static Task<Reply> Print(RecipeEditorPage page, CancellationToken cancellation) =>
        OfficePress.Print(Slices.RecipeEditor.Create(page), page, cancellation);
}
