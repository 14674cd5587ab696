using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Kawaraban.Fetching;

/// <summary>Opens connections, to addresses that the guard has seen and to no others.</summary>
/// <remarks>
/// The name is resolved here, once a connection, and the socket is opened to the very addresses that were looked at: a name server that
/// answers differently the next time (DNS rebinding) gains nothing. One forbidden address among several refuses the name, since a public
/// name that also points inside is a mistake or an attack, and we cannot tell which.
/// </remarks>
/// <param name="options">Whether private addresses are allowed, and what else there is to say.</param>
/// <param name="clock">Tells when another address is tried, and whether a certificate is too old or too young.</param>
/// <param name="resolve">Finds the addresses of a name.</param>
internal sealed class Connections(FetcherOptions options, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    // Another address waits its turn while one does not answer, so that a broken IPv6 route does not take all the time of a fetch.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private int open;

    /// <summary>Whether so many are open that further ones had better be closed after their answer.</summary>
    /// <remarks>Each takes some 13 kB, several times that with TLS, and a place among the process's files: a crawl that comes to a hundred thousand
    /// sites would have ten thousand lying idle.</remarks>
    public bool IsCrowded => Volatile.Read(ref open) >= options.MostConnections;

    /// <summary>Makes a handler that closes each connection after its answer, whatever the server says, and remembers nothing of the server.</summary>
    /// <remarks>
    /// A handler keeps what it knows of a server while that is visited now and then: with ten thousand of them as much again as the connections.
    /// </remarks>
    public SocketsHttpHandler CreatePassingHandler()
    {
        var handler = CreateHandler(null);
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        return handler;
    }

    /// <summary>Makes a handler for fetches.</summary>
    /// <param name="proxy">What it goes through: then the guard sees the proxy's address, and the proxy finds the target's; null goes directly.</param>
    public SocketsHttpHandler CreateHandler(ProxyAddress? proxy) => new()
    {
        ConnectCallback = (context, cancellation) => Connect(context.DnsEndPoint, proxy, cancellation),
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = proxy is not null,
        Proxy = proxy?.AsWebProxy(),
        PreAuthenticate = false,
        Credentials = null,
        // No tracing header for other people's servers.
        ActivityHeadersPropagator = null,
        // Validators go back as they came, also those with bytes beyond ASCII (obs-text, RFC 9110 §5.5).
        RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
        MaxResponseHeadersLength = options.MaxHeaderKilobytes,
        // The body of an error or a redirect is read to its end if it is short, so that the connection can be used again.
        MaxResponseDrainSize = 32 << 10,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        // A lease lets one request at a time to a site; a second connection serves a redirect to another of its names.
        // All plain requests through a proxy are to one server: the proxy.
        MaxConnectionsPerServer = proxy is null ? 2 : 128,
        // Ten thousand sites are visited in turn, and each is left for a long while.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        InitialHttp2StreamWindowSize = 1 << 18,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = ChainPolicy(), RemoteCertificateValidationCallback = (sender, certificate, chain, errors) => Judge(sender, certificate, chain, errors, proxy) },
    };

    private X509ChainPolicy ChainPolicy()
    {
        // A certificate may name an address to load its issuer from: a stranger's link like any other, and one the guard does not see.
        var policy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        if (options.TrustedRoots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    private async ValueTask<Stream> Connect(DnsEndPoint target, ProxyAddress? proxy, CancellationToken cancellation)
    {
        try
        {
            return await Connect(target.Host, target.Port, cancellation);
        }
        catch (NoConnectionException error) when (proxy is not null)
        {
            throw new NoConnectionException(
                error.Code == NoConnectionException.Forbidden ? error.Code : NoConnectionException.Proxy, FetchSentences.NoProxy(proxy, error.Message), error);
        }
    }

    private async Task<Stream> Connect(string host, int port, CancellationToken cancellation)
    {
        var addresses = await Resolve(host, cancellation);
        foreach (var address in addresses)
        {
            if (AddressGuard.WhyForbidden(address, options.AllowPrivateNetworks) is { } what)
                throw new NoConnectionException(NoConnectionException.Forbidden, FetchSentences.Forbidden(host, address, what));
        }

        for (var i = 0; ; i++)
        {
            var isLast = i == addresses.Length - 1;
            try
            {
                return await Connect(new IPEndPoint(addresses[i], port), isLast, cancellation);
            }
            catch (SocketException error) when (isLast)
            {
                throw new NoConnectionException("connect", FetchSentences.NoConnection(host, port, error.SocketErrorCode), error);
            }
            catch (Exception error)
                when (!isLast && !cancellation.IsCancellationRequested && error is SocketException or OperationCanceledException)
            {
                // The next address may do better.
            }
        }
    }

    private async Task<Stream> Connect(IPEndPoint endPoint, bool isLast, CancellationToken cancellation)
    {
        using var patience = isLast ? null : new CancellationTokenSource(Patience, clock);
        using var stop = patience is null ? null : CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, stop?.Token ?? cancellation);
            return new CountedStream(socket, this);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> Resolve(string host, CancellationToken cancellation)
    {
        // "127.0.0.1." is a name to a Uri, and an address to some resolvers.
        if (IPAddress.TryParse(host.TrimEnd('.'), out var literal))
            return [literal];
        try
        {
            var addresses = await resolve(host, cancellation);
            return addresses.Length > 0 ? addresses : throw new NoConnectionException("dns", FetchSentences.NoSuchName(host));
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            // An ArgumentException: no name server would take such a name.
            throw new NoConnectionException("dns", FetchSentences.Unresolved(host, (error as SocketException)?.SocketErrorCode), error);
        }
    }

    // Says in words what a certificate lacks; the handler's own exception does not.
    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, ProxyAddress? proxy)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        var host = (sender as SslStream)?.TargetHostName;
        var sentence = FetchSentences.BadCertificate(host, certificate as X509Certificate2, chain, errors, clock.GetUtcNow());
        throw proxy?.Url is { Scheme: "https" } url && url.IdnHost == host
            ? new NoConnectionException(NoConnectionException.Proxy, FetchSentences.NoProxy(proxy, sentence))
            : new NoConnectionException("tls", sentence);
    }

    // Counts from its connection to its end.
    private sealed class CountedStream : NetworkStream
    {
        private Connections? connections;

        public CountedStream(Socket socket, Connections connections)
            : base(socket, ownsSocket: true)
        {
            this.connections = connections;
            Interlocked.Increment(ref connections.open);
        }

        protected override void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref connections, null) is { } counting)
                Interlocked.Decrement(ref counting.open);
            base.Dispose(disposing);
        }
    }
}
