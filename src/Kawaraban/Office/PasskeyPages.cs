using System.Text;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;

namespace Kawaraban.Office;

/// <summary>What the script of a page asks for when somebody makes or uses a passkey. A browser without script has the other way in.</summary>
internal sealed class PasskeyPages(Passkeys passkeys, PasskeyTable table, SessionTable sessions)
{
    /// <summary>Maps the endpoints: each pair is the question and the answer of a ceremony.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.OpenChange(OfficeEndpoints.SignIn + "/passkey/offer", OfferToUse);
        routes.OpenChange(OfficeEndpoints.SignIn + "/passkey", Use);
        routes.OpenChange(OfficeEndpoints.Welcome + "/passkey/offer", OfferAtTheDoor);
        routes.OpenChange(OfficeEndpoints.Welcome + "/passkey", AtTheDoor);
        routes.Change(OfficeEndpoints.Confirm + "/passkey/offer", May.Enter, OfferToUse);
        routes.Change(OfficeEndpoints.Confirm + "/passkey", May.Enter, Confirm);
        routes.ChangeProved(OfficeEndpoints.Root + "/me/passkeys/offer", May.Enter, OfferToMake);
        routes.ChangeProved(OfficeEndpoints.Root + "/me/passkeys", May.Enter, Make);
        routes.ChangeProved(OfficeEndpoints.Root + "/me/passkeys/{id}/remove", May.Enter, Remove);
    }

    private async Task<Reply> OfferToUse(OfficeVisit visit, CancellationToken cancellation)
    {
        // A challenge needs a row to be kept in; who has only looked at the door so far gets one.
        if (visit.Session is null)
            visit.Give(await sessions.Begin(visit.Cookie, SessionStage.Visit, null, visit.Caller, cancellation));
        return Json(await passkeys.OfferToUse(visit.Cookie!, visit.Context), visit);
    }

    private async Task<Reply> Use(OfficeVisit visit, CancellationToken cancellation)
    {
        if (visit is not { Session: not null, Cookie: { } cookie })
            return Said(422, "It took too long. Try again.");
        var outcome = await passkeys.Use(visit.Exact("answer"), cookie, visit.Context);
        if (outcome.Cookie is not { } opened)
            return Said(422, outcome.Problem);
        visit.Give(opened);
        return Said(200, visit.Destination(visit.Field("to")));
    }

    private async Task<Reply> OfferAtTheDoor(OfficeVisit visit, CancellationToken cancellation) =>
        visit is { Session: { Stage: SessionStage.Welcome, Member: { Status: StaffStatus.Invited } member }, Cookie: { } cookie }
            ? Json(await passkeys.OfferToMake(member, cookie, visit.Context), visit)
            : Said(422, "The link does not hold any more.");

    private async Task<Reply> AtTheDoor(OfficeVisit visit, CancellationToken cancellation)
    {
        if (visit is not { Session: { Stage: SessionStage.Welcome, Member: { Status: StaffStatus.Invited } member }, Cookie: { } cookie })
            return Said(422, "The link does not hold any more.");
        var outcome = await passkeys.Welcome(member, visit.Exact("answer"), Name(visit), cookie, visit.Context);
        if (outcome.Cookie is not { } opened)
            return Said(422, outcome.Problem);
        visit.Give(opened);
        return Said(200, visit.Link(OfficeEndpoints.Root));
    }

    private async Task<Reply> Confirm(OfficeVisit visit, CancellationToken cancellation)
    {
        // Another person's passkey proves nothing of this one.
        if (await passkeys.Proved(visit.Exact("answer"), visit.Cookie!, visit.Context) is not { } member || member.Id != visit.Member.Id)
            return Said(422, "The passkey was not accepted.");
        await sessions.Proved(visit.Cookie!, cancellation);
        return Said(200, visit.Destination(visit.Field("to")));
    }

    private async Task<Reply> OfferToMake(OfficeVisit visit, CancellationToken cancellation) =>
        Json(await passkeys.OfferToMake(visit.Member, visit.Cookie!, visit.Context), visit);

    private async Task<Reply> Make(OfficeVisit visit, CancellationToken cancellation) =>
        await passkeys.Add(visit.Member, visit.Exact("answer"), Name(visit), visit.Cookie!, visit.Context) is { } problem
            ? Said(422, problem)
            : Said(200, visit.Link(OfficeEndpoints.Root + "/me"));

    private async Task<Reply> Remove(OfficeVisit visit, CancellationToken cancellation)
    {
        visit.Notice = await table.Remove(visit.Member, visit.Part("id"), cancellation) is { } problem ? $"Nothing was changed: {problem}." : "The passkey is gone.";
        return OfficePress.SeeOther(visit.Link(OfficeEndpoints.Root + "/me"));
    }

    private static string Name(OfficeVisit visit) => visit.Field("name") is { Length: > 0 } name ? name : "passkey";

    // The cookie may be another one than the page was made for: the script sends the value of this one with the answer.
    private static Reply Json(string options, OfficeVisit visit) =>
        new("application/json", Encoding.UTF8.GetBytes($$"""{"token":"{{visit.FormToken}}","options":{{options}}}"""));

    private static Reply Said(int status, string? text) => new("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text ?? "")) { Status = status };
}
