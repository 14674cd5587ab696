using Kawaraban.Recipes;

namespace Kawaraban.Crawling;

/// <summary>What would become of the entries of a feed that belongs to no source yet.</summary>
public static class FoundPosts
{
    /// <summary>The posts, by what comes with the program.</summary>
    /// <param name="found">The feed.</param>
    /// <param name="clock">Tells the time, and when it takes too long.</param>
    public static IReadOnlyList<PostDraft> Of(FeedFound found, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(clock);
        var recipe = EffectiveRecipe.Of(null, found.Url, found.Feed.Generator ?? "").Compiled;
        var context = new ShapeContext(found.Url, clock.GetUtcNow(), new Deadline(clock, Deadline.Usual));
        return Shaper.Shape(recipe, new Reading(found.Feed, [], new RuleNotes()), context).Drafts;
    }
}
