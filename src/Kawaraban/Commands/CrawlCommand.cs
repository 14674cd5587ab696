using System.CommandLine;
using Kawaraban.Crawling;
using Kawaraban.Hosting;
using Kawaraban.Sources;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban crawl</c>: visits sources without serving.</summary>
public static class CrawlCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var which = new Argument<string[]>("SOURCE")
        {
            Description = "Sources to visit once, due or not: a number, an address, or a company's name (all of its sources).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var due = new Option<bool>("--due") { Description = "Visit what is due, and whatever becomes due. This is what happens without options." };
        var all = new Option<bool>("--all") { Description = "Visit every active source once, due or not, and end; never against manners." };
        var once = new Option<bool>("--once") { Description = "End when everything that is due has been visited." };
        var json = new Option<bool>("--json") { Description = "Print the result as a JSON object." };
        var command = new Command("crawl", "Visit sources without serving.") { which, due, all, once, json };
        command.Validators.Add(result =>
        {
            var ways = (result.GetValue(due) ? 1 : 0) + (result.GetValue(all) ? 1 : 0) + (result.GetValue(which) is { Length: > 0 } ? 1 : 0);
            if (ways > 1)
                result.AddError("--due, --all and SOURCE exclude each other: what shall be visited?");
        });
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            if (call.GetValue(which) is { Length: > 0 } chosen)
                return await Chosen(installation, chosen, call.GetValue(json), cancellation);
            if (call.GetValue(all) || call.GetValue(once))
                return await Once(installation, call.GetValue(all) ? CrawlScope.All : CrawlScope.Due, call.GetValue(json), cancellation);
            return await CrawlDisplay.Show(async display =>
            {
                installation.Crawler.Noticed += display.Say;
                await installation.Crawler.CrawlForever(display, cancellation);
                return ExitCode.Fine;
            });
        });
        return command;
    }

    // That sources fail is what a crawl finds out, not its failure; but who names one wants to know of that one.
    private static async Task<int> Chosen(Installation installation, string[] chosen, bool isJson, CancellationToken cancellation)
    {
        List<long> ids = [];
        foreach (var which in chosen)
        {
            var found = await installation.Sources.Find(which, cancellation);
            if (found.Count == 0)
                throw new UnknownSourceException(which);
            ids.AddRange(found.Select(source => source.Id));
        }

        var report = await Run(installation, CrawlScope.Of(ids), isJson, cancellation);
        return report.Failed == 0 && report.Visited == ids.Distinct().Count() ? ExitCode.Fine : ExitCode.Failed;
    }

    private static async Task<int> Once(Installation installation, CrawlScope scope, bool isJson, CancellationToken cancellation)
    {
        var report = await Run(installation, scope, isJson, cancellation);
        return report.IsOffline || cancellation.IsCancellationRequested ? ExitCode.Failed : ExitCode.Fine;
    }

    private static async Task<CrawlSummary> Run(Installation installation, CrawlScope scope, bool isJson, CancellationToken cancellation)
    {
        var started = installation.Time.GetTimestamp();
        var (summary, outcomes) = await CrawlDisplay.Show(async display =>
        {
            installation.Crawler.Noticed += display.Say;
            return (await installation.Crawler.CrawlOnce(scope, display, cancellation), display.Outcomes);
        });
        var seconds = Math.Round(installation.Time.GetElapsedTime(started).TotalSeconds, 1);
        if (isJson)
        {
            Report.Json(new CrawlRunReport(summary, outcomes, seconds), ReportJson.Default.CrawlRunReport);
            return summary;
        }

        Console.WriteLine(
            $"{summary.Visited} visited in {seconds} s: {summary.Visited - summary.Failed} well, {summary.Failed} not; "
            + $"{summary.NewPosts} new posts, {summary.UpdatedPosts} changed");
        foreach (var (outcome, count) in outcomes.OrderByDescending(outcome => outcome.Value).ThenBy(outcome => outcome.Key, StringComparer.Ordinal))
            Console.WriteLine($"  {outcome,-20} {count,6}");
        foreach (var waiting in summary.Waiting)
            Console.WriteLine($"  {waiting.PolitenessKey}: {waiting.Sources} left for later; the site is to be left alone until {waiting.Until:yyyy-MM-dd HH:mm} UTC");
        return summary;
    }
}

/// <summary>A run as <c>crawl --json</c> prints it.</summary>
public sealed record CrawlRunReport(
    int Visited,
    int Failed,
    int NewPosts,
    int UpdatedPosts,
    double Seconds,
    IReadOnlyDictionary<string, int> Outcomes,
    IReadOnlyList<WaitingKeyReport> Waiting,
    bool IsOffline)
{
    /// <summary>Of a summary.</summary>
    public CrawlRunReport(CrawlSummary summary, IReadOnlyDictionary<string, int> outcomes, double seconds)
        : this(
            summary.Visited,
            summary.Failed,
            summary.NewPosts,
            summary.UpdatedPosts,
            seconds,
            outcomes,
            [.. summary.Waiting.Select(waiting => new WaitingKeyReport(waiting.PolitenessKey, waiting.Sources, waiting.Until))],
            summary.IsOffline)
    {
    }
}

/// <summary>A site that was left alone.</summary>
public sealed record WaitingKeyReport(string PolitenessKey, int Sources, DateTimeOffset Until);
