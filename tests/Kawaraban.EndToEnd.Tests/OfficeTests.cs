using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OtpNet;

namespace Kawaraban.EndToEnd.Tests;

/// <summary>Staff in a real browser: from an invitation on the command line to a day's work.</summary>
public sealed partial class OfficeTests(SampleSite site) : IClassFixture<SampleSite>
{
    [Fact]
    public async Task An_administrator_comes_in_by_a_passkey_and_again_without_a_password()
    {
        var page = await Open();
        var authenticator = await page.Context.NewCDPSessionAsync(page);
        await authenticator.SendAsync("WebAuthn.enable");
        await authenticator.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        await page.GotoAsync(await Invite("Aoi Tanaka", "aoi@example.com", "administrator"));
        await Look(page, "welcome");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey and come in" }).ClickAsync();
        await page.WaitForURLAsync("**/office");
        Assert.Contains("Sources by health", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/office/sign-in");
        await Look(page, "sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/office");

        await page.GetByRole(AriaRole.Link, new() { Name = "Staff" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Bo");
        await page.GetByLabel("Mail address").FillAsync("bo@example.com");
        await Look(page, "staff");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        Assert.Contains("/office/welcome/", await page.Locator("code.link").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Audit trail" }).ClickAsync();
        Assert.Contains("staff.invite", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await Look(page, "audit");
        await page.GetByRole(AriaRole.Link, new() { Name = "Aoi Tanaka" }).First.ClickAsync();
        await Look(page, "account");
    }

    [Fact]
    public async Task An_operator_comes_in_by_password_and_code_and_pauses_and_schedules_a_source()
    {
        var page = await Open();
        await page.GotoAsync(await Invite("Che", "che@example.com", "operator"));
        var secret = Secret().Match(await page.Locator("main").InnerTextAsync()).Value.Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("Password").FillAsync("correct horse battery");
        await page.GetByLabel("The same again").FillAsync("correct horse battery");
        await page.GetByLabel("The code that the app shows now").FillAsync(new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp());
        await page.GetByRole(AriaRole.Button, new() { Name = "Come in", Exact = true }).ClickAsync();
        Assert.Equal(10, await page.Locator(".codes li").CountAsync());
        await Look(page, "recovery-codes");
        await page.GetByRole(AriaRole.Link, new() { Name = "I have them" }).ClickAsync();
        await Look(page, "today");
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "Staff" }).CountAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Sources" }).ClickAsync();
        await Look(page, "sources");
        await page.GetByRole(AriaRole.Link, new() { Name = "Otterway" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        Assert.Contains("is paused", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await page.GetByLabel("Visited").FillAsync("whenever");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        Assert.Equal("whenever", await page.GetByLabel("Visited").InputValueAsync());
        await Look(page, "source-wrong-schedule");
        await page.GetByLabel("Visited").FillAsync("every 6h");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        Assert.Contains("every 6h", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
    }

    // A passkey belongs to a domain, which an address of numbers is not.
    private async Task<IPage> Open() =>
        await site.Browser.NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = Here(site.Url),
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            Locale = "en",
        });

    private static string Here(string url) => url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    private async Task<string> Invite(string name, string address, string role)
    {
        var ended = await KawarabanProcess.Run(site.Folder, "staff", "add", name, address, "--role", role, "--set", $"web.urls={site.Url}");
        Assert.True(ended.Code == 0, ended.Messages);
        return Here(Link().Match(ended.Output).Value);
    }

    internal static async Task Look(IPage page, string name)
    {
        foreach (var width in new[] { 390, 1280 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(SampleSite.Screenshots, $"office-{name}-{width}.png"), FullPage = true });
            var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overflow <= 0, $"{name} is {overflow} px too wide at {width} px");
        }

        var violations = (await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help} ({violation.Nodes[0].Html})");
        Assert.Empty(violations);
    }

    [GeneratedRegex("http://\\S+/office/welcome/\\S+")]
    private static partial Regex Link();

    [GeneratedRegex("([A-Z2-7]{4} ){7}[A-Z2-7]{4}")]
    private static partial Regex Secret();
}
