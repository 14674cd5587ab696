using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>Recipes as people read them.</summary>
internal static class RecipeText
{
    private static readonly JsonSerializerOptions Legible = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>JSON on several lines, Japanese as it is.</summary>
    public static string Indented(JsonNode node) => node.ToJsonString(Legible);

    /// <summary>The lines in which two recipes differ, as <see cref="LineDiff"/> writes them; white space alone is no difference.</summary>
    /// <param name="before">The one; null for none.</param>
    /// <param name="after">The other.</param>
    public static IReadOnlyList<string> Diff(string? before, string? after) => LineDiff.Of(Normal(before), Normal(after));

    private static string Normal(string? recipe)
    {
        try
        {
            return recipe is null ? "" : JsonNode.Parse(recipe, null, Tolerant) is { } node ? Indented(node) : recipe;
        }
        catch (JsonException)
        {
            // What somebody is still typing.
            return recipe ?? "";
        }
    }
}
