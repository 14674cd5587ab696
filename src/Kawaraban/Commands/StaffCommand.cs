using System.CommandLine;
using System.CommandLine.Parsing;
using Kawaraban.Hosting;
using Kawaraban.Office;
using Kawaraban.Office.Staff;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban staff</c>: who works here. Whoever may run it on the machine is trusted like an administrator.</summary>
public static class StaffCommand
{
    /// <summary>Describes the verb and those under it.</summary>
    public static Command Create() => new("staff", "Who works in the office: administrators and operators.")
    {
        Add(),
        List(),
        Change("invite", "Make a new link for somebody who has none, or lost their way in. The old ways in and their sessions end.",
            (staff, who, id, cancellation) => staff.InviteAgain(who, id, cancellation)),
        Role(),
        Change("disable", "Let somebody in no more.", (staff, who, id, cancellation) => staff.Disable(who, id, null, cancellation)),
        Change("enable", "Let somebody in again.", (staff, who, id, cancellation) => staff.Enable(who, id, null, cancellation)),
        StaffTokenCommand.Create(),
        Change("remove", "Remove somebody. What they did stays on the audit trail.", (staff, who, id, cancellation) => staff.Remove(who, id, null, cancellation)),
    };

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "What they are called." };
        var address = new Argument<string>("ADDRESS") { Description = "Their mail address." };
        var role = new Option<string>("--role") { Description = "administrator or operator.", HelpName = "ROLE", DefaultValueFactory = static _ => "operator" };
        CheckRole(role);
        name.Validators.Add(result =>
        {
            if (StaffTable.ReadName(result.Tokens[0].Value, out var problem) is null)
                result.AddError($"the name {problem}");
        });
        address.Validators.Add(result =>
        {
            if (!StaffAddress.TryParse(result.Tokens[0].Value, out _, out var problem))
                result.AddError($"the address \"{result.Tokens[0].Value}\" {problem}");
        });
        var json = Json();
        var command = new Command("add", "Invite somebody: prints a link by which they come in for the first time.") { name, address, role, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            if (!StaffAddress.TryParse(call.GetValue(address), out var parsed, out _))
                return ExitCode.WrongCall;
            var outcome = await installation.Staff.Invite(
                Who(), StaffTable.ReadName(call.GetValue(name), out _) ?? "", parsed,
                StaffWords.Role(call.GetValue(role)) ?? StaffRole.Operator, cancellation);
            return await Tell(installation, outcome, call.GetValue(json));
        });
        return command;
    }

    private static Command List()
    {
        var json = Json();
        var command = new Command("list", "List everybody.") { json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var members = await installation.Staff.List(cancellation);
            if (call.GetValue(json))
                Report.Json([.. members.Select(member => StaffReport.Of(member, null))], ReportJson.Default.StaffReportArray);
            else if (members.Count == 0)
                await Console.Error.WriteLineAsync("nobody works here yet; kawaraban staff add NAME ADDRESS --role administrator invites the first");
            foreach (var member in call.GetValue(json) ? [] : members)
            {
                var seen = member.SignedInAt is { } at ? $"last in at {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "never in";
                Console.WriteLine($"{member.Id}\t{member.Role.Word()}\t{member.Status.Word()}\t{member.Name} <{member.Address}>\t{seen}");
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Role()
    {
        var role = new Argument<string>("ROLE") { Description = "administrator or operator." };
        role.Validators.Add(result => DemandRole(result, result.Tokens[0].Value));
        var command = Change(
            "role", "Give somebody another role; it holds from their next request on.",
            (staff, who, id, call, cancellation) => staff.ChangeRole(who, id, StaffWords.Role(call.GetValue(role)) ?? StaffRole.Operator, null, cancellation));
        command.Add(role);
        return command;
    }

    private static Command Change(string name, string description, Func<StaffTable, Actor, string, CancellationToken, Task<StaffOutcome>> change) =>
        Change(name, description, (staff, who, id, _, cancellation) => change(staff, who, id, cancellation));

    private static Command Change(string name, string description, Func<StaffTable, Actor, string, ParseResult, CancellationToken, Task<StaffOutcome>> change)
    {
        var which = new Argument<string>("WHO") { Description = "Their id or mail address." };
        var json = Json();
        var command = new Command(name, description) { which, json };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            return await Tell(installation, await change(installation.Staff, Who(), call.GetValue(which) ?? "", call, cancellation), call.GetValue(json));
        });
        return command;
    }

    private static async Task<int> Tell(Installation installation, StaffOutcome outcome, bool isJson)
    {
        if (!outcome.IsDone)
        {
            await Console.Error.WriteLineAsync($"kawaraban: {outcome.Sentence}");
            return ExitCode.Failed;
        }

        var link = outcome.Invitation is { } token && !installation.Settings.Provider.IsOnlyWay ? $"{Site(installation)}{OfficeEndpoints.Welcome}/{token}" : null;
        if (isJson && outcome.Member is { } member)
        {
            Report.Json(StaffReport.Of(member, link), ReportJson.Default.StaffReport);
            return ExitCode.Fine;
        }

        if (!isJson)
            Console.WriteLine(outcome.Sentence);
        if (link is not null)
            Console.WriteLine($"their link, good once and for three days: {link}");
        return ExitCode.Fine;
    }

    internal static string Site(Installation installation) =>
        installation.Settings.Web.PublicUrl?.AbsoluteUri.TrimEnd('/') ?? installation.Settings.Web.Urls.Split(';')[0].TrimEnd('/');

    internal static Actor Who() => Actor.CommandLine(Environment.UserName);

    private static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    private static void CheckRole(Option<string> role) => role.Validators.Add(result => DemandRole(result, result.Tokens.Count > 0 ? result.Tokens[0].Value : "operator"));

    internal static void DemandRole(SymbolResult result, string role)
    {
        if (StaffWords.Role(role) is null)
            result.AddError($"there is no role '{role}'; there are administrator and operator");
    }
}
