using System.Text;
using Kawaraban.Crawling;
using Kawaraban.Feeds;
using Kawaraban.Fetching;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Recipes;

namespace Kawaraban.Office;

/// <summary>What a publisher should know of their feed.</summary>
/// <param name="Source">The source.</param>
/// <param name="On">What was looked at: a sample's name, or empty for the document on the web.</param>
/// <param name="Samples">The names of the pinned samples.</param>
/// <param name="Examination">What was found; null when nothing was looked at.</param>
/// <param name="Letter">The same as a text to be sent; empty when there is none.</param>
public sealed record PublisherNotesPage(
    OfficeVisit Visit, RecipeSource Source, string On, IReadOnlyList<string> Samples, FeedExamination? Examination, string Letter)
    : OfficePage(Visit, $"Notes for the publisher of {Source.Title}");

/// <summary>Telling publishers what is wrong with their feeds.</summary>
internal sealed class PublisherNotesPages(RecipeTable recipes, SampleTable samples, PreviewDocuments documents)
{
    private const string Root = OfficeEndpoints.Root + "/sources/{id:long}/notes";

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.ReadSources, Show);
        routes.Change(Root, May.WriteSources, Look);
    }

    // What is at hand is looked at; the site is asked only when somebody says so.
    private async Task<Reply> Show(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await recipes.Find(visit.Id("id"), cancellation) is not { } source)
            return await OfficeNotices.NotFound(visit, cancellation);
        var pinned = await samples.Of(source.SourceId, cancellation);
        var wanted = pinned.FirstOrDefault(sample => sample.Name == visit.Query("on"));
        return await Print(visit, source, pinned, wanted ?? documents.Find(source.SourceId) ?? (pinned.Count > 0 ? pinned[0] : null), null, cancellation);
    }

    private async Task<Reply> Look(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await recipes.Find(visit.Id("id"), cancellation) is not { } source)
            return await OfficeNotices.NotFound(visit, cancellation);
        documents.Forget(source.SourceId);
        var report = await documents.Of(source, null, cancellation);
        return await Print(visit, source, await samples.Of(source.SourceId, cancellation), report.Sample, report.Sample is null ? report.Problem : null, cancellation);
    }

    private static async Task<Reply> Print(
        OfficeVisit visit, RecipeSource source, IReadOnlyList<RecipeSample> pinned, RecipeSample? document, string? problem, CancellationToken cancellation)
    {
        var examination = document is null ? null : FeedExamination.Of(document.Body, document.ContentType);
        var isPinned = document is not null && pinned.Any(sample => sample.Name == document.Name);
        var page = new PublisherNotesPage(
            visit, source, isPinned ? document!.Name : "", [.. pinned.Select(sample => sample.Name)], examination,
            examination is null ? "" : Letter(document!, examination))
        {
            Problem = problem is null ? null : $"The feed could not be looked at: {problem}",
        };
        return await OfficePress.Print(Slices.PublisherNotes.Create(page), page, cancellation);
    }

    // Of each kind the first, and how many more: a publisher mends the template, not the entries.
    private static string Letter(RecipeSample document, FeedExamination examination)
    {
        var letter = new StringBuilder();
        letter.Append(document.Url.AbsoluteUri).Append('\n');
        if (examination.Feed is not { } feed)
            return letter.Append($"cannot be read as a feed: {examination.Problem}\n").ToString();
        letter.Append($"{feed.Format.Name()} in {feed.Encoding}, {feed.Entries.Count} entries\n");
        foreach (var kind in examination.Findings.GroupBy(finding => finding.Code))
        {
            var first = kind.First();
            letter.Append($"\nline {first.Line}, character {first.Column}: {first.Sentence} [{first.Code}]");
            if (kind.Count() > 1)
                letter.Append($" (and {kind.Count() - 1} more of that kind)");
            letter.Append('\n');
        }

        if (examination.Findings.Count == 0)
            letter.Append("\nNothing had to be mended.\n");
        return letter.ToString();
    }
}
