using System.CommandLine;
using Kawaraban.Feeds;
using Kawaraban.Recipes;

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
        var (feed, problem, findings) = FeedExamination.Of(bytes, contentType);
        if (feed is null)
        {
            Console.Error.WriteLine($"{name}: error: {problem}");
            return ExitCode.Failed;
        }

        if (isJson)
        {
            Report.Json([.. findings], ReportJson.Default.FindingArray);
            return ExitCode.Fine;
        }

        foreach (var finding in findings)
            Console.WriteLine($"{name}:{finding.Line}:{finding.Column}: warning: {finding.Sentence} [{finding.Code}]");
        Console.Error.WriteLine(
            $"{name}: {feed.Format.Name()} in {feed.Encoding}, {feed.Entries.Count} entries; "
            + (findings.Count == 0 ? "nothing had to be mended" : $"{findings.Count} things had to be mended"));
        return ExitCode.Fine;
    }
}
