using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Scheduling;
using Kawaraban.Sources;

namespace Kawaraban.Office;

/// <summary>The sources.</summary>
/// <param name="Sources">Those that are shown.</param>
/// <param name="Count">How many fit altogether.</param>
/// <param name="Health">Only of this health or status; empty is all.</param>
/// <param name="Words">Only with this in their title, company or address.</param>
public sealed record SourcesPage(OfficeVisit Visit, IReadOnlyList<SourceCard> Sources, int Count, string Health, string Words)
    : OfficePage(Visit, "Sources");

/// <summary>One source.</summary>
/// <param name="Source">How it is.</param>
/// <param name="Visits">Its latest visits.</param>
/// <param name="Schedule">As typed, or as it is.</param>
public sealed record SourcePage(OfficeVisit Visit, SourceCard Source, IReadOnlyList<CrawlCard> Visits, string Schedule)
    : OfficePage(Visit, Source.Title);

/// <summary>Watching sources and mending them.</summary>
internal sealed class SourcePages(SourceRegistry sources, TimingTable timings, AuditTrail audit)
{
    /// <summary>The healths and statuses that a list can be narrowed to.</summary>
    public static readonly string[] Filters = ["healthy", "quiet", "failing", "blocked", "throttled", "moved", "gone", "new", "paused"];

    private const string Root = OfficeEndpoints.Root + "/sources";
    private const int Shown = 200;
    private const int Visits = 50;
    private const string Usual = "usual";

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.ReadSources, List);
        routes.Show(Root + "/{id:long}", May.ReadSources, Show);
        routes.Change(Root + "/bulk", May.WriteSources, Bulk);
        routes.Change(Root + "/{id:long}/pause", May.WriteSources, One("sources.pause", "is paused", sources.Pause));
        routes.Change(Root + "/{id:long}/resume", May.WriteSources, One("sources.resume", "is visited again", sources.Resume));
        routes.Change(Root + "/{id:long}/visit", May.WriteSources, One("sources.visit", "is due now", sources.MakeDue));
        routes.Change(Root + "/{id:long}/schedule", May.WriteSources, SetSchedule);
        routes.Change(Root + "/{id:long}/adopt", May.WriteSources, Adopt);
    }

    private async Task<Reply> List(OfficeVisit visit, CancellationToken cancellation)
    {
        var (health, words) = (visit.Query("health"), visit.Query("q"));
        var found = (await sources.List(cancellation)).Where(source => Fits(source, health, words)).ToList();
        var page = new SourcesPage(visit, found.Count > Shown ? found[..Shown] : found, found.Count, health, words);
        return await OfficePress.Print(Slices.Sources.Create(page), page, cancellation);
    }

    private async Task<Reply> Show(OfficeVisit visit, CancellationToken cancellation) =>
        await Find(visit, cancellation) is { } source
            ? await Print(await Page(visit, source, source.Schedule ?? Usual, cancellation), cancellation)
            : await OfficeNotices.NotFound(visit, cancellation);

    private Func<OfficeVisit, CancellationToken, Task<Reply>> One(string action, string outcome, Func<long, CancellationToken, Task> change) =>
        async (visit, cancellation) =>
        {
            if (await Find(visit, cancellation) is not { } source)
                return await OfficeNotices.NotFound(visit, cancellation);
            await audit.Add(visit.Actor, action, Target(source), source.Title, null, cancellation);
            await change(source.Id, cancellation);
            visit.Notice = $"{source.Title} {outcome}.";
            return OfficePress.SeeOther(visit.Link($"{Root}/{source.Id}"));
        };

    private async Task<Reply> Bulk(OfficeVisit visit, CancellationToken cancellation)
    {
        (string Action, string Outcome, Func<long, CancellationToken, Task> Change)? wanted = visit.Field("do") switch
        {
            "pause" => ("sources.pause", "paused", sources.Pause),
            "resume" => ("sources.resume", "visited again", sources.Resume),
            "visit" => ("sources.visit", "due now", sources.MakeDue),
            _ => null,
        };
        var ids = visit.All("source").Select(text => long.TryParse(text, out var id) ? id : 0).ToHashSet();
        var chosen = (await sources.List(cancellation)).Where(source => ids.Contains(source.Id)).ToList();
        if (wanted is { } what)
        {
            foreach (var source in chosen)
            {
                await audit.Add(visit.Actor, what.Action, Target(source), source.Title, null, cancellation);
                await what.Change(source.Id, cancellation);
            }
        }

        visit.Notice = wanted is not { } done || chosen.Count == 0 ? "Nothing was chosen, so nothing was changed."
            : $"{chosen.Count} {(chosen.Count == 1 ? "source is" : "sources are")} {done.Outcome}.";
        return OfficePress.SeeOther(visit.Link(Root));
    }

    private async Task<Reply> SetSchedule(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await Find(visit, cancellation) is not { } source)
            return await OfficeNotices.NotFound(visit, cancellation);
        var text = visit.Field("schedule");
        Schedule? schedule = null;
        if (text != Usual && !Schedule.TryParse(text, out schedule, out var problem))
        {
            var page = await Page(visit, source, text, cancellation);
            return await Print(page with { Problems = new Dictionary<string, string> { ["schedule"] = problem }, Status = 422 }, cancellation);
        }

        await audit.Add(visit.Actor, "sources.schedule", Target(source), $"{source.Schedule ?? Usual} → {text}", null, cancellation);
        var next = await timings.Set(source.Id, schedule, cancellation);
        visit.Notice = $"{source.Title} is visited {text}, next at {visit.At(next)}.";
        return OfficePress.SeeOther(visit.Link($"{Root}/{source.Id}"));
    }

    private async Task<Reply> Adopt(OfficeVisit visit, CancellationToken cancellation)
    {
        if (await Find(visit, cancellation) is not { } source)
            return await OfficeNotices.NotFound(visit, cancellation);
        await audit.Add(visit.Actor, "sources.adopt", Target(source), source.Proposal?.Url, null, cancellation);
        var adoption = await sources.Adopt(source.Id, cancellation);
        visit.Notice = adoption.Problem is { } problem ? $"Nothing was changed: {problem}." : $"Its address is {adoption.To} now; it is due at once.";
        return OfficePress.SeeOther(visit.Link($"{Root}/{source.Id}"));
    }

    private async Task<SourceCard?> Find(OfficeVisit visit, CancellationToken cancellation)
    {
        var id = visit.Id("id");
        return (await sources.Find(id.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellation)).FirstOrDefault(source => source.Id == id);
    }

    private async Task<SourcePage> Page(OfficeVisit visit, SourceCard source, string schedule, CancellationToken cancellation) =>
        new(visit, source, await sources.History(source.Id, Visits, cancellation), schedule);

    private static bool Fits(SourceCard source, string health, string words) =>
        (health.Length == 0 || (source.Status == "active" ? source.Health : source.Status) == health)
        && (words.Length == 0 || source.Title.Contains(words, StringComparison.OrdinalIgnoreCase)
            || source.Company.Contains(words, StringComparison.OrdinalIgnoreCase) || source.Url.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static string Target(SourceCard source) => $"source {source.Id}";

    private static Task<Reply> Print(SourcePage page, CancellationToken cancellation) => OfficePress.Print(Slices.Source.Create(page), page, cancellation);
}
