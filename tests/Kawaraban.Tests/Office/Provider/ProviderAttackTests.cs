using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kawaraban.Office.Provider;
using Kawaraban.Office.Staff;

namespace Kawaraban.Tests.Office.Provider;

/// <summary>Tokens and answers that should let nobody in.</summary>
public sealed class ProviderAttackTests
{
    private static readonly Dictionary<string, Action<JsonObject>> Wrong = new()
    {
        ["for another audience"] = claims => claims["aud"] = "another-client",
        ["for two, without saying who asked"] = claims => claims["aud"] = new JsonArray(FakeProvider.ClientId, "another-client"),
        ["asked for by another"] = claims => claims["azp"] = "another-client",
        ["without an audience"] = claims => claims.Remove("aud"),
        ["of another issuer"] = claims => claims["iss"] = "https://evil.example",
        ["without an issuer"] = claims => claims.Remove("iss"),
        ["expired three minutes ago"] = claims => claims["exp"] = claims["iat"]!.GetValue<long>() - 180,
        ["that never ends"] = claims => claims.Remove("exp"),
        ["of three minutes from now"] = claims => claims["iat"] = claims["iat"]!.GetValue<long>() + 180,
        ["that holds in three minutes"] = claims => claims["nbf"] = claims["iat"]!.GetValue<long>() + 180,
        ["that does not say when it was made"] = claims => claims.Remove("iat"),
        ["without a nonce"] = claims => claims.Remove("nonce"),
        ["with another nonce"] = claims => claims["nonce"] = "bm90IG91cnM",
        ["with a nonce that is no text"] = claims => claims["nonce"] = new JsonArray(claims["nonce"]!.GetValue<string>()),
        ["of nobody"] = claims => claims.Remove("sub"),
        ["of an empty name"] = claims => claims["sub"] = "",
        ["that opens doors elsewhere"] = claims => claims["token_use"] = "access",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_token_is_not_taken(string that)
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        await Refuses(provider, site, nonce =>
        {
            var claims = provider.Claims(site, nonce, groups: "admins");
            Wrong[that](claims);
            return provider.Sign(claims);
        });
    }

    [Fact]
    public async Task A_token_whose_signature_anybody_can_make_is_not_taken()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        using var another = RSA.Create(2048);
        string Good(string nonce) => provider.Claims(site, nonce, groups: "admins").ToJsonString();
        foreach (var algorithm in new[] { "none", "None", "NONE", "" })
            await Refuses(provider, site, nonce => FakeProvider.Sign(Good(nonce), algorithm, "1", _ => []));
        foreach (var id in new[] { "1", null, "o", "2" })
        {
            await Refuses(provider, site, nonce => FakeProvider.Sign(Good(nonce), "RS256", id, _ => []));
            await Refuses(provider, site, nonce => FakeProvider.Sign(
                Good(nonce), "RS256", id, bytes => another.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
            foreach (var password in provider.PublicKeys.Append(Encoding.ASCII.GetBytes("secret")).Append(Encoding.ASCII.GetBytes("secret-secret-secret-secret-secret")))
                await Refuses(provider, site, nonce => FakeProvider.Sign(Good(nonce), "HS256", id, bytes => HMACSHA256.HashData(password, bytes)));
        }

        await Refuses(provider, site, nonce => provider.Sign(provider.Claims(site, nonce, groups: "admins")).Split('.')[1]);
        await Refuses(provider, site, _ => new string('a', 100_000));
        await Refuses(provider, site, nonce =>
        {
            // Signed for one, and sent with another's claims.
            var parts = provider.Sign(provider.Claims(site, nonce)).Split('.');
            return $"{parts[0]}.{provider.Sign(provider.Claims(site, nonce, groups: "admins")).Split('.')[1]}.{parts[2]}";
        });
    }

    [Fact]
    public async Task A_clock_that_differs_by_a_minute_keeps_nobody_out()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        foreach (var ahead in new[] { -360, 60 })
        {
            using var browser = site.Browser();
            var answer = await provider.Bring(site, browser, nonce =>
            {
                var claims = provider.Claims(site, nonce, groups: "admins");
                foreach (var name in new[] { "iat", "exp", "auth_time" })
                    claims[name] = claims[name]!.GetValue<long>() + ahead;
                return provider.Sign(claims);
            });
            Assert.Equal("/office", answer.Location);
        }
    }

    [Fact]
    public async Task An_answer_is_taken_once_and_only_in_the_browser_that_asked()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        using var browser = site.Browser();
        var question = await FakeProvider.Ask(browser);
        Assert.Equal(("code", "query", "S256"), (question["response_type"], question["response_mode"], question["code_challenge_method"]));
        provider.IdToken = provider.Sign(provider.Claims(site, question["nonce"], groups: "admins"));
        var answer = $"{ProviderSignIn.Return}?code=c&state={question["state"]}";

        using var thief = site.Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await thief.Get(answer)).Status);
        await FakeProvider.Ask(thief);
        Assert.Equal(HttpStatusCode.Forbidden, (await thief.Get(answer)).Status);

        var before = browser.Cookie;
        Assert.Equal("/office", (await browser.Get(answer)).Location);
        Assert.NotEqual(before, browser.Cookie);
        Assert.Equal(question["code_challenge"], System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(provider.Exchange!["code_verifier"]!))));
        Assert.Equal("Basic " + Convert.ToBase64String("kawaraban:secret"u8), provider.Authorization);

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get(answer)).Status);
        browser.Cookie = before;
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get(answer)).Status);
    }

    [Fact]
    public async Task Any_process_takes_the_answer_to_a_question_of_another_and_none_takes_it_twice()
    {
        await using var provider = await FakeProvider.Start();
        await using var one = await OfficeSite.Start(provider: provider.Options);
        await using var two = await OfficeSite.Start(provider: provider.Options, beside: one);
        using var here = one.Browser();
        var question = await FakeProvider.Ask(here);
        provider.IdToken = provider.Sign(provider.Claims(one, question["nonce"], groups: "admins"));
        var (answer, before) = ($"{ProviderSignIn.Return}?code=c&state={question["state"]}", here.Cookie);
        using var there = two.Browser();
        there.Cookie = before;
        Assert.Equal("/office", (await there.Get(answer)).Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await here.Get(answer)).Status);
        here.Cookie = there.Cookie;
        Assert.Equal(HttpStatusCode.OK, (await here.Get("/office")).Status);
    }

    [Theory]
    [InlineData("?code=c&state=bm90IG91cnM")]
    [InlineData("?code=c")]
    [InlineData("?state=STATE")]
    [InlineData("?code=c&state=STATE&state=STATE")]
    [InlineData("?code=c&code=d&state=STATE")]
    [InlineData("?code=c&state=STATE&iss=https%3A%2F%2Fevil.example")]
    [InlineData("?error=access_denied&error_description=Call+0123+and+tell+your+password&state=STATE")]
    [InlineData("?error=%3Cscript%3E&state=STATE&code=c")]
    public async Task An_answer_that_is_not_as_it_should_be_lets_nobody_in(string query)
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        using var browser = site.Browser();
        var question = await FakeProvider.Ask(browser);
        provider.IdToken = provider.Sign(provider.Claims(site, question["nonce"], groups: "admins"));
        var answer = await browser.Get(ProviderSignIn.Return + query.Replace("STATE", question["state"], StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.DoesNotContain("0123", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", answer.Text, StringComparison.Ordinal);
        Assert.True((await browser.Get("/office")).IsToTheDoor);
    }

    [Fact]
    public async Task An_answer_that_comes_after_a_quarter_of_an_hour_is_too_late()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        using var browser = site.Browser();
        var question = await FakeProvider.Ask(browser);
        site.Clock.Advance(TimeSpan.FromMinutes(15));
        provider.IdToken = provider.Sign(provider.Claims(site, question["nonce"], groups: "admins"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get($"{ProviderSignIn.Return}?code=c&state={question["state"]}")).Status);
    }

    [Fact]
    public async Task A_provider_that_is_away_lets_nobody_in_and_puts_nobody_out()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        using var inside = site.Browser();
        Assert.Equal("/office", (await provider.Bring(site, inside, "s-1", "aoi@example.com", "admins")).Location);
        using var waiting = site.Browser();
        var question = await FakeProvider.Ask(waiting);
        provider.IdToken = provider.Sign(provider.Claims(site, question["nonce"], groups: "admins"));

        provider.IsAway = true;
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/office")).Status);
        var answer = await waiting.Get($"{ProviderSignIn.Return}?code=c&state={question["state"]}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("the directory does not answer", answer.Text, StringComparison.Ordinal);
        Assert.True((await waiting.Get("/office")).IsToTheDoor);

        site.Clock.Advance(TimeSpan.FromHours(7));
        using var later = site.Browser();
        Assert.Equal(HttpStatusCode.SeeOther, (await later.Get("/office/sign-in/provider")).Status);
    }

    [Theory]
    [InlineData("issuer", "https://evil.example")]
    [InlineData("token_endpoint", "http://evil.example/token")]
    [InlineData("jwks_uri", "file:///etc/passwd")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    [InlineData("authorization_endpoint", null)]
    public async Task A_provider_that_speaks_for_another_or_leads_elsewhere_is_not_followed(string name, string? value)
    {
        await using var provider = await FakeProvider.Start();
        provider.Document[name] = value;
        await using var site = await OfficeSite.Start(provider: provider.Options);
        using var browser = site.Browser();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.Get("/office/sign-in/provider")).Status);
    }

    [Fact]
    public async Task A_new_key_is_looked_for_and_keys_that_nobody_has_do_not_make_us_ask_again_and_again()
    {
        await using var provider = await FakeProvider.Start();
        await using var site = await OfficeSite.Start(provider: provider.Options);
        using var first = site.Browser();
        await provider.Bring(site, first, "s-1", "aoi@example.com", "admins");
        provider.Rotate();
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        using var second = site.Browser();
        Assert.Equal("/office", (await provider.Bring(site, second, "s-1", "aoi@example.com", "admins")).Location);
        var asked = provider.KeysAsked;
        for (var i = 0; i < 5; i++)
            await Refuses(provider, site, nonce => FakeProvider.Sign(provider.Claims(site, nonce).ToJsonString(), "RS256", $"unknown-{i}", _ => [1, 2, 3]));
        Assert.Equal(asked, provider.KeysAsked);
    }

    private static async Task Refuses(FakeProvider provider, OfficeSite site, Func<string, string> token)
    {
        using var browser = site.Browser();
        var answer = await provider.Bring(site, browser, token);
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.True((await browser.Get("/office")).IsToTheDoor);
        var members = await site.Staff.List(Cancellation);
        Assert.True(members.Count == 0 || members.All(member => member.Version == 1), "somebody was made or changed");
    }
}
