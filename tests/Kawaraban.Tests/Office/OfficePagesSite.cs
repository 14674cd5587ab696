using System.Net;
using Kawaraban.Catalog;
using Kawaraban.Crawling;
using Kawaraban.Office;
using Kawaraban.Office.Staff;
using Kawaraban.Recipes;
using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Storage;
using Kawaraban.Tests.Crawling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kawaraban.Tests.Office;

/// <summary>The office over a field of sources and a web that is a function, with an operator who is in.</summary>
public sealed class OfficePagesSite : IAsyncDisposable
{
    private const string CookieName = "kawaraban-office";

    private readonly WebApplication web;
    private readonly HttpClient http;
    private string cookie = "";

    private OfficePagesSite(WebApplication web, Field field)
    {
        this.web = web;
        Field = field;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(web.Urls.First()) };
    }

    public Field Field { get; }

    public Database Database => Field.Database;

    public AuditTrail Audit => Get<AuditTrail>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<OfficePagesSite> Start(params string[] sources)
    {
        var field = new Field(sources);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        AddWhatOperatorsNeed(builder.Services, field);
        builder.Services.AddOffice(new OfficeOptions("瓦版テスト", null, TimeZoneInfo.Utc));
        var web = builder.Build();
        web.MapDoor();
        web.MapOffice();
        await web.StartAsync(Cancellation);
        var site = new OfficePagesSite(web, field);
        await site.SignIn(StaffRole.Operator);
        return site;
    }

    public T Get<T>()
        where T : notnull => web.Services.GetRequiredService<T>();

    /// <summary>Somebody of that role is in from now on.</summary>
    public async Task SignIn(StaffRole role)
    {
        Assert.True(StaffAddress.TryParse($"{role}@example.com", out var address, out _));
        var invited = await Get<StaffTable>().Invite(Actor.CommandLine("test"), "Aoi", address, role, Cancellation);
        await Database.Write(session => session.Execute("UPDATE staff SET status = 'active' WHERE id = @id", ("id", invited.Member!.Id)), Cancellation);
        cookie = await Get<SignIn>().Open(invited.Member!.Id, null, new Caller("127.0.0.1", "test"), "test", Cancellation);
    }

    public Task<PageAnswer> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends a form as our own page would.</summary>
    public Task<PageAnswer> Post(string path, params (string Name, string Value)[] fields) =>
        Send(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Append(("token", Tokens.ForForms(cookie))).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        });

    /// <summary>Sends a form with a file.</summary>
    public Task<PageAnswer> Upload(string path, string field, byte[] file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), field, "list.opml" } };
        foreach (var (name, value) in fields.Append(("token", Tokens.ForForms(cookie))))
            form.Add(new StringContent(value), name);
        return Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
    }

    /// <summary>What was done, the newest first.</summary>
    public async Task<string> Done() =>
        string.Join('\n', (await Audit.List(null, null, 20, Cancellation)).Select(row => $"{row.Action} {row.Target}: {row.Detail} ({row.Reason})"));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await web.DisposeAsync();
        await Field.DisposeAsync();
    }

    internal static void AddWhatOperatorsNeed(IServiceCollection services, Field field)
    {
        var recipes = new RecipeTable(field.Database, field.Clock);
        var samples = new SampleTable(field.Database);
        services.AddSingleton(field.Database);
        services.AddSingleton<TimeProvider>(field.Clock);
        services.AddSingleton(new SealedText(() => [new byte[32]]));
        services.AddSingleton(field.Registry);
        services.AddSingleton(new TimingTable(field.Database, field.Clock, Schedule.Usual, TimeZoneInfo.Utc));
        services.AddSingleton<DeadLetterTable>();
        services.AddSingleton<CrawlStatistics>();
        services.AddSingleton(recipes);
        services.AddSingleton(samples);
        services.AddSingleton(new RecipePreview(field.Database, field.Fetch, url => url.Host, field.Clock, field.Options));
        services.AddSingleton(new RecipeChanging(recipes, samples, url => url.Host));
        services.AddSingleton(field.Finder());
        services.AddSingleton(new PostListings(field.Database));
        services.AddSingleton(new StoredReshaping(field.Database, field.Clock));
        services.AddSingleton<JobTable>();
        services.AddSingleton<JobRunner>();
    }

    private async Task<PageAnswer> Send(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Add("Cookie", $"{CookieName}={cookie}");
            using var response = await http.SendAsync(request, Cancellation);
            var markup = await response.Content.ReadAsStringAsync(Cancellation);
            return new PageAnswer((int)response.StatusCode, WebUtility.HtmlDecode(markup), markup, response.Headers.Location?.OriginalString);
        }
    }
}

/// <summary>A page of the office.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Text">Its markup with entities decoded.</param>
/// <param name="Markup">Its markup.</param>
/// <param name="Location">Where it sends the browser.</param>
public sealed record PageAnswer(int Status, string Text, string Markup, string? Location);
