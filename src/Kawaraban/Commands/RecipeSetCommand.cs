using System.CommandLine;
using Kawaraban.Crawling;
using Kawaraban.Hosting;
using Kawaraban.Recipes;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban recipe set</c> and <c>clear</c>: gives a source a recipe, if its pinned samples stay as they are.</summary>
public static class RecipeSetCommand
{
    /// <summary>Describes <c>set</c>.</summary>
    public static Command Create()
    {
        var which = SourceArguments.Which();
        var file = new Argument<string>("FILE") { Description = "The recipe: a JSON file, or - for standard input." };
        var (who, why, force) = (RecipeCommand.Who(), RecipeCommand.Why(), Force());
        var command = new Command("set", "Give a source a recipe.") { which, file, who, why, force };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var source = await RecipeCommand.One(installation, call.GetValue(which), cancellation);
            var path = call.GetValue(file) ?? "-";
            if (await RecipeCommand.Read(path, path == "-" ? "the recipe" : path, cancellation) is not { } recipe)
                return ExitCode.Failed;
            return await Set(installation, source, recipe, call.GetValue(who) ?? "", call.GetValue(why), call.GetValue(force), cancellation);
        });
        return command;
    }

    /// <summary>Describes <c>clear</c>.</summary>
    public static Command Clear()
    {
        var which = SourceArguments.Which();
        var (who, why, force) = (RecipeCommand.Who(), RecipeCommand.Why(), Force());
        var command = new Command("clear", "Take a source's own recipe away; the history keeps it.") { which, who, why, force };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var source = await RecipeCommand.One(installation, call.GetValue(which), cancellation);
            return await Set(installation, source, null, call.GetValue(who) ?? "", call.GetValue(why), call.GetValue(force), cancellation);
        });
        return command;
    }

    internal static Option<bool> Force() => new("--force") { Description = "Even where pinned samples come out differently." };

    /// <summary>Sets it and says what came of it.</summary>
    internal static async Task<int> Set(
        Installation installation, RecipeSource source, string? recipe, string who, string? why, bool isForced, CancellationToken cancellation)
    {
        var change = await installation.RecipeChanging.Set(source, recipe, who, why, isForced, null, cancellation);
        foreach (var sample in change.Samples)
        {
            foreach (var failure in sample.Failures)
                await Console.Error.WriteLineAsync($"kawaraban: sample {sample.Sample}: {failure}");
        }

        if (change is not RecipeChanged { Version: var version })
        {
            await Console.Error.WriteLineAsync("kawaraban: " + change switch
            {
                RecipeRefused refused => refused.Sentence,
                SamplesDiffer => $"nothing was changed, because {change.Samples.Count} of its samples would come out differently; if that is right, say --force, and pin them anew afterwards",
                _ => $"nothing was changed, because somebody else has changed it meanwhile; kawaraban recipe diff {source.SourceId} shows how",
            });
            return ExitCode.Failed;
        }

        var (entries, _) = await installation.Database.Read(session => EntryTable.Count(session, source.SourceId), cancellation);
        Console.WriteLine(recipe is null
            ? $"source {source.SourceId} has no recipe of its own any more (version {version})"
            : $"source {source.SourceId} has version {version} of its recipe; its next visit uses it (kawaraban crawl {source.SourceId} makes it now)");
        if (entries > 0)
            Console.WriteLine($"kawaraban recipe apply {source.SourceId} --stored applies it to the {entries} posts that are there");
        return ExitCode.Fine;
    }
}
