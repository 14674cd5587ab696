using System.Runtime.InteropServices;

namespace Kawaraban.Bench;

/// <summary>Processor time as Linux counts it: of this thread, or of the children that have ended. Other people's load does not enter.</summary>
internal static partial class ProcessorTime
{
    private const int OfChildren = -1;
    private const int ThreadClock = 3;

    /// <summary>User and system time of the calling thread, to the nanosecond; <c>getrusage</c> would count it in ticks of four milliseconds.</summary>
    public static TimeSpan Thread
    {
        get
        {
            // struct timespec, 64 bit: seconds, nanoseconds. The clock is CLOCK_THREAD_CPUTIME_ID.
            Span<long> time = stackalloc long[2];
            if (GetClock(ThreadClock, ref MemoryMarshal.GetReference(time)) != 0)
                throw new InvalidOperationException("clock_gettime refused");
            return TimeSpan.FromSeconds(time[0]) + TimeSpan.FromTicks(time[1] / TimeSpan.NanosecondsPerTick);
        }
    }

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

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetClock(int clock, ref long time);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
