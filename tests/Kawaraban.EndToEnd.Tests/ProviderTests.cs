using System.Text.RegularExpressions;
using Kawaraban.Tests.Office.Provider;
using Microsoft.Playwright;

namespace Kawaraban.EndToEnd.Tests;

/// <summary>Staff with their directory's accounts, in a real browser: what its rules for forms, frames and cookies allow.</summary>
public sealed class ProviderTests(SampleSite site) : IClassFixture<SampleSite>
{
    [Fact]
    public async Task Somebody_comes_in_with_the_directory_makes_a_token_and_leaves_both()
    {
        using var folder = new TemporaryFolder();
        var (port, ours) = (NodeProgram.FreePort(), $"http://127.0.0.1:{NodeProgram.FreePort()}");
        await using var node = await NodeProgram.Start(
            "provider.mjs", "ready", folder.Name, [], $"{port}", ours + "/office/sign-in/provider/answer", ours + "/office/sign-in");
        await using var program = KawarabanProcess.Start(
            folder.Name,
            new Dictionary<string, string>
            {
                ["KAWARABAN_WEB_PUBLIC_URL"] = ours,
                ["KAWARABAN_OFFICE_OIDC_AUTHORITY"] = $"http://127.0.0.1:{port}",
                ["KAWARABAN_OFFICE_OIDC_CLIENT_ID"] = "kawaraban",
                ["KAWARABAN_OFFICE_OIDC_CLIENT_SECRET"] = "a secret: with/odd+characters",
                ["KAWARABAN_OFFICE_OIDC_NAME"] = "Example Inc.",
                ["KAWARABAN_OFFICE_OIDC_SCOPES"] = "openid email profile groups",
                ["KAWARABAN_OFFICE_OIDC_ADMINISTRATORS"] = "kawaraban-admins",
            },
            "serve", "--roles", "web,office", "--urls", ours);
        await program.Message("Kawaraban is at", TestContext.Current.CancellationToken);

        var page = await site.Browser.NewPageAsync(new BrowserNewPageOptions { BaseURL = ours, Locale = "en" });
        await page.GotoAsync("/office/admin/staff");
        await OfficeTests.Look(page, "sign-in-provider");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Example Inc." }).ClickAsync();
        await page.Locator("input[name=login]").FillAsync("aoi");
        await page.Locator("input[name=password]").FillAsync("any");
        await page.Locator("button.login-submit").ClickAsync();
        await page.Locator("button.login-submit").ClickAsync();
        await page.WaitForURLAsync("**/office/admin/staff");
        Assert.Contains("aoi@example.com", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Aoi Tanaka" }).First.ClickAsync();
        await page.GetByLabel("Another one, called").Last.FillAsync("the report");
        await page.GetByLabel("sources.read").CheckAsync();
        await OfficeTests.Look(page, "account-tokens");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        Assert.Matches("^kawaraban_[0-9a-f]{16}_", await page.Locator("code.link").InnerTextAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/session/end"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, sign me out" }).ClickAsync();
        await page.WaitForURLAsync("**/office/sign-in");
        await page.GotoAsync("/office");
        await page.WaitForURLAsync("**/office/sign-in");
    }
}
