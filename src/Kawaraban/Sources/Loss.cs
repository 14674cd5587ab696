namespace Kawaraban.Sources;

/// <summary>A row of visits which say that there is no feed at a source's address any more.</summary>
/// <param name="Since">The first of them.</param>
/// <param name="Seen">How many.</param>
public sealed record Loss(DateTimeOffset Since, int Seen)
{
    private const int Enough = 3;

    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(24);

    /// <summary>Whether another address is to be looked for: a relaunch takes a night, and its mistakes are mended the next day.</summary>
    public bool IsLasting(DateTimeOffset now) => Seen >= Enough && now - Since >= LongEnough;

    /// <summary>What is known after another one.</summary>
    public static Loss Again(Loss? known, DateTimeOffset now) => known is null ? new Loss(now, 1) : known with { Seen = known.Seen + 1 };
}
