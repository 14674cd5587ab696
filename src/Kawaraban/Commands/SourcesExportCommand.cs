using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Sources;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban sources export</c>: the sources as a list of feeds.</summary>
public static class SourcesExportCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "Where to; - or nothing is stdout.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("export", "Write the sources as a list of feeds (OPML 2.0).") { file };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var outlines = await installation.Sources.Export(cancellation);
            var title = installation.Settings.Web.Name;
            if (call.GetValue(file) is not { } name || name == "-")
            {
                await using var output = Console.OpenStandardOutput();
                Opml.Write(output, title, outlines);
                return ExitCode.Fine;
            }

            try
            {
                // Beside the file first: a full disk must not leave half a list where a whole one was.
                var temporary = $"{name}.{Environment.ProcessId}.tmp";
                await using (var output = File.Create(temporary))
                    Opml.Write(output, title, outlines);
                File.Move(temporary, name, overwrite: true);
                await Console.Error.WriteLineAsync($"{outlines.Count} sources written to {name}");
                return ExitCode.Fine;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"kawaraban: {name}: {error.Message}");
                return ExitCode.Failed;
            }
        });
        return command;
    }
}
