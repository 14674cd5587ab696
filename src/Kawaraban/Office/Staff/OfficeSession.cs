namespace Kawaraban.Office.Staff;

/// <summary>How far a browser has come.</summary>
public enum SessionStage
{
    /// <summary>It holds a passkey's challenge, and nobody is known yet.</summary>
    Visit,

    /// <summary>It came by an invitation, and its person chooses how to come in from now on.</summary>
    Welcome,

    /// <summary>The password was right; the code is still to come.</summary>
    Second,

    /// <summary>It is in.</summary>
    Open,
}

/// <summary>A browser that visits the office.</summary>
/// <param name="Id">What lists call it.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Member">Whose it is, as the directory knows them at this moment; null when nobody is known yet.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="SeenAt">When it last asked for something, to the minute.</param>
/// <param name="EndsAt">When it ends at the latest.</param>
/// <param name="ProvedAt">When the person last proved who they are.</param>
/// <param name="Place">Where it was, as a network address.</param>
/// <param name="Agent">What the browser calls itself.</param>
public sealed record OfficeSession(
    string Id,
    SessionStage Stage,
    StaffMember? Member,
    DateTimeOffset CreatedAt,
    DateTimeOffset SeenAt,
    DateTimeOffset EndsAt,
    DateTimeOffset ProvedAt,
    string Place,
    string Agent)
{
    /// <summary>Whether there is something to tell on the next page.</summary>
    public bool HasNotice { get; init; }

    /// <summary>Who it is that is in; null when nobody is.</summary>
    public StaffMember? SignedIn => Stage == SessionStage.Open && Member is { Status: StaffStatus.Active } ? Member : null;
}

/// <summary>Where a request comes from.</summary>
/// <param name="Place">Its network address.</param>
/// <param name="Agent">What the browser calls itself.</param>
public sealed record Caller(string Place, string Agent)
{
    private const int LongestAgent = 200;

    /// <summary>Of a request.</summary>
    public static Caller Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        var printable = string.Concat(agent.Where(letter => !char.IsControl(letter)).Take(LongestAgent));
        return new Caller(context.Connection.RemoteIpAddress?.ToString() ?? "unknown", printable);
    }
}
