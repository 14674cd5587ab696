using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kawaraban.Office.Provider;
using Kawaraban.Office.Staff;

namespace Kawaraban.Tests.Office.Provider;

/// <summary>Tokens as Cognito makes them (cognito-local), before the same eyes. It has no pages of its own to sign in at.</summary>
public sealed class CognitoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_id_token_is_taken_with_its_groups_and_its_access_token_or_another_clients_is_not()
    {
        var folder = Directory.CreateTempSubdirectory("kawaraban-cognito-").FullName;
        var port = NodeProgram.FreePort();
        try
        {
            // Not 127.0.0.1: its issuer would be another one.
            await using var node = await NodeProgram.Start(
                "node_modules/cognito-local/lib/bin/start.js", "Cognito Local running", folder, [("HOST", "localhost"), ("PORT", $"{port}")]);
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://localhost:{port}") };
            var pool = (await Call(http, "CreateUserPool", """{"PoolName":"staff"}""")).GetProperty("UserPool").GetProperty("Id").GetString();
            var ours = await Client(http, pool);
            var theirs = await Client(http, pool);
            await Call(http, "AdminCreateUser", $$"""{"UserPoolId":"{{pool}}","Username":"aoi@example.com","MessageAction":"SUPPRESS","UserAttributes":[{"Name":"email","Value":"aoi@example.com"},{"Name":"email_verified","Value":"true"}]}""");
            await Call(http, "AdminSetUserPassword", $$"""{"UserPoolId":"{{pool}}","Username":"aoi@example.com","Password":"Correct-horse-9","Permanent":true}""");
            await Call(http, "CreateGroup", $$"""{"UserPoolId":"{{pool}}","GroupName":"admins"}""");
            await Call(http, "AdminAddUserToGroup", $$"""{"UserPoolId":"{{pool}}","Username":"aoi@example.com","GroupName":"admins"}""");

            var options = new ProviderOptions
            {
                Authority = new Uri($"http://localhost:{port}/{pool}"),
                ClientId = ours,
                GroupsClaim = "cognito:groups",
                Administrators = ["admins"],
            };
            using var handler = new Completed(options.Authority.AbsoluteUri);
            using var connection = new ProviderConnection(options, TimeProvider.System, handler);
            var tokens = new IdTokens(options, connection, TimeProvider.System);
            var given = await SignIn(http, pool, ours);

            var good = await tokens.Check(given.GetProperty("IdToken").GetString()!, Cancellation);
            Assert.Null(good.Problem);
            var who = ProviderIdentity.Read(good.Claims, options.Authority.AbsoluteUri, options.GroupsClaim);
            Assert.Equal("aoi@example.com", who?.Address);
            Assert.Equal(StaffRole.Administrator, options.RoleOf(who!.Groups));
            Assert.NotNull(who.ProvedAt);

            Assert.NotNull((await tokens.Check(given.GetProperty("AccessToken").GetString()!, Cancellation)).Problem);
            Assert.NotNull((await tokens.Check((await SignIn(http, pool, theirs)).GetProperty("IdToken").GetString()!, Cancellation)).Problem);
            Assert.NotNull((await tokens.Check(given.GetProperty("IdToken").GetString()!, "a nonce", Cancellation)).Problem);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> Client(HttpClient http, string? pool) =>
        (await Call(http, "CreateUserPoolClient", $$"""{"UserPoolId":"{{pool}}","ClientName":"kawaraban"}""")).GetProperty("UserPoolClient").GetProperty("ClientId").GetString()!;

    private static async Task<JsonElement> SignIn(HttpClient http, string? pool, string client) =>
        (await Call(http, "AdminInitiateAuth", $$"""{"AuthParameters":{"USERNAME":"aoi@example.com","PASSWORD":"Correct-horse-9"},"UserPoolId":"{{pool}}","ClientId":"{{client}}","AuthFlow":"ADMIN_USER_PASSWORD_AUTH"}"""))
        .GetProperty("AuthenticationResult");

    private static async Task<JsonElement> Call(HttpClient http, string action, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{action}");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=local/20260101/local/cognito-idp/aws4_request");
        using var response = await http.SendAsync(request, Cancellation);
        var json = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{action}: {json}");
        using var document = JsonDocument.Parse(json.Length == 0 ? "{}" : json);
        return document.RootElement.Clone();
    }

    // What it says of itself names a fixed port and no pages to sign in at; its keys and its tokens are its own.
    private sealed class Completed(string issuer) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            !request.RequestUri!.AbsolutePath.EndsWith("/openid-configuration", StringComparison.Ordinal)
                ? await base.SendAsync(request, cancellationToken)
                : new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(
                        $$"""{"issuer":"{{issuer}}","authorization_endpoint":"{{issuer}}/oauth2/authorize","token_endpoint":"{{issuer}}/oauth2/token","jwks_uri":"{{issuer}}/.well-known/jwks.json"}"""),
                };
    }
}
