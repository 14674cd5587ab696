using System.Diagnostics;
using System.Globalization;

namespace Kawaraban.Bench.Crawling;

/// <summary>What a process cost.</summary>
/// <param name="Processor">User and system time.</param>
/// <param name="Elapsed">From start to end.</param>
/// <param name="PeakMegabytes">The greatest resident memory that was seen; looked at fifty times a second.</param>
internal sealed record Cost(TimeSpan Processor, TimeSpan Elapsed, double PeakMegabytes);

/// <summary>Runs a program to its end and counts what it cost.</summary>
internal static class Child
{
    /// <summary>Runs it. Call one at a time: processor time is counted over all children that have ended.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message holds what it said.</exception>
    public static async Task<Cost> Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };

        // The program refuses settings it does not know, and KAWARABAN_CORPUS is ours.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("KAWARABAN_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var before = ProcessorTime.Children;
        var begun = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var messages = process.StandardError.ReadToEndAsync();
        var peak = 0.0;
        var ended = process.WaitForExitAsync();
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, PeakMegabytes(process.Id));
            await Task.WhenAny(ended, Task.Delay(20));
        }

        await ended;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', start.ArgumentList)}: exit code {process.ExitCode}\n{await output}{await messages}");
        return new Cost(ProcessorTime.Children - before, TimeProvider.System.GetElapsedTime(begun), peak);
    }

    private static double PeakMegabytes(int id)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{id}/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return double.Parse(line.AsSpan(6, line.Length - 9).Trim(), CultureInfo.InvariantCulture) / 1024;
            }
        }
        catch (IOException)
        {
            // It ended while we looked.
        }

        return 0;
    }
}
