using System.Globalization;

namespace Kawaraban.Bench.Enduring;

/// <summary>Watches the manners towards one politeness key, from the other end.</summary>
/// <remarks>
/// A request begins here later than it began over there, and an answer ends here, before its last bytes are sent, earlier than it ends
/// over there: a gap that is too short here was too short, and none is called too short that was not.
/// </remarks>
/// <param name="gap">The least time between an answer and the next request.</param>
/// <param name="isForgotten">
/// Whether a visitor was killed so near to a timestamp that what an answer of that moment said may not have been written down.
/// </param>
internal sealed class KeyWatch(TimeSpan gap, Func<long, bool> isForgotten)
{
    private readonly Lock gate = new();
    private readonly List<string> breaches = [];
    private int atOnce;
    private long begun;
    private long ended;
    private TimeSpan allowed;
    private string? hop;

    /// <summary>The greatest number of requests at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>The least time between an answer and the next request; null while there were not two.</summary>
    public TimeSpan? LeastGap { get; private set; }

    /// <summary>What was against manners, in words.</summary>
    public IReadOnlyList<string> Breaches
    {
        get
        {
            lock (gate)
                return [.. breaches];
        }
    }

    /// <summary>A request has come.</summary>
    public void Begin(string path)
    {
        var now = TimeProvider.System.GetTimestamp();
        lock (gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++atOnce);
            if (atOnce > 1)
                breaches.Add($"{path} while another request is under way");
            if (ended != 0 && path != hop)
                Judge(path, TimeProvider.System.GetElapsedTime(ended, now));
            (hop, begun) = (null, now);
        }
    }

    /// <summary>It is answered; call it before the last bytes are sent.</summary>
    /// <param name="wait">How long the answer asks for.</param>
    /// <param name="redirectsTo">The path that is asked for next as part of the same visit; null for none.</param>
    /// <param name="isBroken">Whether the visitor has gone before the end: then how long it took for them is not known here.</param>
    public void End(TimeSpan wait = default, string? redirectsTo = null, bool isBroken = false)
    {
        var now = TimeProvider.System.GetTimestamp();
        lock (gate)
        {
            atOnce--;
            var took = isBroken ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(begun, now);
            (ended, hop) = (now, redirectsTo);
            allowed = new[] { gap, took * 2, wait }.Max();
        }
    }

    private void Judge(string path, TimeSpan since)
    {
        var least = isForgotten(ended) ? gap : allowed;
        if (since < least)
            breaches.Add(string.Create(CultureInfo.InvariantCulture, $"{path} after {since.TotalMilliseconds:0.0} ms in place of {least.TotalMilliseconds:0.0}"));
        if (LeastGap is null || since < LeastGap)
            LeastGap = since;
    }
}
