using System.Text.Json;

namespace Kawaraban.Recipes;

/// <summary>The published schema of recipes: what is not in it, no recipe can say.</summary>
public static class RecipeSchema
{
    private static readonly Lazy<JsonDocument> Document = new(() => JsonDocument.Parse(Read()));

    /// <summary>The schema as it is published.</summary>
    public static string Text => Read();

    /// <summary>Compares documents with it.</summary>
    internal static JsonSchema Schema => new(Document.Value.RootElement);

    private static string Read()
    {
        using var stream = typeof(RecipeSchema).Assembly.GetManifestResourceStream("Kawaraban.Recipes.recipe.schema.json")
            ?? throw new InvalidOperationException("the schema of recipes is missing from this program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
