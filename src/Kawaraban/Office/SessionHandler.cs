using System.Security.Claims;
using System.Text.Encodings.Web;
using Kawaraban.Office.Hours;
using Kawaraban.Office.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Kawaraban.Office;

/// <summary>Tells who a request is of, by its cookie and what the directory says at this moment.</summary>
internal sealed class SessionHandler(
    SessionTable sessions, OfficeHours hours, OfficeOptions office, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string Name = "office";

    /// <summary>The claim that holds our id for somebody.</summary>
    public const string IdClaim = "staff";

    private static readonly object ClosedItem = new();

    /// <summary>The session of a request, however far it has come; null when it has none.</summary>
    public static OfficeSession? Of(HttpContext context) => context.Items[typeof(OfficeSession)] as OfficeSession;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Other pages do not care who looks at them.
        if (!Request.Path.StartsWithSegments(OfficeEndpoints.Root, StringComparison.OrdinalIgnoreCase) || OfficeCookie.Read(Request, office) is not { } cookie)
            return AuthenticateResult.NoResult();
        if (await sessions.Find(cookie, Context.RequestAborted) is not { } session)
            return AuthenticateResult.NoResult();
        Context.Items[typeof(OfficeSession)] = session;
        if (session.SignedIn is not { } member)
            return AuthenticateResult.NoResult();
        if (await hours.WhyClosed(member.Role, Context.RequestAborted) is { } closed)
        {
            Context.Items[ClosedItem] = closed;
            return AuthenticateResult.NoResult();
        }

        var identity = new ClaimsIdentity([new Claim(IdClaim, member.Id), new Claim(ClaimTypes.Role, member.Role.Word())], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    // A page is asked for again after signing in; anything else is refused in one word.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Items[ClosedItem] is string closed)
            return OfficeDesk.Close(Context, closed);
        OfficeDesk.Protect(Response.Headers);
        if (HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method))
        {
            var here = Request.PathBase + Request.Path + Request.QueryString;
            Response.Redirect(OfficeEndpoints.SignIn + (Request.Path == OfficeEndpoints.Root ? "" : "?to=" + Uri.EscapeDataString(here)));
        }
        else
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => OfficeDesk.Forbid(Context);
}
