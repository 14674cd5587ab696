using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>Reads a recipe: what the schema does not know, what cannot be compiled and what is too much is refused, with its path.</summary>
public static class RecipeReader
{
    /// <summary>The greatest length of a recipe, UTF-16 units.</summary>
    public const int MaxLength = 64 * 1024;

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    /// <summary>Reads one.</summary>
    /// <param name="text">JSON; comments and trailing commas are let pass.</param>
    /// <param name="compiled">The recipe, ready to run by itself.</param>
    /// <param name="problems">What is wrong with it; at least one when there is no recipe.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out CompiledRecipe? compiled, out IReadOnlyList<RecipeProblem> problems)
    {
        compiled = null;
        return TryParse(text, out var document, out problems) && TryCompile(document, out compiled, out problems);
    }

    /// <summary>Reads one without looking at more than its shape.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out JsonObject? document, out IReadOnlyList<RecipeProblem> problems)
    {
        document = null;
        if (text.Length > MaxLength)
        {
            problems = [new RecipeProblem("", $"has {text.Length} characters; {MaxLength} are allowed")];
            return false;
        }

        JsonDocument parsed;
        try
        {
            parsed = JsonDocument.Parse(text, Options);
        }
        catch (JsonException error)
        {
            problems = [new RecipeProblem("", $"is no JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1} cannot be read on")];
            return false;
        }

        using (parsed)
        {
            problems = RecipeSchema.Schema.Check(parsed.RootElement);
            if (problems.Count > 0)
                return false;
            document = JsonObject.Create(parsed.RootElement.Clone())!;
            return true;
        }
    }

    /// <summary>Makes a recipe of a document that fits the schema.</summary>
    internal static bool TryCompile(JsonObject document, [NotNullWhen(true)] out CompiledRecipe? compiled, out IReadOnlyList<RecipeProblem> problems)
    {
        var recipe = document.Deserialize(RecipeJson.Default.Recipe) ?? new Recipe();
        compiled = RecipeCompiler.Compile(recipe, out problems);
        return compiled is not null;
    }
}
