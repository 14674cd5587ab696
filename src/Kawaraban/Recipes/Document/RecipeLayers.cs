using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>Lays a source's own recipe over the one of its platform.</summary>
/// <remarks>
/// Objects are laid over each other member by member, everything else replaces what is below it; a <c>fields.title</c> of one's own is the
/// whole list of steps for titles.
/// </remarks>
internal static class RecipeLayers
{
    // What a layer says of itself, not of its posts.
    private static readonly HashSet<string> OfTheLayer = ["$schema", "note", "version", "platform"];

    /// <summary>Both as one.</summary>
    /// <param name="below">The platform's recipe; null when there is none.</param>
    /// <param name="above">The source's own; null when there is none.</param>
    public static JsonObject Merge(JsonObject? below, JsonObject? above)
    {
        var merged = new JsonObject();
        foreach (var (name, value) in below ?? [])
        {
            if (!OfTheLayer.Contains(name))
                merged[name] = value?.DeepClone();
        }

        Lay(merged, above ?? []);
        return merged;
    }

    /// <summary>Where every part of the two as one comes from: the path of a section, or of a member of one, and the layer's name.</summary>
    public static IReadOnlyList<(string Path, string Origin)> Origins(JsonObject? below, string? belowName, JsonObject? above, string aboveName)
    {
        List<(string, string)> origins = [];
        foreach (var (name, value) in Merge(below, above))
        {
            if (value is not JsonObject members)
            {
                origins.Add((name, above?.ContainsKey(name) == true ? aboveName : belowName ?? aboveName));
                continue;
            }

            foreach (var (member, _) in members)
                origins.Add(($"{name}.{member}", (above?[name] as JsonObject)?.ContainsKey(member) == true ? aboveName : belowName ?? aboveName));
        }

        return origins;
    }

    private static void Lay(JsonObject onto, JsonObject layer)
    {
        foreach (var (name, value) in layer)
        {
            if (value is JsonObject members && onto[name] is JsonObject there)
                Lay(there, members);
            else
                onto[name] = value?.DeepClone();
        }
    }
}
