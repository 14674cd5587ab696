using Kawaraban.Recipes;
using Kawaraban.Search;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>Writes that posts are one article: which of them stands for all, and with that listings, search, tags and counts.</summary>
internal static class TwinGroup
{
    /// <summary>Locks the companies whose posts and counts are about to change, in the order in which all do: before anything else is written.</summary>
    public static async Task Lock(Session session, IEnumerable<long> companies)
    {
        foreach (var companyId in companies.Distinct().Order())
            await PostWriter.LockCompany(session, new PostOrigin(0, companyId));
    }

    /// <summary>Writes it. Done again it changes nothing.</summary>
    /// <param name="session">A transaction that has locked their companies.</param>
    /// <param name="members">The posts as they are now; one alone stands for itself.</param>
    /// <param name="tags">Hears of the tags that are gained and lost; to be written at the end.</param>
    public static async Task Write(Session session, IReadOnlyList<TwinPost> members, TagChanges tags)
    {
        var primary = members.Min(TwinPost.ByRank)!;
        List<(long CompanyId, int Change)> counts = [];
        foreach (var company in members.GroupBy(member => member.CompanyId))
        {
            var own = company.Min(TwinPost.ByRank)!;
            counts.Add((company.Key, company.Count(member => member.IsSecond) - company.Count() + 1));
            foreach (var member in company)
            {
                var (twinOf, isSecond) = (member.Id == primary.Id ? (long?)null : primary.Id, member.Id != own.Id);
                if (twinOf != member.TwinOf || isSecond != member.IsSecond)
                {
                    await session.Execute(
                        "UPDATE posts SET twin_of = @twinOf, is_second = @isSecond WHERE id = @id",
                        ("twinOf", twinOf), ("isSecond", isSecond ? 1 : 0), ("id", member.Id));
                }

                if (twinOf is not null && member.TwinOf is null)
                    await SearchIndex.Hide(session, member.SortKey);
                else if (twinOf is null && member is { TwinOf: not null, IsHidden: false })
                    await SearchIndex.Show(session, member.Id, member.SortKey);
                if (twinOf is not null && (await Tagged(session, member.Id)).Count > 0)
                    await tags.Remove(session, member.Id);
            }
        }

        if (!primary.IsHidden)
            await WriteTags(session, primary, members, tags);
        foreach (var (companyId, change) in counts)
        {
            // What is hidden is in no count, so the difference says nothing.
            if (members.Any(member => member.IsHidden))
                await CompanyCounts.Refresh(session, companyId);
            else
                await Count(session, companyId, change);
        }
    }

    // Where one place has no tags and another has, the article is found by those.
    private static async Task WriteTags(Session session, TwinPost primary, IReadOnlyList<TwinPost> members, TagChanges tags)
    {
        List<string> all = [];
        HashSet<string> slugs = [];
        foreach (var tag in members.OrderBy(member => member, TwinPost.ByRank).SelectMany(member => member.TagNames))
        {
            if (TagName.Slug(tag) is { } slug && slugs.Add(slug))
                all.Add(tag);
        }

        if (slugs.SetEquals(await Tagged(session, primary.Id)))
            return;
        await tags.Remove(session, primary.Id);
        tags.Add(primary.Id, primary.SortKey, all);
    }

    private static async Task<HashSet<string>> Tagged(Session session, long postId)
    {
        HashSet<string> slugs = [];
        await using var rows = await session.Query("SELECT t.slug FROM post_tags x JOIN tags t ON t.id = x.tag_id WHERE x.post_id = @id", ("id", postId));
        while (await rows.ReadAsync())
            slugs.Add(rows.GetString(0));
        return slugs;
    }

    // Also where the number stays: an edit may have made one that is not listed the company's latest.
    private static Task<int> Count(Session session, long companyId, int change) =>
        session.Execute("""
            UPDATE companies SET post_count = post_count + @change, latest_at = coalesce(
                (SELECT CASE WHEN p.published_at < p.first_seen_at THEN p.published_at ELSE p.first_seen_at END
                    FROM posts p WHERE p.company_id = companies.id AND p.is_second = 0 AND p.hidden_at IS NULL ORDER BY p.sort_key DESC LIMIT 1), latest_at)
            WHERE id = @companyId
            """, ("change", change), ("companyId", companyId));
}
