using Dapper;
using Kawaraban.Recipes;

namespace Kawaraban.Catalog;

/// <summary>What staff decided: where companies and tags went, and which tags are not shown.</summary>
public sealed partial class PostListings
{
    internal const string HiddenTags = "SELECT slug FROM tags WHERE hidden_at IS NOT NULL";

    /// <summary>The slug of the company that an address leads to which was another's once; null when it was nobody's.</summary>
    public Task<string?> CompanyMovedTo(string slug, CancellationToken cancellation) =>
        database.Read(
            session => session.Connection.QueryFirstOrDefaultAsync<string>("""
                SELECT other.slug FROM companies c JOIN companies other ON other.id = c.merged_into WHERE c.slug = @slug
                UNION ALL
                SELECT coalesce(other.slug, c.slug) FROM former_slugs f JOIN companies c ON c.id = f.company_id LEFT JOIN companies other ON other.id = c.merged_into
                WHERE f.slug = @slug
                """, new { slug }),
            cancellation);

    /// <summary>The slug of the tag that another was merged into; null when it was not.</summary>
    public Task<string?> TagMovedTo(string slug, CancellationToken cancellation) =>
        database.Read(
            session => session.Connection.QuerySingleOrDefaultAsync<string>("SELECT into_slug FROM tag_synonyms WHERE slug = @slug", new { slug }), cancellation);

    /// <summary>The posts that readers do not see, the latest hidden first.</summary>
    public async Task<IReadOnlyList<HiddenPost>> Hidden(int count, CancellationToken cancellation) =>
        (await database.Read(
            async session => (await session.Connection.QueryAsync<HiddenRow>($"""
                SELECT {PostRow.Columns}, p.hidden_at AS HiddenAt FROM posts p JOIN companies c ON c.id = p.company_id
                WHERE p.hidden_at IS NOT NULL ORDER BY p.hidden_at DESC LIMIT @count
                """, new { count })).ToList(),
            cancellation))
        .ConvertAll(row => new HiddenPost(row.ToCard(), DateTimeOffset.FromUnixTimeMilliseconds(row.HiddenAt)));

    // A post's own tags stay as published; those that are hidden are left out when it is shown.
    private async Task<List<PostCard>> WithoutHiddenTags(List<PostRow> rows, CancellationToken cancellation)
    {
        var cards = rows.ConvertAll(row => row.ToCard());
        if (cards.TrueForAll(card => card.Tags.Count == 0))
            return cards;
        var hidden = await database.Read(async session => (await session.Connection.QueryAsync<string>(HiddenTags)).ToHashSet(), cancellation);
        return hidden.Count == 0
            ? cards
            : cards.ConvertAll(card => card with { Tags = [.. card.Tags.Where(tag => TagName.Slug(tag) is not { } slug || !hidden.Contains(slug))] });
    }
}

/// <summary>A hidden post as the statement returns it.</summary>
internal sealed class HiddenRow : PostRow
{
    public long HiddenAt { get; set; }
}
