using System.Diagnostics;
using System.Threading.Channels;

namespace Kawaraban.EndToEnd.Tests;

/// <summary>The program as a person runs it: a process with arguments, in a folder of its own.</summary>
public sealed class KawarabanProcess : IAsyncDisposable
{
    // EXECUTABLE_UNDER_TEST names another one, such as the native one.
    private static readonly string Executable =
        Environment.GetEnvironmentVariable("EXECUTABLE_UNDER_TEST") ?? Path.Combine(AppContext.BaseDirectory, "kawaraban");

    private readonly Process process;
    private readonly Channel<string> messages = Channel.CreateUnbounded<string>();
    private readonly Task<string> output;

    private KawarabanProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                messages.Writer.TryComplete();
            else
                messages.Writer.TryWrite(line.Data);
        };
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    /// <summary>Starts it in that folder. Settings of whoever runs the tests do not reach it.</summary>
    public static KawarabanProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("KAWARABAN_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{Executable} did not start");
        process.StandardInput.Close();
        return new KawarabanProcess(process);
    }

    /// <inheritdoc cref="Start(string, IReadOnlyDictionary{string, string}, IEnumerable{string})"/>
    public static KawarabanProcess Start(string folder, params IEnumerable<string> arguments) =>
        Start(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Runs it to its end.</summary>
    public static async Task<Ended> Run(string folder, params IEnumerable<string> arguments)
    {
        await using var program = Start(folder, arguments);
        return await program.End();
    }

    /// <summary>The next line on stderr; null when there is none any more.</summary>
    public async Task<string?> NextMessage(CancellationToken cancellation) =>
        await messages.Reader.WaitToReadAsync(cancellation) && messages.Reader.TryRead(out var line) ? line : null;

    /// <summary>Reads on to the line with that text.</summary>
    public async Task<string> Message(string text, CancellationToken cancellation)
    {
        List<string> before = [];
        while (await NextMessage(cancellation) is { } line)
        {
            before.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"the program ended without saying \"{text}\" but: {string.Join('\n', before)}");
    }

    /// <summary>What it came to.</summary>
    public async Task<Ended> End()
    {
        await process.WaitForExitAsync();
        List<string> said = [];
        await foreach (var line in messages.Reader.ReadAllAsync())
            said.Add(line);
        return new Ended(process.ExitCode, await output, string.Join('\n', said));
    }

    /// <summary>As <c>kill -9</c>: without a chance to say or do anything.</summary>
    public void Kill() => process.Kill();

    /// <summary>Asks it to stop, as a supervisor does.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>How a run ended.</summary>
    public sealed record Ended(int Code, string Output, string Messages);
}
