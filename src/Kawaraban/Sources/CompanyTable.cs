using Kawaraban.Storage;
using Kawaraban.Unicode;

namespace Kawaraban.Sources;

/// <summary>Companies, known by their names.</summary>
internal static class CompanyTable
{
    /// <summary>The company of that name, added when there is none.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="name">Its name as a list or a person gives it.</param>
    /// <param name="siteUrl">Its site.</param>
    /// <param name="slugUrl">The address its slug may be taken from.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static async Task<long> FindOrAdd(Session session, string name, string? siteUrl, Uri slugUrl, long now)
    {
        var key = Key(name);
        await using (var row = await session.Query("SELECT coalesce(merged_into, id) FROM companies WHERE name_key = @key", ("key", key)))
        {
            if (await row.ReadAsync())
                return row.GetInt64(0);
        }

        var slug = Slug.Of(name, slugUrl);
        var free = slug;
        for (var number = 2; await IsTaken(session, free); number++)
            free = slug.Numbered(number);

        await using var added = await session.Query("""
            INSERT INTO companies (slug, name, name_key, site_url, created_at) VALUES (@slug, @name, @key, @siteUrl, @now)
            RETURNING id
            """, ("slug", free.Text), ("name", name), ("key", key), ("siteUrl", siteUrl), ("now", now));
        await added.ReadAsync();
        return added.GetInt64(0);
    }

    /// <summary>Gives a company that is called by its host the name its feed gives itself, unless another has that name.</summary>
    public static Task Rename(Session session, long companyId, string host, string name) =>
        session.Execute("""
            UPDATE companies SET name = @name, name_key = @key
            WHERE id = @companyId AND name = @host AND NOT EXISTS (SELECT 1 FROM companies other WHERE other.name_key = @key)
            """, ("companyId", companyId), ("host", host), ("name", name), ("key", Key(name)));

    // Lists write one company's name in full and half width, in one case and another.
    internal static string Key(string name) => Compatibility.Compose(name).Trim().ToLowerInvariant();

    // Also what was a company's once: its readers' links lead there.
    internal static async Task<bool> IsTaken(Session session, Slug slug)
    {
        await using var row = await session.Query(
            "SELECT 1 FROM companies WHERE slug = @slug UNION ALL SELECT 1 FROM former_slugs WHERE slug = @slug", ("slug", slug.Text));
        return await row.ReadAsync();
    }
}
