namespace Kawaraban.Catalog;

/// <summary>A post as the listings' statements return it.</summary>
internal class PostRow
{
    /// <summary>The columns, from <c>posts p JOIN companies c</c>.</summary>
    public const string Columns = """
        p.id AS Id, p.url AS Url, p.title AS Title, p.excerpt AS Excerpt, p.picture_url AS PictureUrl, c.name AS CompanyName,
        c.slug AS CompanySlug, p.author AS Author, p.language AS Language, p.published_at AS PublishedAt, p.updated_at AS UpdatedAt,
        p.first_seen_at AS FirstSeenAt, p.reading_minutes AS ReadingMinutes, p.tags AS Tags, p.twin_of AS TwinOf
        """;

    public long Id { get; set; }

    public string Url { get; set; } = "";

    public string Title { get; set; } = "";

    public string Excerpt { get; set; } = "";

    public string? PictureUrl { get; set; }

    public string CompanyName { get; set; } = "";

    public string CompanySlug { get; set; } = "";

    public string? Author { get; set; }

    public string? Language { get; set; }

    public long? PublishedAt { get; set; }

    public long? UpdatedAt { get; set; }

    public long FirstSeenAt { get; set; }

    public long? ReadingMinutes { get; set; }

    public string Tags { get; set; } = "";

    public long? TwinOf { get; set; }

    public PostCard ToCard() => new(
        Id,
        Url,
        Title,
        Excerpt,
        PictureUrl,
        CompanyName,
        CompanySlug,
        Author,
        Language,
        Instant(PublishedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(SortKey.SortAt(PublishedAt, FirstSeenAt)),
        Instant(UpdatedAt),
        (int?)ReadingMinutes,
        Tags.Length == 0 ? [] : Tags.Split('\n'))
    {
        TwinOf = TwinOf,
    };

    private static DateTimeOffset? Instant(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
