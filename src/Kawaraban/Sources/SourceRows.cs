namespace Kawaraban.Sources;

/// <summary>A source as the statements return it.</summary>
internal sealed class SourceRow
{
    /// <summary>The columns, from <c>sources s JOIN companies c</c>.</summary>
    public const string Columns = """
        s.id AS Id, s.url AS Url, coalesce(s.title, s.feed_title) AS Title, c.name AS Company, c.slug AS CompanySlug, s.site_url AS SiteUrl,
        s.politeness_key AS PolitenessKey, s.status AS Status, s.health AS Health, s.failures AS Failures, s.last_crawl_at AS LastCrawlAt,
        s.last_success_at AS LastSuccessAt, s.last_error AS LastError, s.next_crawl_at AS NextCrawlAt,
        s.schedule AS Schedule
        """;

    public long Id { get; set; }

    public string Url { get; set; } = "";

    public string? Title { get; set; }

    public string Company { get; set; } = "";

    public string CompanySlug { get; set; } = "";

    public string? SiteUrl { get; set; }

    public string PolitenessKey { get; set; } = "";

    public string Status { get; set; } = "";

    public string Health { get; set; } = "";

    public long Failures { get; set; }

    public long? LastCrawlAt { get; set; }

    public long? LastSuccessAt { get; set; }

    public string? LastError { get; set; }

    public long NextCrawlAt { get; set; }

    public string? Schedule { get; set; }

    public SourceCard ToCard() => new(
        Id,
        Url,
        Title ?? new Uri(Url).Host,
        Company,
        CompanySlug,
        SiteUrl,
        PolitenessKey,
        Status,
        Health,
        (int)Failures,
        Instant(LastCrawlAt),
        Instant(LastSuccessAt),
        LastError,
        DateTimeOffset.FromUnixTimeMilliseconds(NextCrawlAt),
        Schedule);

    private static DateTimeOffset? Instant(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}

/// <summary>A crawl as the statements return it.</summary>
internal sealed class CrawlRow
{
    public long StartedAt { get; set; }

    public long EndedAt { get; set; }

    public string Outcome { get; set; } = "";

    public long? HttpStatus { get; set; }

    public long Bytes { get; set; }

    public long Entries { get; set; }

    public long NewPosts { get; set; }

    public long UpdatedPosts { get; set; }

    public string Sentence { get; set; } = "";

    public CrawlCard ToCard() => new(
        DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
        TimeSpan.FromMilliseconds(EndedAt - StartedAt),
        Outcome,
        (int?)HttpStatus,
        Bytes,
        (int)Entries,
        (int)NewPosts,
        (int)UpdatedPosts,
        Sentence);
}
