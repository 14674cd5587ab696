using Kawaraban.Office.Staff;
using Kawaraban.Portal;

namespace Kawaraban.Office;

/// <summary>Who works here.</summary>
/// <param name="Members">Everybody.</param>
/// <param name="Name">As typed.</param>
/// <param name="Address">As typed.</param>
/// <param name="Role">As chosen.</param>
public sealed record StaffPage(OfficeVisit Visit, IReadOnlyList<StaffMember> Members, string Name, string Address, string Role) : OfficePage(Visit, "Staff");

/// <summary>A link to come in for the first time, shown once.</summary>
public sealed record InvitationPage(OfficeVisit Visit, StaffMember Invited, string Link) : OfficePage(Visit, $"A link for {Invited.Name}");

/// <summary>Inviting, changing and removing who works here.</summary>
internal sealed class StaffPages(StaffTable staff)
{
    private const string Root = OfficeEndpoints.Admin + "/staff";

    /// <summary>Maps the pages. All of them ask for a recent proof: this is where a stolen session would make itself at home.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.ShowProved(Root, May.ManageStaff, List);
        routes.ChangeProved(Root, May.ManageStaff, Invite);
        routes.ChangeProved(Root + "/{id}/invite", May.ManageStaff, InviteAgain);
        routes.ChangeProved(
            Root + "/{id}/role", May.ManageStaff,
            Each((visit, id, version, cancellation) => StaffWords.Role(visit.Field("role")) is { } role
                ? staff.ChangeRole(visit.Actor, id, role, version, cancellation)
                : Task.FromResult(new StaffOutcome(null, StaffProblem.NotNow, "there is no such role; nothing was done"))));
        routes.ChangeProved(Root + "/{id}/disable", May.ManageStaff, Each((visit, id, version, cancellation) => staff.Disable(visit.Actor, id, version, cancellation)));
        routes.ChangeProved(Root + "/{id}/enable", May.ManageStaff, Each((visit, id, version, cancellation) => staff.Enable(visit.Actor, id, version, cancellation)));
        routes.ChangeProved(Root + "/{id}/remove", May.ManageStaff, Each((visit, id, version, cancellation) => staff.Remove(visit.Actor, id, version, cancellation)));
    }

    private async Task<Reply> List(OfficeVisit visit, CancellationToken cancellation) =>
        await Print(new StaffPage(visit, await staff.List(cancellation), "", "", StaffRole.Operator.Word()), cancellation);

    private async Task<Reply> Invite(OfficeVisit visit, CancellationToken cancellation)
    {
        var problems = new Dictionary<string, string>();
        var name = StaffTable.ReadName(visit.Field("name"), out var nameProblem);
        if (name is null)
            problems["name"] = nameProblem;
        if (!StaffAddress.TryParse(visit.Field("address"), out var address, out var addressProblem))
            problems["address"] = addressProblem;
        var role = StaffWords.Role(visit.Field("role"));
        if (role is null)
            problems["role"] = "is none that there is";
        if (name is not null && address is not null && role is not null)
        {
            var outcome = await staff.Invite(visit.Actor, name, address, role.Value, cancellation);
            if (outcome is { IsDone: true, Member: { } member, Invitation: { } token })
            {
                if (visit.Options.HasOwnWays)
                    return await Print(new InvitationPage(visit, member, Address(visit, token)), cancellation);
                return await Told(visit, outcome with { Sentence = $"{outcome.Sentence}, and comes in with {visit.Options.Provider?.Name}" }, cancellation);
            }

            problems["address"] = "is somebody's already";
        }

        var page = new StaffPage(visit, await staff.List(cancellation), visit.Field("name"), visit.Field("address"), visit.Field("role"));
        return await Print(page with { Problems = problems, Status = 422 }, cancellation);
    }

    private async Task<Reply> InviteAgain(OfficeVisit visit, CancellationToken cancellation)
    {
        var outcome = await staff.InviteAgain(visit.Actor, visit.Part("id"), cancellation);
        return outcome is { Member: { } member, Invitation: { } token } && visit.Options.HasOwnWays
            ? await Print(new InvitationPage(visit, member, Address(visit, token)), cancellation)
            : await Told(visit, outcome, cancellation);
    }

    private Func<OfficeVisit, CancellationToken, Task<Reply>> Each(Func<OfficeVisit, string, long?, CancellationToken, Task<StaffOutcome>> change) =>
        async (visit, cancellation) => await Told(visit, await change(visit, visit.Part("id"), visit.Number("version"), cancellation), cancellation);

    private async Task<Reply> Told(OfficeVisit visit, StaffOutcome outcome, CancellationToken cancellation)
    {
        if (outcome.Problem == StaffProblem.Unknown)
            return await OfficeNotices.NotFound(visit, cancellation);
        if (outcome.IsDone)
        {
            visit.Notice = outcome.Sentence + ".";
            return OfficePress.SeeOther(visit.Link(Root));
        }

        var page = new StaffPage(visit, await staff.List(cancellation), "", "", StaffRole.Operator.Word());
        return await Print(page with { Problem = outcome.Sentence + ".", Status = 409 }, cancellation);
    }

    private static string Address(OfficeVisit visit, string token) =>
        $"{visit.Options.Origin(visit.Context.Request)}{visit.Link(OfficeEndpoints.Welcome)}/{token}";

    private static Task<Reply> Print(StaffPage page, CancellationToken cancellation) => OfficePress.Print(Slices.Staff.Create(page), page, cancellation);

    private static Task<Reply> Print(InvitationPage page, CancellationToken cancellation) =>
        OfficePress.Print(Slices.Invitation.Create(page), page, cancellation);
}
