namespace Kawaraban.Bench.Origin;

/// <summary>The manners one host was met with.</summary>
internal sealed class HostWatch
{
    private readonly Lock gate = new();
    private long ended;
    private int atOnce;

    /// <summary>The greatest number of requests at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>The least time between the end of an answer and the next request; null while there were not two.</summary>
    public TimeSpan? LeastGap { get; private set; }

    /// <summary>A request has come.</summary>
    public void Begin()
    {
        var now = TimeProvider.System.GetTimestamp();
        lock (gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++atOnce);
            if (ended != 0 && TimeProvider.System.GetElapsedTime(ended, now) is var gap && !(gap >= LeastGap))
                LeastGap = gap;
        }
    }

    /// <summary>It is answered.</summary>
    public void End()
    {
        lock (gate)
        {
            ended = TimeProvider.System.GetTimestamp();
            atOnce--;
        }
    }
}
