using Kawaraban.Office.Identities;
using Kawaraban.Storage;

namespace Kawaraban.Hosting;

/// <summary>Keeps the snapshots of the staff up with the directory for as long as the office runs.</summary>
internal sealed partial class IdentityRole(IdentityBackup backup, TimeProvider clock, ILogger<IdentityRole> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? trouble = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await backup.CatchUp(stoppingToken) is { } snapshot)
                    Taken(snapshot.Number, snapshot.People.Count, backup.Folder.Path);
                trouble = null;
            }
            catch (StorageException e) when (!stoppingToken.IsCancellationRequested)
            {
                // Said once, not every ten seconds.
                if (trouble != e.Message)
                    NotTaken(e.Message);
                trouble = e.Message;
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "identities: snapshot {Number} of {People} people is in {Folder}")]
    private partial void Taken(int number, int people, string folder);

    [LoggerMessage(Level = LogLevel.Error, Message = "identities: {Reason}; the staff is not backed up until that is mended")]
    private partial void NotTaken(string reason);
}
