using Kawaraban.Crawling;
using Kawaraban.Storage;

namespace Kawaraban.Hosting;

/// <summary>Crawls beside the site for as long as it runs; stops claiming when it stops, and brings to an end what is under way.</summary>
internal sealed partial class CrawlerRole(Crawler crawler, ILogger<CrawlerRole> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        crawler.Noticed += Noticed;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await crawler.CrawlForever(new Log(log), stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // A mistake of ours. The site goes on showing what there is.
                Interrupted(error is StorageException ? error.Message : error.ToString(), Pause.TotalSeconds);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the crawler stopped: {Reason}; it goes on in {Seconds} s")]
    private partial void Interrupted(string reason, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
    private partial void Noticed(string sentence);

    private sealed partial class Log(ILogger log) : IProgress<CrawlProgress>
    {
        public void Report(CrawlProgress value)
        {
            if (value.Last.IsSuccess)
                Visited(value.Last.Sentence);
            else
                Troubled(value.Last.Sentence);
        }

        [LoggerMessage(Level = LogLevel.Information, Message = "{Sentence}")]
        private partial void Visited(string sentence);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
        private partial void Troubled(string sentence);
    }
}
