using Kawaraban.Office.Provider;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;

namespace Kawaraban.Office;

/// <summary>The door.</summary>
/// <param name="Address">As typed.</param>
/// <param name="To">Where to go afterwards.</param>
public sealed record SignInPage(OfficeVisit Visit, string Address, string To) : OfficePage(Visit, "Sign in");

/// <summary>The code after the password.</summary>
/// <param name="To">Where to go afterwards.</param>
/// <param name="Action">Where the form goes.</param>
/// <param name="Text">Why a code is asked for.</param>
public sealed record CodePage(OfficeVisit Visit, string To, string Action, string Text) : OfficePage(Visit, "One more proof");

/// <summary>Coming in, going out, and proving again who one is.</summary>
internal sealed class SignInPages(SignIn signIn, SessionTable sessions, OfficeOptions options, ProviderPages? provider = null)
{
    /// <summary>Maps the pages. They are open to all: nobody is known yet.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Open(OfficeEndpoints.SignIn, Door);
        routes.Change(OfficeEndpoints.SignOut, May.Enter, SignOut);
        routes.Show(OfficeEndpoints.Confirm, May.Enter, AskProof);
        if (!options.HasOwnWays)
            return;
        routes.OpenChange(OfficeEndpoints.SignIn, Password);
        routes.Open(OfficeEndpoints.SignInCode, AskCode);
        routes.OpenChange(OfficeEndpoints.SignInCode, Code);
        routes.Change(OfficeEndpoints.Confirm, May.Enter, Proof);
    }

    private static Task<Reply> Door(OfficeVisit visit, CancellationToken cancellation)
    {
        if (visit.Session?.SignedIn is not null)
            return Task.FromResult(OfficePress.SeeOther(visit.Destination(visit.Query("to"))));
        visit.GiveFirst();
        return Print(new SignInPage(visit, "", visit.Query("to")), cancellation);
    }

    private async Task<Reply> Password(OfficeVisit visit, CancellationToken cancellation)
    {
        var (address, password, to) = (visit.Field("address"), visit.Exact("password"), visit.Field("to"));
        if (address.Length == 0 || password.Length == 0)
        {
            var missing = new Dictionary<string, string>();
            if (address.Length == 0)
                missing["address"] = "is missing";
            if (password.Length == 0)
                missing["password"] = "is missing";
            return await Print(new SignInPage(visit, address, to) { Problems = missing, Status = 422 }, cancellation);
        }

        var outcome = await signIn.WithPassword(address, password, visit.Cookie, visit.Caller, cancellation);
        if (outcome.Cookie is not { } cookie)
            return await Print(new SignInPage(visit, address, to) { Problem = outcome.Problem, Status = 422 }, cancellation);
        visit.Give(cookie);
        return OfficePress.SeeOther(To(visit, OfficeEndpoints.SignInCode, to));
    }

    private static Task<Reply> AskCode(OfficeVisit visit, CancellationToken cancellation) =>
        visit.Session?.Stage == SessionStage.Second
            ? Print(Code(visit, visit.Query("to")), cancellation)
            : Task.FromResult(OfficePress.SeeOther(To(visit, OfficeEndpoints.SignIn, visit.Query("to"))));

    private async Task<Reply> Code(OfficeVisit visit, CancellationToken cancellation)
    {
        var to = visit.Field("to");
        if (visit is not { Session: { Stage: SessionStage.Second } session, Cookie: { } cookie })
            return OfficePress.SeeOther(To(visit, OfficeEndpoints.SignIn, to));
        var outcome = await signIn.WithCode(session, visit.Field("code"), cookie, visit.Caller, cancellation);
        if (outcome.Cookie is not { } opened)
            return await Print(Code(visit, to) with { Problem = outcome.Problem, Status = 422 }, cancellation);
        visit.Give(opened);
        return OfficePress.SeeOther(visit.Destination(to));
    }

    private async Task<Reply> SignOut(OfficeVisit visit, CancellationToken cancellation)
    {
        var cameBy = provider is null ? null : await provider.IdTokenOf(visit, cancellation);
        if (visit.Cookie is { } cookie)
            await sessions.End(cookie, cancellation);
        OfficeCookie.Take(visit.Context, visit.Options);
        visit.IsOut();
        return provider is not null && await provider.Leave(visit, cameBy, cancellation) is { } onwards ? onwards
            : OfficePress.SeeOther(visit.Link(OfficeEndpoints.SignIn));
    }

    private static Task<Reply> AskProof(OfficeVisit visit, CancellationToken cancellation) => Print(Proof(visit, visit.Query("to")), cancellation);

    private async Task<Reply> Proof(OfficeVisit visit, CancellationToken cancellation)
    {
        var to = visit.Field("to");
        if (await signIn.Prove(visit.Member, visit.Field("code"), visit.Caller, cancellation) is { } problem)
            return await Print(Proof(visit, to) with { Problem = problem, Status = 422 }, cancellation);
        await sessions.Proved(visit.Cookie ?? "", cancellation);
        return OfficePress.SeeOther(visit.Destination(to));
    }

    private static CodePage Code(OfficeVisit visit, string to) =>
        new(visit, to, OfficeEndpoints.SignInCode, "Type the code that your app shows, or one of your recovery codes.");

    private static CodePage Proof(OfficeVisit visit, string to) =>
        new(visit, to, OfficeEndpoints.Confirm, "What comes next cannot be taken back, or shows what is private. Prove that it is still you.");

    private static string To(OfficeVisit visit, string path, string to) =>
        visit.Link(path) + (to.Length == 0 ? "" : "?to=" + Uri.EscapeDataString(visit.Destination(to)));

    private static Task<Reply> Print(SignInPage page, CancellationToken cancellation) => OfficePress.Print(Slices.SignIn.Create(page), page, cancellation);

    private static Task<Reply> Print(CodePage page, CancellationToken cancellation) => OfficePress.Print(Slices.Code.Create(page), page, cancellation);
}
