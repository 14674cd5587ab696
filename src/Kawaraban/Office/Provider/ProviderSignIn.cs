using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kawaraban.Office.Staff;
using Microsoft.AspNetCore.WebUtilities;

namespace Kawaraban.Office.Provider;

/// <summary>How coming in by the provider ended.</summary>
/// <param name="Who">Who it is; null when it was not found out.</param>
/// <param name="Question">What was asked; null when nothing was.</param>
/// <param name="IdToken">The token that says so.</param>
/// <param name="Problem">Why it was not found out, for the person; null when it was.</param>
internal sealed record ProviderAnswer(ProviderIdentity? Who, ProviderQuestion? Question, string? IdToken, string? Problem)
{
    /// <summary>Whether the provider is to blame, and not what was sent.</summary>
    public bool IsUnavailable { get; init; }
}

/// <summary>Coming in by a provider of identities: authorization code with PKCE (OpenID Connect Core 1.0 §3.1, RFC 7636, RFC 9700 §2.1).</summary>
/// <remarks>
/// What has to be the same when the browser comes back (state, nonce, verifier) is kept in its session's row, as a passkey's challenge is,
/// and given once: no cookie beside ours, any process may take the answer, and an answer that was taken is taken by none again.
/// </remarks>
internal sealed partial class ProviderSignIn(
    ProviderOptions options, ProviderConnection connection, IdTokens tokens, SessionTable sessions, OfficeOptions office, TimeProvider clock,
    ILogger<ProviderSignIn> log)
{
    private static readonly TimeSpan AtTheProvider = TimeSpan.FromMinutes(15);

    /// <summary>Where the provider sends browsers back to.</summary>
    public const string Return = OfficeEndpoints.SignIn + "/provider/answer";

    private const string Again = "It took too long, or was begun a second time meanwhile. Begin again.";

    /// <summary>What the person is told when the provider is away.</summary>
    public string Away => $"{options.Name} does not answer. Whoever is in stays in; try again in a moment.";

    /// <summary>Where to send a browser.</summary>
    /// <param name="cookie">Of a session, in whose row the question is kept.</param>
    /// <param name="to">Where it wants to go afterwards.</param>
    /// <param name="isProof">Whether somebody who is in is to prove again who they are.</param>
    /// <param name="context">Its request.</param>
    /// <returns>Null when the provider does not answer.</returns>
    public async Task<string?> Ask(string cookie, string to, bool isProof, HttpContext context)
    {
        try
        {
            var provider = await connection.Know(context.RequestAborted);
            var question = new ProviderQuestion(Tokens.New(), Tokens.New(), Tokens.New(), to, clock.GetUtcNow().ToUnixTimeMilliseconds(), isProof);
            await sessions.SetChallenge(cookie, JsonSerializer.Serialize(question, ProviderJson.Default.ProviderQuestion), context.RequestAborted);
            var query = new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["response_mode"] = "query",
                ["client_id"] = options.ClientId,
                ["redirect_uri"] = Redirect(context.Request),
                ["scope"] = options.Scopes,
                ["state"] = question.State,
                ["nonce"] = question.Nonce,
                ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(question.Verifier))),
                ["code_challenge_method"] = "S256",

                // Whoever is asked for it has to say when it last asked (§2, auth_time).
                ["max_age"] = isProof ? "0" : SessionTable.Longest.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            };
            if (isProof)
                query["prompt"] = "login";

            return QueryHelpers.AddQueryString(provider.Document.AuthorizationEndpoint!, query);
        }
        catch (ProviderException e)
        {
            LogAway(e.Message);
            return null;
        }
    }

    /// <summary>Takes what the browser brings back.</summary>
    /// <param name="cookie">Of the session that asked.</param>
    /// <param name="context">Its request.</param>
    public async Task<ProviderAnswer> Take(string? cookie, HttpContext context)
    {
        var (query, cancellation) = (context.Request.Query, context.RequestAborted);
        if (cookie is null || Question(await sessions.TakeChallenge(cookie, cancellation)) is not { } question)
            return Refused(null, "no question was asked in this browser", Again);
        if (query["state"].Count != 1 || !Tokens.AreEqual(query["state"].ToString(), question.State))
            return Refused(question, "its state is not ours", Again);
        if (DateTimeOffset.FromUnixTimeMilliseconds(question.AskedAt) + AtTheProvider <= clock.GetUtcNow())
            return Refused(question, "it took too long", Again);
        if (query["error"].ToString() is { Length: > 0 } error)
            return Refused(question, $"the provider says {Printable(error)}", $"{options.Name} did not let you through. Try again, or ask who looks after it.");
        if (query["code"] is not [{ Length: > 0 } code])
            return Refused(question, "there is no code in it", Again);
        try
        {
            return await Take(question, code, query["iss"].ToString(), context);
        }
        catch (ProviderException e)
        {
            LogAway(e.Message);
            return new ProviderAnswer(null, question, null, Away) { IsUnavailable = true };
        }
    }

    /// <summary>Where to send a browser that has left us, so that it leaves the provider too; null when there is no such place.</summary>
    /// <param name="idToken">What it came in by; null when it came in by another way.</param>
    /// <param name="context">Its request.</param>
    public async Task<string?> Leave(string? idToken, HttpContext context)
    {
        try
        {
            var provider = (await connection.Know(context.RequestAborted)).Document;
            var door = office.Origin(context.Request) + context.Request.PathBase.ToUriComponent() + OfficeEndpoints.SignIn;
            if (CognitoLogout(provider) is { } cognito)
                return QueryHelpers.AddQueryString(cognito, new Dictionary<string, string?> { ["client_id"] = options.ClientId, ["logout_uri"] = door });
            return provider.EndSessionEndpoint is not { } end ? null : QueryHelpers.AddQueryString(end, new Dictionary<string, string?>
            {
                ["client_id"] = options.ClientId,
                ["post_logout_redirect_uri"] = door,
                ["id_token_hint"] = idToken,
            });
        }
        catch (ProviderException e)
        {
            LogAway(e.Message);
            return null;
        }
    }

    private async Task<ProviderAnswer> Take(ProviderQuestion question, string code, string issuer, HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var provider = await connection.Know(cancellation);

        // RFC 9207: the answer names who gave it.
        if (issuer.Length > 0 && issuer != provider.Document.Issuer)
            return Refused(question, $"it is of another issuer, {Printable(issuer)}", Again);
        var given = await connection.Exchange(provider, code, question.Verifier, Redirect(context.Request), cancellation);
        if (given.IdToken is not { } token)
            return Refused(question, $"the provider gives no token for the code: {Printable(given.Error ?? "no id_token")}", Again);
        var found = await tokens.Check(token, question.Nonce, cancellation);
        if (found.Problem is not null || ProviderIdentity.Read(found.Claims, provider.Document.Issuer!, options.GroupsClaim) is not { } who)
            return Refused(question, $"its token is not taken: {found.Problem ?? "it names nobody"}", $"What {options.Name} said of you could not be trusted. Try again.");
        if ((who.Address is null || who.Groups.Count == 0) && provider.Document.UserinfoEndpoint is not null && given.AccessToken is { } access
            && await connection.More(provider, access, cancellation) is { } json)
        {
            using var more = Parse(json);
            who = more is null ? who : who.With(more.RootElement, options.GroupsClaim);
        }

        return new ProviderAnswer(who, question, token, null);
    }

    // Cognito ends its session at an address of its own, with names of its own, whether or not it publishes that.
    private string? CognitoLogout(ProviderDocument provider)
    {
        var authorize = provider.AuthorizationEndpoint!;
        var isCognito = options.Authority.Host.StartsWith("cognito-idp.", StringComparison.Ordinal)
            || (provider.EndSessionEndpoint is null && authorize.EndsWith("/oauth2/authorize", StringComparison.Ordinal));
        return isCognito ? new Uri(new Uri(authorize), "/logout").AbsoluteUri : null;
    }

    private string Redirect(HttpRequest request) => office.Origin(request) + request.PathBase.ToUriComponent() + Return;

    private static ProviderQuestion? Question(string? kept)
    {
        try
        {
            // A passkey's challenge is kept in the same place, and is none of these.
            return kept is null ? null : JsonSerializer.Deserialize(kept, ProviderJson.Default.ProviderQuestion) is { State.Length: > 0, Nonce.Length: > 0 } question
                ? question
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonDocument? Parse(string json)
    {
        try
        {
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private ProviderAnswer Refused(ProviderQuestion? question, string why, string sentence)
    {
        LogRefused(why);
        return new ProviderAnswer(null, question, null, sentence);
    }

    // Whoever makes an address decides what stands in it.
    private static string Printable(string text) => string.Concat(text.Where(static letter => letter is >= ' ' and <= '~').Take(100));

    [LoggerMessage(LogLevel.Warning, "coming in by the provider was refused: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(LogLevel.Error, "the provider of identities does not answer: {Reason}")]
    private partial void LogAway(string reason);
}
