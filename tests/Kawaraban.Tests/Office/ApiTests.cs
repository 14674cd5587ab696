using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kawaraban.Office.Staff;
using Kawaraban.Sources;

namespace Kawaraban.Tests.Office;

/// <summary>Programs of the staff, and those who would like to be.</summary>
public sealed class ApiTests
{
    private static readonly string[] All = [.. ApiTokenTable.ScopesOf(StaffRole.Administrator)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_sees_sources_and_pauses_resumes_and_visits_one()
    {
        await using var site = await OfficeSite.Start();
        var owner = await site.Somebody(StaffRole.Operator, "Bo");
        var token = await Token(site, owner, May.ReadSources, May.WriteSources);
        var first = await Source(site, "https://one.example/feed");
        var second = await Source(site, "https://two.example/feed");

        var page = (await Get(site, token, "/api/v1/sources?limit=1")).Body;
        Assert.Equal(first, page.GetProperty("sources")[0].GetProperty("id").GetInt64());
        Assert.Equal(second, (await Get(site, token, $"/api/v1/sources?after={page.GetProperty("next")}")).Body.GetProperty("sources")[0].GetProperty("id").GetInt64());
        Assert.Equal("paused", (await Post(site, token, $"/api/v1/sources/{first}/pause")).Body.GetProperty("source").GetProperty("status").GetString());
        Assert.Equal("active", (await Post(site, token, $"/api/v1/sources/{first}/resume")).Body.GetProperty("source").GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, (await Post(site, token, $"/api/v1/sources/{first}/visit")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Get(site, token, $"/api/v1/sources/{second}")).Status);
        var trail = await site.Audit.List(null, $"source {first}", 10, Cancellation);
        Assert.Equal(["sources.visit", "sources.resume", "sources.pause"], trail.Select(row => row.Action));
        Assert.All(trail, row => Assert.Equal((owner.Id, "Bo (token a program)"), (row.ActorId, row.Actor)));

        var missing = await Get(site, token, "/api/v1/sources/4711");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (missing.Status, missing.ContentType));
        Assert.Contains("There is no source 4711", missing.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await Get(site, token, "/api/v1/sources?limit=0")).Status);
    }

    [Fact]
    public async Task A_program_invites_changes_and_removes_staff()
    {
        await using var site = await OfficeSite.Start();
        var owner = await site.Somebody(StaffRole.Administrator);
        var token = await Token(site, owner, May.ManageStaff);
        var made = await Post(site, token, "/api/v1/staff", """{"name":"Aoi","address":"aoi@example.com","role":"operator"}""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var member = made.Body.GetProperty("member");
        Assert.StartsWith(new Uri(site.Address, "/office/welcome/").AbsoluteUri, member.GetProperty("link").GetString(), StringComparison.Ordinal);
        var here = $"/api/v1/staff/{member.GetProperty("id").GetString()}";

        Assert.Equal("administrator", (await Post(site, token, here + "/role", """{"role":"administrator"}""")).Body.GetProperty("member").GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await Post(site, token, here + "/disable", """{"version":1}""")).Status);
        Assert.Equal("disabled", (await Post(site, token, here + "/disable")).Body.GetProperty("member").GetProperty("status").GetString());
        Assert.Equal("invited", (await Post(site, token, here + "/enable")).Body.GetProperty("member").GetProperty("status").GetString());
        Assert.NotEqual(JsonValueKind.Null, (await Post(site, token, here + "/invite")).Body.GetProperty("member").GetProperty("link").ValueKind);
        Assert.Equal(2, (await Get(site, token, "/api/v1/staff")).Body.GetProperty("staff").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await Post(site, token, here + "/remove")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Post(site, token, here + "/remove")).Status);

        var last = await Post(site, token, $"/api/v1/staff/{owner.Id}/role", """{"role":"operator"}""");
        Assert.Equal(HttpStatusCode.Conflict, last.Status);
        Assert.Contains("last administrator", last.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\":\"Aoi\",\"address\":\"аdmin@example.com\",\"role\":\"operator\"}", 422)]
    [InlineData("{\"name\":\"\",\"address\":\"aoi@example.com\",\"role\":\"operator\"}", 422)]
    [InlineData("{\"name\":\"Aoi\",\"address\":\"aoi@example.com\",\"role\":\"king\"}", 422)]
    [InlineData("{\"name\":\"Aoi\",\"address\":\"aoi@example.com\",\"role\":\"operator\",\"status\":\"active\"}", 400)]
    [InlineData("{\"name\":[1]}", 400)]
    [InlineData("{", 400)]
    [InlineData("null", 422)]
    public async Task What_is_wrong_with_a_request_is_said_and_nothing_is_changed(string json, int status)
    {
        await using var site = await OfficeSite.Start();
        var token = await Token(site, await site.Somebody(StaffRole.Administrator), All);
        var answer = await Post(site, token, "/api/v1/staff", json);
        Assert.Equal((status, "application/problem+json"), ((int)answer.Status, answer.ContentType));
        Assert.NotEmpty(answer.Body.GetProperty("detail").GetString()!);
        Assert.Single(await site.Staff.List(Cancellation));
        Assert.Equal(413, (int)(await Post(site, token, "/api/v1/staff", $$"""{"name":"{{new string('a', 100_000)}}"}""")).Status);
    }

    [Fact]
    public async Task A_token_ends_and_is_over_at_once_when_it_is_revoked()
    {
        await using var site = await OfficeSite.Start();
        var owner = await site.Somebody(StaffRole.Operator);
        var token = await Token(site, owner, May.ReadSources);
        site.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await Get(site, token, "/api/v1/sources")).Status);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await Refused(site, token);

        var other = await Token(site, owner, May.ReadSources);
        var card = (await site.Get<ApiTokenTable>().List(owner.Id, Cancellation)).Single(card => other.Contains(card.Id, StringComparison.Ordinal));
        Assert.False(await site.Get<ApiTokenTable>().Revoke(Actor.Nobody, await site.Somebody(StaffRole.Administrator), card.Id, Cancellation));
        Assert.Equal(HttpStatusCode.OK, (await Get(site, other, "/api/v1/sources")).Status);
        Assert.True(await site.Get<ApiTokenTable>().Revoke(Actor.Of(owner), owner, card.Id, Cancellation));
        await Refused(site, other);
    }

    [Fact]
    public async Task A_token_does_no_more_than_its_scopes_nor_more_than_its_owner_may_now()
    {
        await using var site = await OfficeSite.Start();
        await site.Somebody(StaffRole.Administrator);
        var owner = await site.Somebody(StaffRole.Administrator);
        var reads = await Token(site, owner, May.ReadSources);
        var answer = await Post(site, reads, "/api/v1/sources/1/pause");
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains(May.WriteSources, answer.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await Get(site, reads, "/api/v1/staff")).Status);

        var all = await Token(site, owner, All);
        Assert.Equal(HttpStatusCode.OK, (await Get(site, all, "/api/v1/staff")).Status);
        await site.Staff.ChangeRole(Actor.CommandLine("test"), owner.Id, StaffRole.Operator, null, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, (await Get(site, all, "/api/v1/staff")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Get(site, all, "/api/v1/sources")).Status);
        Assert.Equal("scopes", (await site.Get<ApiTokenTable>().Make(Actor.Of(owner), (await site.Staff.Find(owner.Id, Cancellation))!, "x", [May.ManageStaff], 1, Cancellation)).Field);
    }

    [Fact]
    public async Task With_its_owner_a_token_goes()
    {
        await using var site = await OfficeSite.Start();
        await site.Somebody(StaffRole.Administrator);
        var disabled = await site.Somebody(StaffRole.Operator);
        var token = await Token(site, disabled, May.ReadSources);
        await site.Staff.Disable(Actor.CommandLine("test"), disabled.Id, null, Cancellation);
        await Refused(site, token);
        await site.Database.Write(session => session.Execute("UPDATE staff SET status = 'active' WHERE id = @id", ("id", disabled.Id)), Cancellation);
        await Refused(site, token);

        var removed = await site.Somebody(StaffRole.Operator);
        var other = await Token(site, removed, May.ReadSources);
        Assert.True((await site.Staff.Remove(Actor.CommandLine("test"), removed.Id, null, Cancellation)).IsDone);
        await Refused(site, other);
    }

    [Fact]
    public async Task Nothing_but_the_header_is_taken()
    {
        await using var site = await OfficeSite.Start();
        var owner = await site.Somebody(StaffRole.Administrator);
        var token = await Token(site, owner, All);
        using var browser = await site.SignedIn(owner);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("/api/v1/sources")).Status);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("access_token", token), KeyValuePair.Create("token", browser.FormToken)]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Send(HttpMethod.Post, "/api/v1/sources/1/pause", form)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get($"/api/v1/sources?access_token={token}&token={token}")).Status);
        using var cookie = site.Browser();
        cookie.Cookie = token;
        Assert.Equal(HttpStatusCode.Unauthorized, (await cookie.Get("/api/v1/sources")).Status);
        Assert.True((await cookie.Get("/office")).IsToTheDoor);
        foreach (var header in new[] { $"Basic {token}", token, $"Bearer {token}x", $"Bearer {token[..^1]}", "Bearer kawaraban_", "Bearer ", $"Bearer {new string('a', 5000)}", "Bearer kawaraban_%_%" })
        {
            var answer = await cookie.Get("/api/v1/sources", ("Authorization", header));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }

        // And it is no way into the office.
        Assert.True((await cookie.Get("/office", ("Authorization", $"Bearer {token}"))).IsToTheDoor);
        Assert.Equal(HttpStatusCode.OK, (await cookie.Get("/API/v1/sources", ("Authorization", $"bearer {token}"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await cookie.Get("/api/v1/no/such", ("Authorization", $"Bearer {token}"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await cookie.Get("/api/v1/no/such")).Status);
    }

    [Fact]
    public async Task The_database_holds_no_token()
    {
        await using var site = await OfficeSite.Start();
        var token = await Token(site, await site.Somebody(StaffRole.Operator), May.ReadSources);
        await site.Database.Read(
            async session =>
            {
                await using var row = await session.Query("SELECT token_hash FROM api_tokens");
                Assert.True(await row.ReadAsync(Cancellation));
                Assert.Equal(Tokens.Hash(token.Split('_', 3)[2]), row.GetString(0));
                return true;
            },
            Cancellation);
    }

    [Fact]
    public async Task Somebody_makes_one_on_their_page_after_a_proof_sees_it_once_and_revokes_it()
    {
        await using var site = await OfficeSite.Start();
        var owner = await site.Somebody(StaffRole.Operator);
        using var browser = await site.SignedIn(owner);
        (string, string)[] form = [("name", "the report"), ("days", "30"), ("scope", May.ReadSources), ("scope", May.WriteSources)];
        var made = await browser.Post("/office/me/tokens", form);
        var token = System.Text.RegularExpressions.Regex.Match(made.Text, "kawaraban_[0-9a-f]+_[-_A-Za-z0-9]+").Value;
        Assert.Equal(HttpStatusCode.OK, (await Get(site, token, "/api/v1/sources")).Status);
        var own = await browser.Get("/office/me");
        Assert.Contains("the report", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, own.Text, StringComparison.Ordinal);

        foreach (var wrong in new (string, string)[] { ("days", "366"), ("scope", May.ManageStaff), ("name", " ") })
            Assert.Equal("/office/me", (await browser.Post("/office/me/tokens", [.. form.Where(field => field.Item1 != wrong.Item1), wrong])).Location);
        Assert.Single(await site.Get<ApiTokenTable>().List(owner.Id, Cancellation));

        site.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.StartsWith("/office/confirm", (await browser.Post("/office/me/tokens", form)).Location, StringComparison.Ordinal);
        using var other = await site.SignedIn(StaffRole.Administrator);
        var revoke = $"/office/me/tokens/{token.Split('_')[1]}/revoke";
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post(revoke)).Status);
        Assert.Equal("/office/me", (await browser.Post(revoke)).Location);
        await Refused(site, token);
    }

    private static async Task Refused(OfficeSite site, string token)
    {
        var answer = await Get(site, token, "/api/v1/sources");
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (answer.Status, answer.ContentType));
    }

    private static async Task<string> Token(OfficeSite site, StaffMember owner, params string[] scopes)
    {
        var made = await site.Get<ApiTokenTable>().Make(Actor.Of(owner), owner, "a program", scopes, 1, Cancellation);
        return made.Token ?? throw new InvalidOperationException($"{made.Field} {made.Problem}");
    }

    private static async Task<long> Source(OfficeSite site, string url)
    {
        await site.Sources.Add(new NewSource(new Uri(url), url, "A company", null), Cancellation);
        return (await site.Sources.Find(url, Cancellation)).Single().Id;
    }

    private static Task<Reply> Get(OfficeSite site, string token, string path) => Send(site, token, HttpMethod.Get, path, null);

    private static Task<Reply> Post(OfficeSite site, string token, string path, string? json = null) => Send(site, token, HttpMethod.Post, path, json);

    private static async Task<Reply> Send(OfficeSite site, string token, HttpMethod method, string path, string? json)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = site.Address };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, Cancellation);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        return new Reply(response.StatusCode, response.Content.Headers.ContentType?.MediaType, document.RootElement.Clone());
    }

    private sealed record Reply(HttpStatusCode Status, string? ContentType, JsonElement Body);
}
