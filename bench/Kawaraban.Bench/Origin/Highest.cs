namespace Kawaraban.Bench.Origin;

/// <summary>A number that many raise and none lowers.</summary>
internal static class Highest
{
    /// <summary>Makes it at least that much.</summary>
    public static void Raise(ref int highest, int value)
    {
        for (var seen = Volatile.Read(ref highest); value > seen; seen = Volatile.Read(ref highest))
            Interlocked.CompareExchange(ref highest, value, seen);
    }
}
