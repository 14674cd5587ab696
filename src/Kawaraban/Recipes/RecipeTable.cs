using System.Text.Json.Nodes;
using Kawaraban.Storage;

namespace Kawaraban.Recipes;

/// <summary>A version of a source's recipe.</summary>
/// <param name="Version">From 1 on.</param>
/// <param name="Recipe">The recipe; null when it had none of its own from then on.</param>
/// <param name="At">When it was set.</param>
/// <param name="Who">By whom.</param>
/// <param name="Why">Why; null when that was not said.</param>
public sealed record RecipeVersion(long Version, string? Recipe, DateTimeOffset At, string Who, string? Why);

/// <summary>A source as its recipe sees it.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Url">Its address.</param>
/// <param name="Title">What it is called.</param>
/// <param name="FeedTitle">What its feed calls itself.</param>
/// <param name="SiteUrl">Its site.</param>
/// <param name="PolitenessKey">Where it is fetched.</param>
/// <param name="Recipe">Its own recipe; null when it has none.</param>
/// <param name="Version">The version of that; 0 when it never had one.</param>
/// <param name="Platform">The built-in recipe that fits.</param>
/// <param name="Notice">Which rules failed at the last visit.</param>
public sealed record RecipeSource(
    long SourceId, Uri Url, string Title, string? FeedTitle, string? SiteUrl, string PolitenessKey, string? Recipe, long Version, string? Platform, string? Notice)
{
    /// <summary>What messages call its recipe.</summary>
    public string Name => Recipe is null ? $"the recipe of source {SourceId}" : $"the recipe of source {SourceId} (version {Version})";
}

/// <summary>The recipes of sources, with all that they were.</summary>
/// <param name="database">Where they are kept.</param>
/// <param name="clock">Tells the time.</param>
public sealed class RecipeTable(Database database, TimeProvider clock)
{
    /// <summary>A source as its recipe sees it; null when there is no such source.</summary>
    public Task<RecipeSource?> Find(long sourceId, CancellationToken cancellation) =>
        database.Read(
            async session =>
            {
                await using var row = await session.Query("""
                    SELECT url, coalesce(title, feed_title), feed_title, site_url, politeness_key, recipe, recipe_version, platform, recipe_notice
                    FROM sources WHERE id = @id
                    """, ("id", sourceId));
                if (!await row.ReadAsync())
                    return null;
                string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
                var url = new Uri(row.GetString(0));
                return new RecipeSource(sourceId, url, Text(1) ?? url.Host, Text(2), Text(3), row.GetString(4), Text(5), row.GetInt64(6), Text(7), Text(8));
            },
            cancellation);

    /// <summary>The numbers of all sources that have a recipe of their own.</summary>
    public Task<IReadOnlyList<long>> WithRecipe(CancellationToken cancellation) =>
        database.Read<IReadOnlyList<long>>(
            async session =>
            {
                List<long> ids = [];
                await using var rows = await session.Query("SELECT id FROM sources WHERE recipe IS NOT NULL ORDER BY id");
                while (await rows.ReadAsync())
                    ids.Add(rows.GetInt64(0));
                return ids;
            },
            cancellation);

    /// <summary>Gives a source a recipe, or takes it away. Its next visit reads its document in full and shapes all of it anew.</summary>
    /// <param name="sourceId">The source.</param>
    /// <param name="recipe">One that <see cref="RecipeReader"/> has read; null for none.</param>
    /// <param name="who">Who wants it.</param>
    /// <param name="why">Why; null when that is not said.</param>
    /// <param name="cancellation">Withdraws the change.</param>
    /// <returns>The number of the version.</returns>
    public async Task<long> Set(long sourceId, string? recipe, string who, string? why, CancellationToken cancellation) =>
        await SetOver(sourceId, null, recipe, who, why, null, cancellation) ?? throw new ArgumentException($"there is no source {sourceId}", nameof(sourceId));

    /// <summary>The same over one version alone.</summary>
    /// <inheritdoc cref="Set" path="/param"/>
    /// <param name="over">The version that it was made of; null for whichever there is.</param>
    /// <param name="also">What else belongs into the transaction; hears the version. Null for nothing.</param>
    /// <returns>The number of the version; null when the source has another by now, or is not there.</returns>
    public Task<long?> SetOver(
        long sourceId, long? over, string? recipe, string who, string? why, Func<Session, long, Task>? also, CancellationToken cancellation) =>
        database.Write<long?>(
            async session =>
            {
                string? before;
                await using (var row = await session.Query("SELECT recipe FROM sources WHERE id = @id", ("id", sourceId)))
                    before = await row.ReadAsync() && !row.IsDBNull(0) ? row.GetString(0) : null;
                long version;
                // Who visits it at this moment has the old one: what that visit brings does not count as read (see CrawlRecorder).
                await using (var row = await session.Query("""
                    UPDATE sources SET recipe = @recipe, recipe_version = recipe_version + 1, recipe_notice = NULL, content_hash = NULL, full_fetch_at = NULL
                    WHERE id = @id AND recipe_version = coalesce(CAST(@over AS BIGINT), recipe_version) RETURNING recipe_version
                    """, ("recipe", recipe), ("id", sourceId), ("over", over)))
                {
                    if (!await row.ReadAsync())
                        return null;
                    version = row.GetInt64(0);
                }

                await session.Execute("""
                    INSERT INTO recipes (source_id, version, recipe, at, who, why) VALUES (@sourceId, @version, @recipe, @at, @who, @why)
                    """,
                    ("sourceId", sourceId), ("version", version), ("recipe", recipe), ("at", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("who", who), ("why", why));
                await PageTable.Renew(session, sourceId, isOther: !JsonNode.DeepEquals(PageSection(before), PageSection(recipe)));
                if (also is not null)
                    await also(session, version);
                return version;
            },
            cancellation);

    /// <summary>All versions, the newest first.</summary>
    public Task<IReadOnlyList<RecipeVersion>> History(long sourceId, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<RecipeVersion>>(
            async session =>
            {
                List<RecipeVersion> versions = [];
                await using var rows = await session.Query(
                    "SELECT version, recipe, at, who, why FROM recipes WHERE source_id = @sourceId ORDER BY version DESC", ("sourceId", sourceId));
                while (await rows.ReadAsync())
                {
                    versions.Add(new RecipeVersion(
                        rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)), rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetString(4)));
                }

                return versions;
            },
            cancellation);

    private static JsonNode? PageSection(string? recipe) =>
        recipe is not null && RecipeReader.TryParse(recipe, out var document, out _) ? document["page"] : null;
}
