using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Office.Hours;
using Kawaraban.Office.Staff;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban office</c>: when it is open.</summary>
public static class OfficeCommand
{
    /// <summary>Describes the verb and those under it.</summary>
    public static Command Create() => new("office", "When the office is open, and opening it beside its hours.") { Hours(), Open() };

    private static Command Hours()
    {
        var command = new Command("hours", "Show who is let in when, and who is now.");
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            foreach (var role in Enum.GetValues<StaffRole>())
                Console.WriteLine($"{role.Word()}\t{installation.Hours.Of(role)}\t{await installation.Hours.WhyClosed(role, cancellation) ?? "open now"}");
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Open()
    {
        var role = new Option<string>("--role") { Description = "For whom: operator or administrator.", HelpName = "ROLE", DefaultValueFactory = static _ => "operator" };
        role.Validators.Add(result => StaffCommand.DemandRole(result, result.Tokens.Count > 0 ? result.Tokens[0].Value : "operator"));
        var hours = new Option<int>("--hours") { Description = $"For how long, 1 to {OfficeHours.LongestOpening.TotalHours:0} hours.", HelpName = "N", DefaultValueFactory = static _ => 2 };
        hours.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 24)
                result.AddError("--hours is not between 1 and 24");
        });
        var why = new Option<string>("--why") { Description = "Why; the audit trail keeps it.", HelpName = "TEXT", Required = true };
        var command = new Command("open", "Let a role in for a time.") { role, hours, why };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var whom = StaffWords.Role(call.GetValue(role)) ?? StaffRole.Operator;
            var until = await installation.Hours.Open(
                Actor.CommandLine(Environment.UserName), whom, TimeSpan.FromHours(call.GetValue(hours)), call.GetValue(why) ?? "", cancellation);
            Console.WriteLine($"the office is open for every {whom.Word()} until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
            return ExitCode.Fine;
        });
        return command;
    }
}
