using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kawaraban.Office.Provider;
using Kawaraban.Office.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Kawaraban.Tests.Office.Provider;

/// <summary>A provider of identities that says whatever a test wants it to, with its own key or with another.</summary>
public sealed class FakeProvider : IAsyncDisposable
{
    public const string ClientId = "kawaraban";

    private readonly WebApplication web;
    private RSA key = RSA.Create(2048);
    private string keyId = "1";

    private FakeProvider(WebApplication web) => this.web = web;

    /// <summary>Its issuer.</summary>
    public string Issuer => web.Urls.First();

    /// <summary>What it says of itself, to be changed.</summary>
    public JsonObject Document { get; private set; } = [];

    /// <summary>What it gives for a code.</summary>
    public string? IdToken { get; set; }

    /// <summary>What it tells besides.</summary>
    public string Userinfo { get; set; } = "{}";

    /// <summary>Whether it answers nobody.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often its keys were asked for.</summary>
    public int KeysAsked { get; private set; }

    /// <summary>The last request for tokens, and who asked.</summary>
    public IFormCollection? Exchange { get; private set; }

    public string? Authorization { get; private set; }

    public static async Task<FakeProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var web = builder.Build();
        var provider = new FakeProvider(web);
        web.Run(provider.Answer);
        await web.StartAsync(TestContext.Current.CancellationToken);
        provider.Document = new JsonObject
        {
            ["issuer"] = provider.Issuer,
            ["authorization_endpoint"] = provider.Issuer + "/oauth2/authorize",
            ["token_endpoint"] = provider.Issuer + "/token",
            ["userinfo_endpoint"] = provider.Issuer + "/userinfo",
            ["jwks_uri"] = provider.Issuer + "/keys",
        };
        return provider;
    }

    /// <summary>How an office names it.</summary>
    public ProviderOptions Options => new()
    {
        Authority = new Uri(Issuer),
        ClientId = ClientId,
        ClientSecret = "secret",
        Name = "the directory",
        Administrators = ["admins"],
        Operators = ["operators"],
    };

    /// <summary>Good claims of somebody, for a question.</summary>
    public JsonObject Claims(OfficeSite site, string nonce, string subject = "s-1", string? address = "aoi@example.com", params string[] groups)
    {
        var now = site.Clock.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = ClientId,
            ["sub"] = subject,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["auth_time"] = now,
            ["nonce"] = nonce,
            ["email"] = address,
            ["email_verified"] = true,
            ["name"] = "Aoi Tanaka",
            ["groups"] = new JsonArray([.. groups.Select(group => (JsonNode)group)]),
        };
    }

    /// <summary>Claims as a token, signed with the provider's key.</summary>
    public string Sign(JsonObject claims) => Sign(claims.ToJsonString(), "RS256", keyId, bytes => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>Claims as a token that says it was signed so, and was signed by that.</summary>
    public static string Sign(string claims, string algorithm, string? id, Func<byte[], byte[]> sign)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (id is not null)
            header["kid"] = id;
        var text = $"{Encode(header.ToJsonString())}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>The public half of its key, in what somebody might take for a password.</summary>
    public IEnumerable<byte[]> PublicKeys =>
    [
        Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), key.ExportSubjectPublicKeyInfo(), key.ExportRSAPublicKey(),
        key.ExportParameters(false).Modulus!, Encoding.ASCII.GetBytes(Base64Url.EncodeToString(key.ExportParameters(false).Modulus)),
    ];

    /// <summary>Signs with another key from now on.</summary>
    public void Rotate()
    {
        key.Dispose();
        (key, keyId) = (RSA.Create(2048), keyId + "1");
    }

    /// <summary>Sends a browser here and back, with a token that is made for its question.</summary>
    public async Task<Answer> Bring(OfficeSite site, OfficeBrowser browser, Func<string, string> token, string path = "/office/sign-in/provider")
    {
        var question = await Ask(browser, path);
        IdToken = token(question["nonce"]);
        return await browser.Get($"{ProviderSignIn.Return}?code=c&state={question["state"]}");
    }

    /// <summary>Somebody comes in, or tries to.</summary>
    public Task<Answer> Bring(OfficeSite site, OfficeBrowser browser, string subject, string? address, params string[] groups) =>
        Bring(site, browser, nonce => Sign(Claims(site, nonce, subject, address, groups)));

    /// <summary>What a browser is sent here with.</summary>
    public static async Task<Dictionary<string, string>> Ask(OfficeBrowser browser, string path = "/office/sign-in/provider")
    {
        var sent = await browser.Get(path);
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        return QueryHelpers.ParseQuery(new Uri(sent.Location!).Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        key.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        if (IsAway)
        {
            context.Abort();
            return;
        }

        switch (context.Request.Path)
        {
            case "/.well-known/openid-configuration":
                await context.Response.WriteAsync(Document.ToJsonString());
                break;
            case "/keys":
                KeysAsked++;
                var parameters = key.ExportParameters(false);
                await context.Response.WriteAsync(
                    $$"""{"keys":[{"kty":"oct","kid":"o","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA"},{"kty":"RSA","use":"sig","kid":"{{keyId}}","n":"{{Base64Url.EncodeToString(parameters.Modulus)}}","e":"{{Base64Url.EncodeToString(parameters.Exponent)}}"}]}""");
                break;
            case "/token":
                (Exchange, Authorization) = (await context.Request.ReadFormAsync(), context.Request.Headers.Authorization);
                context.Response.StatusCode = IdToken is null ? 400 : 200;
                await context.Response.WriteAsync(
                    IdToken is null ? """{"error":"invalid_grant"}""" : $$"""{"id_token":"{{IdToken}}","access_token":"a","token_type":"Bearer"}""");
                break;
            case "/userinfo":
                await context.Response.WriteAsync(Userinfo);
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
