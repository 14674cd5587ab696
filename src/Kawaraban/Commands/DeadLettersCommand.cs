using System.CommandLine;
using System.Globalization;
using Kawaraban.Hosting;
using Kawaraban.Scheduling;
using Kawaraban.Sources;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban dead-letters</c>: the sources that trouble of our own has failed again and again.</summary>
public static class DeadLettersCommand
{
    /// <summary>Describes the verb and those under it.</summary>
    public static Command Create() => new("dead-letters", "Sources that we failed again and again by trouble of our own; they wait for a person.")
    {
        List(),
        Show(),
        Change(
            "redrive", "Visit them again, at once.", "is due again",
            (letters, id, cancellation) => letters.Redrive(id, cancellation)),
        Change(
            "drop", "Throw the letters away; the sources stay paused (sources resume visits them again).", "stays paused, without its letter",
            (letters, id, cancellation) => letters.Drop(id, cancellation)),
    };

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "Print an array of JSON objects." };
        var command = new Command("list", "List them, the newest first.") { json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var letters = await installation.DeadLetters.List(cancellation);
            if (call.GetValue(json))
                Report.Json([.. letters], ReportJson.Default.DeadLetterArray);
            else if (letters.Count == 0)
                await Console.Error.WriteLineAsync("there are no dead letters");
            else
                letters.ToList().ForEach(Line);
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Show()
    {
        var (which, all) = Which();
        var json = new Option<bool>("--json") { Description = "Print an array of JSON objects." };
        var command = new Command("show", "Show a letter with its error and the latest visits.") { which, all, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            List<ShownDeadLetter> shown = [];
            foreach (var letter in await Chosen(installation, call.GetValue(which), call.GetValue(all), cancellation))
                shown.Add(new ShownDeadLetter(letter, await installation.Sources.History(letter.SourceId, 10, cancellation)));
            if (call.GetValue(json))
                Report.Json([.. shown], ReportJson.Default.ShownDeadLetterArray);
            foreach (var (letter, visits) in call.GetValue(json) ? [] : shown)
            {
                Line(letter);
                if (letter.Detail is not null)
                    Console.WriteLine($"  {letter.Detail.ReplaceLineEndings("\n  ")}");
                foreach (var visit in visits)
                    Console.WriteLine($"  {visit.StartedAt:yyyy-MM-dd HH:mm} UTC  {visit.Sentence}");
            }

            return shown.Count > 0 || call.GetValue(all) ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }

    private static Command Change(
        string name, string description, string outcome, Func<DeadLetterTable, long, CancellationToken, Task<bool>> change)
    {
        var (which, all) = Which();
        var json = new Option<bool>("--json") { Description = "Print the letters it was done to as an array of JSON objects." };
        var command = new Command(name, description) { which, all, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            List<DeadLetter> done = [];
            foreach (var letter in await Chosen(installation, call.GetValue(which), call.GetValue(all), cancellation))
            {
                if (!await change(installation.DeadLetters, letter.SourceId, cancellation))
                    continue;
                done.Add(letter);
                if (!call.GetValue(json))
                    Console.WriteLine($"source {letter.SourceId} {outcome}: {letter.Title}, {letter.Url}");
            }

            if (call.GetValue(json))
                Report.Json([.. done], ReportJson.Default.DeadLetterArray);
            return done.Count > 0 || call.GetValue(all) ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }

    private static (Argument<string[]> Which, Option<bool> All) Which()
    {
        var all = new Option<bool>("--all") { Description = "All of them." };
        var which = new Argument<string[]>("SOURCE")
        {
            Description = "Their sources: a number, an address, or a company's name (all of its sources).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        which.Validators.Add(result =>
        {
            if (result.Tokens.Count == 0 == !result.GetValue(all))
                result.AddError("name sources or --all: which dead letters are meant?");
        });
        return (which, all);
    }

    private static async Task<IReadOnlyList<DeadLetter>> Chosen(Installation installation, string[]? which, bool isAll, CancellationToken cancellation)
    {
        var letters = await installation.DeadLetters.List(cancellation);
        if (isAll)
            return letters;
        List<DeadLetter> chosen = [];
        foreach (var source in (which ?? []).Distinct())
        {
            var ids = (await SourceArguments.Find(installation, source, cancellation)).Select(found => found.Id).ToHashSet();
            var found = letters.Where(letter => ids.Contains(letter.SourceId)).ToList();
            if (found.Count == 0)
                await Console.Error.WriteLineAsync($"kawaraban: {source} has no dead letter");
            chosen.AddRange(found.Except(chosen));
        }

        return chosen;
    }

    private static void Line(DeadLetter letter) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{letter.SourceId}\t{letter.Attempts} failures from {letter.FirstAt:yyyy-MM-dd HH:mm} to {letter.LastAt:yyyy-MM-dd HH:mm} UTC\t{letter.Url}\t{letter.Error}"));
}

/// <summary>A dead letter as <c>dead-letters show --json</c> prints it.</summary>
public sealed record ShownDeadLetter(DeadLetter Letter, IReadOnlyList<CrawlCard> Visits);
