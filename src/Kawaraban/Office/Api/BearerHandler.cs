using System.Security.Claims;
using System.Text.Encodings.Web;
using Kawaraban.Office.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Kawaraban.Office.Api;

/// <summary>Tells who a request to the API is of, by the token in its <c>Authorization</c> header (RFC 6750 §2.1) and nothing else.</summary>
/// <remarks>
/// No cookie is looked at, so that no page of another site can act for whoever is in; and no address, where tokens would stand in logs.
/// </remarks>
internal sealed class BearerHandler(
    ApiTokenTable tokens, OfficeOptions office, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string Name = "api";

    /// <summary>A claim that a token gives: what it may do.</summary>
    public const string ScopeClaim = "scope";

    private const string Bearer = "Bearer ";

    /// <summary>The token of a request.</summary>
    public static ShownToken Of(HttpContext context) =>
        context.Items[typeof(ShownToken)] as ShownToken ?? throw new InvalidOperationException("the endpoint asks for a token, and there is none");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!ApiEndpoints.IsOurs(Context) || Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();

        // It was read on the way already; it is not taken either, so that nobody leaves it at that.
        if (!office.IsSecure(Request) && !OfficeDesk.IsThisMachine(Context))
            return AuthenticateResult.Fail("over an unencrypted connection");
        if (await tokens.Find(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } token)
            return AuthenticateResult.Fail("no token that holds");
        Context.Items[typeof(ShownToken)] = token;
        var identity = new ClaimsIdentity(
            [
                new Claim(SessionHandler.IdClaim, token.Owner.Id), new Claim(ClaimTypes.Role, token.Owner.Role.Word()),
                new Claim(ScopeClaim, May.Enter), .. token.Card.Scopes.Select(scope => new Claim(ScopeClaim, scope)),
            ], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    // RFC 6750 §3.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var isTried = Request.Headers.Authorization.Count > 0;
        Response.Headers.WWWAuthenticate = isTried ? "Bearer realm=\"kawaraban\", error=\"invalid_token\"" : "Bearer realm=\"kawaraban\"";
        return ApiDesk.Send(Context, ApiReply.Problem(
            StatusCodes.Status401Unauthorized, "No token that holds",
            !office.IsSecure(Request) && !OfficeDesk.IsThisMachine(Context) ? "The API answers over an encrypted connection alone. A token that came over this one should be revoked."
            : isTried ? "The token is unknown, over, or revoked, or its owner does not get in. Make another one in the office under your account."
            : "Send a token in the header \"Authorization: Bearer TOKEN\". Make one in the office under your account."));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var policy = Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? "";
        Response.Headers.WWWAuthenticate = $"Bearer realm=\"kawaraban\", error=\"insufficient_scope\", scope=\"{policy}\"";
        return ApiDesk.Send(Context, ApiReply.Problem(
            StatusCodes.Status403Forbidden, "Not allowed",
            $"This asks for {policy}: the token has to have it among its scopes, and the role of its owner has to include it."));
    }
}
