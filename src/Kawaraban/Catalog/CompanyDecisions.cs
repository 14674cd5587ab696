using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Catalog;

/// <summary>A company as staff see it.</summary>
/// <param name="Id">Our number for it.</param>
/// <param name="Slug">Its place under <c>/companies/</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="SiteUrl">Its site.</param>
/// <param name="PostCount">How many posts readers see of it.</param>
/// <param name="SourceCount">How many sources it has.</param>
public sealed record CompanyEntry(long Id, string Slug, string Name, string? SiteUrl, long PostCount, long SourceCount);

/// <summary>What staff decide of companies: what they are called, where they stand, and which are one.</summary>
public static class CompanyDecisions
{
    /// <summary>The greatest length of a name.</summary>
    public const int LongestName = 100;

    private const string Columns =
        "c.id, c.slug, c.name, c.site_url, c.post_count, (SELECT count(*) FROM sources s WHERE s.company_id = c.id)";

    /// <summary>The companies by name, without those that are part of another.</summary>
    /// <param name="session">A question.</param>
    /// <param name="words">Only with this in their name; empty is all.</param>
    /// <param name="count">How many at most.</param>
    public static async Task<IReadOnlyList<CompanyEntry>> List(Session session, string words, int count)
    {
        List<CompanyEntry> found = [];
        await using var rows = await session.Query($"""
            SELECT {Columns} FROM companies c
            WHERE c.merged_into IS NULL AND (c.name_key LIKE @pattern ESCAPE '!' OR c.slug LIKE @pattern ESCAPE '!') ORDER BY c.name, c.id LIMIT @count
            """, ("pattern", Like.Containing(CompanyTable.Key(words))), ("count", count));
        while (await rows.ReadAsync())
            found.Add(Read(rows));
        return found;
    }

    /// <summary>One, by its number; null when there is none, or it is part of another.</summary>
    public static async Task<CompanyEntry?> Find(Session session, long id)
    {
        await using var row = await session.Query($"SELECT {Columns} FROM companies c WHERE c.id = @id AND c.merged_into IS NULL", ("id", id));
        return await row.ReadAsync() ? Read(row) : null;
    }

    /// <summary>One, by its slug or name; null when there is none.</summary>
    public static async Task<CompanyEntry?> Find(Session session, string which)
    {
        await using var row = await session.Query(
            $"SELECT {Columns} FROM companies c WHERE c.merged_into IS NULL AND (c.slug = @slug OR c.name_key = @key) ORDER BY c.id LIMIT 1",
            ("slug", which), ("key", CompanyTable.Key(which)));
        return await row.ReadAsync() ? Read(row) : null;
    }

    /// <summary>Gives a company another name, place or site. Its old place leads to the new one.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="company">As it was when the change began.</param>
    /// <param name="name">Its name.</param>
    /// <param name="slug">Its place.</param>
    /// <param name="siteUrl">Its site; null for none.</param>
    /// <returns>What is wrong, by field; nothing when it is done.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> Change(Session session, CompanyEntry company, string name, Slug slug, Uri? siteUrl)
    {
        ArgumentNullException.ThrowIfNull(company);
        Dictionary<string, string> problems = [];
        await SourceAddress.Lock(session);
        await using (var row = await session.Query("SELECT 1 FROM companies WHERE name_key = @key AND id <> @id", ("key", CompanyTable.Key(name)), ("id", company.Id)))
        {
            if (await row.ReadAsync())
                problems["name"] = "is another company's already; merge the two if they are one";
        }

        if (slug.Text != company.Slug)
        {
            // Its own former place it may have back.
            await session.Execute("DELETE FROM former_slugs WHERE slug = @slug AND company_id = @id", ("slug", slug.Text), ("id", company.Id));
            if (await CompanyTable.IsTaken(session, slug))
                problems["slug"] = "is, or was, another company's already";
        }

        if (problems.Count > 0)
            return problems;
        await session.Execute(
            "UPDATE companies SET name = @name, name_key = @key, slug = @slug, site_url = @site WHERE id = @id",
            ("name", name), ("key", CompanyTable.Key(name)), ("slug", slug.Text), ("site", siteUrl?.AbsoluteUri), ("id", company.Id));
        if (slug.Text != company.Slug)
            await session.Execute("INSERT INTO former_slugs (slug, company_id) VALUES (@slug, @id)", ("slug", company.Slug), ("id", company.Id));
        return problems;
    }

    /// <summary>Makes one company part of another: sources and posts move, its name and its place lead there from now on.</summary>
    /// <remarks>
    /// An article that both have is one post of one company: the other's is hidden. Visits that are under way for the one are dropped: they would
    /// write posts for a company that has none any more.
    /// </remarks>
    public static async Task Merge(Session session, CompanyEntry from, CompanyEntry into, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(into);
        await SourceAddress.Lock(session);
        foreach (var id in new[] { from.Id, into.Id }.Order())
            await CompanyCounts.Lock(session, id);
        await session.Execute(
            "UPDATE leases SET token = token + 1 WHERE politeness_key IN (SELECT politeness_key FROM sources WHERE company_id = @from)", ("from", from.Id));
        List<long> twice = [];
        await using (var rows = await session.Query("""
            SELECT p.id FROM posts p JOIN posts other ON other.company_id = @into AND other.canonical_url = p.canonical_url WHERE p.company_id = @from ORDER BY p.id
            """, ("into", into.Id), ("from", from.Id)))
        {
            while (await rows.ReadAsync())
                twice.Add(rows.GetInt64(0));
        }

        foreach (var id in twice)
        {
            await PostHiding.Hide(session, id, now);
            await session.Execute("UPDATE posts SET canonical_url = canonical_url || '#post-' || CAST(id AS TEXT) WHERE id = @id", ("id", id));
        }

        await session.Execute("UPDATE posts SET company_id = @into WHERE company_id = @from", ("into", into.Id), ("from", from.Id));
        await session.Execute("UPDATE sources SET company_id = @into WHERE company_id = @from", ("into", into.Id), ("from", from.Id));
        await session.Execute("UPDATE companies SET merged_into = @into WHERE id = @from OR merged_into = @from", ("into", into.Id), ("from", from.Id));
        await CompanyCounts.Refresh(session, from.Id);
        await CompanyCounts.Refresh(session, into.Id);
    }

    private static CompanyEntry Read(System.Data.Common.DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4), row.GetInt64(5));
}
