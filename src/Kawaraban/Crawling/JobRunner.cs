using Kawaraban.Recipes;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Does the work that is to be done, one after the other.</summary>
/// <param name="jobs">The work.</param>
/// <param name="recipes">The recipes of the sources.</param>
/// <param name="reshaping">Applies them to what is stored.</param>
/// <param name="sources">The sources.</param>
/// <param name="clock">Tells when something is to be said again.</param>
public sealed class JobRunner(JobTable jobs, RecipeTable recipes, StoredReshaping reshaping, SourceRegistry sources, TimeProvider clock)
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(1);

    private readonly string holder = Guid.NewGuid().ToString("N");

    /// <summary>Does the next.</summary>
    /// <param name="cancellation">Ends it, to be gone on with by whoever comes next.</param>
    /// <returns>The one that was done; null when there is nothing to do.</returns>
    /// <exception cref="StorageException">The database failed; the work is claimed again later.</exception>
    public async Task<Job?> RunNext(CancellationToken cancellation)
    {
        if (await jobs.Claim(holder, cancellation) is not { } job)
            return null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var progress = new Counted();
        var work = Work(job, progress, stop.Token);
        try
        {
            while (true)
            {
                using var waiting = new CancellationTokenSource();
                await Task.WhenAny(work, Task.Delay(SayEvery, clock, waiting.Token));
                await waiting.CancelAsync();
                if (!await jobs.Progress(job.Id, holder, progress.Done, progress.Total))
                    await stop.CancelAsync();
                if (work.IsCompleted)
                    break;
            }

            await jobs.End(job.Id, holder, "done", await work);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await jobs.GiveBack(job.Id, holder);
        }
        catch (OperationCanceledException)
        {
            await jobs.End(job.Id, holder, "stopped", "it was stopped; what was done stays done");
        }
        catch (Exception error) when (error is not StorageException)
        {
            await jobs.End(job.Id, holder, "failed", $"a mistake of ours: {error.Message}");
        }
        finally
        {
            // Where the database failed, nobody works on unwatched.
            await stop.CancelAsync();
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return job;
    }

    private async Task<string> Work(Job job, Counted progress, CancellationToken cancellation)
    {
        switch (job.Kind)
        {
            case JobKinds.VisitAll:
                var due = await sources.MakeAllDue(progress, cancellation);
                return $"{due} sources are due";
            case JobKinds.ApplyRecipe:
                if (job.SourceId is not { } id || await recipes.Find(id, cancellation) is not { } source)
                    return "its source is not there any more";
                progress.Total = await reshaping.CountEntries(source, cancellation);
                var report = await reshaping.Apply(source, progress, cancellation);
                return $"{report.Posts} posts, {report.Entries} of them with their entry: {report.Changed} changed, {report.Unchanged} were as the recipe makes them"
                    + $"{(report.Dropped > 0 ? $", {report.Dropped} would not become posts today, and stay" : "")}{(report.IsResumed ? "; it went on where it had stopped" : "")}";
            default:
                throw new InvalidOperationException($"{job.Kind} is no kind of work");
        }
    }

    private sealed class Counted : IProgress<long>
    {
        private long done;

        public long Done => Interlocked.Read(ref done);

        public long Total { get; set; }

        public void Report(long value) => Interlocked.Exchange(ref done, value);
    }
}
