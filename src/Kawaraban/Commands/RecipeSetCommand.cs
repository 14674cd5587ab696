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

    /// <summary>Sets it, unless that breaks a sample or leads away from the source's site.</summary>
    internal static async Task<int> Set(
        Installation installation, RecipeSource source, string? recipe, string who, string? why, bool isForced, CancellationToken cancellation)
    {
        if (recipe is not null && RecipeReader.TryRead(recipe, out var compiled, out _)
            && CanonicalUrl.Web(compiled.Document.Source?.Address) is { } address && installation.SiteKey(address) != source.PolitenessKey)
        {
            await Console.Error.WriteLineAsync($"kawaraban: source.address leads to {address.Host}, another site than the source's ({source.Url.Host}); add a source with that address instead");
            return ExitCode.Failed;
        }

        var broken = 0;
        foreach (var sample in await installation.Samples.Of(source.SourceId, cancellation))
        {
            var outcome = SampleTest.Run(sample, recipe, source.Url, source.Platform, installation.SiteKey);
            broken += outcome.Failures.Count > 0 ? 1 : 0;
            foreach (var failure in outcome.Failures)
                await Console.Error.WriteLineAsync($"kawaraban: sample {sample.Name}: {RecipeSampleCommands.Describe(failure)}");
        }

        if (broken > 0 && !isForced)
        {
            await Console.Error.WriteLineAsync($"kawaraban: nothing was changed, because {broken} of its samples would come out differently; if that is right, say --force, and pin them anew afterwards");
            return ExitCode.Failed;
        }

        var version = await installation.Recipes.Set(source.SourceId, recipe, who, why, cancellation);
        var (entries, _) = await installation.Database.Read(session => EntryTable.Count(session, source.SourceId), cancellation);
        Console.WriteLine(recipe is null
            ? $"source {source.SourceId} has no recipe of its own any more (version {version})"
            : $"source {source.SourceId} has version {version} of its recipe; its next visit uses it (kawaraban crawl {source.SourceId} makes it now)");
        if (entries > 0)
            Console.WriteLine($"kawaraban recipe apply {source.SourceId} --stored applies it to the {entries} posts that are there");
        return ExitCode.Fine;
    }
}
