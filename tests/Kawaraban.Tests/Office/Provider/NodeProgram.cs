using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Kawaraban.Tests.Office.Provider;

/// <summary>A program of <c>tests/oidc</c>, from its start to the end of the test.</summary>
public sealed class NodeProgram : IAsyncDisposable
{
    private readonly Process process;

    private NodeProgram(Process process) => this.process = process;

    private static string Folder { get; } = Path.Combine(RepositoryFolder.Path, "tests", "oidc");

    /// <summary>Starts one and waits until it says that it is there. Where it is not installed, the test is skipped and says so.</summary>
    public static async Task<NodeProgram> Start(string script, string ready, string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules")), "the test providers are not installed: ./test installs them, or npm ci in tests/oidc");
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var program = new NodeProgram(Process.Start(start)!);
        program.process.BeginErrorReadLine();
        var isThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        program.process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                isThere.TrySetException(new InvalidOperationException($"{script} ended before it was there"));
            else if (line.Data.Contains(ready, StringComparison.Ordinal))
                isThere.TrySetResult();
        };
        program.process.BeginOutputReadLine();
        try
        {
            await isThere.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
