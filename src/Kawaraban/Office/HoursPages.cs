using Kawaraban.Office.Hours;
using Kawaraban.Office.Staff;
using Kawaraban.Portal;

namespace Kawaraban.Office;

/// <summary>When whom is let in.</summary>
/// <param name="Roles">Each role with its hours, and until when it is let in beside them.</param>
/// <param name="Reason">As typed.</param>
public sealed record HoursPage(OfficeVisit Visit, IReadOnlyList<RoleHours> Roles, string Reason) : OfficePage(Visit, "Office hours");

/// <summary>A role's hours.</summary>
/// <param name="Role">The role.</param>
/// <param name="Hours">As written.</param>
/// <param name="WhyClosed">Why it is not let in now; null when it is.</param>
/// <param name="OpenedUntil">Until when it is let in beside its hours; null when it is not.</param>
public sealed record RoleHours(StaffRole Role, string Hours, string? WhyClosed, DateTimeOffset? OpenedUntil);

/// <summary>Looking at the hours, and opening for a time.</summary>
internal sealed class HoursPages(OfficeHours hours)
{
    private const string Root = OfficeEndpoints.Admin + "/hours";

    private static readonly TimeSpan[] Times = [TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(12)];

    /// <summary>Maps the pages.</summary>
    public void Map(OfficeRoutes routes)
    {
        routes.Show(Root, May.ManageHours, (visit, cancellation) => Print(visit, "", [], cancellation));
        routes.ChangeProved(Root + "/open", May.ManageHours, Open);
        routes.Change(Root + "/close", May.ManageHours, Close);
    }

    private async Task<Reply> Open(OfficeVisit visit, CancellationToken cancellation)
    {
        var problems = new Dictionary<string, string>();
        var (role, reason) = (StaffWords.Role(visit.Field("role")), visit.Field("reason"));
        var time = Times.FirstOrDefault(time => time.TotalHours == visit.Number("hours"));
        if (role is null)
            problems["role"] = "is none that there is";
        if (time == default)
            problems["hours"] = "is none of those";
        if (reason.Length == 0)
            problems["reason"] = "is missing: the audit trail keeps it";
        if (role is null || problems.Count > 0)
            return await Print(visit, reason, problems, cancellation);
        var until = await hours.Open(visit.Actor, role.Value, time, reason, cancellation);
        visit.Notice = $"The office is open for every {role.Value.Word()} until {visit.At(until)}.";
        return OfficePress.SeeOther(visit.Link(Root));
    }

    private async Task<Reply> Close(OfficeVisit visit, CancellationToken cancellation)
    {
        if (StaffWords.Role(visit.Field("role")) is { } role)
        {
            await hours.Close(visit.Actor, role, cancellation);
            visit.Notice = $"For an {role.Word()} the hours hold again.";
        }

        return OfficePress.SeeOther(visit.Link(Root));
    }

    private async Task<Reply> Print(OfficeVisit visit, string reason, Dictionary<string, string> problems, CancellationToken cancellation)
    {
        List<RoleHours> roles = [];
        foreach (var role in Enum.GetValues<StaffRole>())
            roles.Add(new RoleHours(role, hours.Of(role).ToString(), await hours.WhyClosed(role, cancellation), await hours.OpenedUntil(role, cancellation)));
        var page = new HoursPage(visit, roles, reason) { Problems = problems, Status = problems.Count > 0 ? 422 : 200 };
        return await OfficePress.Print(Slices.Hours.Create(page), page, cancellation);
    }
}
