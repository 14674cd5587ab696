using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Recipes;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban recipe history</c>, <c>diff</c> and <c>rollback</c>: what a recipe was, and who changed it why.</summary>
public static class RecipeHistoryCommands
{
    /// <summary>Describes <c>history</c>.</summary>
    public static Command History()
    {
        var which = SourceArguments.Which();
        var json = new Option<bool>("--json") { Description = "Print an array of JSON objects, with the recipes." };
        var command = new Command("history", "Show who changed the recipe of a source, when and why.") { which, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var source = await RecipeCommand.One(installation, call.GetValue(which), cancellation);
            var versions = await installation.Recipes.History(source.SourceId, cancellation);
            if (call.GetValue(json))
                Report.Json([.. versions], ReportJson.Default.RecipeVersionArray);
            else if (versions.Count == 0)
                await Console.Error.WriteLineAsync($"source {source.SourceId} never had a recipe of its own");
            foreach (var version in call.GetValue(json) ? [] : versions)
                Console.WriteLine($"{version.Version,4}  {version.At:yyyy-MM-dd HH:mm} UTC  {version.Who}  {(version.Recipe is null ? "none of its own; " : "")}{version.Why}");
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Describes <c>diff</c>.</summary>
    public static Command Diff()
    {
        var which = SourceArguments.Which();
        var from = new Argument<long?>("FROM") { Description = "A version. [default: the one before the last]", Arity = ArgumentArity.ZeroOrOne };
        var to = new Argument<long?>("TO") { Description = "A version. [default: the last]", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("diff", "Show what differs between two versions of a recipe.") { which, from, to };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var source = await RecipeCommand.One(installation, call.GetValue(which), cancellation);
            var versions = await installation.Recipes.History(source.SourceId, cancellation);
            var newer = call.GetValue(to) ?? source.Version;
            var older = call.GetValue(from) ?? newer - 1;
            foreach (var wanted in (long[])[older, newer])
            {
                if (wanted != 0 && versions.All(version => version.Version != wanted))
                    return await Unknown(source, wanted, versions);
            }

            string? Text(long number) => versions.FirstOrDefault(version => version.Version == number)?.Recipe;
            Console.WriteLine($"--- version {older}\n+++ version {newer}");
            foreach (var line in RecipeText.Diff(Text(older), Text(newer)))
                Console.WriteLine(line);
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Describes <c>rollback</c>.</summary>
    public static Command Rollback()
    {
        var which = SourceArguments.Which();
        var number = new Argument<long>("VERSION") { Description = "The version to go back to; it becomes the newest." };
        var (who, why, force) = (RecipeCommand.Who(), RecipeCommand.Why(), RecipeSetCommand.Force());
        var command = new Command("rollback", "Give a source a recipe that it had before.") { which, number, who, why, force };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var source = await RecipeCommand.One(installation, call.GetValue(which), cancellation);
            var versions = await installation.Recipes.History(source.SourceId, cancellation);
            var wanted = call.GetValue(number);
            if (versions.FirstOrDefault(version => version.Version == wanted) is not { } found)
                return await Unknown(source, wanted, versions);
            return await RecipeSetCommand.Set(
                installation, source, found.Recipe, call.GetValue(who) ?? "", call.GetValue(why) ?? $"back to version {wanted}", call.GetValue(force), cancellation);
        });
        return command;
    }

    private static async Task<int> Unknown(RecipeSource source, long wanted, IReadOnlyList<RecipeVersion> versions)
    {
        var there = versions.Count == 0 ? "it never had a recipe of its own" : $"there is {string.Join(", ", versions.Select(version => version.Version))}";
        await Console.Error.WriteLineAsync($"kawaraban: the recipe of source {source.SourceId} has no version {wanted}; {there}");
        return ExitCode.Failed;
    }
}
