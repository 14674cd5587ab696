using Dapper;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>Another place at which an article stands.</summary>
/// <param name="Url">The page there.</param>
/// <param name="CompanyName">Who publishes it there.</param>
/// <param name="CompanySlug">Their place under <c>/companies/</c>.</param>
/// <param name="PublishedAt">When it appeared there; null when unknown.</param>
public sealed record OtherPlace(string Url, string CompanyName, string CompanySlug, DateTimeOffset? PublishedAt);

/// <summary>Articles that stand at more than one place.</summary>
public sealed partial class PostListings
{
    /// <summary>Where else the article of a post stands; of the post that stands for all.</summary>
    public async Task<IReadOnlyList<OtherPlace>> AlsoAt(long id, CancellationToken cancellation) =>
        (await database.Read(
            async session => (await session.Connection.QueryAsync<OtherPlaceRow>("""
                SELECT p.url AS Url, c.name AS CompanyName, c.slug AS CompanySlug, p.published_at AS PublishedAt
                FROM posts p JOIN companies c ON c.id = p.company_id WHERE p.twin_of = @id ORDER BY p.sort_key
                """, new { id })).ToList(),
            cancellation))
        .ConvertAll(row => new OtherPlace(
            row.Url, row.CompanyName, row.CompanySlug, row.PublishedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null));

    /// <summary>How many posts stand in their company's listing and in no other, since another company's stands for them there.</summary>
    public Task<long> CountFolded(CancellationToken cancellation) =>
        database.Read(
            session => session.Connection.ExecuteScalarAsync<long>("SELECT count(*) FROM posts WHERE twin_of IS NOT NULL AND is_second = 0"), cancellation);

    internal sealed class OtherPlaceRow
    {
        public string Url { get; set; } = "";

        public string CompanyName { get; set; } = "";

        public string CompanySlug { get; set; } = "";

        public long? PublishedAt { get; set; }
    }
}
