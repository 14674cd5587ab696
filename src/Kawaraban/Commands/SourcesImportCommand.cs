using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Sources;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban sources import</c>: a list of feeds.</summary>
public static class SourcesImportCommand
{
    // Lists of ten thousand feeds have some megabytes; beyond this it is another kind of file.
    private const int MostBytes = 100 * 1024 * 1024;

    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A list of feeds (OPML); - is stdin." };
        var json = new Option<bool>("--json") { Description = "Print the result as a JSON object." };
        var command = new Command("import", "Add the feeds of a list that are not there yet; saying it twice does no harm.") { file, json };
        command.SetAction(async (call, cancellation) =>
        {
            var name = call.GetValue(file) ?? "-";
            if (Read(name) is not { } bytes)
                return ExitCode.Failed;
            var list = Opml.Read(bytes);
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var report = await installation.Sources.Import(list, cancellation);
            if (call.GetValue(json))
                Report.Json(report, ReportJson.Default.ImportReport);
            else
                Print(report);
            if (report.Problem is null)
                return ExitCode.Fine;
            await Console.Error.WriteLineAsync($"kawaraban: {name}: {report.Problem}");
            return ExitCode.Failed;
        });
        return command;
    }

    private static byte[]? Read(string name)
    {
        try
        {
            using var stream = name == "-" ? Console.OpenStandardInput() : File.OpenRead(name);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            if (bytes.Length <= MostBytes)
                return bytes.ToArray();
            Console.Error.WriteLine($"kawaraban: {name}: a list of {bytes.Length} bytes is none; the greatest size is {MostBytes}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"kawaraban: {name}: {error.Message}");
        }

        return null;
    }

    private static void Print(ImportReport report)
    {
        foreach (var skipped in report.Skipped)
            Console.WriteLine($"skipped {skipped.Title ?? skipped.XmlUrl}: {skipped.Reason}");
        Console.WriteLine($"{report.Added.Count} added, {report.Known} there already, {report.Skipped.Count} skipped");
    }
}
