using System.Globalization;

namespace Kawaraban.Scheduling;

/// <summary>Who holds a lease: a process, so exactly named that another one on the same machine can tell whether it still lives.</summary>
/// <remarks>
/// A lease of a process that was killed would otherwise keep its site waiting until it lapses. The name is the kernel's start, the
/// process namespace, the process number and its start: whoever shares the first two can look the others up (proc(5)).
/// </remarks>
public sealed class Holder
{
    private static int count;
    private static readonly string Place = $"{Read("/proc/sys/kernel/random/boot_id") ?? Environment.MachineName}/{Namespace()}";

    /// <summary>A holder in this process.</summary>
    public Holder() =>
        Name = $"{Place}/{Environment.ProcessId}/{StartOf(Environment.ProcessId) ?? "?"}/{Interlocked.Increment(ref count)}";

    /// <summary>As it stands in the table of leases.</summary>
    public string Name { get; }

    /// <summary>Whether a holder is certainly dead: it was a process here, and is no more. What cannot be told is not dead.</summary>
    public static bool IsDead(string name)
    {
        var parts = name.Split('/');
        return parts.Length == 5
            && $"{parts[0]}/{parts[1]}" == Place
            && parts[3] != "?"
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && StartOf(process) != parts[3];
    }

    // The 22nd field of the process's state; the second one, the name, may hold spaces and parentheses. Dead but unburied is dead.
    private static string? StartOf(int process)
    {
        if (Read($"/proc/{process}/stat") is not { } stat)
            return null;
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : fields[19];
    }

    private static string Namespace() => new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
