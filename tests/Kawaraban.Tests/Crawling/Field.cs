using System.Collections.Concurrent;
using System.Text;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Storage;
using Kawaraban.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Crawling;

/// <summary>Sources, a crawler, and a web that is a function.</summary>
public sealed class Field : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> perHost = new();
    private int atOnce;

    public Field(params string[] urls)
    {
        Registry = new SourceRegistry(Database, url => url.Host, Clock);
        Registry.Import(new OpmlList([.. urls.Select(url => new OpmlOutline(null, url, null))], null), CancellationToken.None).Wait();
    }

    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    public TemporaryDatabase Temporary { get; } = new();

    public Database Database => Temporary.Database;

    public FakeTimeProvider Clock { get; } = new(Now);

    public SourceRegistry Registry { get; }

    public DeadLetterTable DeadLetters => new(Database, Clock);

    /// <summary>Answers of the web; a small RSS feed where nothing else is said.</summary>
    public Func<FetchRequest, FetchResult> Web { get; set; } = request => Document(request, Rss("one"));

    /// <summary>Whether there is a robots.txt and feeds wait for it, as in the product. Where that is not the question there is none.</summary>
    public bool ReadsRobots { get; set; }

    public CrawlerOptions Options { get; set; } = new() { Gap = TimeSpan.Zero };

    /// <summary>What was asked for and when, in order.</summary>
    public ConcurrentQueue<(string Url, DateTimeOffset At, FetchRequest Request)> Asked { get; } = new();

    public int MostAtOnce { get; private set; }

    public int MostAtOncePerHost { get; private set; }

    public static FetchResult Document(FetchRequest request, string text, string? etag = null) =>
        new Fetched(request.Url, 200, null, Encoding.UTF8.GetBytes(text), "application/xml", etag, null);

    public static string Rss(params string[] names) => $"""
        <?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title><link>https://site.example/</link><description>d</description>
        {string.Concat(names.Select(name => $"<item><guid isPermaLink=\"false\">{name}</guid><link>https://site.example/{name}</link><title>{name}</title><description>about {name}</description></item>"))}
        </channel></rss>
        """;

    /// <summary>Crawls; time passes while nothing else happens.</summary>
    public Task<CrawlSummary> Crawl(CrawlScope scope, IProgress<CrawlProgress>? progress = null) =>
        WhileTimePasses(Crawler().CrawlOnce(scope, progress, TestContext.Current.CancellationToken));

    /// <summary>Waits for something; time passes while nothing else happens.</summary>
    public async Task<T> WhileTimePasses<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(200));
            await Task.WhenAny(work, Task.Delay(TemporaryDatabase.Pace, CancellationToken.None));
        }

        return await work;
    }

    public FeedFinder Finder() => new(Database, Fetch, url => url.Host, Clock, Options);

    public Crawler Crawler(
        Func<FetchRequest, CancellationToken, Task<FetchResult>>? fetch = null, Func<FetchRequest, CancellationToken, Task<FetchResult>>? fetchPage = null) =>
        new(
            Database,
            fetch ?? (ReadsRobots ? new FeedFetcher(Database, Fetch, url => url.Host, Clock).Fetch : Fetch),
            Finder(),
            url => url.Host,
            Clock,
            new Random(1),
            Options,
            fetchPage ?? Fetch);

    public async Task<SourceCard> Source(long id = 1) => (await Registry.List(CancellationToken.None)).Single(source => source.Id == id);

    public ValueTask DisposeAsync() => Temporary.DisposeAsync();

    public async Task<FetchResult> Fetch(FetchRequest request, CancellationToken cancellation)
    {
        if (!ReadsRobots && request.Url.AbsolutePath == RobotsTxt.Path)
            return new Refused(request.Url, 404, null, "there is none");
        lock (perHost)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++atOnce);
            MostAtOncePerHost = Math.Max(MostAtOncePerHost, perHost.AddOrUpdate(request.Url.Host, 1, (_, count) => count + 1));
            Asked.Enqueue((request.Url.AbsoluteUri, Clock.GetUtcNow(), request));
        }

        await Task.Delay(1, cancellation);
        lock (perHost)
        {
            atOnce--;
            perHost[request.Url.Host]--;
        }

        return Web(request);
    }
}
