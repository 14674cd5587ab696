using Kawaraban.Feeds;
using Kawaraban.Fetching;
using Kawaraban.Recipes;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Reads what a visit has fetched, and shapes it by the source's recipe.</summary>
/// <param name="database">Knows what posts' own pages say.</param>
/// <param name="politenessKey">Which addresses share a site or platform: a recipe does not lead away from it.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class SourceReader(Database database, Func<Uri, string> politenessKey, TimeProvider clock)
{
    /// <summary>What is known of a source's recipe before its document is there.</summary>
    public static EffectiveRecipe Recipe(Order order) => EffectiveRecipe.Of(order.Recipe, order.Url, null, order.Platform);

    /// <summary>Where its document is: where its recipe says, if that is on its own site.</summary>
    /// <param name="order">The source.</param>
    /// <param name="problem">Why it is not fetched; null when it may be.</param>
    public Uri Address(Order order, out string? problem)
    {
        problem = null;
        if (CanonicalUrl.Web(Recipe(order).Compiled.Document.Source?.Address) is not { } address)
            return order.Url;
        if (politenessKey(address) != order.Lease.PolitenessKey)
            problem = $"the recipe (version {order.RecipeVersion}): source.address leads to {address.Host}, another site than the source's; give the source that address instead";
        return address;
    }

    /// <summary>Reads it. Never fails for what the document is: what cannot be read is an outcome.</summary>
    public async Task<CrawlResult> Read(Order order, FetchResult fetch, DateTimeOffset startedAt, Detour detour)
    {
        var isPage = Recipe(order).Compiled.IsOfPages;
        if (fetch is not Fetched fetched)
            return new CrawlResult(order, fetch, startedAt, CrawlOutcome.Of(fetch)) { Detour = detour, IsPage = isPage };

        var hash = Catalog.ContentHash.Of(fetched.Body.Span);
        if (hash == order.ContentHash)
        {
            return new CrawlResult(order, fetch, startedAt, new CrawlOutcome("unchanged", "healthy", "nothing new: the document is the one we have"))
            {
                Detour = detour,
                ContentHash = hash,
                IsPage = isPage,
            };
        }

        try
        {
            var deadline = new Deadline(clock, Deadline.Usual);
            var (recipe, reading, problem) = Read(order.Recipe, order.Url, order.Platform, fetched, deadline);
            if (reading is null)
                return new CrawlResult(order, fetch, startedAt, problem!) { Detour = detour, IsPage = isPage };
            var shaped = await Shape(order.SourceId, recipe.Compiled, reading, fetched.Url, deadline);
            return new CrawlResult(order, fetch, startedAt, new CrawlOutcome("updated", "healthy", ""))
            {
                Detour = detour,
                Feed = reading.Feed,
                EntryCount = reading.Feed.Entries.Count,
                Shaped = shaped,
                More = reading.More,
                Recipe = recipe,
                ContentHash = hash,
                IsPage = isPage,
            };
        }
        catch (Exception error) when (error is not StorageException)
        {
            // One document must not stop the others, whatever it does to us.
            return new CrawlResult(order, fetch, startedAt, CrawlResult.Mistake(error)) { Detour = detour, IsPage = isPage };
        }
    }

    /// <summary>Reads a document as a recipe says, before anything is shaped.</summary>
    /// <param name="own">The source's own recipe.</param>
    /// <param name="url">The source's address.</param>
    /// <param name="platform">The platform that was found last time.</param>
    /// <param name="fetched">The document.</param>
    /// <param name="deadline">Until when.</param>
    public static (EffectiveRecipe Recipe, Reading? Reading, CrawlOutcome? Problem) Read(
        string? own, Uri url, string? platform, Fetched fetched, Deadline deadline)
    {
        var recipe = EffectiveRecipe.Of(own, url, null, platform);
        if (recipe.Compiled.Kind != SourceKind.Feed)
        {
            var outcome = DocumentReader.Read(recipe.Compiled, fetched.Body, fetched.ContentType, fetched.Url, deadline);
            return (recipe, outcome.Reading, outcome.Problem is null ? null : new CrawlOutcome("no-entries", "failing", $"the recipe finds no posts: {outcome.Problem}"));
        }

        if (!FeedParser.TryParse(fetched.Body, fetched.ContentType, fetched.Url, out var feed, out var problem))
            return (recipe, null, new CrawlOutcome("not-a-feed", "failing", problem.Message));
        return (EffectiveRecipe.Of(own, url, feed.Generator ?? "", platform), new Reading(feed, [], new RuleNotes()), null);
    }

    /// <summary>Shapes what was read, with what posts' own pages are known to say.</summary>
    public async Task<Shaped> Shape(long sourceId, CompiledRecipe recipe, Reading reading, Uri url, Deadline deadline, bool isTraced = false)
    {
        var context = new ShapeContext(url, clock.GetUtcNow(), deadline) { IsTraced = isTraced };
        if (recipe.Page is not null)
        {
            var home = CanonicalUrl.Web(reading.Feed.HomePageUrl, url) ?? url;
            var keys = reading.Feed.Entries.Select(entry => Shaper.Key(entry, home)).ToList();
            context = context with { Pages = await database.Read(session => PageTable.Facts(session, sourceId, keys), CancellationToken.None) };
        }

        return Shaper.Shape(recipe, reading, context);
    }
}
