using System.Net;
using System.Text.RegularExpressions;
using Kawaraban.Office;
using Kawaraban.Office.Staff;
using OtpNet;

namespace Kawaraban.Tests.Office;

/// <summary>From an invitation to the inside, and in again.</summary>
public sealed partial class ComingInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_leads_to_a_password_and_a_code_and_these_lead_in_again()
    {
        await using var site = await OfficeSite.Start();
        using var first = site.Browser();
        var (secret, codes) = await Welcome(site, first, "aoi@example.com");
        Assert.Equal(10, codes.Count);
        Assert.Contains("Aoi Tanaka", (await first.Get("/office")).Text, StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        using var again = site.Browser();
        await again.Get("/office/sign-in");
        var second = await again.Post("/office/sign-in", ("address", "AOI@example.com"), ("password", OfficeSite.Password), ("to", "/office/sources"));
        Assert.StartsWith("/office/sign-in/code", second.Location, StringComparison.Ordinal);
        Assert.True((await again.Get("/office/sources")).IsToTheDoor, "a password alone let somebody in");
        var third = await again.Post("/office/sign-in/code", ("code", Code(site, secret)), ("to", "/office/sources"));
        Assert.Equal("/office/sources", third.Location);
        Assert.Equal(HttpStatusCode.OK, (await again.Get("/office/sources")).Status);
    }

    [Fact]
    public async Task A_code_is_taken_once()
    {
        await using var site = await OfficeSite.Start();
        using var browser = site.Browser();
        var (secret, _) = await Welcome(site, browser, "aoi@example.com");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = Code(site, secret);
        await WithPassword(site, browser);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post("/office/sign-in/code", ("code", code))).Status);
        await WithPassword(site, browser);
        var replayed = await browser.Post("/office/sign-in/code", ("code", code));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, replayed.Status);
        Assert.Contains("used already", replayed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_code_lets_in_once_in_place_of_a_code()
    {
        await using var site = await OfficeSite.Start();
        using var browser = site.Browser();
        var (_, codes) = await Welcome(site, browser, "aoi@example.com");
        await WithPassword(site, browser);
        Assert.Equal("/office", (await browser.Post("/office/sign-in/code", ("code", codes[3].ToUpperInvariant()))).Location);
        Assert.Contains("9 recovery codes left", (await browser.Get("/office/me")).Text, StringComparison.Ordinal);
        await WithPassword(site, browser);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post("/office/sign-in/code", ("code", codes[3]))).Status);
    }

    [Fact]
    public async Task An_invitation_holds_once_and_for_three_days()
    {
        await using var site = await OfficeSite.Start();
        var link = await site.Invite("aoi@example.com");
        using var early = site.Browser();
        using var late = site.Browser();
        Assert.Equal("/office/welcome", (await early.Get(link)).Location);
        Assert.Equal("/office/welcome", (await late.Get(link)).Location);
        await Choose(site, early);
        var used = await late.Post("/office/welcome", ("password", OfficeSite.Password), ("again", OfficeSite.Password), ("code", "000000"));
        Assert.Equal(HttpStatusCode.NotFound, used.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await late.Get(link)).Status);

        var other = await site.Invite("bo@example.com");
        site.Clock.Advance(StaffTable.InvitationHolds);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Browser().Get(other)).Status);
    }

    [Theory]
    [InlineData("short", "short", "shorter than 12")]
    [InlineData("correct horse battery", "correct horse", "is another one")]
    [InlineData("password1234", "password1234", "which others would try")]
    [InlineData("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "repeats the same")]
    [InlineData("aoi@example.1", "aoi@example.1", null)]
    public async Task A_password_is_judged_by_whether_others_would_try_it(string password, string again, string? problem)
    {
        await using var site = await OfficeSite.Start();
        using var browser = site.Browser();
        await browser.Get(await site.Invite("aoi@example.com"));
        await browser.Get("/office/welcome");
        var answer = await browser.Post("/office/welcome", ("password", password), ("again", again), ("code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        if (problem is not null)
            Assert.Contains(problem, answer.Text, StringComparison.Ordinal);
        else
            Assert.DoesNotContain("password-problem\">This", answer.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_link_ends_the_old_ways_in_and_their_sessions()
    {
        await using var site = await OfficeSite.Start();
        using var browser = site.Browser();
        await site.Somebody(StaffRole.Administrator);
        await Welcome(site, browser, "aoi@example.com");
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/office")).Status);
        await site.Staff.InviteAgain(Actor.CommandLine("test"), "aoi@example.com", Cancellation);
        Assert.True((await browser.Get("/office")).IsToTheDoor);
        await WithPassword(site, browser, isIn: false);
    }

    internal static async Task<(string Secret, IReadOnlyList<string> RecoveryCodes)> Welcome(
        OfficeSite site, OfficeBrowser browser, string address, StaffRole role = StaffRole.Operator) =>
        await ByLink(site, browser, await site.Invite(address, role));

    internal static async Task<(string Secret, IReadOnlyList<string> RecoveryCodes)> ByLink(OfficeSite site, OfficeBrowser browser, string link)
    {
        await browser.Get(link);
        return await Choose(site, browser);
    }

    internal static string Code(OfficeSite site, string secret) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(site.Clock.GetUtcNow().UtcDateTime);

    private static async Task<(string Secret, IReadOnlyList<string> RecoveryCodes)> Choose(OfficeSite site, OfficeBrowser browser)
    {
        var page = await browser.Get("/office/welcome");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var secret = Secrets().Match(page.Text).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        var done = await browser.Post("/office/welcome", ("password", OfficeSite.Password), ("again", OfficeSite.Password), ("code", Code(site, secret)));
        Assert.Equal(HttpStatusCode.OK, done.Status);
        return (secret, [.. RecoveryCodes().Matches(done.Text).Select(match => match.Groups[1].Value)]);
    }

    private static async Task WithPassword(OfficeSite site, OfficeBrowser browser, bool isIn = true)
    {
        browser.Cookie = null;
        await browser.Get(OfficeEndpoints.SignIn);
        var answer = await browser.Post(OfficeEndpoints.SignIn, ("address", "aoi@example.com"), ("password", OfficeSite.Password));
        Assert.Equal(isIn ? HttpStatusCode.SeeOther : HttpStatusCode.UnprocessableEntity, answer.Status);
    }

    [GeneratedRegex("<code>([A-Z2-7 ]{32,})</code>")]
    private static partial Regex Secrets();

    [GeneratedRegex("<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</code>")]
    private static partial Regex RecoveryCodes();
}
