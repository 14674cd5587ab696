using Kawaraban.Catalog;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Office.Hours;
using Kawaraban.Office.Identities;
using Kawaraban.Office.Staff;
using Kawaraban.Push;
using Kawaraban.Recipes;
using Kawaraban.Sample;
using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Hosting;

/// <summary>The parts of an installation, made from its settings: what the verbs of the command line work with.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly HttpFetcher fetcher;
    private readonly HttpFetcher? sampleFetcher;

    private Installation(Settings settings, Database database, TimeProvider time, SampleOrigin? sample)
    {
        Settings = settings;
        Database = database;
        Time = time;
        string Key(Uri url) => PolitenessKey.Of(url, settings.Fetching.Platforms);
        var options = new CrawlerOptions
        {
            Parallel = settings.Crawling.Parallel,
            Gap = settings.Crawling.Gap,
            Schedule = settings.Crawling.Schedule,
            TimeZone = settings.Web.TimeZone,
            History = settings.Crawling.History,
            Announces = settings.Push.Hub is not null,
            Lease = settings.Fetching.Timeout + TimeSpan.FromSeconds(70),
        };
        fetcher = new HttpFetcher(FetcherOptions(settings.Fetching), time);
        Func<FetchRequest, CancellationToken, Task<FetchResult>> fetch = fetcher.Fetch;
        if (sample is not null)
        {
            // The sample lives on loopback. That opens loopback for its own addresses alone, not for what else the database names.
            sampleFetcher = new HttpFetcher(FetcherOptions(settings.Fetching) with { AllowPrivateNetworks = true, Proxy = null }, time);
            var open = sample.Blogs.Select(blog => new Uri(blog.SiteUrl).Authority).ToHashSet();
            fetch = (request, cancellation) => (open.Contains(request.Url.Authority) ? sampleFetcher : fetcher).Fetch(request, cancellation);
        }

        Push = new PushOptions
        {
            PublicUrl = settings.Web.PublicUrl,
            Subscribes = settings.Push.Subscribes,
            Hub = settings.Push.Hub,
            Gap = options.Gap,
            Lease = options.Lease,
        };
        Subscriber = new Subscriber(database, fetch, Key, time, Push);
        Announcer = new Announcer(database, fetch, Key, time, Push);
        Sources = new SourceRegistry(database, Key, time);
        DeadLetters = new DeadLetterTable(database, time);
        Timings = new TimingTable(database, time, options.Schedule, options.TimeZone);
        FeedFinder = new FeedFinder(database, fetch, Key, time, options);
        Crawler = new Crawler(database, new FeedFetcher(database, fetch, Key, time).Fetch, FeedFinder, Key, time, Random.Shared, options, fetch);
        Recipes = new RecipeTable(database, time);
        Samples = new SampleTable(database);
        Preview = new RecipePreview(database, fetch, Key, time, options);
        Suggester = new RecipeSuggester(database, fetch, Key, time, options);
        RecipeChanging = new RecipeChanging(Recipes, Samples, Key);
        Reshaping = new StoredReshaping(database, time);
        Twins = new TwinTable(database, time);
        SiteKey = Key;
        Seal = new SealedText(new SecretKeys(settings).Find);
        Audit = new AuditTrail(database, time);
        Staff = new StaffTable(database, Audit, time);
        Hours = new OfficeHours(settings.Hours, database, Audit, time);
        ApiTokens = new ApiTokenTable(database, Audit, time);
    }

    /// <summary>What the installation has decided.</summary>
    public Settings Settings { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The opened database.</summary>
    public Database Database { get; }

    /// <summary>The sources.</summary>
    public SourceRegistry Sources { get; }

    /// <summary>When they are visited.</summary>
    public TimingTable Timings { get; }

    /// <summary>Visits them.</summary>
    public Crawler Crawler { get; }

    /// <summary>How it takes part in WebSub.</summary>
    public PushOptions Push { get; }

    /// <summary>Subscribes with the hubs of sources.</summary>
    public Subscriber Subscriber { get; }

    /// <summary>Tells the hub of our own feeds.</summary>
    public Announcer Announcer { get; }

    /// <summary>The orders that we failed.</summary>
    public DeadLetterTable DeadLetters { get; }

    /// <summary>The recipes of the sources.</summary>
    public RecipeTable Recipes { get; }

    /// <summary>The samples that they are tested with.</summary>
    public SampleTable Samples { get; }

    /// <summary>Shows what a recipe would make of a source.</summary>
    public RecipePreview Preview { get; }

    /// <summary>Proposes recipes.</summary>
    public RecipeSuggester Suggester { get; }

    /// <summary>Gives sources their recipes.</summary>
    public RecipeChanging RecipeChanging { get; }

    /// <summary>Applies recipes to what is stored.</summary>
    public StoredReshaping Reshaping { get; }

    /// <summary>Articles that stand at more than one place.</summary>
    public TwinTable Twins { get; }

    /// <summary>Which addresses share a site or platform.</summary>
    public Func<Uri, string> SiteKey { get; }

    /// <summary>Seals what the database must not show.</summary>
    public SealedText Seal { get; }

    /// <summary>What was done in the office.</summary>
    public AuditTrail Audit { get; }

    /// <summary>Who works here.</summary>
    public StaffTable Staff { get; }

    /// <summary>When whom the office lets in.</summary>
    public OfficeHours Hours { get; }

    /// <summary>By what their programs come.</summary>
    public ApiTokenTable ApiTokens { get; }

    /// <summary>Finds the feed behind an address.</summary>
    public FeedFinder FeedFinder { get; }

    /// <summary>Opens it.</summary>
    /// <param name="settings">What it has decided.</param>
    /// <param name="sample">The sample blogs, whose loopback addresses may be fetched; null without them.</param>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public static Installation Open(Settings settings, SampleOrigin? sample = null) =>
        new(settings, Database.Open(settings.Database), TimeProvider.System, sample);

    /// <summary>Snapshots of the staff, and back from them.</summary>
    /// <exception cref="StorageException">It is not said where they go.</exception>
    public IdentityBackup IdentityBackup() =>
        new(Database, Staff, Audit, new IdentityFolder(IdentitiesFolder ?? throw new StorageException("identities.folder is not set: it says where snapshots of the staff go"), Seal), Time);

    /// <summary>Where snapshots of the staff go; null when none are taken.</summary>
    public string? IdentitiesFolder =>
        Settings.IdentitiesFolder ?? (PostgresAddress.IsOne(Settings.Database) ? null : Settings.Database + ".identities");

    /// <summary>Finishes writing and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        fetcher.Dispose();
        sampleFetcher?.Dispose();
    }

    private static FetcherOptions FetcherOptions(FetchingSettings settings) => new()
    {
        Contact = settings.Contact,
        Timeout = settings.Timeout,
        MaxBytes = settings.MaxBytes,
        AllowPrivateNetworks = settings.AllowPrivateNetworks,
        Proxy = settings.Proxy,
    };
}
