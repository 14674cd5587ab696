using Kawaraban.Fetching;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Fetches a source's document and its posts' pages for a person who looks at it: as the source's visits do, and never at another site.</summary>
/// <param name="database">Knows how the source's server wants to be asked.</param>
/// <param name="fetcher">Fetches with manners.</param>
internal sealed class SourceDocuments(Database database, PoliteFetcher fetcher)
{
    /// <summary>Fetches one.</summary>
    /// <param name="url">What.</param>
    /// <param name="isPage">Whether robots.txt counts as it does for pages.</param>
    /// <param name="sourceId">The source whose request settings count.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The document, or why there is none.</returns>
    public async Task<(Fetched? Fetched, string? Problem)> Fetch(Uri url, bool isPage, long sourceId, CancellationToken cancellation)
    {
        var settings = await database.Read(
            async session =>
            {
                await using var row = await session.Query("SELECT request FROM sources WHERE id = @id", ("id", sourceId));
                return await row.ReadAsync() && !row.IsDBNull(0) ? RequestSettings.FromJson(row.GetString(0)) : null;
            },
            cancellation);
        DateTimeOffset? until = null;
        return Outcome(await fetcher.FetchAtSite(new FetchRequest(url) { IsPage = isPage, Settings = settings }, at => until = at, cancellation), until);
    }

    /// <summary>Fetches what belongs to no source, wherever its server redirects to.</summary>
    /// <inheritdoc cref="Fetch(Uri, bool, long, CancellationToken)"/>
    public async Task<(Fetched? Fetched, string? Problem)> Fetch(Uri url, CancellationToken cancellation)
    {
        DateTimeOffset? until = null;
        return Outcome(await fetcher.Fetch(url, isOffered: false, at => until = at, null, cancellation), until);
    }

    private static (Fetched? Fetched, string? Problem) Outcome(FetchResult? result, DateTimeOffset? until) => result switch
    {
        Fetched fetched => (fetched, null),
        Elsewhere elsewhere => (null, $"its server redirects to {elsewhere.Url}, another site; give the source that address, or let a crawl follow it"),
        { } trouble => (null, CrawlOutcome.Of(trouble).Sentence),
        null => (null, $"its site is to be left alone until {CrawlOutcome.At(until ?? default)}; try again then"),
    };
}
