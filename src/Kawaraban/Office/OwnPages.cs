using Kawaraban.Office.Staff;
using Kawaraban.Portal;

namespace Kawaraban.Office;

/// <summary>One's own account.</summary>
/// <param name="Ways">By what one comes in.</param>
/// <param name="Passkeys">One's passkeys.</param>
/// <param name="Sessions">Where one is in.</param>
/// <param name="ApiTokens">What one's programs come by.</param>
public sealed record OwnPage(
    OfficeVisit Visit, Ways Ways, IReadOnlyList<PasskeyCard> Passkeys, IReadOnlyList<OfficeSession> Sessions, IReadOnlyList<ApiTokenCard> ApiTokens)
    : OfficePage(Visit, "Your account");

/// <summary>Looking after one's own account.</summary>
internal sealed class OwnPages(CredentialTable credentials, PasskeyTable passkeys, SessionTable sessions, ApiTokenTable tokens, AuditTrail audit)
{
    private const string Root = OfficeEndpoints.Root + "/me";

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.Enter, Show);
        routes.Change(Root + "/sessions/{id}/end", May.Enter, End);
        routes.Change(Root + "/sessions/end-others", May.Enter, EndOthers);
    }

    private async Task<Reply> Show(OfficeVisit visit, CancellationToken cancellation)
    {
        var page = new OwnPage(
            visit, await credentials.Find(visit.Member.Id, cancellation), await passkeys.List(visit.Member.Id, cancellation), await sessions.List(visit.Member.Id, cancellation),
            await tokens.List(visit.Member.Id, cancellation));
        return await OfficePress.Print(Slices.Own.Create(page), page, cancellation);
    }

    // Only one's own: another person's session has another staff id, and is not found.
    private async Task<Reply> End(OfficeVisit visit, CancellationToken cancellation)
    {
        if (!await sessions.EndOf(visit.Member.Id, visit.Part("id"), cancellation))
            return await OfficeNotices.NotFound(visit, cancellation);
        await audit.Add(visit.Actor, "session.end", StaffTable.Target(visit.Member), "one of their sessions", null, cancellation);
        visit.Notice = "That session has ended.";
        return OfficePress.SeeOther(visit.Link(Root));
    }

    private async Task<Reply> EndOthers(OfficeVisit visit, CancellationToken cancellation)
    {
        var ended = await sessions.EndOthers(visit.Member.Id, visit.Session?.Id ?? "", cancellation);
        await audit.Add(visit.Actor, "session.end", StaffTable.Target(visit.Member), $"{ended} other sessions", null, cancellation);
        visit.Notice = ended == 0 ? "There was no other session." : $"{ended} other {(ended == 1 ? "session has" : "sessions have")} ended.";
        return OfficePress.SeeOther(visit.Link(Root));
    }
}
