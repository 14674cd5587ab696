using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Recipes;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban recipe</c>: what a company does its own way.</summary>
public static class RecipeCommand
{
    /// <summary>Describes the verb and those under it.</summary>
    public static Command Create() => new("recipe", "Say, as data, what a source does its own way: docs/recipes.md.")
    {
        RecipeShowCommand.Create(),
        RecipeSetCommand.Create(),
        RecipeSetCommand.Clear(),
        RecipePreviewCommand.Create(),
        RecipeSuggestCommand.Create(),
        RecipeSampleCommands.Pin(),
        RecipeSampleCommands.Unpin(),
        RecipeSampleCommands.Test(),
        RecipeHistoryCommands.History(),
        RecipeHistoryCommands.Diff(),
        RecipeHistoryCommands.Rollback(),
        RecipeApplyCommand.Create(),
        RecipeShowCommand.Schema(),
    };

    /// <summary>Who changes something, when nobody says so: whom the system knows.</summary>
    internal static Option<string> Who() =>
        new("--who") { Description = "Who changes it. [default: the user of the system]", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName };

    /// <summary>Why something is changed.</summary>
    internal static Option<string> Why() => new("--why") { Description = "Why, for the history.", HelpName = "TEXT" };

    /// <summary>The one source that is meant.</summary>
    /// <exception cref="UnknownSourceException">There is none, or more than one.</exception>
    internal static async Task<RecipeSource> One(Installation installation, string? which, CancellationToken cancellation)
    {
        var found = await SourceArguments.Find(installation, which, cancellation);
        if (found.Count > 1)
            throw new UnknownSourceException($"{which}", $"\"{which}\" has {found.Count} sources ({string.Join(", ", found.Select(source => source.Id))}); a recipe belongs to one: give its number");
        return await installation.Recipes.Find(found[0].Id, cancellation) ?? throw new UnknownSourceException(which ?? "");
    }

    /// <summary>Reads a recipe from a file or from standard input; tells on stderr what is wrong with it.</summary>
    /// <returns>Null when it cannot be used.</returns>
    internal static async Task<string?> Read(string file, string name, CancellationToken cancellation)
    {
        string text;
        try
        {
            text = file == "-" ? await Console.In.ReadToEndAsync(cancellation) : await File.ReadAllTextAsync(file, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"kawaraban: {error.Message}");
            return null;
        }

        if (RecipeReader.TryRead(text, out _, out var problems))
            return text;
        foreach (var problem in problems)
            await Console.Error.WriteLineAsync($"kawaraban: {name}: {problem}");
        await Console.Error.WriteLineAsync("kawaraban recipe schema prints what a recipe can say; docs/recipes.md shows it by examples");
        return null;
    }
}
