using System.Globalization;
using Kawaraban.Feeds;
using Kawaraban.Feeds.Discovery;
using Kawaraban.Fetching;
using Kawaraban.Recipes;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>What is proposed for an address, a source or a document.</summary>
/// <param name="Url">Where the document came from.</param>
/// <param name="Kind"><c>feed</c>, <c>page</c>, or null when there is no document.</param>
/// <param name="Feeds">The feeds that a page announces or links to.</param>
/// <param name="Proposals">The recipes, the best one first.</param>
/// <param name="Declined">Why none is proposed; null when one is.</param>
/// <param name="Problem">Why nothing could be looked at; null when it could.</param>
public sealed record SuggestionReport(
    string Url, string? Kind, IReadOnlyList<FeedLink> Feeds, IReadOnlyList<RecipeProposal> Proposals, string? Declined, string? Problem);

/// <summary>Proposes recipes, without writing anything but the lease of the site it asks.</summary>
/// <param name="database">Knows what is known.</param>
/// <param name="fetch">Fetches one document.</param>
/// <param name="politenessKey">Which addresses share a site or platform.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="options">The gap that sites are owed.</param>
public sealed class RecipeSuggester(
    Database database,
    Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch,
    Func<Uri, string> politenessKey,
    TimeProvider clock,
    CrawlerOptions options)
{
    /// <summary>How many posts' pages are looked at when nobody says how many: enough to tell a picture from a logo.</summary>
    public const int UsualPages = 2;

    /// <summary>How many may be.</summary>
    public const int MostPages = 5;

    // What a page may tell that a feed did not.
    private static readonly PageSection Everything = new() { Fill = [FieldName.Picture, FieldName.Author, FieldName.Date, FieldName.Text] };

    private readonly SourceDocuments documents = new(database, new PoliteFetcher(database, fetch, politenessKey, clock, options));

    /// <summary>For a source: what to add to its recipe, or, where it is a page, one that finds its posts.</summary>
    /// <param name="source">The source.</param>
    /// <param name="names">What its company is called.</param>
    /// <param name="pages">How many of its posts' pages are looked at.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SuggestionReport> Of(RecipeSource source, IReadOnlyList<string> names, int pages, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var recipe = EffectiveRecipe.Of(source.Recipe, source.Url, null, source.Platform).Compiled;
        var address = CanonicalUrl.Web(recipe.Document.Source?.Address) is { } other && politenessKey(other) == source.PolitenessKey ? other : source.Url;
        var (fetched, problem) = await documents.Fetch(address, recipe.IsOfPages, source.SourceId, cancellation);
        if (fetched is null)
            return Nothing(address, problem);
        return await Of(
            fetched, new FeedEvidence(new Feed { Format = FeedFormat.JsonFeed11, Encoding = "utf-8" }, address, clock.GetUtcNow()) { Names = [.. names, source.Title], Recipe = source.Recipe, Platform = source.Platform },
            page => documents.Fetch(page, isPage: true, source.SourceId, cancellation), pages);
    }

    /// <summary>For an address that belongs to no source yet.</summary>
    /// <param name="url">The address of a page or of a feed.</param>
    /// <param name="pages">How many of its posts' pages are looked at.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SuggestionReport> Of(Uri url, int pages, CancellationToken cancellation)
    {
        var (fetched, problem) = await documents.Fetch(url, cancellation);
        return fetched is null ? Nothing(url, problem) : await Of(fetched, Evidence(fetched.Url, clock), page => documents.Fetch(page, cancellation), pages);
    }

    /// <summary>For a document that is there; nobody is asked for anything.</summary>
    /// <param name="body">The document.</param>
    /// <param name="contentType">The header it came with.</param>
    /// <param name="url">Where it came from.</param>
    /// <param name="clock">Tells the time.</param>
    public static Task<SuggestionReport> Of(ReadOnlyMemory<byte> body, string? contentType, Uri url, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return Of(new Fetched(url, null, null, body, contentType, null, null), Evidence(url, clock), null, 0, clock);
    }

    private Task<SuggestionReport> Of(Fetched fetched, FeedEvidence evidence, Func<Uri, Task<(Fetched? Fetched, string? Problem)>> look, int pages) =>
        Of(fetched, evidence, async url => politenessKey(url) == politenessKey(fetched.Url) ? await look(url) : (null, null), pages, clock, other => politenessKey(other) == politenessKey(fetched.Url));

    private static async Task<SuggestionReport> Of(
        Fetched fetched, FeedEvidence evidence, Func<Uri, Task<(Fetched? Fetched, string? Problem)>>? look, int pages, TimeProvider clock, Func<Uri, bool>? isOwn = null)
    {
        if (!FeedParser.TryParse(fetched.Body, fetched.ContentType, fetched.Url, out var feed, out var problem))
        {
            if (problem.Reason != NotAFeedReason.Html)
                return Nothing(fetched.Url, problem.Message);
            var suggested = PageSuggester.Of(fetched.Body, fetched.ContentType, fetched.Url, clock);
            return new SuggestionReport(fetched.Url.AbsoluteUri, SourceKind.Page, suggested.Feeds, suggested.Proposals, suggested.Declined, null);
        }

        evidence = evidence with { Feed = feed, ChangedAt = ChangedAt(fetched, feed) };
        if (look is not null && pages > 0)
            evidence = evidence with { Pages = await Look(evidence, look, Math.Min(pages, MostPages), clock, isOwn!) };
        var found = FeedSuggester.Of(evidence, clock);
        return new SuggestionReport(fetched.Url.AbsoluteUri, SourceKind.Feed, [], found.Proposals, found.Declined, null);
    }

    private static async Task<IReadOnlyDictionary<string, PageFacts?>> Look(
        FeedEvidence evidence, Func<Uri, Task<(Fetched? Fetched, string? Problem)>> look, int pages, TimeProvider clock, Func<Uri, bool> isOwn)
    {
        Dictionary<string, PageFacts?> known = [];
        var rules = RecipeCompiler.Compile(new Recipe { Page = Everything }, out _)!.Page!;
        foreach (var draft in FeedSuggester.WorthLooking(evidence, clock).Where(draft => isOwn(new Uri(draft.Url))).Take(pages))
        {
            var (page, _) = await look(new Uri(draft.Url));
            if (page is not null && HtmlPage.TryRead(page.Body, page.ContentType, page.Url, new Deadline(clock, Deadline.Usual), out var html, out _))
                known[FeedSuggester.Key(draft, evidence)] = PageFactsReader.Read(html, rules, isOwn);
        }

        return known;
    }

    // The header of the server that has the file, or what the feed says of itself: the earlier one, if both are there.
    private static DateTimeOffset? ChangedAt(Fetched fetched, Feed feed)
    {
        DateTimeOffset? header = DateTimeOffset.TryParseExact(
            fetched.LastModified, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var modified) ? modified : null;
        return header < feed.UpdatedAt || feed.UpdatedAt is null ? header : feed.UpdatedAt;
    }

    private static FeedEvidence Evidence(Uri url, TimeProvider clock) => new(new Feed { Format = FeedFormat.JsonFeed11, Encoding = "utf-8" }, url, clock.GetUtcNow());

    private static SuggestionReport Nothing(Uri url, string? problem) => new(url.AbsoluteUri, null, [], [], null, problem);
}
