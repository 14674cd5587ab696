using System.Net;
using Kawaraban.Catalog;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Office;
using Kawaraban.Office.Hours;
using Kawaraban.Office.Provider;
using Kawaraban.Office.Staff;
using Kawaraban.Readers;
using Kawaraban.Recipes;
using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Storage;
using Kawaraban.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Office;

/// <summary>The office on a loopback port, with a clock that tests turn.</summary>
public sealed class OfficeSite : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly WebApplication web;
    private readonly TemporaryDatabase temporary;
    private bool owns;
    private int people;

    private OfficeSite(WebApplication web, TemporaryDatabase temporary, FakeTimeProvider clock)
    {
        this.web = web;
        this.temporary = temporary;
        Clock = clock;
        Address = new Uri(web.Urls.First());
    }

    public Uri Address { get; }

    public FakeTimeProvider Clock { get; }

    public Database Database => temporary.Database;

    public StaffTable Staff => Get<StaffTable>();

    public AuditTrail Audit => Get<AuditTrail>();

    public SourceRegistry Sources => Get<SourceRegistry>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts one.</summary>
    /// <param name="publicUrl">What browsers call it; null takes the request's own.</param>
    /// <param name="hours">When operators get in; null is always.</param>
    /// <param name="provider">By which staff come in, too.</param>
    /// <param name="now">What its clock says.</param>
    /// <param name="beside">Another process of the same installation: the database is that one's.</param>
    public static async Task<OfficeSite> Start(
        Uri? publicUrl = null, string? hours = null, ProviderOptions? provider = null, DateTimeOffset? now = null, OfficeSite? beside = null)
    {
        var temporary = beside?.temporary ?? new TemporaryDatabase();
        return await Start(temporary, temporary.Database, publicUrl, hours, provider, now, beside);
    }

    /// <summary>On a database that was opened in a way of the test's own.</summary>
    public static async Task<OfficeSite> Start(
        TemporaryDatabase temporary, Database database, Uri? publicUrl = null, string? hours = null, ProviderOptions? provider = null, DateTimeOffset? now = null,
        OfficeSite? beside = null)
    {
        var clock = new FakeTimeProvider(now ?? new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(new SealedText(() => [new byte[32]]));
        builder.Services.AddSingleton(new SourceRegistry(database, static url => PolitenessKey.Of(url, Platforms.Default), clock));
        builder.Services.AddSingleton(new TimingTable(database, clock, Schedule.Usual, TimeZoneInfo.Utc));
        builder.Services.AddSingleton<DeadLetterTable>();
        builder.Services.AddSingleton<CrawlStatistics>();
        AddCrawling(builder.Services, database, clock);
        if (hours is not null)
        {
            Assert.True(AccessHours.TryParse(hours, out var parsed, out var problem), problem);
            builder.Services.AddSingleton(HoursOptions.Always with { Operator = parsed });
        }

        builder.Services.AddReaders();
        builder.Services.AddOffice(new OfficeOptions("瓦版テスト", publicUrl, TimeZoneInfo.Utc) { Provider = provider });
        var web = builder.Build();
        web.MapDoor();
        web.MapOffice();
        web.MapOfficeAdmin();
        web.MapReaders();
        await web.StartAsync(Cancellation);
        return new OfficeSite(web, temporary, clock) { owns = beside is null };
    }

    // Nothing is fetched here: OfficePagesSite has a web.
    private static void AddCrawling(IServiceCollection services, Database database, TimeProvider clock)
    {
        static Task<FetchResult> Fetch(FetchRequest request, CancellationToken cancellation) => throw new InvalidOperationException($"{request.Url} is not fetched here");
        static string Key(Uri url) => PolitenessKey.Of(url, Platforms.Default);
        services.AddSingleton<RecipeTable>();
        services.AddSingleton<SampleTable>();
        services.AddSingleton<PostListings>();
        services.AddSingleton<StoredReshaping>();
        services.AddSingleton<JobTable>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton(new RecipePreview(database, Fetch, Key, clock, new CrawlerOptions()));
        services.AddSingleton(new FeedFinder(database, Fetch, Key, clock, new CrawlerOptions()));
        services.AddSingleton(provider => new RecipeChanging(provider.GetRequiredService<RecipeTable>(), provider.GetRequiredService<SampleTable>(), Key));
    }

    public T Get<T>()
        where T : notnull => web.Services.GetRequiredService<T>();

    /// <summary>A browser that nobody has signed in with.</summary>
    public OfficeBrowser Browser() => new(Address);

    /// <summary>Somebody who has come in before, without a password: hashing one takes a tenth of a second.</summary>
    public async Task<StaffMember> Somebody(StaffRole role, string? name = null)
    {
        var number = Interlocked.Increment(ref people);
        Assert.True(StaffAddress.TryParse($"somebody{number}@example.com", out var address, out _));
        var invited = await Staff.Invite(Actor.CommandLine("test"), name ?? $"Somebody {number}", address, role, Cancellation);
        await Database.Write(
            session => session.Execute("UPDATE staff SET status = 'active' WHERE id = @id", ("id", invited.Member!.Id)), Cancellation);
        return (await Staff.Find(invited.Member!.Id, Cancellation))!;
    }

    /// <summary>A browser in which somebody is in.</summary>
    public async Task<OfficeBrowser> SignedIn(StaffMember member)
    {
        var browser = Browser();
        browser.Cookie = await Get<SignIn>().Open(member.Id, null, new Caller("127.0.0.1", "test"), "test", Cancellation);
        return browser;
    }

    /// <summary>A browser in which somebody of that role is in.</summary>
    public async Task<OfficeBrowser> SignedIn(StaffRole role) => await SignedIn(await Somebody(role));

    /// <summary>A link to come in for the first time.</summary>
    public async Task<string> Invite(string address, StaffRole role = StaffRole.Operator, Database? by = null)
    {
        Assert.True(StaffAddress.TryParse(address, out var parsed, out _));
        var staff = by is null ? Staff : new StaffTable(by, new AuditTrail(by, Clock), Clock);
        var outcome = await staff.Invite(Actor.CommandLine("test"), "Aoi Tanaka", parsed, role, Cancellation);
        Assert.True(outcome.IsDone, outcome.Sentence);
        return $"{OfficeEndpoints.Welcome}/{outcome.Invitation}";
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        if (owns)
            await temporary.DisposeAsync();
    }
}

/// <summary>What a browser does: keeps a cookie, and sends forms with the value that our pages gave it.</summary>
public sealed class OfficeBrowser(Uri site) : IDisposable
{
    public const string CookieName = "kawaraban-office";

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site };

    /// <summary>What its cookie holds; null when it has none.</summary>
    public string? Cookie { get; set; }

    /// <summary>What it sends with every request of the access table.</summary>
    public (string Name, string Value)[] Headers { get; init; } = [];

    public async Task<Answer> Get(string path, params (string Name, string Value)[] headers) => await Send(HttpMethod.Get, path, null, headers);

    /// <summary>Sends a form as our own page would.</summary>
    public async Task<Answer> Post(string path, params (string Name, string Value)[] fields) =>
        await PostFrom(site.GetLeftPart(UriPartial.Authority), path, [.. fields, ("token", FormToken)]);

    /// <summary>Sends a form as a page of that origin would, with these fields alone.</summary>
    public async Task<Answer> PostFrom(string? origin, string path, params (string Name, string Value)[] fields) =>
        await Send(
            HttpMethod.Post, path,
            new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            origin is null ? [] : [("Origin", origin)]);

    public string FormToken => Cookie is null ? "" : Tokens.ForForms(Cookie);

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (Cookie is not null)
            request.Headers.Add("Cookie", $"{CookieName}={Cookie}");
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            var value = cookies.Single().Split(';')[0].Split('=', 2)[1];
            Cookie = value.Length == 0 ? null : value;
        }

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode, WebUtility.HtmlDecode(body), body, response.Headers.Location?.OriginalString,
            response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => http.Dispose();
}

/// <summary>An answer of the office.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Text">Its body with entities decoded.</param>
/// <param name="Markup">Its body as it came.</param>
/// <param name="Location">Where it sends the browser.</param>
/// <param name="Headers">Its headers.</param>
public sealed record Answer(HttpStatusCode Status, string Text, string Markup, string? Location, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Whether it sends the browser to the door.</summary>
    public bool IsToTheDoor => Location?.StartsWith(OfficeEndpoints.SignIn, StringComparison.Ordinal) == true && Status == HttpStatusCode.Redirect;
}
