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

    /// <summary>Change the recipes of sources, and the samples that they are tested with.</summary>
    public const string WriteRecipes = "recipes.write";

    /// <summary>Change and merge companies.</summary>
    public const string WriteCompanies = "companies.write";

    /// <summary>Merge and hide tags.</summary>
    public const string WriteTags = "tags.write";

    /// <summary>Hide posts, and show them again.</summary>
    public const string WritePosts = "posts.write";

    /// <summary>See companies, tags and posts as the office lists them.</summary>
    public const string ReadCatalog = "catalog.read";

    /// <summary>See work that takes long.</summary>
    public const string ReadJobs = "jobs.read";

    /// <summary>Start such work, and stop it.</summary>
    public const string WriteJobs = "jobs.write";

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
        [WriteRecipes] = Everybody,
        [ReadCatalog] = Everybody,
        [WriteCompanies] = Everybody,
        [WriteTags] = Everybody,
        [WritePosts] = Everybody,
        [ReadJobs] = Everybody,
        [WriteJobs] = Everybody,
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
