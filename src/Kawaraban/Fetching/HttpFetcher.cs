using System.Net;

namespace Kawaraban.Fetching;

/// <summary>Fetches documents from other people's servers, within limits and with manners.</summary>
/// <remarks>
/// Its handlers and their connections serve all fetches: create one and keep it. A fetch that failed is not tried again here; that is the
/// scheduler's to decide, who knows how long ago we were there.
/// </remarks>
public sealed partial class HttpFetcher : IDisposable
{
    private const string Accept =
        "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
        + "application/json;q=0.8, text/html;q=0.5, */*;q=0.1";

    private readonly FetcherOptions options;
    private readonly TimeProvider clock;
    private readonly Connections connections;
    private readonly HandlerShelf handlers;
    private readonly string userAgent;

    /// <summary>Makes a fetcher.</summary>
    /// <param name="options">How far it goes.</param>
    /// <param name="clock">Tells the time, and when it is over.</param>
    /// <param name="resolve">
    /// Finds the addresses of a name, or throws a <see cref="System.Net.Sockets.SocketException"/>; null asks the system's resolver.
    /// </param>
    public HttpFetcher(FetcherOptions options, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        this.options = options;
        this.clock = clock;
        userAgent = UserAgent.With(options.Contact);
        connections = new Connections(options, clock, resolve ?? Dns.GetHostAddressesAsync);
        handlers = new HandlerShelf(connections.CreateHandler, connections.CreatePassingHandler);
    }

    /// <summary>Fetches one document.</summary>
    /// <param name="request">What, and what we had from there last time.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>How it ended; every trouble of the network, of the server and of the address is a result.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public async Task<FetchResult> Fetch(FetchRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var start = clock.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        var way = new Way(Redirects.Plain(request.Url), request.Settings?.Proxy ?? options.Proxy);
        FetchResult result;
        using var handler = handlers.Take(way.Proxy, connections.IsCrowded);
        try
        {
            result = await Follow(handler.Http, way, request, stop.Token);
        }
        catch (Exception error) when (Trouble(error, way) is { } trouble)
        {
            cancellation.ThrowIfCancellationRequested();
            result = trouble;
        }

        return result with { BytesReceived = way.Wire?.Count ?? 0, Elapsed = clock.GetElapsedTime(start) };
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => handlers.Dispose();

    private async Task<FetchResult> Follow(HttpMessageInvoker http, Way way, FetchRequest request, CancellationToken stop)
    {
        while (true)
        {
            if (WhyBlocked(way) is { } blocked)
                return blocked;

            using var message = Message(way, request);
            using var answer = await http.SendAsync(message, stop);
            way.Answered((int)answer.StatusCode);
            if (!Redirects.Is(way.Status!.Value) || (request.Form is not null && way.Status is not (307 or 308)))
                return await Judge(answer, way, request, stop);

            var location = Header(answer.Headers, "Location");
            if (Redirects.Target(way.Url, location) is not { } target)
                return new Refused(way.Url, way.Status, way.PermanentUrl, FetchSentences.RedirectsNowhere(way.Status.Value, location));
            if (way.Redirects == options.MaxRedirects)
                return new Blocked(way.Url, way.Status, way.PermanentUrl, "too-many-redirects", FetchSentences.TooManyRedirects(options.MaxRedirects));
            if (target.Scheme is not ("http" or "https") || (request.Form is not null && way.Url.Scheme == "https" && target.Scheme == "http"))
                return new Blocked(way.Url, way.Status, way.PermanentUrl, "forbidden-scheme", FetchSentences.RedirectForbidden(target.Scheme));
            if (request.Crossing is { } crossing && await crossing(way.To(target), stop) is { } end)
                return end;
            way.Follow(target);
        }
    }

    private Blocked? WhyBlocked(Way way) =>
        way.Url.Scheme is not ("http" or "https")
            ? new Blocked(way.Url, way.Status, way.PermanentUrl, "forbidden-scheme", FetchSentences.ForbiddenScheme(way.Url.Scheme))
        : !options.AllowPrivateNetworks && BadPorts.Contains(way.Url.Port)
            ? new Blocked(way.Url, way.Status, way.PermanentUrl, "forbidden-port", FetchSentences.ForbiddenPort(way.Url))
        : way.Proxy is { } proxy ? WhyBlocked(way, proxy)
        : null;

    // Through a proxy the guard sees the proxy's address alone, when connecting; of the target there is its name.
    private Blocked? WhyBlocked(Way way, ProxyAddress proxy) =>
        !options.AllowPrivateNetworks && BadPorts.Contains(proxy.Url.Port)
            ? new Blocked(way.Url, way.Status, way.PermanentUrl, "forbidden-port", FetchSentences.ForbiddenProxyPort(proxy))
        : ProxiedTarget.WhyForbidden(way.Url, options.AllowPrivateNetworks) is { } sentence
            ? new Blocked(way.Url, way.Status, way.PermanentUrl, NoConnectionException.Forbidden, sentence)
        : null;

    private HttpRequestMessage Message(Way way, FetchRequest request)
    {
        var isLast = connections.IsCrowded;
        var message = new HttpRequestMessage(request.Form is null ? HttpMethod.Get : HttpMethod.Post, way.Url)
        {
            // HTTP/2 cannot say that a connection is not wanted afterwards (RFC 9113 §8.2.2).
            Version = isLast ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (request.Form is not null)
            message.Content = new StringContent(request.Form, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        var headers = message.Headers;
        if (isLast)
            headers.ConnectionClose = true;
        headers.TryAddWithoutValidation("User-Agent", request.Settings?.UserAgent ?? userAgent);
        headers.TryAddWithoutValidation("Accept", Accept);
        headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        foreach (var (name, value) in way.MayCarryHeaders ? request.Settings?.Headers ?? [] : [])
        {
            if (name.Equals("Accept", StringComparison.OrdinalIgnoreCase))
                headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }

        if (way.IsAtHome)
        {
            if (request.ETag is { Length: > 0 })
                headers.TryAddWithoutValidation("If-None-Match", request.ETag);
            if (request.LastModified is { Length: > 0 })
                headers.TryAddWithoutValidation("If-Modified-Since", request.LastModified);
        }

        return message;
    }
}
