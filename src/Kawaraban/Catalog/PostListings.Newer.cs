using Dapper;
using Kawaraban.Recipes;
using Kawaraban.Search;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>The way back: from a page to the one with newer posts.</summary>
public sealed partial class PostListings
{
    internal const string NewerThanAny = """
        SELECT p.sort_key FROM posts p WHERE p.sort_key >= @before AND p.twin_of IS NULL AND p.hidden_at IS NULL ORDER BY p.sort_key LIMIT 1 OFFSET @count
        """;

    internal const string NewerOfCompany = """
        SELECT p.sort_key FROM posts p
        WHERE p.company_id = (SELECT id FROM companies WHERE slug = @slug) AND p.sort_key >= @before AND p.is_second = 0 AND p.hidden_at IS NULL
        ORDER BY p.sort_key LIMIT 1 OFFSET @count
        """;

    internal const string NewerOfTag = """
        SELECT x.sort_key FROM post_tags x
        WHERE x.tag_id = (SELECT id FROM tags WHERE slug = @slug) AND x.sort_key >= @before
        ORDER BY x.sort_key LIMIT 1 OFFSET @count
        """;

    internal const string NewerFoundByFts5 = """
        SELECT w.rowid
        FROM post_words w CROSS JOIN posts p ON p.sort_key = w.rowid
        WHERE w.post_words MATCH @match AND w.rowid >= @before
            AND NOT EXISTS (SELECT 1 FROM json_each(@phrases) f
                WHERE instr((SELECT t.text FROM post_texts t WHERE t.post_id = p.id), f.value) = 0)
            AND NOT EXISTS (SELECT 1 FROM json_each(@forbidden) f
                WHERE instr((SELECT t.text FROM post_texts t WHERE t.post_id = p.id), f.value) > 0)
        ORDER BY w.rowid LIMIT 1 OFFSET @count
        """;

    internal const string NewerFoundByVector = $"""
        SELECT w.sort_key FROM post_words w WHERE w.sort_key >= @before AND {Matching} ORDER BY w.sort_key LIMIT 1 OFFSET @count
        """;

    /// <summary>Where the page before a page begins.</summary>
    /// <param name="filter">Which posts.</param>
    /// <param name="cursor">Where the page itself begins.</param>
    /// <param name="count">How many posts are on a page.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null when the page before is the first.</returns>
    public async Task<PostCursor?> PageBefore(PostFilter filter, PostCursor cursor, int count, CancellationToken cancellation)
    {
        var before = SortKey.Of(cursor.SortAt, cursor.Id);
        var key = filter switch
        {
            { Query: { } text } => await NewerFoundBy(SearchQuery.Parse(text), before, count, cancellation),
            { CompanySlug: { } slug } => await NewerOf(NewerOfCompany, slug, before, count, cancellation),
            { Tag: { } tag } => await NewerOf(NewerOfTag, TagName.Slug(tag) ?? "", before, count, cancellation),
            _ => await database.Read(
                session => session.Connection.ExecuteScalarAsync<long?>(NewerThanAny, new { before, count }), cancellation),
        };
        return key is { } found ? SortKey.Cursor(found) : null;
    }

    private Task<long?> NewerOf(string sql, string slug, long before, int count, CancellationToken cancellation) =>
        database.Read(session => session.Connection.ExecuteScalarAsync<long?>(sql, new { slug, before, count }), cancellation);

    private async Task<long?> NewerFoundBy(SearchQuery query, long before, int count, CancellationToken cancellation) =>
        query.IsEmpty
            ? null
            : await database.Read(
                session => session.Connection.ExecuteScalarAsync<long?>(
                    session.Dialect == Dialect.Sqlite ? NewerFoundByFts5 : NewerFoundByVector,
                    new { match = query.Match(session.Dialect), phrases = query.Phrases, forbidden = query.ForbiddenPhrases, before, count }),
                cancellation);
}
