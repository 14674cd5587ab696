using Kawaraban.Catalog;
using Kawaraban.Recipes;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>What a visit's recipe left to be written beside the posts: pages to be read, rules that failed.</summary>
/// <param name="Sentence">What the visit's own sentence says about it, after its end; may be empty.</param>
internal sealed record Shaping(string Sentence)
{
    private static readonly Shaping Nothing = new("");

    /// <summary>Writes it down.</summary>
    public static async Task<Shaping> Write(Session session, CrawlResult result, KeptPosts kept, DateTimeOffset now)
    {
        if (result is not { Recipe: { } recipe, Shaped: { } shaped, Feed: { } feed })
            return Nothing;
        var order = result.Order;
        await FollowUps.WantPages(session, order.SourceId, shaped, now);
        // Where everything is new there may be more that is; where something is known, what is behind it was read before.
        var isAllNew = shaped.Drafts.Count > 0 && kept.New == shaped.Drafts.Count;
        var problem = recipe.Compiled.Kind == SourceKind.Feed
            ? null
            : await FollowUps.WantMore(
                session, order, recipe.Compiled, new Reading(feed, result.More, new RuleNotes()), 1, isAllNew || recipe.Compiled.Kind == SourceKind.Sitemap, now);
        var name = order.Recipe is null ? $"the recipe of {recipe.Platform}" : $"the recipe (version {order.RecipeVersion})";
        var notice = recipe.Problem is { } unreadable
            ? $"{name} can no longer be read and counts for nothing: {unreadable}"
            : RuleNotes.Sentence(name, shaped.Notes, shaped.NoteCount) ?? problem;
        if (order.Recipe is not null || notice is not null || recipe.Platform != order.Platform)
        {
            await session.Execute(
                "UPDATE sources SET recipe_notice = @notice, platform = @platform WHERE id = @id AND recipe_version = @version",
                ("notice", notice), ("platform", recipe.Platform), ("id", order.SourceId), ("version", order.RecipeVersion));
        }

        var dropped = shaped.Dropped == 0 ? "" : $"; {shaped.Dropped} {(shaped.Dropped == 1 ? "entry" : "entries")} dropped by the recipe";
        return new Shaping($"{dropped}{(notice is null ? "" : $"; {notice}")}");
    }
}
