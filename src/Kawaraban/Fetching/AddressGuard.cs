using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Kawaraban.Fetching;

/// <summary>Which addresses a stranger's link may lead us to: those of the public internet, and no others.</summary>
/// <remarks>
/// The special-purpose registries of IANA (<see href="https://www.iana.org/assignments/iana-ipv4-special-registry"/>,
/// <see href="https://www.iana.org/assignments/iana-ipv6-special-registry"/>, RFC 6890), read the careful way: of IPv6 only what is
/// allotted to the public, 2000::/3, less its exceptions. An address that holds an IPv4 address is judged by that as well.
/// </remarks>
public static class AddressGuard
{
    // Clouds tell a machine its own credentials there; no intranet has a blog at them, so they stay shut whatever is allowed.
    private static readonly IPAddress[] Metadata =
    [
        IPAddress.Parse("169.254.169.254"), // most clouds
        IPAddress.Parse("169.254.170.2"), // AWS containers
        IPAddress.Parse("169.254.170.23"), // AWS EKS
        IPAddress.Parse("100.100.100.200"), // Alibaba
        IPAddress.Parse("168.63.129.16"), // Azure: publicly numbered, answered by the host
        IPAddress.Parse("192.0.0.192"), // Oracle
        IPAddress.Parse("fd00:ec2::254"), // AWS
        IPAddress.Parse("fd00:ec2::23"), // AWS EKS
        IPAddress.Parse("fd20:ce::254"), // Google
    ];

    private static readonly (IPNetwork Network, string What)[] Forbidden4 =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "an address of \"this network\""),
        (IPNetwork.Parse("10.0.0.0/8"), "a private address"),
        (IPNetwork.Parse("100.64.0.0/10"), "an address inside a provider's network"),
        (IPNetwork.Parse("127.0.0.0/8"), "an address of this machine itself"),
        (IPNetwork.Parse("169.254.0.0/16"), "a link-local address"),
        (IPNetwork.Parse("172.16.0.0/12"), "a private address"),
        (IPNetwork.Parse("192.0.0.0/24"), "a reserved address"),
        (IPNetwork.Parse("192.0.2.0/24"), "an address for documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "a reserved address"),
        (IPNetwork.Parse("192.168.0.0/16"), "a private address"),
        (IPNetwork.Parse("198.18.0.0/15"), "an address for benchmarks"),
        (IPNetwork.Parse("198.51.100.0/24"), "an address for documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "an address for documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "a multicast address"),
        (IPNetwork.Parse("240.0.0.0/4"), "a reserved address"),
    ];

    private static readonly (IPNetwork Network, string What)[] Forbidden6 =
    [
        (IPNetwork.Parse("::/128"), "the unspecified address"),
        (IPNetwork.Parse("::1/128"), "an address of this machine itself"),
        (IPNetwork.Parse("fc00::/7"), "a private address"),
        (IPNetwork.Parse("fe80::/10"), "a link-local address"),
        (IPNetwork.Parse("fec0::/10"), "a private address"),
        (IPNetwork.Parse("ff00::/8"), "a multicast address"),
        (IPNetwork.Parse("2001:db8::/32"), "an address for documentation"),
        (IPNetwork.Parse("3fff::/20"), "an address for documentation"),
    ];

    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");
    private static readonly IPNetwork ProtocolAssignments = IPNetwork.Parse("2001::/23");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork Public6 = IPNetwork.Parse("2000::/3");

    /// <summary>What forbids going to an address; null when nothing does.</summary>
    /// <param name="address">The address, as it would be connected to.</param>
    /// <param name="allowPrivate">Whether all but the clouds' metadata services are allowed.</param>
    /// <returns>What the address is, in words that follow "is": <c>a private address</c>.</returns>
    public static string? WhyForbidden(IPAddress address, bool allowPrivate = false)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IsMetadata(address))
            return "a cloud's metadata service";
        return allowPrivate ? null
            : address.AddressFamily == AddressFamily.InterNetwork ? Find(Forbidden4, address)
            : address.AddressFamily == AddressFamily.InterNetworkV6 ? WhyForbidden6(address)
            : "no internet address";
    }

    private static bool IsMetadata(IPAddress address)
    {
        foreach (var metadata in Metadata)
        {
            if (address.AddressFamily == metadata.AddressFamily && SameBytes(address, metadata))
                return true;
        }

        // The IPv4 ones are reached through a translator too.
        return address.AddressFamily == AddressFamily.InterNetworkV6 && Nat64.Contains(address) && IsMetadata(Embedded(address, 12));
    }

    // Without the scope that "fe80::1%2" carries.
    private static bool SameBytes(IPAddress one, IPAddress other)
    {
        Span<byte> bytes = stackalloc byte[32];
        one.TryWriteBytes(bytes, out var length);
        other.TryWriteBytes(bytes[length..], out _);
        return bytes[..length].SequenceEqual(bytes[length..(2 * length)]);
    }

    private static string? WhyForbidden6(IPAddress address)
    {
        if (Find(Forbidden6, address) is { } what)
            return what;
        if (Nat64.Contains(address))
            return Find(Forbidden4, Embedded(address, 12));
        if (SixToFour.Contains(address))
            return Find(Forbidden4, Embedded(address, 2));
        if (Teredo.Contains(address))
            // The server's address, and the client's with all bits turned (RFC 4380 §4).
            return Find(Forbidden4, Embedded(address, 4)) ?? Find(Forbidden4, Embedded(address, 12, turned: true));
        return ProtocolAssignments.Contains(address) || !Public6.Contains(address) ? "a reserved address" : null;
    }

    private static string? Find((IPNetwork Network, string What)[] networks, IPAddress address)
    {
        foreach (var (network, what) in networks)
        {
            if (network.Contains(address))
                return what;
        }

        return null;
    }

    private static IPAddress Embedded(IPAddress address, int offset, bool turned = false)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        var four = bytes.Slice(offset, 4);
        if (turned)
            BinaryPrimitives.WriteUInt32BigEndian(four, ~BinaryPrimitives.ReadUInt32BigEndian(four));
        return new IPAddress(four);
    }
}
