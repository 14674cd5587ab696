using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>A recipe, or a part of one, as people read it.</summary>
internal static class RecipeText
{
    private static readonly JsonSerializerOptions Legible = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON on several lines, Japanese as it is.</summary>
    public static string Of(JsonNode node) => node.ToJsonString(Legible);
}
