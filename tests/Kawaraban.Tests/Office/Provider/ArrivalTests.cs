using System.Net;
using Kawaraban.Office;
using Kawaraban.Office.Provider;
using Kawaraban.Office.Staff;

namespace Kawaraban.Tests.Office.Provider;

/// <summary>Who becomes whom, and what they may, when a provider vouches for somebody.</summary>
public sealed class ArrivalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StaffRole.Administrator, "admins")]
    [InlineData(StaffRole.Operator, "operators")]
    [InlineData(StaffRole.Administrator, "operators", "admins")]
    [InlineData(StaffRole.Operator, "everybody", "operators")]
    public async Task A_group_with_a_role_makes_somebody_new(StaffRole role, params string[] groups)
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        using var browser = site.Browser();
        await provider.Bring(site, browser, "s-1", "aoi@example.com", groups);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/office")).Status);
        var member = await site.Staff.Find("aoi@example.com", Cancellation);
        Assert.Equal((role, StaffStatus.Active, "Aoi Tanaka"), (member!.Role, member.Status, member.Name));
        Assert.NotEqual("s-1", member.Id);
        Assert.Contains(await Trail(site), row => row is { Action: "staff.arrive", ActorId: "provider" } && row.Target == $"staff {member.Id}");
    }

    [Theory]
    [InlineData]
    [InlineData("everybody")]
    [InlineData("Admins")]
    [InlineData("admins,operators")]
    public async Task Without_a_group_that_has_a_role_nobody_gets_in_and_nothing_is_made(params string[] groups)
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        await site.Invite("aoi@example.com");
        using var browser = site.Browser();
        var answer = await provider.Bring(site, browser, "s-1", "aoi@example.com", groups);
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("none of your groups", answer.Text, StringComparison.Ordinal);
        Assert.Equal(StaffStatus.Invited, Assert.Single(await site.Staff.List(Cancellation)).Status);
        Assert.Contains(await Trail(site), row => row.Action == "session.refuse" && row.Target.Contains("s-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_was_invited_comes_in_by_the_same_verified_address_and_their_link_ends()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        var link = await site.Invite("Aoi@example.com");
        using var browser = site.Browser();
        Assert.Equal("/office", (await provider.Bring(site, browser, "s-1", "aoi@EXAMPLE.com", "operators")).Location);
        Assert.Equal(StaffStatus.Active, Assert.Single(await site.Staff.List(Cancellation)).Status);
        using var late = site.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await late.Get(link)).Status);
        Assert.Contains(await Trail(site), row => row.Action == "identity.bind");
    }

    [Fact]
    public async Task An_address_that_was_not_verified_is_nobodys()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        var member = await site.Somebody(StaffRole.Administrator);
        foreach (var verified in new[] { "false", "\"false\"", "\"yes\"", "1", "null", "[true]" })
        {
            using var browser = site.Browser();
            var answer = await provider.Bring(site, browser, nonce =>
            {
                var claims = provider.Claims(site, nonce, "s-1", member.Address, "admins");
                claims["email_verified"] = System.Text.Json.Nodes.JsonNode.Parse(verified);
                return provider.Sign(claims);
            });
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        }

        Assert.Equal(0L, await Identities(site));
    }

    [Fact]
    public async Task Somebody_whom_the_provider_calls_otherwise_now_is_still_who_they_are()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        foreach (var subject in new[] { "s-1", "s-2" })
        {
            using var browser = site.Browser();
            Assert.Equal("/office", (await provider.Bring(site, browser, subject, "aoi@example.com", "admins")).Location);
        }

        using var renamed = site.Browser();
        Assert.Equal("/office", (await provider.Bring(site, renamed, "s-1", "tanaka@example.com", "admins")).Location);
        Assert.Single(await site.Staff.List(Cancellation));
        Assert.Equal(2L, await Identities(site));
    }

    [Fact]
    public async Task The_role_follows_the_groups_but_never_leaves_the_house_without_an_administrator()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        async Task<Answer> Come(string group)
        {
            using var browser = site.Browser();
            await provider.Bring(site, browser, "s-1", "aoi@example.com", group);
            return await browser.Get("/office");
        }

        await Come("admins");
        Assert.Contains("last administrator", (await Come("operators")).Text, StringComparison.Ordinal);
        Assert.Equal(StaffRole.Administrator, (await site.Staff.Find("aoi@example.com", Cancellation))!.Role);
        await site.Somebody(StaffRole.Administrator);
        Assert.Contains("make you operator", (await Come("operators")).Text, StringComparison.Ordinal);
        Assert.Equal(StaffRole.Operator, (await site.Staff.Find("aoi@example.com", Cancellation))!.Role);
        await Come("admins");
        Assert.Equal(StaffRole.Administrator, (await site.Staff.Find("aoi@example.com", Cancellation))!.Role);
        Assert.Equal(2, (await Trail(site)).Count(row => row is { Action: "staff.role", ActorId: "provider" }));
    }

    [Fact]
    public async Task Who_is_disabled_does_not_get_in_by_any_name_and_is_out_at_once()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        await site.Somebody(StaffRole.Administrator);
        using var browser = site.Browser();
        await provider.Bring(site, browser, "s-1", "aoi@example.com", "admins");
        var member = (await site.Staff.Find("aoi@example.com", Cancellation))!;
        await site.Staff.Disable(Actor.CommandLine("test"), member.Id, null, Cancellation);
        Assert.True((await browser.Get("/office")).IsToTheDoor);
        foreach (var subject in new[] { "s-1", "s-2" })
        {
            using var again = site.Browser();
            Assert.Equal(HttpStatusCode.Forbidden, (await provider.Bring(site, again, subject, "aoi@example.com", "admins")).Status);
        }

        Assert.Equal(2, (await site.Staff.List(Cancellation)).Count);
        Assert.Equal(2, (await Trail(site)).Count(row => row.Action == "session.refuse"));
        await site.Staff.Enable(Actor.CommandLine("test"), member.Id, null, Cancellation);
        using var enabled = site.Browser();
        Assert.Equal("/office", (await provider.Bring(site, enabled, "s-1", "aoi@example.com", "admins")).Location);
    }

    [Fact]
    public async Task Who_is_removed_leaves_no_identity_behind()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        await site.Somebody(StaffRole.Administrator);
        using var browser = site.Browser();
        await provider.Bring(site, browser, "s-1", "aoi@example.com", "admins");
        Assert.True((await site.Staff.Remove(Actor.CommandLine("test"), "aoi@example.com", null, Cancellation)).IsDone);
        Assert.Equal(0L, await Identities(site));
    }

    [Fact]
    public async Task What_the_token_leaves_out_is_asked_for_and_taken_when_it_is_of_the_same_person()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        string Bare(string nonce)
        {
            var claims = provider.Claims(site, nonce);
            foreach (var name in new[] { "email", "email_verified", "groups" })
                claims.Remove(name);
            return provider.Sign(claims);
        }

        provider.Userinfo = """{"sub":"s-2","email":"aoi@example.com","email_verified":true,"groups":["admins"]}""";
        using var other = site.Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await provider.Bring(site, other, Bare)).Status);
        provider.Userinfo = """{"sub":"s-1","email":"aoi@example.com","email_verified":"true","groups":["admins"]}""";
        using var browser = site.Browser();
        Assert.Equal("/office", (await provider.Bring(site, browser, Bare)).Location);
    }

    [Fact]
    public async Task A_proof_is_one_that_the_provider_asked_for_now_and_of_who_is_in()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        using var browser = site.Browser();
        await provider.Bring(site, browser, nonce =>
        {
            // In since this morning: that opens the door, and no more.
            var claims = provider.Claims(site, nonce, groups: "admins");
            claims["auth_time"] = claims["auth_time"]!.GetValue<long>() - 3600;
            return provider.Sign(claims);
        });
        Assert.StartsWith("/office/confirm", (await browser.Get("/office/admin/staff")).Location, StringComparison.Ordinal);
        Assert.Contains("Prove it at the directory", (await browser.Get("/office/confirm?to=/office/admin/staff")).Text, StringComparison.Ordinal);

        foreach (var (subject, seconds) in new (string, int?)[] { ("s-1", -3600), ("s-1", null), ("s-2", 0) })
        {
            var refused = await provider.Bring(site, browser, nonce =>
            {
                var claims = provider.Claims(site, nonce, subject, groups: "admins");
                if (seconds is null)
                    claims.Remove("auth_time");
                else
                    claims["auth_time"] = claims["auth_time"]!.GetValue<long>() + seconds.Value;
                return provider.Sign(claims);
            }, "/office/confirm/provider?to=/office/admin/staff");
            Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
            Assert.StartsWith("/office/confirm", (await browser.Get("/office/admin/staff")).Location, StringComparison.Ordinal);
        }

        var proved = await provider.Bring(
            site, browser, nonce => provider.Sign(provider.Claims(site, nonce, groups: "admins")), "/office/confirm/provider?to=/office/admin/staff");
        Assert.Equal("/office/admin/staff", proved.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/office/admin/staff")).Status);
    }

    [Fact]
    public async Task Where_the_provider_is_the_only_way_the_others_are_closed()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options with { IsOnlyWay = true });
        var link = await site.Invite("bo@example.com");
        using var browser = site.Browser();
        var door = await browser.Get("/office/sign-in");
        Assert.Contains("Sign in with the directory", door.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("password", door.Text, StringComparison.Ordinal);
        foreach (var path in new[] { "/office/sign-in", "/office/sign-in/code", "/office/sign-in/passkey", "/office/sign-in/passkey/offer", "/office/welcome" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Post(path, ("address", "bo@example.com"), ("password", OfficeSite.Password))).Status);
        Assert.True((await browser.Get(link)).IsToTheDoor);

        await provider.Bring(site, browser, "s-1", "aoi@example.com", "admins");
        var invited = await browser.Post("/office/admin/staff", ("name", "Che"), ("address", "che@example.com"), ("role", "operator"));
        Assert.Equal("/office/admin/staff", invited.Location);
        Assert.Contains("comes in with the directory", (await browser.Get("/office/admin/staff")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signs_out_is_sent_on_to_leave_the_provider_too()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        using var cognito = site.Browser();
        await provider.Bring(site, cognito, "s-1", "aoi@example.com", "admins");
        var left = await cognito.Post("/office/sign-out");
        Assert.Null(cognito.Cookie);
        Assert.Contains($"{provider.Issuer}/logout?client_id=kawaraban&logout_uri={Uri.EscapeDataString(new Uri(site.Address, "/office/sign-in").AbsoluteUri)}", left.Text, StringComparison.Ordinal);

        using var waiting = site.Browser();
        await provider.Bring(site, waiting, "s-1", "aoi@example.com", "admins");
        provider.Document["end_session_endpoint"] = provider.Issuer + "/end";
        site.Clock.Advance(TimeSpan.FromHours(7));
        using var browser = site.Browser();
        await provider.Bring(site, browser, "s-1", "aoi@example.com", "admins");
        left = await browser.Post("/office/sign-out");
        Assert.Contains($"{provider.Issuer}/end?client_id=kawaraban&post_logout_redirect_uri=", left.Text, StringComparison.Ordinal);
        Assert.Contains($"id_token_hint={provider.IdToken}", left.Text, StringComparison.Ordinal);

        using var own = await site.SignedIn(StaffRole.Operator);
        Assert.Equal(OfficeEndpoints.SignIn, (await own.Post("/office/sign-out")).Location);
    }

    private static Task<IReadOnlyList<AuditRow>> Trail(OfficeSite site) => site.Audit.List(null, null, 100, Cancellation);

    private static Task<long> Identities(OfficeSite site) =>
        site.Database.Read(
            async session =>
            {
                await using var row = await session.Query("SELECT count(*) FROM staff_identities");
                await row.ReadAsync(Cancellation);
                return row.GetInt64(0);
            },
            Cancellation);
}
