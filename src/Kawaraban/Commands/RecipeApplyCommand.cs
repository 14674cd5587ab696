using System.CommandLine;
using Kawaraban.Crawling;
using Kawaraban.Hosting;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban recipe apply</c>: applies a source's recipe to the posts that are there.</summary>
public static class RecipeApplyCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var which = SourceArguments.Which();
        var stored = new Option<bool>("--stored") { Description = "To the posts that are there." };
        var yes = new Option<bool>("--yes") { Description = "Do it; without, what it would do is shown." };
        var json = new Option<bool>("--json") { Description = "Print a JSON object." };
        var command = new Command("apply", "Apply a source's recipe to the posts that are there; shows first what it would do.") { which, stored, yes, json };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(stored))
                result.AddError("say --stored: new posts are shaped by the recipe anyway");
        });
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var source = await RecipeCommand.One(installation, call.GetValue(which), cancellation);
            var isDone = call.GetValue(yes);
            var report = isDone
                ? await installation.Reshaping.Apply(source, null, cancellation)
                : await installation.Reshaping.Preview(source, cancellation);
            if (call.GetValue(json))
                Report.Json(report, ReportJson.Default.ReshapingReport);
            else
                Print(source.SourceId, report, isDone);
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Print(long sourceId, ReshapingReport report, bool isDone)
    {
        foreach (var post in report.Examples)
        {
            Console.WriteLine(post.Title);
            foreach (var change in post.Changes)
                Console.WriteLine($"  - {change.Field,-12} {change.Before}\n  + {change.Field,-12} {change.After}");
        }

        Console.WriteLine($"{report.Posts} posts, {report.Entries} of them with their entry: {report.Changed} {(isDone ? "changed" : "would change")}, {report.Unchanged} are as the recipe makes them"
            + $"{(report.Dropped > 0 ? $"; {report.Dropped} would not become posts today, and stay" : "")}{(report.IsResumed ? "; it went on where it had stopped" : "")}");
        if (!isDone && report.Changed > 0)
            Console.WriteLine($"nothing was written; kawaraban recipe apply {sourceId} --stored --yes does it");
    }
}
