using System.Diagnostics;
using System.Globalization;

namespace Kawaraban.Bench.Enduring;

/// <summary>A process of the real program that crawls, to be killed and started again.</summary>
internal sealed class Worker(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) : IDisposable
{
    private const int Remembered = 12;

    private readonly Queue<string> said = new();
    private Process? process;

    /// <summary>What it said last.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return string.Join('\n', said);
        }
    }

    /// <summary>Whether it has ended by itself.</summary>
    public bool HasEnded => process is { HasExited: true };

    /// <summary>Starts it.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("KAWARABAN_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    private static readonly TimeSpan YoungFor = TimeSpan.FromSeconds(2);

    /// <summary>Asks it to stop, as a supervisor does, and waits. One that has only just been started is given the time to listen.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Stop()
    {
        // The runtime catches the signal before the program does, and ends then by itself (143): catching it says little of a young process.
        while (!process!.HasExited && (!HearsTerminate(process.Id) || DateTime.Now - process.StartTime < YoungFor))
            await Task.Delay(50);
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        return await End();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> End()
    {
        await process!.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (process is null)
            return;
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    // The signals that are caught, as a bit mask from signal 1 on (proc(5)).
    private static bool HearsTerminate(int id)
    {
        const int Terminate = 15;
        try
        {
            var caught = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("SigCgt:", StringComparison.Ordinal));
            return (ulong.Parse(caught.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (Terminate - 1) & 1) != 0;
        }
        catch (IOException)
        {
            // It has ended.
            return true;
        }
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (said)
        {
            if (said.Count == Remembered)
                said.Dequeue();
            said.Enqueue(line.Data);
        }
    }
}
