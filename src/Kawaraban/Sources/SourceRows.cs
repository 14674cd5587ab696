using Kawaraban.Fetching;

namespace Kawaraban.Sources;

/// <summary>A source as the statements return it.</summary>
internal sealed class SourceRow
{
    /// <summary>The columns, from <c>sources s JOIN companies c</c>.</summary>
    public const string Columns = """
        s.id AS Id, s.url AS Url, coalesce(s.title, s.feed_title) AS Title, c.name AS Company, c.slug AS CompanySlug, s.site_url AS SiteUrl,
        s.politeness_key AS PolitenessKey, s.status AS Status, s.health AS Health, s.failures AS Failures, s.last_crawl_at AS LastCrawlAt,
        s.last_success_at AS LastSuccessAt, s.last_error AS LastError, s.next_crawl_at AS NextCrawlAt,
        s.notice AS Notice, s.moved_to AS MovedTo, s.moved_since AS MovedSince, s.moved_seen AS MovedSeen, s.posts_gap_ms AS PostsGap,
        s.latest_post_at AS LatestPostAt, s.proposed_url AS ProposedUrl, s.proposed_title AS ProposedTitle, s.proposed_at AS ProposedAt,
        s.request AS Request,
        s.schedule AS Schedule, s.recipe_notice AS RecipeNotice, s.platform AS Platform,
        CASE WHEN s.recipe IS NULL THEN 0 ELSE s.recipe_version END AS RecipeVersion
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

    public string? Notice { get; set; }

    public string? MovedTo { get; set; }

    public long? MovedSince { get; set; }

    public long MovedSeen { get; set; }

    public long? PostsGap { get; set; }

    public long? LatestPostAt { get; set; }

    public string? ProposedUrl { get; set; }

    public string? ProposedTitle { get; set; }

    public long? ProposedAt { get; set; }

    public string? Request { get; set; }

    public string? RecipeNotice { get; set; }

    public string? Platform { get; set; }

    public long RecipeVersion { get; set; }

    public SourceCard ToCard(DateTimeOffset now)
    {
        var move = MovedTo is null ? null : new Move(new Uri(MovedTo), Instant(MovedSince) ?? default, (int)MovedSeen);
        TimeSpan? gap = PostsGap is { } span ? TimeSpan.FromMilliseconds(span) : null;
        var health = SourceHealth.Of(Health, new SourceFacts((int)Failures, Instant(LastSuccessAt), Instant(LatestPostAt), gap, move), now);
        return Card(health.Name) with
        {
            HealthSentence = health.Sentence,
            Notice = Notice,
            Recipe = RecipeVersion == 0 && Platform is null && RecipeNotice is null ? null : new RecipeCard(RecipeVersion == 0 ? null : RecipeVersion, Platform, RecipeNotice),
            Request = RequestSettings.FromJson(Request) is { } request ? RequestCard.Of(request) : null,
            Proposal = ProposedUrl is null ? null : new FeedProposal(ProposedUrl, ProposedTitle, Instant(ProposedAt) ?? default),
        };
    }

    private SourceCard Card(string health) => new(
        Id,
        Url,
        Title ?? new Uri(Url).Host,
        Company,
        CompanySlug,
        SiteUrl,
        PolitenessKey,
        Status,
        health,
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
