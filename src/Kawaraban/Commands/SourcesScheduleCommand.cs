using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Scheduling;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban sources schedule</c>: when a source is visited.</summary>
public static class SourcesScheduleCommand
{
    private const string Usual = "usual";

    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var which = SourceArguments.Which();
        var schedule = new Argument<string>("SCHEDULE") { Description = $"{Schedule.Grammar}; \"{Usual}\" is what the installation does." };
        schedule.Validators.Add(result =>
        {
            var text = result.Tokens[0].Value;
            if (text != Usual && !Schedule.TryParse(text, out _, out var problem))
                result.AddError($"the schedule \"{text}\" {problem}");
        });
        var command = new Command("schedule", "Decide when a source is visited.") { which, schedule };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var wanted = Schedule.TryParse(call.GetValue(schedule) ?? "", out var parsed, out _) ? parsed : null;
            foreach (var source in await SourceArguments.Find(installation, call.GetValue(which), cancellation))
            {
                var next = await installation.Timings.Set(source.Id, wanted, cancellation);
                var when = wanted?.ToString() ?? $"{installation.Settings.Crawling.Schedule}, as the installation";
                var then = source.Status == "active" ? $", next at {next:yyyy-MM-dd HH:mm} UTC" : $"; it is {source.Status}";
                Console.WriteLine($"source {source.Id} is visited {when}{then}: {source.Company}, {source.Url}");
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
