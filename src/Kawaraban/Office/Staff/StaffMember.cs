namespace Kawaraban.Office.Staff;

/// <summary>What somebody of the staff may do; <see cref="May"/> says what that is.</summary>
public enum StaffRole
{
    /// <summary>Adds, watches and mends sources, companies and posts.</summary>
    Operator,

    /// <summary>That, and the staff and readers' personal data.</summary>
    Administrator,
}

/// <summary>Whether somebody of the staff gets in.</summary>
public enum StaffStatus
{
    /// <summary>Has a link to come in for the first time.</summary>
    Invited,

    /// <summary>Gets in.</summary>
    Active,

    /// <summary>Does not, until an administrator lets them.</summary>
    Disabled,
}

/// <summary>Somebody who works here.</summary>
/// <param name="Id">Our own id for them, which stays whatever they are called and whoever vouches for them.</param>
/// <param name="Address">Their mail address, as typed.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Status">Whether they get in.</param>
/// <param name="Version">Of this record: a change names the one that it was made on.</param>
/// <param name="CreatedAt">Since when they are known.</param>
/// <param name="SignedInAt">When they last came in.</param>
public sealed record StaffMember(
    string Id, string Address, string Name, StaffRole Role, StaffStatus Status, long Version, DateTimeOffset CreatedAt, DateTimeOffset? SignedInAt);

/// <summary>Roles and statuses as they are written.</summary>
public static class StaffWords
{
    /// <summary><c>administrator</c>, <c>operator</c>.</summary>
    public static string Word(this StaffRole role) => role == StaffRole.Administrator ? "administrator" : "operator";

    /// <summary><c>invited</c>, <c>active</c>, <c>disabled</c>.</summary>
    public static string Word(this StaffStatus status) => status switch
    {
        StaffStatus.Invited => "invited",
        StaffStatus.Active => "active",
        _ => "disabled",
    };

    /// <summary>The role that a word names; null when it names none.</summary>
    public static StaffRole? Role(string? word) => word switch
    {
        "administrator" => StaffRole.Administrator,
        "operator" => StaffRole.Operator,
        _ => null,
    };

    /// <summary>The status that a word names.</summary>
    /// <exception cref="ArgumentException">It names none.</exception>
    public static StaffStatus Status(string word) => word switch
    {
        "invited" => StaffStatus.Invited,
        "active" => StaffStatus.Active,
        "disabled" => StaffStatus.Disabled,
        _ => throw new ArgumentException($"there is no status {word}", nameof(word)),
    };
}
