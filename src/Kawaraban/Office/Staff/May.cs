namespace Kawaraban.Office.Staff;

/// <summary>What may be done in the office, and who may. Every endpoint names one of these, or is open to all in so many words.</summary>
public static class May
{
    /// <summary>See the office at all, and one's own account.</summary>
    public const string Enter = "office.enter";

    /// <summary>See sources, their history and their recipes.</summary>
    public const string ReadSources = "sources.read";

    /// <summary>Add, change, pause and visit sources.</summary>
    public const string WriteSources = "sources.write";

    /// <summary>Send failed orders again, or drop them.</summary>
    public const string WriteDeadLetters = "dead-letters.write";

    /// <summary>See and change who works here.</summary>
    public const string ManageStaff = "staff.manage";

    /// <summary>See readers' personal data, one at a time and for a reason.</summary>
    public const string ReadReaders = "readers.read";

    /// <summary>Forget a reader.</summary>
    public const string EraseReaders = "readers.erase";

    /// <summary>See what was done.</summary>
    public const string ReadAudit = "audit.read";

    /// <summary>Open the office beside its hours.</summary>
    public const string ManageHours = "hours.manage";

    private static readonly StaffRole[] Everybody = [StaffRole.Operator, StaffRole.Administrator];
    private static readonly StaffRole[] Administrators = [StaffRole.Administrator];

    /// <summary>Who may do what.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<StaffRole>> Table { get; } = new Dictionary<string, IReadOnlyList<StaffRole>>
    {
        [Enter] = Everybody,
        [ReadSources] = Everybody,
        [WriteSources] = Everybody,
        [WriteDeadLetters] = Everybody,
        [ManageStaff] = Administrators,
        [ReadReaders] = Administrators,
        [EraseReaders] = Administrators,
        [ReadAudit] = Administrators,
        [ManageHours] = Administrators,
    };

    /// <summary>Whether a role may.</summary>
    public static bool Allows(StaffRole role, string policy) => Table.TryGetValue(policy, out var roles) && roles.Contains(role);
}
