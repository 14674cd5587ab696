using Dapper;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>A page of the portal as a sitemap names it.</summary>
/// <param name="Name">What its address ends with: a post's number, a company's or a tag's slug.</param>
/// <param name="ChangedAt">When it last changed; null when we do not know.</param>
public readonly record struct Place(string Name, DateTimeOffset? ChangedAt);

/// <summary>The greatest numbers there are: how far the sitemaps go.</summary>
public sealed record PlaceCounts(long Posts, long Companies, long Tags);

/// <summary>All pages there are, by ranges of their numbers: a range is read from the primary key, and old ones never change places.</summary>
public sealed class Places(Database database)
{
    /// <summary>How far the numbers go.</summary>
    public async Task<PlaceCounts> Count(CancellationToken cancellation)
    {
        var row = await database.Read(
            session => session.Connection.QuerySingleAsync<CountRow>("""
                SELECT coalesce((SELECT max(id) FROM posts), 0) AS Posts, coalesce((SELECT max(id) FROM companies), 0) AS Companies,
                    coalesce((SELECT max(id) FROM tags), 0) AS Tags
                """),
            cancellation);
        return new PlaceCounts(row.Posts, row.Companies, row.Tags);
    }

    /// <summary>Posts with numbers above one and up to another.</summary>
    public Task<IReadOnlyList<Place>> Posts(long above, long upTo, CancellationToken cancellation) => Read(
        "SELECT CAST(id AS TEXT) AS Name, changed_at AS ChangedAt FROM posts WHERE id > @above AND id <= @upTo AND twin_of IS NULL AND hidden_at IS NULL ORDER BY id", above, upTo, cancellation);

    /// <summary>Companies with posts.</summary>
    /// <inheritdoc cref="Posts" path="/param"/>
    public Task<IReadOnlyList<Place>> Companies(long above, long upTo, CancellationToken cancellation) => Read(
        "SELECT slug AS Name, latest_at AS ChangedAt FROM companies WHERE id > @above AND id <= @upTo AND post_count > 0 ORDER BY id",
        above, upTo, cancellation);

    /// <summary>Tags that posts carry.</summary>
    /// <inheritdoc cref="Posts" path="/param"/>
    public Task<IReadOnlyList<Place>> Tags(long above, long upTo, CancellationToken cancellation) => Read(
        "SELECT slug AS Name, NULL AS ChangedAt FROM tags WHERE id > @above AND id <= @upTo AND post_count > 0 AND hidden_at IS NULL ORDER BY id",
        above, upTo, cancellation);

    private async Task<IReadOnlyList<Place>> Read(string sql, long above, long upTo, CancellationToken cancellation) =>
        (await database.Read(
            async session => (await session.Connection.QueryAsync<PlaceRow>(sql, new { above, upTo })).ToList(), cancellation))
        .ConvertAll(row => new Place(row.Name, row.ChangedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null));

    internal sealed class PlaceRow
    {
        public string Name { get; set; } = "";

        public long? ChangedAt { get; set; }
    }

    internal sealed class CountRow
    {
        public long Posts { get; set; }

        public long Companies { get; set; }

        public long Tags { get; set; }
    }
}
