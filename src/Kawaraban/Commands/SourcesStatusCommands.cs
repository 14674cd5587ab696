using System.CommandLine;
using Kawaraban.Hosting;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban sources pause</c> and <c>resume</c>.</summary>
public static class SourcesStatusCommands
{
    /// <summary>Stops visiting.</summary>
    public static Command Pause() =>
        Create("pause", "Stop visiting a source; its posts stay.", "paused", (installation, id, cancellation) => installation.Sources.Pause(id, cancellation));

    /// <summary>Visits again.</summary>
    public static Command Resume() =>
        Create("resume", "Visit a source again that was paused or is gone.", "active", async (installation, id, cancellation) =>
        {
            await installation.Sources.Resume(id, cancellation);
            // While it was gone, others may have come to stand for its articles.
            await installation.Twins.Settle(id, cancellation);
        });

    private static Command Create(string name, string description, string status, Func<Installation, long, CancellationToken, Task> change)
    {
        var which = SourceArguments.Which();
        var command = new Command(name, description) { which };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            foreach (var source in await SourceArguments.Find(installation, call.GetValue(which), cancellation))
            {
                await change(installation, source.Id, cancellation);
                Console.WriteLine($"source {source.Id} is {status}: {source.Company}, {source.Url}");
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
