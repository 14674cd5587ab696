using System.CommandLine;
using Kawaraban.Hosting;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban sources adopt</c>: a source whose address is dead gets the one that was found in its place.</summary>
public static class SourcesAdoptCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var which = SourceArguments.Which();
        var command = new Command("adopt", "Give a source the address that is proposed for it; its posts stay, and it is due at once.") { which };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var found = await SourceArguments.Find(installation, call.GetValue(which), cancellation);
            var adopted = 0;
            foreach (var source in found)
            {
                var adoption = await installation.Sources.Adopt(source.Id, cancellation);
                adopted += adoption.To is null ? 0 : 1;
                if (adoption.To is null)
                    await Console.Error.WriteLineAsync($"kawaraban: source {source.Id} ({source.Company}) stays at {adoption.From}: {adoption.Problem}");
                else
                    Console.WriteLine($"source {source.Id} ({source.Company}) is at {adoption.To} now; it was at {adoption.From}");
            }

            return adopted > 0 ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }
}
