using System.CommandLine;
using Kawaraban.Crawling;
using Kawaraban.Hosting;
using Kawaraban.Recipes;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban recipe preview</c>: what a recipe would make of a source, step by step; nothing is written.</summary>
public static class RecipePreviewCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var which = SourceArguments.Which();
        var recipe = new Option<string>("--recipe") { Description = "A recipe to try in place of the source's own; - for standard input.", HelpName = "FILE" };
        var sample = new Option<string>("--sample") { Description = "Run it on a pinned sample in place of fetching.", HelpName = "NAME" };
        var pages = new Option<int>("--pages") { Description = "How many of the posts' own pages are fetched, where the recipe wants them.", HelpName = "N", DefaultValueFactory = _ => 2 };
        var json = new Option<bool>("--json") { Description = "Print a JSON object." };
        var command = new Command("preview", "Show, entry by entry, what a recipe makes of a source. Nothing is written.") { which, recipe, sample, pages, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var source = await RecipeCommand.One(installation, call.GetValue(which), cancellation);
            var options = new PreviewOptions(Pages: Math.Clamp(call.GetValue(pages), 0, 10));
            if (call.GetValue(recipe) is { } file)
            {
                if (await RecipeCommand.Read(file, file == "-" ? "the recipe" : file, cancellation) is not { } text)
                    return ExitCode.Failed;
                options = options with { Recipe = text };
            }

            if (call.GetValue(sample) is { } name)
            {
                options = options with { Sample = (await installation.Samples.Of(source.SourceId, cancellation)).FirstOrDefault(one => one.Name == name) };
                if (options.Sample is null)
                {
                    await Console.Error.WriteLineAsync($"kawaraban: source {source.SourceId} has no sample \"{name}\"; kawaraban recipe test {source.SourceId} lists them");
                    return ExitCode.Failed;
                }
            }

            var report = await installation.Preview.Of(source, options, cancellation);
            if (call.GetValue(json))
                Report.Json(report, ReportJson.Default.PreviewReport);
            else
                Print(report);
            if (report.Problem is not null)
                await Console.Error.WriteLineAsync($"kawaraban: {report.Problem}");
            return report.Problem is null ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }

    private static void Print(PreviewReport report)
    {
        if (report.Problem is not null)
            return;
        foreach (var entry in report.Entries)
        {
            Console.WriteLine(entry.Title);
            foreach (var step in entry.Steps)
                Console.WriteLine($"    {step.Path,-28} {step.Field}: {Quoted(step.Before)} → {Quoted(step.After)}");
            if (entry.DroppedBy is not null)
                Console.WriteLine($"  dropped by {entry.DroppedBy}");
            else if (entry.WaitsFor is not null)
                Console.WriteLine($"  waits for its page, {entry.WaitsFor}");
            else if (entry is { Before: not null, Changes.Count: 0 })
                Console.WriteLine("  = as it is now");
            else if (entry.Before is null && entry.After is { } post)
                Console.WriteLine($"  + {post.Url}\n    {post.PublishedAt:yyyy-MM-dd HH:mm zzz}  {post.Author}  {string.Join(", ", post.Tags)}  {post.Picture}");
            foreach (var change in entry.Changes)
            {
                Console.WriteLine($"  - {change.Field,-12} {Quoted(change.Before)}");
                Console.WriteLine($"  + {change.Field,-12} {Quoted(change.After)}");
            }
        }

        foreach (var note in report.Notes)
            Console.WriteLine($"failed: {note}");
        foreach (var more in report.More)
            Console.WriteLine($"more entries: {more}");
        var waiting = report.Entries.Count(entry => entry.WaitsFor is not null);
        Console.WriteLine($"{report.Recipe}{(report.Platform is null ? "" : $" over {report.Platform}")} on {report.Url} ({(report.From == "fetched" ? "fetched now" : $"sample {report.From}")}): "
            + $"{report.Entries.Count} entries, {report.Posts} posts, {report.Dropped} dropped{(waiting > 0 ? $", {waiting} wait for their pages" : "")}");
    }

    private static string Quoted(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "(nothing)";
        var line = text.ReplaceLineEndings(" ");
        return $"\"{(line.Length <= 120 ? line : line[..120] + "…")}\"";
    }
}
