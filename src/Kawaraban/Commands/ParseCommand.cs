using System.CommandLine;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban parse</c>: reads a feed and prints it as JSON Feed 1.1.</summary>
public static partial class ParseCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "The feed; - or nothing is stdin.", Arity = ArgumentArity.ZeroOrOne };
        var contentType = new Option<string>("--content-type") { Description = "The HTTP header it came with.", HelpName = "TYPE" };
        var baseUrl = new Option<string>("--base-url") { Description = "The address it was retrieved from.", HelpName = "URL" };
        var batch = new Option<bool>("--batch") { Description = "Read requests {\"file\",\"content_type\",\"base_url\"}, one a line; answer one line each." };
        var command = new Command("parse", "Read a feed and print it as JSON Feed 1.1.") { file, contentType, baseUrl, batch };
        command.SetAction(call =>
        {
            using var input = Console.OpenStandardInput();
            using var output = Console.OpenStandardOutput();
            return Run(call.GetValue(file), call.GetValue(contentType), call.GetValue(baseUrl), call.GetValue(batch), input, output, Console.Error);
        });
        return command;
    }
}
