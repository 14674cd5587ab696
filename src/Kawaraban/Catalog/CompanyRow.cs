namespace Kawaraban.Catalog;

/// <summary>A company as the listings' statements return it.</summary>
internal sealed class CompanyRow
{
    /// <summary>The columns, from <c>companies c</c>.</summary>
    public const string Columns = """
        c.slug AS Slug, c.name AS Name, c.site_url AS SiteUrl, c.logo_url AS LogoUrl, c.post_count AS PostCount, c.latest_at AS LatestAt
        """;

    public string Slug { get; set; } = "";

    public string Name { get; set; } = "";

    public string? SiteUrl { get; set; }

    public string? LogoUrl { get; set; }

    public long PostCount { get; set; }

    public long? LatestAt { get; set; }

    public CompanyCard ToCard() =>
        new(Slug, Name, SiteUrl, LogoUrl, (int)PostCount, LatestAt is { } latest ? DateTimeOffset.FromUnixTimeMilliseconds(latest) : null);
}

/// <summary>A tag as the listings' statements return it.</summary>
internal sealed class TagRow
{
    public string Slug { get; set; } = "";

    public string Name { get; set; } = "";

    public long PostCount { get; set; }
}
