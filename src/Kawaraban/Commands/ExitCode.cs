namespace Kawaraban.Commands;

/// <summary>What a verb tells the shell.</summary>
public static class ExitCode
{
    /// <summary>Everything went well.</summary>
    public const int Fine = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>The call was wrong: an unknown verb, option, setting or value.</summary>
    public const int WrongCall = 2;
}
