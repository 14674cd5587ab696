using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Push;
using Kawaraban.Tests.Crawling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kawaraban.Tests.Push;

/// <summary>A source whose feed names a hub, the hub, and the place where it reaches us: all over real HTTP but the feed.</summary>
public sealed class PushField : IAsyncDisposable
{
    public const string Feed = "https://a.example/feed";
    public const string Topic = "https://a.example/feed?topic=1";

    private readonly WebApplication hub;
    private readonly WebApplication site;
    private readonly HttpFetcher fetcher;
    private readonly HttpClient client = new();

    private PushField(Field field, WebApplication hub, WebApplication site, ConcurrentQueue<IFormCollection> asked)
    {
        (Field, this.hub, this.site, Asked) = (field, hub, site, asked);
        fetcher = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true, Timeout = TimeSpan.FromSeconds(20) }, field.Clock);
        Options = new PushOptions { PublicUrl = new Uri(site.Urls.First()), Gap = TimeSpan.Zero };
        HubUrl = hub.Urls.First() + "/hub";
        Posts = ["one"];
        field.Web = request => Field.Document(request, Document());
    }

    public Field Field { get; }

    public PushOptions Options { get; set; }

    /// <summary>What the hub was asked, in order.</summary>
    public ConcurrentQueue<IFormCollection> Asked { get; }

    public string HubUrl { get; set; }

    /// <summary>What the feed holds.</summary>
    public string[] Posts { get; set; }

    public bool NamesHub { get; set; } = true;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Begins, with a source that has been visited once.</summary>
    /// <param name="answer">How the hub answers: 202, or what else a test wants.</param>
    public static async Task<PushField> Start(Func<HttpContext, Task>? answer = null)
    {
        var field = new Field(Feed);
        ConcurrentQueue<IFormCollection> asked = new();
        var hub = await Serve(web => web.MapPost("/hub", async (HttpContext context) =>
        {
            asked.Enqueue(await context.Request.ReadFormAsync());
            context.Response.StatusCode = 202;
            if (answer is not null)
                await answer(context);
        }));
        var site = await Serve(
            web => web.MapPush(),
            services =>
            {
                services.AddSingleton(field.Database);
                services.AddSingleton<TimeProvider>(field.Clock);
                services.AddSingleton(new Random(1));
                services.AddSingleton<PushEndpoint>();
            });
        var push = new PushField(field, hub, site, asked);
        await push.Crawl();
        return push;
    }

    /// <summary>Begins with a subscription that the hub has confirmed.</summary>
    public static async Task<PushField> StartActive(int lease = 864000)
    {
        var push = await Start();
        await push.Ask();
        Assert.Equal((HttpStatusCode.OK, "c"), await push.Verify(lease: lease.ToString(CultureInfo.InvariantCulture)));
        return push;
    }

    public Subscriber Subscriber(HttpFetcher? other = null) => new(Field.Database, (other ?? fetcher).Fetch, url => url.Host, Field.Clock, Options);

    public Announcer Announcer() => new(Field.Database, fetcher.Fetch, url => url.Host, Field.Clock, Options);

    public Task<int> Ask() => Field.WhileTimePasses(Subscriber().Once(Cancellation));

    public Task<CrawlSummary> Crawl(CrawlScope? scope = null) => Field.Crawl(scope ?? CrawlScope.Of([1]));

    /// <summary>A visit as it becomes due; none when none is.</summary>
    public async Task<int> CrawlDue() => (await Field.Crawl(CrawlScope.Due)).Visited;

    /// <summary>Asks as a hub does whether the latest question was meant.</summary>
    public async Task<(HttpStatusCode Status, string Body)> Verify(
        string? mode = "subscribe", string? topic = Topic, string? challenge = "c", string? lease = "864000", string? token = null, string more = "")
    {
        var query = string.Join('&', new[] { ("hub.mode", mode), ("hub.topic", topic), ("hub.challenge", challenge), ("hub.lease_seconds", lease) }
            .Where(pair => pair.Item2 is not null).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}"));
        using var answer = await client.GetAsync(new Uri($"{Callback(token)}?{query}{more}"), Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Pushes as a hub does; a header of null goes without, an empty one is signed as it must be.</summary>
    public async Task<HttpStatusCode> Push(string? signature = "", string body = "<feed/>", string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Callback(token)) { Content = new StringContent(body, Encoding.UTF8, "application/atom+xml") };
        signature = signature == "" ? Sign("sha256", body) : signature;
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-Hub-Signature", signature);
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    /// <summary>Sends whatever, wherever.</summary>
    public async Task<HttpStatusCode> Send(HttpRequestMessage request)
    {
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The standard has it, and some hubs know no other.")]
    public string Sign(string method, string body)
    {
        var (key, data) = (Encoding.UTF8.GetBytes(Secret()), Encoding.UTF8.GetBytes(body));
        return $"{method}=" + Convert.ToHexStringLower(method switch
        {
            "sha1" => HMACSHA1.HashData(key, data),
            "sha256" => HMACSHA256.HashData(key, data),
            "sha384" => HMACSHA384.HashData(key, data),
            _ => HMACSHA512.HashData(key, data),
        });
    }

    public string Token() => Field.Temporary.Value<string>("SELECT token FROM subscriptions ORDER BY id DESC LIMIT 1");

    public string Secret() => Field.Temporary.Value<string>("SELECT secret FROM subscriptions ORDER BY id DESC LIMIT 1");

    public async Task<PushCard> Card() =>
        await PushCard.Of(Field.Database, Options, 1, Field.Clock.GetUtcNow(), Cancellation) ?? throw new InvalidOperationException("its feed names no hub");

    public string Callback(string? token = null) => $"{site.Urls.First()}/websub/{token ?? Token()}";

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await site.DisposeAsync();
        await Field.DisposeAsync();
        fetcher.Dispose();
        client.Dispose();
    }

    private string Document() => $"""
        <?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Feed</title><link>https://a.example/</link>
        {(NamesHub ? $"<atom:link rel=\"hub\" href=\"{HubUrl}\"/><atom:link rel=\"self\" href=\"{Topic}\"/>" : "")}
        {string.Concat(Posts.Select(name => $"<item><guid isPermaLink=\"false\">{name}</guid><link>https://a.example/{name}</link><title>{name}</title></item>"))}
        </channel></rss>
        """;

    private static async Task<WebApplication> Serve(Action<WebApplication> map, Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        add?.Invoke(builder.Services);
        var web = builder.Build();
        map(web);
        await web.StartAsync();
        return web;
    }
}
