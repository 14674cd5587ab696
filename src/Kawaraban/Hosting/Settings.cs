using Kawaraban.Fetching;
using Kawaraban.Office.Hours;
using Kawaraban.Scheduling;

namespace Kawaraban.Hosting;

/// <summary>Everything an installation decides, read once at the start. <see cref="SettingsTable"/> says what each means.</summary>
public sealed record Settings
{
    /// <summary>Path of the SQLite file, or a <c>postgres://</c> address.</summary>
    public string Database { get; init; } = "data/kawaraban.db";

    /// <summary>The pages and their addresses.</summary>
    public WebSettings Web { get; init; } = new();

    /// <summary>How we behave as a visitor of other people's servers.</summary>
    public FetchingSettings Fetching { get; init; } = new();

    /// <summary>How we take part in WebSub.</summary>
    public PushSettings Push { get; init; } = new();

    /// <summary>The keys that seal what the database must not show; empty looks into the file beside the database.</summary>
    public IReadOnlyList<byte[]> SecretKeys { get; init; } = [];

    /// <summary>When whom the office lets in.</summary>
    public HoursOptions Hours { get; init; } = HoursOptions.Always;

    /// <summary>Where snapshots of the staff go; null is a folder beside a SQLite database.</summary>
    public string? IdentitiesFolder { get; init; }

    /// <summary>The provider of identities that staff come in by.</summary>
    public ProviderSettings Provider { get; init; } = new();

    /// <summary>How much and how often is crawled.</summary>
    public CrawlingSettings Crawling { get; init; } = new();
}

/// <summary>The pages and their addresses.</summary>
public sealed record WebSettings
{
    /// <summary>Where the server listens; several are parted by a semicolon.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The address the public knows us by; null takes the request's own.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The name of the site.</summary>
    public string Name { get; init; } = "Kawaraban";

    /// <summary>The zone in which days are written.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}

/// <summary>How we behave as a visitor of other people's servers.</summary>
public sealed record FetchingSettings
{
    /// <summary>A page or mail address in our user agent, where a publisher can complain.</summary>
    public string? Contact { get; init; }

    /// <summary>The greatest time a fetch may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The greatest size of a document after decompression, bytes.</summary>
    public int MaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Whether loopback and private addresses may be fetched.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>What requests go through whose source names no proxy of its own; null goes directly.</summary>
    public ProxyAddress? Proxy { get; init; }

    /// <summary>Platforms whose sites share one politeness key: the built-in ones and the installation's own.</summary>
    public Platforms Platforms { get; init; } = Platforms.Default;
}

/// <summary>How we take part in WebSub.</summary>
public sealed record PushSettings
{
    /// <summary>Whether we subscribe to feeds that name a hub.</summary>
    public bool Subscribes { get; init; } = true;

    /// <summary>The hub that is told of new posts in our own feeds; null when there is none.</summary>
    public Uri? Hub { get; init; }
}

/// <summary>How much and how often is crawled.</summary>
public sealed record CrawlingSettings
{
    /// <summary>The greatest number of crawls at once.</summary>
    public int Parallel { get; init; } = 50;

    /// <summary>The least time between two requests to one politeness key; one that is slow to answer is left alone for longer.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When a source is visited that has no schedule of its own.</summary>
    public Schedule Schedule { get; init; } = Schedule.Usual;

    /// <summary>How long the history of the visits is kept.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(90);
}
