using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Kawaraban.Fetching;

/// <summary>What is said of a fetch that brought nothing: what happened, to what, and what to do. Shown to staff and told to publishers.</summary>
internal static class FetchSentences
{
    public static string Forbidden(string host, IPAddress address, string what) =>
        host == address.ToString()
            ? $"{host} is {what}, which is not fetched; use a public address, or allow private networks if this is an intranet"
            : $"the name {host} leads to {address}, {what}, which is not fetched; correct the name's DNS records, or allow private networks if this is an intranet";

    public static string ForbiddenName(string host, string what) =>
        $"{host} is {what}, which is not fetched; use a public name, or allow private networks if this is an intranet";

    public static string NoProxy(ProxyAddress proxy, string why) =>
        $"the proxy {proxy} cannot be used: {why}; see that it is up, or change it (sources request, fetching.proxy)";

    public static string ForbiddenProxyPort(ProxyAddress proxy) =>
        NoProxy(proxy, $"its port {proxy.Url.Port} is known for another service, and is not spoken to");

    public static string ProxyWantsPassword(ProxyAddress proxy) =>
        NoProxy(proxy, "it wants a user and password, or others than it was given (407)");

    public static string NoTunnel(ProxyAddress proxy, Uri url) =>
        NoProxy(proxy, $"it did not take us to {url.Host} at port {url.Port}: that may be down, or the proxy does not allow it, or wants another user and password");

    public static string ForbiddenPort(Uri url) =>
        $"port {url.Port} of {url.Host} is known for another service than the web, and is not fetched; serve the feed at port 443 or 80";

    public static string ForbiddenScheme(string scheme) => $"an address that begins with \"{scheme}:\" is not fetched; only http and https are";

    public static string NoSuchName(string host) => $"the name {host} has no address; look whether the site has moved or its domain has lapsed";

    public static string Unresolved(string host, SocketError? error) => error switch
    {
        SocketError.TryAgain => $"the name servers of {host} did not answer; it is tried again later",
        _ => NoSuchName(host),
    };

    public static string NoConnection(string host, int port, SocketError error) => error switch
    {
        SocketError.ConnectionRefused => $"{host} refused the connection at port {port}; the web server may be down",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => $"there is no way to {host} from here; its server or our network may be down",
        SocketError.TimedOut => $"{host} did not take the connection at port {port}; the server may be down, or does not let us in",
        _ => $"no connection to {host} at port {port} ({error}); it is tried again later",
    };

    public static string BadCertificate(string? host, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, DateTimeOffset now)
    {
        if (certificate is null)
            return $"{host} shows no certificate; its operator has to set one up";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"the certificate that {host} shows is for {certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)}; its operator has to add this name";
        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            if (certificate.NotBefore > now)
                return $"the certificate of {host} is valid only from {Day(certificate.NotBefore)} on; its operator has to correct it";
            return certificate.NotAfter < now
                ? $"the certificate of {host} expired on {Day(certificate.NotAfter)}; its operator has to renew it"
                : $"a certificate that the one of {host} rests on has expired; its operator has to install the whole chain anew";
        }

        if (status.HasFlag(X509ChainStatusFlags.Revoked))
            return $"the certificate of {host} has been revoked; its operator has to replace it";
        return status.HasFlag(X509ChainStatusFlags.PartialChain) || status.HasFlag(X509ChainStatusFlags.UntrustedRoot)
            ? $"the certificate of {host} is issued by nobody we know, or an intermediate certificate is missing; its operator has to install the whole chain"
            : $"the certificate of {host} is not valid ({status}); its operator has to correct it";
    }

    public static string NoTls(string host) => $"no secure connection to {host} could be agreed on; the server's TLS may be too old or broken";

    public static string Timeout(Uri url, TimeSpan timeout, bool hasAnswered, ProxyAddress? proxy) =>
        hasAnswered
            ? $"{url.Host} had not sent the whole document after {Seconds(timeout)}{Through(proxy)}; it is tried again later"
            : $"{url.Host} did not answer within {Seconds(timeout)}{Through(proxy)}; it is tried again later";

    public static string BrokeOff(Uri url) => $"{url.Host} closed the connection before its answer was complete; it is tried again later";

    public static string Headers(Uri url, int kilobytes) => $"the headers of the answer of {url.Host} are greater than {kilobytes} kB; the server is misconfigured";

    public static string Protocol(Uri url) => $"what {url.Host} answered is not HTTP as the standard has it; the server or something before it is misconfigured";

    public static string Unpackable(string coding) => $"the document is labelled as packed with {coding}, and cannot be unpacked; the server or its cache is misconfigured";

    public static string UnknownCoding(string coding) => $"the document is packed with \"{coding}\", which we did not offer; the server is misconfigured";

    public static string TooLarge(int most) => $"the document is greater than {Size(most)}, the most that is fetched; publish fewer entries or excerpts, or raise fetching.max-bytes";

    public static string TooManyRedirects(int most) => $"the server redirected more than {most} times, perhaps in a circle; give the address at which the feed is in the end";

    public static string RedirectsNowhere(int status, string? location) =>
        location is null
            ? $"the server redirects ({status}) and does not say where to; give the address at which the feed is now"
            : $"the server redirects ({status}) to \"{Short(location)}\", which is no address; give the address at which the feed is now";

    public static string RedirectForbidden(string scheme) => $"the server redirects to an address that begins with \"{scheme}:\", which is not fetched; give the feed's http or https address";

    public static string NotModifiedUnasked =>
        "the server answered 304 Not Modified although we have no earlier version and asked for none; a cache before it is misconfigured";

    public static string BotWall =>
        "the site answers programs with a challenge for browsers; ask its operator to exempt the feed's address, or our user agent, from the bot protection";

    public static string Status(int status) => status switch
    {
        204 or 205 => $"the server answered {Name(status)}: there is no document at this address; look for the feed's address on the site",
        206 => "the server answered 206 Partial Content although the whole document was asked for; a cache before it is misconfigured",
        401 or 407 => $"the server answered {Name(status)}: it wants a password, and feeds are fetched without; look for a public address",
        402 => "the server answered 402 Payment Required: the feed's host may have locked the site; tell its operator",
        403 => "the server answered 403 Forbidden: it does not let us in; ask its operator to allow our user agent",
        404 => "the server answered 404 Not Found: the feed's address may have changed; look for it on the site",
        406 => "the server answered 406 Not Acceptable: it has no form of the document that we read; ask its operator",
        451 => "the server answered 451 Unavailable For Legal Reasons: it may not be shown here; ask its operator",
        >= 300 and < 400 => $"the server answered {Name(status)}, and no document; give the address at which the feed is now",
        >= 500 and < 600 => $"the server answered {Name(status)}: it has trouble of its own; it is tried again later",
        _ => $"the server answered {Name(status)}, and no document; look at the address with a browser",
    };

    private static string Through(ProxyAddress? proxy) => proxy is null ? "" : $" through the proxy {proxy}";

    private static string Name(int status)
    {
        var name = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
        return name.Length == 0 ? status.ToString(CultureInfo.InvariantCulture) : $"{status} {name}";
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");

    private static string Size(int bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{(bytes < 1 << 20 ? bytes / 1024.0 : bytes / 1048576.0):0.#} {(bytes < 1 << 20 ? "kB" : "MB")}");

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
