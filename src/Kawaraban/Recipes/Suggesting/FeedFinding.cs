using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>One thing that is odd about a feed, and what mends it.</summary>
/// <param name="What">What the addition does.</param>
/// <param name="Addition">What is added to the source's recipe.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Why">The evidence.</param>
internal sealed record FeedFinding(string What, JsonObject Addition, double Confidence, string Why)
{
    /// <summary>Something done to a field.</summary>
    public static JsonObject Step(string field, JsonObject step) => new() { ["fields"] = new JsonObject { [field] = new JsonArray(step) } };

    /// <summary>Something taken from posts' pages.</summary>
    public static JsonObject Page(string how, string field) => new() { ["page"] = new JsonObject { [how] = new JsonArray(field) } };
}
