namespace Kawaraban.Storage;

/// <summary>A change that waits for the writer.</summary>
internal abstract class WriteJob
{
    /// <summary>Whether nobody wants it any more; then nobody waits for it either.</summary>
    public abstract bool IsWithdrawn { get; }

    /// <summary>Does it, inside the transaction.</summary>
    public abstract Task Run(Session session);

    /// <summary>It is committed.</summary>
    public abstract void Succeed();

    /// <summary>It is undone.</summary>
    public abstract void Fail(Exception error);
}

/// <inheritdoc/>
internal sealed class WriteJob<T>(Func<Session, Task<T>> change, CancellationToken cancellation) : WriteJob
{
    // The writer must not run what the caller does next.
    private readonly TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? value;

    public Task<T> Result => result.Task;

    public override bool IsWithdrawn
    {
        get
        {
            if (cancellation.IsCancellationRequested)
                result.TrySetCanceled(cancellation);
            return cancellation.IsCancellationRequested;
        }
    }

    public override async Task Run(Session session) => value = await change(session);

    // Run has set it: only a change that ran to its end is committed.
    public override void Succeed() => result.TrySetResult(value!);

    public override void Fail(Exception error) => result.TrySetException(error);
}
