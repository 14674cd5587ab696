using System.Buffers;
using System.Net;

namespace Kawaraban.Fetching;

/// <summary>What can be judged of a target whose name a proxy resolves: what its host says by itself.</summary>
/// <remarks>
/// The proxy connects, not we; where a name leads is not seen here, so a name that points inside is stopped by nobody but the proxy. An
/// address in whatever spelling, and a name that means the inside everywhere, are refused as without a proxy.
/// </remarks>
internal static class ProxiedTarget
{
    // RFC 6761 §6.3, RFC 6762, RFC 8375, ICANN's "internal"; and what hosts files and home routers add.
    private static readonly string[] InnerDomains = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "localdomain"];

    // Clouds tell a machine its own credentials under these names, so they stay shut whatever is allowed, as their addresses do.
    private static readonly string[] Metadata = ["metadata.google.internal", "metadata.goog", "metadata", "instance-data", "instance-data.ec2.internal"];

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>What forbids asking a proxy for a target, as a sentence; null when nothing does.</summary>
    /// <param name="url">The target.</param>
    /// <param name="allowPrivate">Whether all but the clouds' metadata services are allowed.</param>
    public static string? WhyForbidden(Uri url, bool allowPrivate)
    {
        var host = url.IdnHost.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        if (IPAddress.TryParse(host, out var address))
            return AddressGuard.WhyForbidden(address, allowPrivate) is { } what ? FetchSentences.Forbidden(address.ToString(), address, what) : null;
        if (Metadata.Contains(host))
            return FetchSentences.ForbiddenName(host, "a cloud's metadata service");
        if (allowPrivate)
            return null;
        var last = host[(host.LastIndexOf('.') + 1)..];
        return IsNumber(last) ? FetchSentences.ForbiddenName(host, "an address in a spelling that not every program reads alike")
            : !host.Contains('.', StringComparison.Ordinal) || InnerDomains.Any(inner => host == inner || host.EndsWith($".{inner}", StringComparison.Ordinal))
                ? FetchSentences.ForbiddenName(host, "a name of the inside")
            : null;
    }

    // What ends in a number is an address to those who read it as one (https://url.spec.whatwg.org/#ends-in-a-number-checker).
    private static bool IsNumber(string label) =>
        label.Length > 0
        && (label.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
            || (label.StartsWith("0x", StringComparison.Ordinal) && label.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0));
}
