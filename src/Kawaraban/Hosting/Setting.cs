namespace Kawaraban.Hosting;

/// <summary>One thing that an installation may decide, and how it is written in each place.</summary>
/// <param name="Key">As it stands in <c>kawaraban.json</c>, sections joined by a dot: <c>fetching.contact</c>.</param>
/// <param name="Default">What holds when nobody says otherwise, as text.</param>
/// <param name="Meaning">What it decides, with unit and range, for the person who installs.</param>
/// <param name="Apply">Puts the text into the settings, or says in a sentence's second half why not ("is not a number").</param>
public sealed record Setting(string Key, string Default, string Meaning, Func<Settings, string, Applied> Apply)
{
    /// <summary>The name of the environment variable: <c>KAWARABAN_FETCHING_CONTACT</c>.</summary>
    public string Variable { get; } = VariablePrefix + Key.Replace('.', '_').Replace('-', '_').ToUpperInvariant();

    /// <summary>How messages repeat a value: as it is, unless it may hold a password.</summary>
    public Func<string, string> Shown { get; init; } = static value => value;

    /// <summary>What every environment variable of ours begins with.</summary>
    public const string VariablePrefix = "KAWARABAN_";
}

/// <summary>What became of a value: new settings, or the reason against it.</summary>
/// <param name="Settings">The settings with the value in them; null when it was refused.</param>
/// <param name="Problem">Why it was refused; null when it was not.</param>
public readonly record struct Applied(Settings? Settings, string? Problem)
{
    /// <summary>The value is in.</summary>
    public static implicit operator Applied(Settings settings) => new(settings, null);

    /// <summary>The value is refused for this reason.</summary>
    public static implicit operator Applied(string problem) => new(null, problem);
}
