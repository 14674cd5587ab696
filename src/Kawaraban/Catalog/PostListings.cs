using Dapper;
using Kawaraban.Recipes;
using Kawaraban.Search;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>What the portal asks of the catalog. Every question is one round trip to the database.</summary>
public sealed partial class PostListings(Database database)
{
    internal const string Latest = $"""
        SELECT {PostRow.Columns}
        FROM posts p JOIN companies c ON c.id = p.company_id
        WHERE p.sort_key < @before AND p.twin_of IS NULL AND p.hidden_at IS NULL
        ORDER BY p.sort_key DESC LIMIT @count
        """;

    internal const string OfCompany = $"""
        SELECT {PostRow.Columns}
        FROM posts p JOIN companies c ON c.id = p.company_id
        WHERE p.company_id = (SELECT id FROM companies WHERE slug = @slug) AND p.sort_key < @before AND p.is_second = 0 AND p.hidden_at IS NULL
        ORDER BY p.sort_key DESC LIMIT @count
        """;

    internal const string OfTag = $"""
        SELECT {PostRow.Columns}
        FROM post_tags x JOIN posts p ON p.id = x.post_id JOIN companies c ON c.id = p.company_id
        WHERE x.tag_id = (SELECT id FROM tags WHERE slug = @slug) AND x.sort_key < @before
        ORDER BY x.sort_key DESC LIMIT @count
        """;

    // The index gives the words in the order of the listing; the text is read only where a phrase has to be checked.
    internal const string FoundByFts5 = $"""
        SELECT {PostRow.Columns}
        FROM post_words w
        CROSS JOIN posts p ON p.sort_key = w.rowid
        CROSS JOIN companies c ON c.id = p.company_id
        WHERE w.post_words MATCH @match AND w.rowid < @before
            AND NOT EXISTS (SELECT 1 FROM json_each(@phrases) f
                WHERE instr((SELECT t.text FROM post_texts t WHERE t.post_id = p.id), f.value) = 0)
            AND NOT EXISTS (SELECT 1 FROM json_each(@forbidden) f
                WHERE instr((SELECT t.text FROM post_texts t WHERE t.post_id = p.id), f.value) > 0)
        ORDER BY w.rowid DESC LIMIT @count
        """;

    // Written as NOT EXISTS, the checks of the text are estimated to cost a hundred times what they do, and the index of words is shunned. Where
    // there is nothing to check no text is looked for. The planner must not know that beforehand (hence SELECT): it takes the words themselves for
    // cheap to read, and without the checks it reads the newest posts one after the other where the index would give a few.
    private const string Matching = """
        w.words @@ CAST(@match AS tsquery)
            AND ((SELECT CAST(@phrases AS text) = '[]') OR (SELECT coalesce(bool_and(strpos(t.text, f.value) > 0), true)
                FROM json_array_elements_text(CAST(@phrases AS json)) f (value) JOIN post_texts t ON t.post_id = w.post_id))
            AND NOT ((SELECT CAST(@forbidden AS text) <> '[]') AND (SELECT coalesce(bool_or(strpos(t.text, f.value) > 0), false)
                FROM json_array_elements_text(CAST(@forbidden AS json)) f (value) JOIN post_texts t ON t.post_id = w.post_id))
        """;

    // PostgreSQL chooses by how common the words are: the newest posts one after the other, or the index and a sort of what it gives. What
    // is found is limited before it is joined; else it merges them with all posts there are.
    internal const string FoundByVector = $"""
        SELECT {PostRow.Columns}
        FROM (
            SELECT w.sort_key FROM post_words w WHERE w.sort_key < @before AND {Matching}
            ORDER BY w.sort_key DESC LIMIT @count
        ) AS found
        JOIN posts p ON p.sort_key = found.sort_key
        JOIN companies c ON c.id = p.company_id
        ORDER BY p.sort_key DESC
        """;

    private const string One = $"SELECT {PostRow.Columns} FROM posts p JOIN companies c ON c.id = p.company_id WHERE p.id = @id AND p.hidden_at IS NULL";

    // Of every tag the newest few: one that ten thousand posts carry costs what a rare one does. PostgreSQL does not turn IN around.
    private const string TaggedInSqlite = """
        SELECT other.sort_key, 1 AS is_tagged
        FROM post_tags own JOIN post_tags other ON other.tag_id = own.tag_id
        WHERE own.post_id = @id AND other.sort_key IN (
            SELECT newest.sort_key FROM post_tags newest WHERE newest.tag_id = own.tag_id
            ORDER BY newest.sort_key DESC LIMIT 2 * @count + 1)
        """;

    private const string TaggedInPostgres = """
        SELECT other.sort_key, 1 AS is_tagged
        FROM post_tags own CROSS JOIN LATERAL (
            SELECT newest.sort_key FROM post_tags newest WHERE newest.tag_id = own.tag_id
            ORDER BY newest.sort_key DESC LIMIT 2 * @count + 1) AS other
        WHERE own.post_id = @id
        """;

    private const string NearInSqlite = $"{NearBegin}{TaggedInSqlite}{NearEnd}";
    private const string NearInPostgres = $"{NearBegin}{TaggedInPostgres}{NearEnd}";

    private const string NearBegin = $"""
        SELECT {PostRow.Columns}
        FROM (
            SELECT near.sort_key, max(near.is_tagged) AS is_tagged, sum(near.is_tagged) AS shared
            FROM (

        """;

    // Of the company the newest few as well.
    private const string NearEnd = """

                UNION ALL
                SELECT sort_key, 0 FROM (
                    SELECT sort_key FROM posts WHERE company_id = (SELECT company_id FROM posts WHERE id = @id) AND twin_of IS NULL AND hidden_at IS NULL
                    ORDER BY sort_key DESC LIMIT @count + 1) AS neighbour
            ) AS near
            GROUP BY near.sort_key
        ) AS ranked
        JOIN posts p ON p.sort_key = ranked.sort_key
        JOIN companies c ON c.id = p.company_id
        WHERE p.id <> @id
        ORDER BY ranked.is_tagged DESC, ranked.shared DESC, p.sort_key DESC LIMIT @count
        """;

    /// <summary>A page of posts, newest first.</summary>
    /// <param name="filter">Which posts.</param>
    /// <param name="before">Where the page begins; null is the newest.</param>
    /// <param name="count">How many at most, at least 1.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<PostPage> List(PostFilter filter, PostCursor? before, int count, CancellationToken cancellation)
    {
        // One more than wanted: whether there is an older page is known without asking again.
        var key = before is { } cursor ? SortKey.Of(cursor.SortAt, cursor.Id) : long.MaxValue;
        var rows = filter switch
        {
            { Query: { } text } => await Search(SearchQuery.Parse(text), key, count + 1, cancellation),
            { CompanySlug: { } slug } => await Ask(OfCompany, slug, key, count + 1, cancellation),
            { Tag: { } tag } => await Ask(OfTag, TagName.Slug(tag) ?? "", key, count + 1, cancellation),
            _ => await database.Read(
                async session => (await session.Connection.QueryAsync<PostRow>(Latest, new { before = key, count = count + 1 })).ToList(),
                cancellation),
        };
        var hasMore = rows.Count > count;
        if (hasMore)
            rows.RemoveAt(count);
        var cards = await WithoutHiddenTags(rows, cancellation);
        return new PostPage(cards, hasMore ? new PostCursor(cards[^1].SortAt.ToUnixTimeMilliseconds(), cards[^1].Id) : null);
    }

    /// <summary>One post, or null.</summary>
    public async Task<PostCard?> Find(long id, CancellationToken cancellation) =>
        await database.Read(session => session.Connection.QuerySingleOrDefaultAsync<PostRow>(One, new { id }), cancellation) is { } row
            ? (await WithoutHiddenTags([row], cancellation))[0]
            : null;

    /// <summary>Posts near this one: same tags first, then same company; never itself.</summary>
    public async Task<IReadOnlyList<PostCard>> Related(long id, int count, CancellationToken cancellation) =>
        await WithoutHiddenTags(
            await database.Read(
                async session => (await session.Connection.QueryAsync<PostRow>(
                    session.Dialect == Dialect.Sqlite ? NearInSqlite : NearInPostgres, new { id, count })).ToList(),
                cancellation),
            cancellation);

    /// <summary>All companies with posts, by latest post.</summary>
    public async Task<IReadOnlyList<CompanyCard>> Companies(CancellationToken cancellation) =>
        (await database.Read(
            async session => (await session.Connection.QueryAsync<CompanyRow>($"""
                SELECT {CompanyRow.Columns} FROM companies c WHERE c.post_count > 0 ORDER BY c.latest_at DESC, c.id
                """)).ToList(),
            cancellation))
        .ConvertAll(row => row.ToCard());

    /// <summary>One company, or null.</summary>
    public async Task<CompanyCard?> Company(string slug, CancellationToken cancellation) =>
        (await database.Read(
            session => session.Connection.QuerySingleOrDefaultAsync<CompanyRow>(
                $"SELECT {CompanyRow.Columns} FROM companies c WHERE c.slug = @slug AND c.merged_into IS NULL", new { slug }),
            cancellation))?.ToCard();

    /// <summary>The commonest tags.</summary>
    public async Task<IReadOnlyList<TagCard>> Tags(int count, CancellationToken cancellation) =>
        (await database.Read(
            async session => (await session.Connection.QueryAsync<TagRow>("""
                SELECT slug AS Slug, name AS Name, post_count AS PostCount FROM tags WHERE post_count > 0 AND hidden_at IS NULL
                ORDER BY post_count DESC, slug LIMIT @count
                """, new { count })).ToList(),
            cancellation))
        .ConvertAll(row => new TagCard(row.Slug, row.Name, (int)row.PostCount));

    /// <summary>One tag that posts carry, or null.</summary>
    /// <param name="slug">As it stands in addresses: see <see cref="TagName.Slug"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<TagCard?> Tag(string slug, CancellationToken cancellation) =>
        await database.Read(
            session => session.Connection.QuerySingleOrDefaultAsync<TagRow>(
                "SELECT slug AS Slug, name AS Name, post_count AS PostCount FROM tags WHERE slug = @slug AND post_count > 0 AND hidden_at IS NULL", new { slug }),
            cancellation) is { } row
            ? new TagCard(row.Slug, row.Name, (int)row.PostCount)
            : null;

    private Task<List<PostRow>> Ask(string sql, string slug, long before, int count, CancellationToken cancellation) =>
        database.Read(async session => (await session.Connection.QueryAsync<PostRow>(sql, new { slug, before, count })).ToList(), cancellation);

    private async Task<List<PostRow>> Search(SearchQuery query, long before, int count, CancellationToken cancellation) =>
        query.IsEmpty
            ? []
            : await database.Read(
                async session => (await session.Connection.QueryAsync<PostRow>(
                    session.Dialect == Dialect.Sqlite ? FoundByFts5 : FoundByVector,
                    new { match = query.Match(session.Dialect), phrases = query.Phrases, forbidden = query.ForbiddenPhrases, before, count })).ToList(),
                cancellation);
}
