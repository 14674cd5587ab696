using System.Collections.Concurrent;

namespace Kawaraban.Storage;

/// <summary>Sessions that outlive the question, with their connections and prepared statements; so many at most.</summary>
internal sealed class SessionPool(string name, int size, Func<Task<Session>> connect) : IAsyncDisposable
{
    // The one used last first: its statements are the likeliest to be prepared, and the server's caches warm.
    private readonly ConcurrentStack<Session> idle = [];
    private readonly SemaphoreSlim places = new(size);
    private volatile bool isClosing;

    /// <summary>Waits until there is a place; dispose what is returned to leave it.</summary>
    /// <exception cref="StorageException">The pool is being closed.</exception>
    public async Task<IDisposable> Enter(CancellationToken cancellation)
    {
        if (isClosing)
            throw StorageException.Closing(name);
        await places.WaitAsync(cancellation);
        return new Place(places);
    }

    /// <summary>A session that nobody else uses.</summary>
    public async Task<Session> Take()
    {
        if (!idle.TryPop(out var session))
            return await connect();
        session.WasIdle = true;
        return session;
    }

    /// <summary>Takes a session back; one whose connection is broken is closed.</summary>
    public async ValueTask Return(Session session, bool isWell)
    {
        if (isWell)
            idle.Push(session);
        else
            await session.DisposeAsync();
    }

    /// <summary>Waits for those who are inside or in front of the door, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        isClosing = true;
        for (var i = 0; i < size; i++)
            await places.WaitAsync();
        while (idle.TryPop(out var session))
            await session.DisposeAsync();
        places.Dispose();
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
