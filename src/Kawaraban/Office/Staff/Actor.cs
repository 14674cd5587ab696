namespace Kawaraban.Office.Staff;

/// <summary>Who does something, as the audit trail names them.</summary>
/// <param name="Id">Of the staff, or one of the constants here.</param>
/// <param name="Name">What they are called now.</param>
public sealed record Actor(string Id, string Name)
{
    /// <summary>Somebody whom we do not know: who tries to sign in.</summary>
    public static Actor Nobody { get; } = new("nobody", "nobody");

    /// <summary>Who runs a command on the machine.</summary>
    public static Actor CommandLine(string user) => new("command-line", user);

    /// <summary>What a provider of identities says, at a sign-in.</summary>
    /// <param name="name">What people call it.</param>
    public static Actor Provider(string name) => new("provider", name);

    /// <summary>Somebody of the staff.</summary>
    public static Actor Of(StaffMember member) => new(member.Id, member.Name);
}
