using Kawaraban.Crawling;
using Kawaraban.Storage;

namespace Kawaraban.Hosting;

/// <summary>Does beside the office what takes longer than a page.</summary>
internal sealed partial class JobRole(JobRunner runner, TimeProvider clock, ILogger<JobRole> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Look;
            try
            {
                if (await runner.RunNext(stoppingToken) is not null)
                    continue;
            }
            catch (StorageException error)
            {
                Interrupted(error.Message, Pause.TotalSeconds);
                wait = Pause;
            }

            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "work for the office was interrupted: {Reason}; it goes on in {Seconds} s")]
    private partial void Interrupted(string reason, double seconds);
}
