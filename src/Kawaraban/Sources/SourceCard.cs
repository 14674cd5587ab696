using Kawaraban.Fetching;

namespace Kawaraban.Sources;

/// <summary>A source as lists show it.</summary>
/// <param name="Id">Our number for it.</param>
/// <param name="Url">Its address.</param>
/// <param name="Title">As a person named it, else as it names itself, else its host.</param>
/// <param name="Company">Who publishes it.</param>
/// <param name="CompanySlug">Their place under <c>/companies/</c>.</param>
/// <param name="SiteUrl">The site it belongs to.</param>
/// <param name="PolitenessKey">Which sources are never asked at the same time as it.</param>
/// <param name="Status"><c>active</c>, <c>paused</c> (by a person) or <c>gone</c> (by its server).</param>
/// <param name="Health">One of <see cref="SourceHealth.Names"/>.</param>
/// <param name="Failures">How many crawls have failed in a row.</param>
/// <param name="LastCrawlAt">When it was last visited.</param>
/// <param name="LastSuccessAt">When a visit last went well.</param>
/// <param name="LastError">Why the last visit did not; null when it did.</param>
/// <param name="NextCrawlAt">When it is due.</param>
/// <param name="Schedule">When it is visited, as a person decided for it (<c>every 6h</c>); null is as the installation decides.</param>
public sealed record SourceCard(
    long Id,
    string Url,
    string Title,
    string Company,
    string CompanySlug,
    string? SiteUrl,
    string PolitenessKey,
    string Status,
    string Health,
    int Failures,
    DateTimeOffset? LastCrawlAt,
    DateTimeOffset? LastSuccessAt,
    string? LastError,
    DateTimeOffset NextCrawlAt,
    string? Schedule)
{
    /// <summary>What its health means, for a person.</summary>
    public string HealthSentence { get; init; } = "";

    /// <summary>What else a person should know of it; null when there is nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>What its requests carry beside the usual; null when nothing.</summary>
    public RequestCard? Request { get; init; }

    /// <summary>What its entries are shaped by; null when by nothing.</summary>
    public RecipeCard? Recipe { get; init; }

    /// <summary>A feed that could take the place of its own address, which is dead; null when there is none.</summary>
    public FeedProposal? Proposal { get; init; }
}

/// <summary>What the entries of a source are shaped by.</summary>
/// <param name="Version">The version of its own recipe; null when it has none.</param>
/// <param name="Platform">The built-in recipe that its address or its feed's generator fits.</param>
/// <param name="Notice">Which rules failed at its last visit; null when none did.</param>
public sealed record RecipeCard(long? Version, string? Platform, string? Notice);

/// <summary>What the requests to a source carry beside the usual, without what may be secret.</summary>
/// <param name="Headers">The names of the headers.</param>
/// <param name="UserAgent">The name we go by there; null when it is the usual one.</param>
/// <param name="Proxy">What they go through, with <c>***</c> for user and password; null when it is as the installation decides.</param>
public sealed record RequestCard(IReadOnlyList<string> Headers, string? UserAgent, string? Proxy)
{
    /// <summary>Of what is kept.</summary>
    public static RequestCard Of(RequestSettings settings) =>
        new([.. settings.Headers.Select(header => header.Name)], settings.UserAgent, settings.Proxy?.ToString());
}

/// <summary>One visit, as a source's history shows it.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Outcome">How it ended, a stable name: <c>updated</c>, <c>unchanged</c>, <c>not-modified</c>, <c>not-a-feed</c>, <c>dns</c>….</param>
/// <param name="HttpStatus">The last answer's status.</param>
/// <param name="Bytes">How much was received.</param>
/// <param name="Entries">How many entries the feed had.</param>
/// <param name="NewPosts">How many posts were new.</param>
/// <param name="UpdatedPosts">How many posts had changed.</param>
/// <param name="Sentence">What happened, for a person.</param>
public sealed record CrawlCard(
    DateTimeOffset StartedAt,
    TimeSpan Elapsed,
    string Outcome,
    int? HttpStatus,
    long Bytes,
    int Entries,
    int NewPosts,
    int UpdatedPosts,
    string Sentence);
