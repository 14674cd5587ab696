namespace Kawaraban.Sources;

/// <summary>A permanent redirect (301, 308) of a source, as it is observed until it is believed.</summary>
/// <remarks>
/// Permanent redirects are sent by mistake too: by a maintenance page, a hotel's network, a half done relaunch. A source's address is all we
/// have of it, so one such answer changes nothing; three equal ones, the last at least a day after the first, do.
/// </remarks>
/// <param name="To">Where it leads.</param>
/// <param name="Since">When it was seen first.</param>
/// <param name="Seen">How many times in a row.</param>
public sealed record Move(Uri To, DateTimeOffset Since, int Seen)
{
    /// <summary>How many equal observations it takes.</summary>
    public const int Enough = 3;

    /// <summary>Over how long a time they must have been made.</summary>
    public static TimeSpan LongEnough { get; } = TimeSpan.FromHours(24);

    /// <summary>Whether it is meant.</summary>
    public bool IsBelieved(DateTimeOffset now) => Seen >= Enough && now - Since >= LongEnough;

    /// <summary>What is known after a feed was found at the end of permanent redirects, or without any.</summary>
    /// <param name="known">What was known before.</param>
    /// <param name="to">Where they led; null when there were none.</param>
    /// <param name="now">When.</param>
    public static Move? Observed(Move? known, Uri? to, DateTimeOffset now) =>
        to is null ? null
        : to == known?.To ? known with { Seen = known.Seen + 1 }
        : new Move(to, now, 1);
}
