using System.CommandLine;
using System.Text.Json.Nodes;
using Kawaraban.Hosting;
using Kawaraban.Recipes;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban recipe show</c> and <c>schema</c>: what there is, and what there can be.</summary>
public static class RecipeShowCommand
{
    /// <summary>Describes <c>show</c>.</summary>
    public static Command Create()
    {
        var which = SourceArguments.Which();
        var effective = new Option<bool>("--effective") { Description = "With the built-in recipe of its platform, and where each part comes from." };
        var json = new Option<bool>("--json") { Description = "Print a JSON object: the recipe, or with --effective recipe and origins." };
        var command = new Command("show", "Show the recipe of a source.") { which, effective, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var source = await RecipeCommand.One(installation, call.GetValue(which), cancellation);
            if (source.Notice is not null)
                await Console.Error.WriteLineAsync($"at its last visit: {source.Notice}");
            if (call.GetValue(effective))
            {
                Effective(source, call.GetValue(json));
            }
            else if (source.Recipe is null)
            {
                await Console.Error.WriteLineAsync($"source {source.SourceId} has no recipe of its own; --effective shows what comes with the program");
                if (call.GetValue(json))
                    Console.WriteLine("null");
            }
            else
            {
                Console.WriteLine(source.Recipe.TrimEnd());
            }

            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Describes <c>schema</c>.</summary>
    public static Command Schema()
    {
        var command = new Command("schema", "Print the JSON Schema of recipes.");
        command.SetAction(_ =>
        {
            Console.WriteLine(RecipeSchema.Text.TrimEnd());
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Effective(RecipeSource source, bool isJson)
    {
        var (below, platform, above) = EffectiveRecipe.Layers(source.Recipe, source.Url, null, source.Platform);
        var merged = RecipeLayers.Merge(below, above);
        var origins = RecipeLayers.Origins(below, $"built in: {platform}", above, $"version {source.Version} of the source's own");
        if (isJson)
        {
            var shown = new JsonObject { ["platform"] = platform, ["recipe"] = merged, ["origins"] = new JsonObject(origins.Select(origin => KeyValuePair.Create(origin.Path, (JsonNode?)origin.Origin))) };
            Console.WriteLine(RecipeText.Indented(shown));
            return;
        }

        Console.WriteLine(RecipeText.Indented(merged));
        foreach (var (path, origin) in origins)
            Console.WriteLine($"{path,-20} {origin}");
    }
}
