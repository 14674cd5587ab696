using System.CommandLine;
using Kawaraban.Storage;

namespace Kawaraban.Commands;

/// <summary><c>kawaraban migrate</c>: brings the database to this version.</summary>
public static class MigrateCommand
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database to this version. The other verbs do so by themselves.");
        command.SetAction(async (call, _) =>
        {
            await using var database = Database.Open(CommonOptions.Settings(call).Database);
            foreach (var migration in database.MigrationsApplied)
                Console.WriteLine(migration);
            await Console.Error.WriteLineAsync(database.MigrationsApplied.Count == 0
                ? $"database \"{database.Name}\": it is up to date"
                : $"database \"{database.Name}\": {database.MigrationsApplied.Count} migrations applied");
            return ExitCode.Fine;
        });
        return command;
    }
}
