namespace Kawaraban.Scheduling;

/// <summary>Where a source stands among the others, so that what is meant for one moment does not happen in one moment.</summary>
/// <param name="Share">The source's own place, from 0 to 1, the same every day.</param>
/// <param name="Window">Over how long the sources are spread.</param>
/// <param name="Luck">A random number from 0 to 1, another one every time.</param>
public readonly record struct Spread(double Share, TimeSpan Window, double Luck)
{
    // Ten thousand in an hour: less than three a second.
    private static readonly TimeSpan EachTakes = TimeSpan.FromSeconds(0.36);
    private static readonly TimeSpan Narrowest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Widest = TimeSpan.FromHours(2);

    /// <summary>Where a source stands.</summary>
    /// <param name="sourceId">Its number.</param>
    /// <param name="sources">How many sources there are; where its own number is higher, there are at least as many.</param>
    /// <param name="luck">A random number from 0 to 1.</param>
    public static Spread Of(long sourceId, long sources, double luck) => new(ShareOf(sourceId), WindowFor(Math.Max(sourceId, sources)), luck);

    /// <summary>Over how long so many sources are spread: a minute at least, an hour for 10,000, two hours at most.</summary>
    public static TimeSpan WindowFor(long sources)
    {
        var window = EachTakes * sources;
        return window < Narrowest ? Narrowest : window < Widest ? window : Widest;
    }

    /// <summary>How long after the moment this source is visited.</summary>
    public TimeSpan Offset() => Window * Share;

    /// <inheritdoc cref="Offset()"/>
    /// <param name="widest">A window that is not exceeded.</param>
    public TimeSpan Offset(TimeSpan widest) => (Window < widest ? Window : widest) * Share;

    // Multiples of the golden ratio, of which only what stands behind the point counts, fall evenly: each into the widest gap that those
    // before it have left (Knuth, The Art of Computer Programming, volume 3, §6.4). The upper 53 bits are what a double holds.
    private static double ShareOf(long sourceId) => (unchecked((ulong)sourceId * 0x9E37_79B9_7F4A_7C15) >> 11) * (1.0 / (1L << 53));
}
