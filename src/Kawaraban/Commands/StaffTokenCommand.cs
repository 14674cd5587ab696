using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Office.Staff;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban staff token</c>: a token by which a program of somebody's uses the API.</summary>
internal static class StaffTokenCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var who = new Argument<string>("WHO") { Description = "Whose it will be: their id or mail address." };
        var name = new Argument<string>("NAME") { Description = "What they call it: the nightly report." };
        var days = new Option<int>("--days") { Description = "How long it holds, 1 to 365.", HelpName = "DAYS", DefaultValueFactory = static _ => 90 };
        var scopes = new Option<string[]>("--scope")
        {
            Description = $"What it may do, never more than its owner may: {string.Join(", ", ApiTokenTable.ScopesOf(StaffRole.Administrator))}. Repeat it for more.",
            HelpName = "SCOPE",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("token", "Make a token by which a program of theirs uses the API. It is printed once.") { who, name, scopes, days };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            if (await installation.Staff.Find(call.GetValue(who) ?? "", cancellation) is not { Status: StaffStatus.Active } owner)
            {
                await Console.Error.WriteLineAsync($"kawaraban: there is nobody known as {call.GetValue(who)} who gets in");
                return ExitCode.Failed;
            }

            var made = await installation.ApiTokens.Make(
                StaffCommand.Who(), owner, call.GetValue(name) ?? "", call.GetValue(scopes) ?? [], call.GetValue(days), cancellation);
            if (made.Token is not { } token)
            {
                await Console.Error.WriteLineAsync($"kawaraban: no token was made: the {made.Field} {made.Problem}");
                return ExitCode.Failed;
            }

            Console.WriteLine(token);
            return ExitCode.Fine;
        });
        return command;
    }
}
