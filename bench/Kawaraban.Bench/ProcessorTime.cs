using System.Runtime.InteropServices;

namespace Kawaraban.Bench;

/// <summary>Processor time as Linux counts it: of this thread, or of the children that have ended. Other people's load does not enter.</summary>
internal static partial class ProcessorTime
{
    private const int OfChildren = -1;
    private const int OfThread = 1;

    /// <summary>User and system time of the calling thread.</summary>
    public static TimeSpan Thread => Read(OfThread);

    /// <summary>User and system time of all children that have been waited for.</summary>
    public static TimeSpan Children => Read(OfChildren);

    private static TimeSpan Read(int who)
    {
        // struct rusage, 64 bit: two timevals (seconds, microseconds), then fourteen longs that are of no interest here.
        Span<long> usage = stackalloc long[18];
        if (GetUsage(who, ref MemoryMarshal.GetReference(usage)) != 0)
            throw new InvalidOperationException("getrusage refused");
        return TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3]);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
