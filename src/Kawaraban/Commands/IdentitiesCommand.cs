using System.CommandLine;
using Kawaraban.Hosting;
using Kawaraban.Office;
using Kawaraban.Office.Identities;
using Kawaraban.Office.Staff;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban identities</c>: snapshots of who works here, and back from them.</summary>
public static class IdentitiesCommand
{
    /// <summary>Describes the verb and those under it.</summary>
    public static Command Create() => new("identities", "Snapshots of who works in the office, kept apart from the database.")
    {
        Backup(),
        Verify(),
        Restore(),
    };

    private static Command Backup()
    {
        var command = new Command("backup", "Take a snapshot now. A serving office takes one by itself after every change.");
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var backup = installation.IdentityBackup();
            var snapshot = await backup.Take(cancellation);
            Console.WriteLine($"snapshot {snapshot.Number}, {snapshot.People.Count} people, is in {backup.Folder.Path}");
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Verify()
    {
        var command = new Command("verify", "Read all snapshots: whether they open, follow one another, and hold the latest change.");
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var backup = installation.IdentityBackup();
            var files = backup.Folder.Read();
            foreach (var file in files)
            {
                Console.WriteLine(file.Snapshot is { } snapshot
                    ? $"{file.Number}\t{snapshot.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC\t{snapshot.People.Count} people\t{file.Problem ?? "well"}"
                    : $"{file.Number}\tnot readable\t\t{file.Problem}");
            }

            if (files.Count == 0)
                await Console.Error.WriteLineAsync($"kawaraban: there is no snapshot in {backup.Folder.Path}");
            return files.Count > 0 && files.All(file => file.Problem is null) ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }

    private static Command Restore()
    {
        var number = new Option<int?>("--snapshot") { Description = "Which. [default: the newest]", HelpName = "N" };
        var command = new Command("restore", "Bring everybody back into an empty directory. Passwords and the secrets of codes do not come back: prints links for who needs one.") { number };
        command.SetAction(async (call, cancellation) =>
        {
            await using var installation = Installation.Open(CommonOptions.Settings(call));
            var backup = installation.IdentityBackup();
            var wanted = call.GetValue(number);
            var file = backup.Folder.Read().LastOrDefault(file => file.Snapshot is not null && (wanted is null || file.Number == wanted));
            if (file?.Snapshot is not { } snapshot)
            {
                await Console.Error.WriteLineAsync($"kawaraban: there is no {(wanted is null ? "snapshot that can be read" : $"snapshot {wanted} that can be read")} in {backup.Folder.Path}");
                return ExitCode.Failed;
            }

            if (file.Problem is not null)
                await Console.Error.WriteLineAsync($"kawaraban: snapshot {file.Number}: {file.Problem}; look at it with kawaraban identities verify");
            var report = await backup.Restore(Actor.CommandLine(Environment.UserName), snapshot, cancellation);
            if (report.Problem is { } problem)
            {
                await Console.Error.WriteLineAsync($"kawaraban: {problem}");
                return ExitCode.Failed;
            }

            Console.WriteLine($"{report.People.Count} people are back, from snapshot {snapshot.Number} of {snapshot.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
            foreach (var (person, link) in report.People)
            {
                var how = link is not null ? $"their link: {StaffCommand.Site(installation)}{OfficeEndpoints.Welcome}/{link}"
                    : person.Status == "active" ? "comes in by passkey as before"
                    : person.Status;
                Console.WriteLine($"{person.Id}\t{person.Role}\t{person.Name} <{person.Address}>\t{how}");
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
