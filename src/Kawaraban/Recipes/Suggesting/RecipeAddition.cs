using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>Adds to a recipe what is proposed, and takes nothing out of it.</summary>
internal static class RecipeAddition
{
    /// <summary>The source's own recipe with the addition.</summary>
    /// <param name="own">Its own; null when it has none.</param>
    /// <param name="below">That of its platform, whose lists a list of one's own would replace.</param>
    /// <param name="addition">What is added.</param>
    public static JsonObject Onto(JsonObject? own, JsonObject? below, JsonObject addition)
    {
        var result = own is null ? new JsonObject() : (JsonObject)own.DeepClone();
        Add(result, below, addition);
        return result;
    }

    private static void Add(JsonObject onto, JsonObject? below, JsonObject addition)
    {
        foreach (var (name, value) in addition)
        {
            if (value is JsonObject members)
            {
                if (onto[name] is not JsonObject there)
                    onto[name] = there = [];
                Add(there, below?[name] as JsonObject, members);
            }
            else if (value is JsonArray added)
            {
                var list = Items(onto[name] ?? below?[name]);
                list.AddRange(added.Select(one => one?.DeepClone()).Where(one => !list.Exists(other => JsonNode.DeepEquals(one, other))));
                onto[name] = new JsonArray([.. list]);
            }
            else
            {
                onto[name] = value?.DeepClone();
            }
        }
    }

    // One text stands for a list of one.
    private static List<JsonNode?> Items(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => [.. array.Select(one => one?.DeepClone())],
        _ => [node.DeepClone()],
    };
}
