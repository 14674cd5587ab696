namespace Kawaraban.Storage;

/// <summary>Patterns of SQL's <c>LIKE … ESCAPE '!'</c>.</summary>
internal static class Like
{
    /// <summary>Whatever has this in it.</summary>
    public static string Containing(string text) =>
        "%" + text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal) + "%";
}
