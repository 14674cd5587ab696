using Kawaraban.Office.Staff;

namespace Kawaraban.Office.Api;

/// <summary>The staff: seeing, inviting and changing who works here.</summary>
internal sealed class ApiStaffPart(StaffTable staff, OfficeOptions office)
{
    /// <summary>Maps the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Tell("/staff", May.ManageStaff, List);
        routes.Do("/staff", May.ManageStaff, Invite);
        routes.Do("/staff/{id}/role", May.ManageStaff, Role);
        routes.Do("/staff/{id}/disable", May.ManageStaff, Each((call, cancellation) => staff.Disable(call.Actor, call.Part("id"), call.Body.Version, cancellation)));
        routes.Do("/staff/{id}/enable", May.ManageStaff, Each((call, cancellation) => staff.Enable(call.Actor, call.Part("id"), call.Body.Version, cancellation)));
        routes.Do("/staff/{id}/invite", May.ManageStaff, Each((call, cancellation) => staff.InviteAgain(call.Actor, call.Part("id"), cancellation)));
        routes.Do("/staff/{id}/remove", May.ManageStaff, Each((call, cancellation) => staff.Remove(call.Actor, call.Part("id"), call.Body.Version, cancellation)));
    }

    private async Task<ApiReply> List(ApiCall call, CancellationToken cancellation) =>
        ApiReply.Json(new ApiStaff([.. (await staff.List(cancellation)).Select(member => StaffReport.Of(member, null))]), ApiJson.Readable.ApiStaff);

    private async Task<ApiReply> Invite(ApiCall call, CancellationToken cancellation)
    {
        var name = StaffTable.ReadName(call.Body.Name, out var nameProblem);
        var isAddress = StaffAddress.TryParse(call.Body.Address, out var address, out var addressProblem);
        if (name is null || !isAddress || StaffWords.Role(call.Body.Role) is not { } role)
        {
            return ApiReply.Problem(
                422, "Not somebody who can be invited",
                name is null ? $"The name {nameProblem}." : !isAddress ? $"The address {addressProblem}." : "The role is neither administrator nor operator.");
        }

        return Told(call, await staff.Invite(call.Actor, name, address!, role, cancellation), StatusCodes.Status201Created);
    }

    private async Task<ApiReply> Role(ApiCall call, CancellationToken cancellation) =>
        StaffWords.Role(call.Body.Role) is { } role
            ? Told(call, await staff.ChangeRole(call.Actor, call.Part("id"), role, call.Body.Version, cancellation))
            : ApiReply.Problem(422, "No such role", "Send {\"role\": \"administrator\"} or {\"role\": \"operator\"}.");

    private Func<ApiCall, CancellationToken, Task<ApiReply>> Each(Func<ApiCall, CancellationToken, Task<StaffOutcome>> change) =>
        async (call, cancellation) => Told(call, await change(call, cancellation));

    private ApiReply Told(ApiCall call, StaffOutcome outcome, int status = StatusCodes.Status200OK)
    {
        if (!outcome.IsDone)
        {
            return outcome.Problem == StaffProblem.Unknown ? ApiReply.NotFound($"There is nobody {call.Part("id")}; {ApiEndpoints.First}/staff lists all.")
                : ApiReply.Problem(StatusCodes.Status409Conflict, "Nothing was changed", outcome.Sentence + ".");
        }

        // An invitation is told once, and only where it opens a door.
        var link = outcome.Invitation is { } token && office.HasOwnWays
            ? office.Origin(call.Context.Request) + call.Context.Request.PathBase.ToUriComponent() + OfficeEndpoints.Welcome + "/" + token
            : null;
        return ApiReply.Json(new ApiOutcome(outcome.Sentence, outcome.Member is { } member ? StaffReport.Of(member, link) : null), ApiJson.Readable.ApiOutcome, status);
    }
}
