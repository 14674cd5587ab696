using System.Security.Authentication;

namespace Kawaraban.Fetching;

/// <content>What an exception on the way means.</content>
public sealed partial class HttpFetcher
{
    // Null: a mistake of ours, which is thrown.
    private FetchResult? Trouble(Exception error, Way way)
    {
        var (url, status, permanent) = (way.Url, way.Status, way.PermanentUrl);
        if (Find<NoConnectionException>(error) is { } none)
        {
            return none.Code == NoConnectionException.Forbidden
                ? new Blocked(url, status, permanent, none.Code, none.Message)
                : Unreachable(none.Code == NoConnectionException.Proxy && way.Proxy is { } asked ? ProxyCode(asked) : none.Code, none.Message);
        }

        return error switch
        {
            OperationCanceledException => Unreachable("timeout", FetchSentences.Timeout(url, options.Timeout, way.Wire is not null, way.Proxy)),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } when way.Proxy is { } proxy =>
                Unreachable(ProxyCode(proxy), FetchSentences.NoTunnel(proxy, url)),
            UnpackException => Unreachable("protocol", error.Message),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Unreachable("tls", FetchSentences.NoTls(url.Host)),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                Unreachable("protocol", FetchSentences.Headers(url, options.MaxHeaderKilobytes)),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
                Unreachable("connect", FetchSentences.NoConnection(url.Host, url.Port, System.Net.Sockets.SocketError.SocketError)),
            HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } =>
                Unreachable("protocol", FetchSentences.BrokeOff(url)),
            HttpRequestException or HttpIOException => Unreachable("protocol", FetchSentences.Protocol(url)),
            IOException => Unreachable("protocol", FetchSentences.BrokeOff(url)),
            AuthenticationException => Unreachable("tls", FetchSentences.NoTls(url.Host)),
            // An address that the framework can read and not use: a host name too long, for one.
            UriFormatException or ArgumentException => Unreachable("dns", FetchSentences.NoSuchName(url.Host)),
            _ => null,
        };

        Unreachable Unreachable(string code, string sentence) => new(url, status, permanent, code, sentence);
    }

    // A proxy of the installation's own is our way to the network: where it fails, that is an outage of ours like any other.
    private string ProxyCode(ProxyAddress proxy) => proxy.Equals(options.Proxy) ? "connect" : NoConnectionException.Proxy;

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is T found)
                return found;
        }

        return null;
    }
}
