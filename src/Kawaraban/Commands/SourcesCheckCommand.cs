using System.CommandLine;
using Kawaraban.Feeds;
using Kawaraban.Hosting;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban sources check</c>: what adding an address would find, without adding it.</summary>
public static class SourcesCheckCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var address = SourceArguments.Address();
        var json = new Option<bool>("--json") { Description = "Print the result as a JSON object." };
        var command = new Command("check", "Look for the feed behind an address and say how it is; nothing is added.") { address, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            if (await SourceArguments.FindFeed(installation, SourceArguments.Read(call.GetValue(address)), cancellation) is not { } found)
                return ExitCode.Failed;
            var feed = found.Feed;
            var report = new CheckedFeed(
                found.Url.AbsoluteUri,
                feed.Title,
                found.SiteUrl?.AbsoluteUri ?? feed.HomePageUrl,
                feed.Format.Name(),
                feed.Entries.Count,
                feed.Entries.Max(entry => entry.PublishedAt ?? entry.ModifiedAt),
                [.. feed.Repairs.Select(repair => repair.Sentence)]);
            if (call.GetValue(json))
            {
                Report.Json(report, ReportJson.Default.CheckedFeed);
                return ExitCode.Fine;
            }

            Console.WriteLine($"{report.Title ?? report.Url}\n  feed     {report.Url} ({report.Format})\n  site     {report.SiteUrl ?? "unknown"}");
            Console.WriteLine($"  entries  {report.Entries}{(report.NewestAt is { } at ? $", the newest of {at:yyyy-MM-dd}" : "")}");
            foreach (var repair in report.Repairs)
                Console.WriteLine($"  mended   {repair}");
            return ExitCode.Fine;
        });
        return command;
    }
}

/// <summary>A feed as <c>sources check --json</c> prints it.</summary>
public sealed record CheckedFeed(
    string Url, string? Title, string? SiteUrl, string Format, int Entries, DateTimeOffset? NewestAt, IReadOnlyList<string> Repairs);
