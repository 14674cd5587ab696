using System.Net;
using Kawaraban.Catalog;
using Kawaraban.Portal;
using Kawaraban.Sources;
using Kawaraban.Tests.Catalog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Portal;

/// <summary>The portal over a shelf of posts, on a loopback port, with a clock that stands at noon.</summary>
public sealed class PortalSite : IAsyncDisposable
{
    private readonly WebApplication web;

    private PortalSite(WebApplication web, Shelf shelf, FakeTimeProvider clock)
    {
        this.web = web;
        Shelf = shelf;
        Clock = clock;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(web.Urls.First()) };
        Http.DefaultRequestHeaders.Add("Accept-Language", "ja");
    }

    public Shelf Shelf { get; }

    public FakeTimeProvider Clock { get; }

    /// <summary>A reader of Japanese.</summary>
    public HttpClient Http { get; }

    public static async Task<PortalSite> Start(Uri? publicUrl = null, Uri? hub = null)
    {
        var shelf = new Shelf();
        var clock = new FakeTimeProvider(Shelf.Noon);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(shelf.Database);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(new SourceRegistry(shelf.Database, url => url.Host, clock));
        builder.Services.AddPortal(new PortalOptions("瓦版テスト", publicUrl, TimeZoneInfo.CreateCustomTimeZone("JST", TimeSpan.FromHours(9), "JST", "JST")) { Hub = hub });
        var web = builder.Build();
        web.MapPortal();
        await web.StartAsync();
        return new PortalSite(web, shelf, clock);
    }

    /// <summary>Forty posts of one company that a tag, a word and the company have in common, a minute apart.</summary>
    public async Task Fill(int count = 40) => await Shelf.Keep(
        await Shelf.Source(),
        [.. Enumerable.Range(0, count).Select(i => Shelf.Draft($"p{i}", i + 1, $"題名{i}", text: "設計 の話", tags: "設計"))]);

    public async Task<string> Get(string path)
    {
        var response = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path} answered {response.StatusCode}");
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> Send(string path, params (string Name, string Value)[] headers) => await Send(HttpMethod.Get, path, headers);

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await web.DisposeAsync();
        await Shelf.DisposeAsync();
    }
}
