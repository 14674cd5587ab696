namespace Kawaraban.Office.Staff;

/// <summary>Why a change of the staff was not made.</summary>
public enum StaffProblem
{
    /// <summary>It was made.</summary>
    None,

    /// <summary>There is nobody with that id or address.</summary>
    Unknown,

    /// <summary>Somebody is known by that address already.</summary>
    AddressTaken,

    /// <summary>It would leave nobody who may manage the staff.</summary>
    LastAdministrator,

    /// <summary>Somebody else changed the person meanwhile.</summary>
    ChangedMeanwhile,

    /// <summary>The person is in a state in which that makes no sense.</summary>
    NotNow,
}

/// <summary>What became of a change.</summary>
/// <param name="Member">The person as they are now; null when there is none.</param>
/// <param name="Problem">Why it was not made.</param>
/// <param name="Sentence">The same for a person, or what was done.</param>
public sealed record StaffOutcome(StaffMember? Member, StaffProblem Problem, string Sentence)
{
    /// <summary>Whether it was made.</summary>
    public bool IsDone => Problem == StaffProblem.None;

    /// <summary>The link's secret, where one was made; it is told once.</summary>
    public string? Invitation { get; init; }
}
