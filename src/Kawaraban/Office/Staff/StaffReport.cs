namespace Kawaraban.Office.Staff;

/// <summary>Somebody of the staff as programs are told of them: by <c>staff --json</c> and by the API.</summary>
public sealed record StaffReport(
    string Id, string Name, string Address, string Role, string Status, long Version, DateTimeOffset CreatedAt, DateTimeOffset? SignedInAt, string? Link)
{
    /// <summary>Of what is kept.</summary>
    public static StaffReport Of(StaffMember member, string? link) => new(
        member.Id, member.Name, member.Address, member.Role.Word(), member.Status.Word(), member.Version, member.CreatedAt, member.SignedInAt, link);
}
