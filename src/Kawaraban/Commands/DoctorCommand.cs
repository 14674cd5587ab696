using System.CommandLine;
using Kawaraban.Feeds;
using Kawaraban.Feeds.Encodings;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban doctor</c>: says what is wrong with a feed, as a compiler would.</summary>
public static class DoctorCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FEED") { Description = "The feed's file; - is stdin: curl -s https://example.com/feed | kawaraban doctor -" };
        var contentType = new Option<string>("--content-type") { Description = "The HTTP header it came with.", HelpName = "TYPE" };
        var json = new Option<bool>("--json") { Description = "Print an array of JSON objects." };
        var command = new Command("doctor", "Say what is wrong with a feed, and what readers of it have to mend.") { file, contentType, json };
        command.SetAction(call =>
        {
            var name = call.GetValue(file) ?? "-";
            using var input = Console.OpenStandardInput();
            byte[] bytes;
            try
            {
                bytes = name == "-" ? ParseCommand.ReadAll(input) : File.ReadAllBytes(name);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"kawaraban: {name}: {error.Message}");
                return ExitCode.Failed;
            }

            return Examine(name, bytes, call.GetValue(contentType), call.GetValue(json));
        });
        return command;
    }

    private static int Examine(string name, byte[] bytes, string? contentType, bool isJson)
    {
        if (!FeedParser.TryParse(bytes, contentType, null, out var feed, out var problem))
        {
            Console.Error.WriteLine($"{name}: error: {problem.Message}");
            return ExitCode.Failed;
        }

        var places = DocumentText.Locate(bytes, contentType, feed.Repairs);
        var findings = feed.Repairs
            .Select((repair, i) => new Finding(places[i].Line, places[i].Column, repair.Code, repair.Sentence))
            .OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)
            .ToArray();
        if (isJson)
        {
            Report.Json(findings, ReportJson.Default.FindingArray);
            return ExitCode.Fine;
        }

        foreach (var finding in findings)
            Console.WriteLine($"{name}:{finding.Line}:{finding.Column}: warning: {finding.Sentence} [{finding.Code}]");
        Console.Error.WriteLine(
            $"{name}: {feed.Format.Name()} in {feed.Encoding}, {feed.Entries.Count} entries; "
            + (findings.Length == 0 ? "nothing had to be mended" : $"{findings.Length} things had to be mended"));
        return ExitCode.Fine;
    }
}

/// <summary>Something wrong with a feed, as <c>doctor --json</c> prints it.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in it, from 1.</param>
/// <param name="Code">A stable name.</param>
/// <param name="Sentence">What was wrong and what was done.</param>
public sealed record Finding(int Line, int Column, string Code, string Sentence);
