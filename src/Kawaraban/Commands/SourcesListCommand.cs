using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Sources;
using Spectre.Console;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban sources list</c>: which there are and how they are.</summary>
public static class SourcesListCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var health = new Option<string>("--health") { Description = $"Only those: {string.Join(", ", SourceHealth.Names)}.", HelpName = "HEALTH" };
        health.AcceptOnlyFromAmong([.. SourceHealth.Names]);
        var json = new Option<bool>("--json") { Description = "Print an array of JSON objects." };
        var command = new Command("list", "List the sources.") { health, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var wanted = call.GetValue(health);
            var sources = (await installation.Sources.List(cancellation)).Where(source => wanted is null || source.Health == wanted).ToArray();
            if (call.GetValue(json))
                Report.Json(sources, ReportJson.Default.SourceCardArray);
            else if (sources.Length == 0)
                await Console.Error.WriteLineAsync(wanted is null ? "there are no sources yet; kawaraban sources add URL adds one" : $"no source is {wanted}");
            else
                Print(sources);
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Print(SourceCard[] sources)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (var source in sources)
                Console.WriteLine($"{source.Id}\t{Health(source)}\t{source.Company}\t{source.Url}");
            return;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("", "health", "company", "last well", "address");
        foreach (var source in sources)
        {
            table.AddRow(
                new Text($"{source.Id}").RightJustified(),
                new Text(Health(source)),
                new Text(source.Company),
                new Text(source.LastSuccessAt is { } at ? $"{at:yyyy-MM-dd HH:mm}" : "never"),
                new Text(source.Url));
        }

        AnsiConsole.Write(table);
    }

    private static string Health(SourceCard source) => source.Status == "active" ? source.Health : source.Status;
}
