using System.Net;

namespace Kawaraban.Fetching;

/// <summary>Whom we must not trouble twice at once: sources with the same key are visited one after the other, with a gap between.</summary>
/// <remarks>
/// The key is the platform, or else the registrable domain: what belongs to one operator. Where it is too coarse a visit comes some
/// seconds later than it could; where it is too fine somebody's server is hit from several sides. So it errs to the coarse side.
/// </remarks>
public static class PolitenessKey
{
    /// <summary>The key of an address.</summary>
    /// <param name="url">An absolute http or https address. Scheme, port and path do not matter.</param>
    /// <param name="platforms">Hosts that are one platform whatever their names say.</param>
    /// <returns>
    /// A name in lower case and punycode, or an IP address in its shortest form. An IPv4 address has one key however it is spelt, also
    /// inside an IPv6 one (RFC 4291 §2.5.5.2).
    /// </returns>
    public static string Of(Uri url, Platforms platforms)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(platforms);
        var host = HostName(url);
        // Also "127.0.0.1.", which a Uri takes for a name.
        if (IPAddress.TryParse(host, out var address))
            return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        return platforms.KeyOf(host) ?? PublicSuffixes.RegistrableDomain(host).ToString();
    }

    /// <summary>The name of an address's host in lower case and punycode, without the dot that may end it.</summary>
    internal static string HostName(Uri url) => url.IdnHost.TrimEnd('.').ToLowerInvariant();
}
