namespace Kawaraban.Office;

/// <summary>A page about a source, among its neighbours.</summary>
/// <param name="Visit">Who looks.</param>
/// <param name="SourceId">The source.</param>
/// <param name="Title">What it is called.</param>
public sealed record SourcePlace(OfficeVisit Visit, long SourceId, string Title)
{
    /// <summary>The pages, by the end of their addresses.</summary>
    internal static readonly (string End, string Name)[] Pages =
    [
        ("", "Visits"), ("/recipe", "Recipe"), ("/recipe/history", "History"), ("/samples", "Samples"), ("/request", "Requests"), ("/notes", "Notes for the publisher"),
    ];

    /// <summary>Which of them this is.</summary>
    internal string? Current(string end) =>
        Visit.Context.Request.Path.Value == $"{OfficeEndpoints.Root}/sources/{SourceId}{end}" ? "page" : null;
}

/// <summary>Lines of a comparison, as <c>LineDiff</c> writes them.</summary>
public sealed record DiffLines(IReadOnlyList<string> Lines);
