using System.Net;
using System.Text.RegularExpressions;
using Kawaraban.Office.Provider;
using Kawaraban.Office.Staff;

namespace Kawaraban.Tests.Office.Provider;

/// <summary>The whole way with a certified provider (panva/node-oidc-provider): there, and back, and out.</summary>
public sealed partial class RealProviderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_comes_in_proves_who_they_are_and_leaves_both_us_and_the_provider()
    {
        await using var real = await Start();
        using var browser = new Visitor();
        var inside = await SignIn(real, browser, "aoi", "/office/admin/staff");
        Assert.Equal(HttpStatusCode.OK, inside.Status);
        Assert.Equal("/office/admin/staff", inside.Address.AbsolutePath);
        Assert.Contains("aoi@example.com", inside.Body, StringComparison.Ordinal);
        Assert.Equal(StaffRole.Administrator, (await real.Site.Staff.Find("aoi@example.com", Cancellation))?.Role);

        // When the proof is old the provider asks again, though it knows them: the answer says when.
        await real.Site.Database.Write(session => session.Execute("UPDATE staff_sessions SET proved_at = 0"), Cancellation);
        var proof = await browser.Go(new Uri(real.Site.Address, "/office/admin/staff"));
        Assert.Equal("/office/confirm", proof.Address.AbsolutePath);
        var asked = await browser.Go(new Uri(real.Site.Address, "/office/confirm/provider?to=/office/admin/staff"));
        Assert.Contains("name=\"login\"", asked.Body, StringComparison.Ordinal);
        Assert.Equal("/office/admin/staff", (await Through(browser, asked, "aoi")).Address.AbsolutePath);

        var office = await browser.Go(new Uri(real.Site.Address, "/office"));
        var leaving = await browser.Submit(office, "/office/sign-out");
        var next = WebUtility.HtmlDecode(Refresh().Match(leaving.Body).Groups["next"].Value);
        var confirmation = await browser.Go(new Uri(next));
        var outside = await browser.Submit(confirmation, ("logout", "yes"));
        Assert.Equal("/office/sign-in", outside.Address.AbsolutePath);
        Assert.Equal("/office/sign-in", (await browser.Go(new Uri(real.Site.Address, "/office"))).Address.AbsolutePath);
        var again = await browser.Go(new Uri(real.Site.Address, "/office/sign-in/provider"));
        Assert.Contains("name=\"login\"", again.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_comes_in_and_who_is_in_no_group_of_ours_does_not()
    {
        await using var real = await Start();
        using var operators = new Visitor();
        var inside = await SignIn(real, operators, "bo", "/office");
        Assert.Equal("/office", inside.Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.Forbidden, (await operators.Go(new Uri(real.Site.Address, "/office/admin/staff"))).Status);

        using var stranger = new Visitor();
        var refused = await SignIn(real, stranger, "che", "/office");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("none of your groups", refused.Body, StringComparison.Ordinal);
        Assert.Null(await real.Site.Staff.Find("che@example.com", Cancellation));
        Assert.Equal("/office/sign-in", (await stranger.Go(new Uri(real.Site.Address, "/office"))).Address.AbsolutePath);
    }

    [Fact]
    public async Task Who_comes_by_the_answer_of_another_browser_is_nobody()
    {
        await using var real = await Start();
        using var owner = new Visitor();
        await SignIn(real, owner, "aoi", "/office");
        var answer = owner.Way.Last(address => address.AbsolutePath == ProviderSignIn.Return);
        using var thief = new Visitor();
        await thief.Go(new Uri(real.Site.Address, "/office/sign-in"));
        Assert.Equal(HttpStatusCode.Forbidden, (await thief.Go(answer)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.Go(answer)).Status);
    }

    private static async Task<Place> SignIn(Real real, Visitor browser, string name, string to)
    {
        var door = await browser.Go(new Uri(real.Site.Address, to));
        Assert.Contains("Sign in with the directory", door.Body, StringComparison.Ordinal);
        var login = await browser.Go(new Uri(real.Site.Address, $"/office/sign-in/provider?to={Uri.EscapeDataString(to)}"));
        return await Through(browser, login, name);
    }

    // Its name, and then that we may know of it.
    private static async Task<Place> Through(Visitor browser, Place login, string name)
    {
        var place = await browser.Submit(login, ("login", name), ("password", "any"));
        return place.Body.Contains("value=\"consent\"", StringComparison.Ordinal) ? await browser.Submit(place) : place;
    }

    private static async Task<Real> Start()
    {
        var port = NodeProgram.FreePort();
        var site = await OfficeSite.Start(
            provider: new ProviderOptions
            {
                Authority = new Uri($"http://127.0.0.1:{port}"),
                ClientId = "kawaraban",
                ClientSecret = "a secret: with/odd+characters",
                Name = "the directory",
                Scopes = "openid email profile groups",
                Administrators = ["kawaraban-admins"],
                Operators = ["kawaraban-operators"],
            },
            now: TimeProvider.System.GetUtcNow());
        try
        {
            var node = await NodeProgram.Start(
                "provider.mjs", "ready", Path.GetTempPath(), [],
                $"{port}", new Uri(site.Address, ProviderSignIn.Return).AbsoluteUri, new Uri(site.Address, "/office/sign-in").AbsoluteUri);
            return new Real(site, node);
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    private sealed record Real(OfficeSite Site, NodeProgram Node) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Node.DisposeAsync();
            await Site.DisposeAsync();
        }
    }

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0; url=(?<next>[^\"]*)\"")]
    private static partial Regex Refresh();
}
