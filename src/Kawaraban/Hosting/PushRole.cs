using Kawaraban.Push;
using Kawaraban.Storage;

namespace Kawaraban.Hosting;

/// <summary>Talks with hubs beside the crawler for as long as it runs: what others push, and what we have to tell.</summary>
internal sealed partial class PushRole(Subscriber subscriber, Announcer announcer, ILogger<PushRole> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Keep(subscriber.Run, stoppingToken), Keep(announcer.Run, stoppingToken));

    private async Task Keep(Func<CancellationToken, Task> run, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await run(stopping);
            }
            catch (Exception error) when (!stopping.IsCancellationRequested)
            {
                Interrupted(error is StorageException ? error.Message : error.ToString(), Pause.TotalSeconds);
                await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "talking with hubs stopped: {Reason}; it goes on in {Seconds} s")]
    private partial void Interrupted(string reason, double seconds);
}
