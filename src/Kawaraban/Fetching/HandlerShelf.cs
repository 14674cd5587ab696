namespace Kawaraban.Fetching;

/// <summary>
/// The handlers with their connections: one for those who go directly, one for those who do and keep nothing, one for each proxy, no more than
/// some of these.
/// </summary>
/// <remarks>
/// Connections through one proxy must not serve those who go through another, or as another user. What was not used for the longest time
/// is closed to make room, when the last who uses it is done.
/// </remarks>
/// <param name="open">Makes the handler for a proxy; null is the direct way.</param>
/// <param name="openPassing">Makes the handler of the direct way that closes a connection after its answer.</param>
internal sealed class HandlerShelf(Func<ProxyAddress?, HttpMessageHandler> open, Func<HttpMessageHandler> openPassing) : IDisposable
{
    /// <summary>How many proxies' handlers stay open.</summary>
    public const int MostProxies = 16;

    private readonly Lock arranging = new();
    private readonly LinkedList<Shelved> proxied = new();
    private readonly Shelved direct = new(null, open(null));
    private readonly Shelved passing = new(null, openPassing());
    private bool isClosed;

    /// <summary>How many handlers of proxies stand there.</summary>
    public int Count
    {
        get
        {
            lock (arranging)
                return proxied.Count;
        }
    }

    /// <summary>Takes the handler for a proxy. Dispose what is returned when the answer has been read.</summary>
    /// <param name="proxy">The proxy; null goes directly.</param>
    /// <param name="isPassing">Whether a connection had better not be kept.</param>
    public Loan Take(ProxyAddress? proxy, bool isPassing = false)
    {
        lock (arranging)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            if (proxy is null)
                return new Loan(this, isPassing ? passing : direct);
            var place = proxied.First;
            while (place is not null && !proxy.Equals(place.Value.Proxy))
                place = place.Next;
            if (place is null)
                place = new LinkedListNode<Shelved>(new Shelved(proxy, open(proxy)));
            else
                proxied.Remove(place);
            proxied.AddFirst(place);
            place.Value.Users++;
            if (proxied.Count > MostProxies && proxied.Last is { } oldest)
            {
                proxied.Remove(oldest);
                Drop(oldest.Value);
            }

            return new Loan(this, place.Value);
        }
    }

    /// <summary>Closes all.</summary>
    public void Dispose()
    {
        lock (arranging)
        {
            isClosed = true;
            direct.Http.Dispose();
            passing.Http.Dispose();
            foreach (var shelved in proxied)
                Drop(shelved);
            proxied.Clear();
        }
    }

    private static void Drop(Shelved shelved)
    {
        shelved.IsDropped = true;
        if (shelved.Users == 0)
            shelved.Http.Dispose();
    }

    private void Return(Shelved shelved)
    {
        if (shelved.Proxy is null)
            return;
        lock (arranging)
        {
            shelved.Users--;
            if (shelved.IsDropped && shelved.Users == 0)
                shelved.Http.Dispose();
        }
    }

    /// <summary>A handler for as long as it is needed.</summary>
    internal readonly struct Loan(HandlerShelf shelf, Shelved shelved) : IDisposable
    {
        public HttpMessageInvoker Http => shelved.Http;

        public void Dispose() => shelf.Return(shelved);
    }

    internal sealed class Shelved(ProxyAddress? proxy, HttpMessageHandler handler)
    {
        public ProxyAddress? Proxy { get; } = proxy;

        public HttpMessageInvoker Http { get; } = new(handler);

        public int Users { get; set; }

        public bool IsDropped { get; set; }
    }
}
