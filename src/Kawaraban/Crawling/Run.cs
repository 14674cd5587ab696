using Kawaraban.Scheduling;

namespace Kawaraban.Crawling;

/// <summary>Counts what a run does and tells who listens.</summary>
internal sealed class Run(int total, IProgress<CrawlProgress>? progress)
{
    private readonly Lock counting = new();
    private int visited;
    private int failed;
    private int newPosts;
    private int updatedPosts;

    /// <summary>Whether we are offline.</summary>
    public Outage Outage { get; } = new();

    /// <summary>A visit has ended and is written down.</summary>
    public void Ended(CrawlReport report)
    {
        lock (counting)
        {
            visited++;
            failed += report.IsSuccess ? 0 : 1;
            newPosts += report.NewPosts;
            updatedPosts += report.UpdatedPosts;
            progress?.Report(new CrawlProgress(visited, Math.Max(total, visited), report));
        }
    }

    /// <summary>Pages were read after a visit.</summary>
    public void FollowedUp(FollowedUp done)
    {
        lock (counting)
        {
            newPosts += done.NewPosts;
            updatedPosts += done.UpdatedPosts;
        }
    }

    /// <summary>What it has done.</summary>
    public CrawlSummary Summary(IReadOnlyList<WaitingKey> waiting)
    {
        lock (counting)
            return new CrawlSummary(visited, failed, newPosts, updatedPosts, waiting) { IsOffline = Outage.IsOn };
    }
}
