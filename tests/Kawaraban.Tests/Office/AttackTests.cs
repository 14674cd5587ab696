using System.Diagnostics;
using System.Net;
using Kawaraban.Office;
using Kawaraban.Office.Staff;

namespace Kawaraban.Tests.Office;

/// <summary>What somebody tries who should not get in, or should not get that far.</summary>
public sealed class AttackTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cookie_that_somebody_else_planted_never_becomes_one_that_is_in()
    {
        await using var site = await OfficeSite.Start();
        using var owner = site.Browser();
        var (secret, _) = await ComingInTests.Welcome(site, owner, "aoi@example.com");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        const string Planted = "cGxhbnRlZCBieSBzb21lYm9keSBlbHNlIHdobyB3YWl0cw";
        using var victim = site.Browser();
        victim.Cookie = Planted;
        await victim.Post("/office/sign-in", ("address", "aoi@example.com"), ("password", OfficeSite.Password));
        var half = victim.Cookie;
        await victim.Post("/office/sign-in/code", ("code", ComingInTests.Code(site, secret)));
        Assert.Equal(HttpStatusCode.OK, (await victim.Get("/office")).Status);
        foreach (var old in new[] { Planted, half })
        {
            using var attacker = site.Browser();
            attacker.Cookie = old;
            Assert.True((await attacker.Get("/office")).IsToTheDoor, "an earlier cookie is in");
        }
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData(null, "bm90IG91cnM")]
    [InlineData("https://evil.example", null)]
    [InlineData("null", null)]
    public async Task A_change_that_no_page_of_ours_sent_is_not_made(string? origin, string? token)
    {
        await using var site = await OfficeSite.Start();
        var member = await site.Somebody(StaffRole.Administrator);
        using var browser = await site.SignedIn(member);
        var answer = await browser.PostFrom(origin, "/office/sign-out", ("token", token ?? browser.FormToken));
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/office")).Status);
    }

    [Fact]
    public async Task The_value_of_one_browsers_forms_is_worth_nothing_in_another()
    {
        await using var site = await OfficeSite.Start();
        using var one = await site.SignedIn(StaffRole.Operator);
        using var other = await site.SignedIn(StaffRole.Operator);
        Assert.Equal(HttpStatusCode.Forbidden, (await one.PostFrom(null, "/office/sign-out", ("token", other.FormToken))).Status);
    }

    [Fact]
    public async Task A_browser_that_says_it_comes_from_elsewhere_is_believed()
    {
        await using var site = await OfficeSite.Start();
        using var browser = await site.SignedIn(StaffRole.Operator);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", browser.FormToken)]);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Send(HttpMethod.Post, "/office/sign-out", form, ("Sec-Fetch-Site", "same-site"))).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/office")]
    [InlineData("/office/../../evil")]
    [InlineData("/\\evil.example")]
    [InlineData("/office\\..\\evil")]
    [InlineData("/officeevil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/office/x\r\nSet-Cookie: a=b")]
    public async Task After_signing_in_nobody_is_sent_elsewhere(string to)
    {
        await using var site = await OfficeSite.Start();
        using var browser = await site.SignedIn(StaffRole.Operator);
        var answer = await browser.Get("/office/sign-in?to=" + Uri.EscapeDataString(to));
        Assert.NotNull(answer.Location);
        var landed = new Uri(site.Address, answer.Location);
        Assert.Equal(site.Address.Authority, landed.Authority);
        Assert.True(landed.AbsolutePath == "/office" || landed.AbsolutePath.StartsWith("/office/", StringComparison.Ordinal) || landed.AbsolutePath == "/evil", landed.AbsoluteUri);
        Assert.DoesNotContain('\n', answer.Location);
    }

    [Fact]
    public async Task Somebody_elses_session_cannot_be_ended_by_its_id()
    {
        await using var site = await OfficeSite.Start();
        var victim = await site.Somebody(StaffRole.Administrator);
        using var inside = await site.SignedIn(victim);
        using var other = await site.SignedIn(StaffRole.Administrator);
        var id = (await site.Get<SessionTable>().List(victim.Id, Cancellation)).Single().Id;
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post($"/office/me/sessions/{id}/end")).Status);
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/office")).Status);
    }

    [Fact]
    public async Task Fields_that_a_form_does_not_have_change_nothing()
    {
        await using var site = await OfficeSite.Start();
        using var administrator = await site.SignedIn(StaffRole.Administrator);
        await administrator.Post(
            "/office/admin/staff", ("name", "Bo"), ("address", "bo@example.com"), ("role", "operator"), ("id", "chosen"), ("status", "active"),
            ("version", "99"), ("created_at", "0"), ("role_override", "administrator"));
        var bo = await site.Staff.Find("bo@example.com", Cancellation);
        Assert.NotNull(bo);
        Assert.Equal((StaffRole.Operator, StaffStatus.Invited, 1L), (bo.Role, bo.Status, bo.Version));
        Assert.NotEqual("chosen", bo.Id);
    }

    [Fact]
    public async Task An_operator_does_not_become_administrator_by_asking()
    {
        await using var site = await OfficeSite.Start();
        var member = await site.Somebody(StaffRole.Operator);
        using var browser = await site.SignedIn(member);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post($"/office/admin/staff/{member.Id}/role", ("role", "administrator"), ("version", "1"))).Status);
        Assert.Equal(StaffRole.Operator, (await site.Staff.Find(member.Id, Cancellation))!.Role);
    }

    [Fact]
    public async Task Whoever_is_removed_disabled_or_given_another_role_feels_it_at_the_next_request()
    {
        await using var site = await OfficeSite.Start();
        await site.Somebody(StaffRole.Administrator);
        var member = await site.Somebody(StaffRole.Administrator);
        using var browser = await site.SignedIn(member);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/office/admin/audit")).Status);
        await site.Staff.ChangeRole(Actor.CommandLine("test"), member.Id, StaffRole.Operator, null, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/office/admin/audit")).Status);
        await site.Staff.Disable(Actor.CommandLine("test"), member.Id, null, Cancellation);
        Assert.True((await browser.Get("/office")).IsToTheDoor);
        await site.Staff.Enable(Actor.CommandLine("test"), member.Id, null, Cancellation);
        Assert.True((await browser.Get("/office")).IsToTheDoor, "an ended session came back");
    }

    [Fact]
    public async Task A_session_ends_after_an_hour_in_which_nothing_is_done_and_after_twelve_at_the_latest()
    {
        await using var site = await OfficeSite.Start();
        using var browser = await site.SignedIn(StaffRole.Operator);
        for (var i = 0; i < 14; i++)
        {
            site.Clock.Advance(TimeSpan.FromMinutes(50));
            Assert.Equal(HttpStatusCode.OK, (await browser.Get("/office")).Status);
        }

        site.Clock.Advance(TimeSpan.FromMinutes(50));
        Assert.True((await browser.Get("/office")).IsToTheDoor, "it lasted longer than twelve hours");

        using var idle = await site.SignedIn(StaffRole.Operator);
        site.Clock.Advance(SessionTable.Idle);
        Assert.True((await idle.Get("/office")).IsToTheDoor, "it outlived an idle hour");
    }

    [Fact]
    public async Task What_cannot_be_taken_back_asks_again_who_one_is()
    {
        await using var site = await OfficeSite.Start();
        using var browser = await site.SignedIn(StaffRole.Administrator);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/office/admin/staff")).Status);
        site.Clock.Advance(SessionTable.ProofHolds);
        Assert.StartsWith("/office/confirm?to=", (await browser.Get("/office/admin/staff")).Location, StringComparison.Ordinal);
        Assert.StartsWith(
            "/office/confirm", (await browser.Post("/office/admin/staff", ("name", "Bo"), ("address", "bo@example.com"), ("role", "operator"))).Location, StringComparison.Ordinal);
        Assert.Null(await site.Staff.Find("bo@example.com", Cancellation));
    }

    [Fact]
    public async Task Ten_thousand_tries_look_at_few_passwords_and_tell_nothing()
    {
        await using var site = await OfficeSite.Start();
        var member = await site.Somebody(StaffRole.Administrator);
        var signIn = site.Get<SignIn>();
        var sentences = new Dictionary<string, HashSet<string?>> { [member.Address] = [], ["nobody@example.com"] = [] };
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 5_000; i++)
        {
            foreach (var address in sentences.Keys)
            {
                var outcome = await signIn.WithPassword(address, "guess number " + i, null, new Caller($"192.0.2.{i % 250}", ""), Cancellation);
                Assert.Null(outcome.Cookie);
                sentences[address].Add(outcome.Problem);
            }
        }

        // Each look costs a tenth of a second: ten thousand of them would be a quarter of an hour.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(3), "too many passwords were looked at");
        Assert.Equal(sentences[member.Address].Order(), sentences["nobody@example.com"].Order());
        Assert.Equal(2, sentences[member.Address].Count);
    }

    [Fact]
    public async Task Many_tries_at_once_are_counted_before_they_are_looked_at()
    {
        await using var site = await OfficeSite.Start();
        var doorkeeper = site.Get<Doorkeeper>();
        var waits = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => doorkeeper.Wait("aoi@example.com", $"192.0.2.{i}", Cancellation)));
        Assert.Equal(5, waits.Count(wait => wait <= TimeSpan.Zero));
    }

    [Fact]
    public async Task The_wait_grows_and_ends()
    {
        await using var site = await OfficeSite.Start();
        var doorkeeper = site.Get<Doorkeeper>();
        List<TimeSpan> waits = [];
        for (var i = 0; i < 20; i++)
        {
            while (await doorkeeper.Wait("aoi@example.com", $"192.0.2.{i}", Cancellation) is var wait && wait > TimeSpan.Zero)
            {
                waits.Add(wait);
                site.Clock.Advance(wait);
            }
        }

        Assert.Equal(TimeSpan.FromSeconds(30), waits[0]);
        Assert.Equal(TimeSpan.FromSeconds(60), waits[1]);
        Assert.Equal(TimeSpan.FromMinutes(15), waits[^1]);
    }

    [Fact]
    public async Task One_place_that_tries_many_addresses_is_kept_waiting()
    {
        await using var site = await OfficeSite.Start();
        var doorkeeper = site.Get<Doorkeeper>();
        var passed = 0;
        for (var i = 0; i < 100; i++)
            passed += await doorkeeper.Wait($"somebody{i}@example.com", "192.0.2.1", Cancellation) <= TimeSpan.Zero ? 1 : 0;
        Assert.Equal(30, passed);
    }

    [Theory]
    [InlineData("/office/sources?q={0}&health={0}")]
    [InlineData("/office/admin/audit?target={0}&before={0}")]
    [InlineData("/office/sign-in?to={0}")]
    [InlineData("/office/{0}")]
    public async Task Statements_and_scripts_in_parameters_are_text(string pattern)
    {
        await using var site = await OfficeSite.Start();
        using var browser = await site.SignedIn(StaffRole.Administrator);
        foreach (var attack in new[] { "' OR 1=1 --", "\"; DROP TABLE staff; --", "<script>alert(1)</script>", "%00", "a\r\nX-Injected: yes", "{{7*7}}", "\ud83d" })
        {
            var answer = await browser.Get(string.Format(null, pattern, Uri.EscapeDataString(attack.Replace("\ud83d", "\ufffd", StringComparison.Ordinal))));
            Assert.True((int)answer.Status < 500, $"{pattern} with {attack} answered {answer.Status}");
            Assert.DoesNotContain("<script>alert", answer.Markup, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("X-Injected", answer.Headers.Keys);
        }

        Assert.NotEmpty(await site.Staff.List(Cancellation));
    }

    [Fact]
    public async Task Every_answer_keeps_browsers_from_storing_framing_and_running_what_is_not_ours()
    {
        await using var site = await OfficeSite.Start();
        using var browser = await site.SignedIn(StaffRole.Administrator);
        foreach (var path in new[] { "/office", "/office/admin/staff", "/office/nothing", "/office/sign-in" })
        {
            var headers = (await browser.Get(path)).Headers;
            Assert.Equal("no-store", headers["Cache-Control"]);
            Assert.Equal("DENY", headers["X-Frame-Options"]);
            Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
            Assert.Contains("frame-ancestors 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", headers["Content-Security-Policy"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Behind_TLS_the_cookie_is_bound_to_the_host_and_to_TLS()
    {
        await using var site = await OfficeSite.Start(new Uri("https://portal.example.com/"));
        using var http = new HttpClient { BaseAddress = site.Address };
        using var answer = await http.GetAsync("/office/sign-in", Cancellation);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        foreach (var attribute in new[] { "secure", "httponly", "samesite=lax", "path=/" })
            Assert.Contains(attribute, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }
}
