using Kawaraban.Office.Staff;
using Kawaraban.Portal;
using Kawaraban.Scheduling;
using Kawaraban.Sources;

namespace Kawaraban.Office;

/// <summary>How things stand: what is sick, what is new, what waits for a person.</summary>
/// <param name="Health">How many sources are in which health.</param>
/// <param name="Sick">The sources that need somebody, the longest sick first.</param>
/// <param name="DeadLetters">How many orders wait for a person.</param>
/// <param name="Lately">What was done in the last hour and the last day.</param>
public sealed record DashboardPage(
    OfficeVisit Visit, IReadOnlyList<HealthCount> Health, IReadOnlyList<SourceCard> Sick, int DeadLetters, IReadOnlyList<Throughput> Lately)
    : OfficePage(Visit, "Today");

/// <summary>How many sources are in a health.</summary>
public sealed record HealthCount(string Health, int Sources);

/// <summary>The front page of the office.</summary>
internal sealed class DashboardPages(SourceRegistry sources, DeadLetterTable letters, CrawlStatistics statistics)
{
    private const int SickShown = 20;

    private static readonly string[] Sick = ["failing", "blocked", "gone", "moved", "throttled"];

    /// <summary>Maps it.</summary>
    public void Map(OfficeRoutes routes) => routes.Show(OfficeEndpoints.Root, May.Enter, Show);

    private async Task<Reply> Show(OfficeVisit visit, CancellationToken cancellation)
    {
        var all = await sources.List(cancellation);
        var health = all.Where(source => source.Status == "active").GroupBy(source => source.Health)
            .Select(group => new HealthCount(group.Key, group.Count())).OrderByDescending(count => count.Sources).ToList();
        if (all.Count(source => source.Status == "paused") is > 0 and var paused)
            health.Add(new HealthCount("paused", paused));
        var sick = all.Where(source => source.Status != "paused" && (source.Status == "gone" || Sick.Contains(source.Health)))
            .OrderBy(source => source.LastSuccessAt ?? DateTimeOffset.MinValue).Take(SickShown).ToList();
        var page = new DashboardPage(
            visit, health, sick, (await letters.List(cancellation)).Count,
            [
                await statistics.Since("the last hour", visit.Now - TimeSpan.FromHours(1), cancellation),
                await statistics.Since("the last day", visit.Now - TimeSpan.FromDays(1), cancellation),
            ]);
        return await OfficePress.Print(Slices.Dashboard.Create(page), page, cancellation);
    }
}
