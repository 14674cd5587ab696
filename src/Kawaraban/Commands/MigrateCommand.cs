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
            var settings = CommonOptions.Settings(call);
            await using var database = Database.Open(settings.Database);
            foreach (var migration in database.MigrationsApplied)
                Console.WriteLine(migration);
            await Console.Error.WriteLineAsync(database.MigrationsApplied.Count == 0
                ? $"database \"{settings.Database}\": it is up to date"
                : $"database \"{settings.Database}\": {database.MigrationsApplied.Count} migrations applied");
            return ExitCode.Fine;
        });
        return command;
    }
}
