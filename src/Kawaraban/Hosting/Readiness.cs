using Kawaraban.Storage;

namespace Kawaraban.Hosting;

/// <summary>Says whether this process may be sent visitors: it may while the database answers and nobody has asked it to stop.</summary>
public sealed class Readiness(Database database, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Null when ready, else why not.</summary>
    public async Task<string?> WhyNot(CancellationToken cancellation)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return "stopping";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await database.Read(async session => { await using var rows = await session.Query("SELECT 1"); return true; }, patience.Token);
            return null;
        }
        catch (Exception e) when (e is StorageException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // The sentence names a path of this machine; visitors get the fact alone, the log has the rest.
            return "the database does not answer";
        }
    }
}
