using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>What is done to a source's entries: its own recipe over the one of its platform.</summary>
/// <param name="Compiled">Ready to run.</param>
/// <param name="Platform">The built-in recipe it builds on; null for none.</param>
/// <param name="Problem">Why its own recipe could not be read, which then counts for nothing; null when it could.</param>
internal sealed record EffectiveRecipe(CompiledRecipe Compiled, string? Platform, string? Problem)
{
    // Ten thousand sources have some hundred recipes; the rest is compiled again.
    private const int MostKept = 2_000;

    private static readonly ConcurrentDictionary<(string? Own, string? Platform), EffectiveRecipe> Kept = new();

    /// <summary>That of a source.</summary>
    /// <param name="own">Its own recipe; null when it has none.</param>
    /// <param name="url">Its address.</param>
    /// <param name="generator">What wrote its feed; null while that is unknown.</param>
    /// <param name="known">The platform that was found by its generator last time.</param>
    public static EffectiveRecipe Of(string? own, Uri url, string? generator, string? known = null)
    {
        var platform = PlatformRecipes.Of(url, generator) ?? (generator is null ? known : null);
        if (Kept.TryGetValue((own, platform), out var kept))
            return kept;
        if (Kept.Count >= MostKept)
            Kept.Clear();
        return Kept[(own, platform)] = Make(own, platform);
    }

    /// <summary>Both layers, to show where each part comes from.</summary>
    public static (JsonObject? Below, string? Platform, JsonObject? Above) Layers(string? own, Uri url, string? generator, string? known)
    {
        var above = own is not null && RecipeReader.TryParse(own, out var document, out _) ? document : null;
        var platform = Chosen(above, PlatformRecipes.Of(url, generator) ?? known);
        return (PlatformRecipes.Find(platform), platform, above);
    }

    private static EffectiveRecipe Make(string? own, string? platform)
    {
        JsonObject? above = null;
        if (own is not null && !RecipeReader.TryParse(own, out above, out var problems))
            return Make(null, platform) with { Problem = problems[0].ToString() };
        platform = Chosen(above, platform);
        var merged = RecipeLayers.Merge(PlatformRecipes.Find(platform), above);
        if (merged.Count == 0)
            return new EffectiveRecipe(CompiledRecipe.Empty, platform, null);
        return RecipeReader.TryCompile(merged, out var compiled, out var wrong)
            ? new EffectiveRecipe(compiled, platform, null)
            : own is null
            ? throw new InvalidOperationException($"the built-in recipe {platform} cannot be compiled: {wrong[0]}")
            : Make(null, platform) with { Problem = wrong[0].ToString() };
    }

    private static string? Chosen(JsonObject? above, string? found) => (string?)above?["platform"] switch
    {
        null => found,
        "none" => null,
        var named => named,
    };
}
