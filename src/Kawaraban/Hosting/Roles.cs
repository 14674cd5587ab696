namespace Kawaraban.Hosting;

/// <summary>What a process of <c>serve</c> does.</summary>
[Flags]
public enum Roles
{
    /// <summary>Nothing but answering <c>/livez</c> and <c>/readyz</c>.</summary>
    None = 0,

    /// <summary>Pages and feeds for readers.</summary>
    Web = 1,

    /// <summary>Visits what is due.</summary>
    Crawler = 2,

    /// <summary>Pages for staff.</summary>
    Office = 4,

    /// <summary>Pages for administrators alone: staff, readers, the audit trail.</summary>
    OfficeAdmin = 8,

    /// <summary>All of them.</summary>
    All = Web | Crawler | Office | OfficeAdmin,
}

/// <summary>The roles as they are written.</summary>
public static class RoleNames
{
    /// <summary>Reads <c>web,crawler</c>.</summary>
    /// <returns>False when a name is unknown; then <paramref name="unknown"/> is it.</returns>
    public static bool TryParse(string text, out Roles roles, out string unknown)
    {
        roles = Roles.None;
        unknown = "";
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            switch (name)
            {
                case "web": roles |= Roles.Web; break;
                case "crawler": roles |= Roles.Crawler; break;
                case "office": roles |= Roles.Office; break;
                case "office-admin": roles |= Roles.OfficeAdmin; break;
                default:
                    unknown = name;
                    return false;
            }
        }

        return true;
    }
}
