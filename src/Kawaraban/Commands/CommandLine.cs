using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Storage;

namespace Kawaraban.Commands;

/// <summary>The command line: one file a verb, results on stdout, messages on stderr.</summary>
public static class CommandLine
{
    // Who is asked to stop brings visits to their end (Crawler's Drain) and writes them down. Left to itself, the library ends the process
    // after two seconds; supervisors wait ten (Docker) to ninety (systemd).
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(9);

    /// <summary>Runs the verb that the arguments name.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(string[] arguments)
    {
        var root = new RootCommand("Kawaraban gathers what companies' engineers write.")
        {
            ServeCommand.Create(),
            CrawlCommand.Create(),
            SourcesCommand.Create(),
            RecipeCommand.Create(),
            PostsCommand.Create(),
            DeadLettersCommand.Create(),
            StaffCommand.Create(),
            IdentitiesCommand.Create(),
            OfficeCommand.Create(),
            ParseCommand.Create(),
            DoctorCommand.Create(),
            SearchCommand.Create(),
            MigrateCommand.Create(),
        };
        CommonOptions.AddTo(root);

        var call = root.Parse(arguments);
        if (call.Errors.Count > 0)
        {
            // The library also complains that no verb was given when the one that was given is unknown.
            var unknown = call.UnmatchedTokens.Count > 0;
            foreach (var error in call.Errors.Where(error => !unknown || error.Message.Contains('\'', StringComparison.Ordinal)))
                await Console.Error.WriteLineAsync($"kawaraban: {error.Message}");
            await Console.Error.WriteLineAsync($"kawaraban {string.Concat(Path(call.CommandResult.Command))}--help says what there is");
            return ExitCode.WrongCall;
        }

        try
        {
            return await call.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = LongestEnd,
            });
        }
        catch (Exception e) when (Explain(e) is { } explained)
        {
            await Console.Error.WriteLineAsync($"kawaraban: {explained.Sentence}");
            return explained.ExitCode;
        }
    }

    // Surprises that are a bug of ours keep their stack trace; these are a person's to mend.
    private static (string Sentence, int ExitCode)? Explain(Exception exception) => exception switch
    {
        SettingsException e => (e.Message, ExitCode.WrongCall),
        StorageException e => (e.Message, ExitCode.Failed),
        SiteException e => (e.Message, ExitCode.Failed),
        UnknownSourceException e => (e.Message, ExitCode.Failed),
        UnknownPostException e => (e.Message, ExitCode.Failed),
        OperationCanceledException => ("stopped", ExitCode.Failed),
        _ => null,
    };

    private static Stack<string> Path(Command command)
    {
        Stack<string> names = [];
        for (var at = command; at is not RootCommand; at = (Command)at.Parents.First())
            names.Push(at.Name + " ");
        return names;
    }
}
