using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>What a company's row says of its posts, counted anew: after what is no visit.</summary>
internal static class CompanyCounts
{
    /// <summary>Counts.</summary>
    public static async Task Refresh(Session session, long companyId)
    {
        long? latestAt = null;
        await using (var row = await session.Query("""
            SELECT published_at, first_seen_at FROM posts WHERE company_id = @id AND hidden_at IS NULL AND is_second = 0 ORDER BY sort_key DESC LIMIT 1
            """, ("id", companyId)))
        {
            if (await row.ReadAsync())
                latestAt = SortKey.SortAt(row.IsDBNull(0) ? null : row.GetInt64(0), row.GetInt64(1));
        }

        await session.Execute("""
            UPDATE companies SET latest_at = CAST(@latestAt AS BIGINT),
                post_count = (SELECT count(*) FROM posts WHERE company_id = companies.id AND hidden_at IS NULL AND is_second = 0)
            WHERE id = @id
            """, ("latestAt", latestAt), ("id", companyId));
    }

    /// <summary>Keeps others from writing the company and its posts until the transaction ends. SQLite has one writer.</summary>
    public static Task Lock(Session session, long companyId) => PostWriter.LockCompany(session, new PostOrigin(0, companyId));
}
