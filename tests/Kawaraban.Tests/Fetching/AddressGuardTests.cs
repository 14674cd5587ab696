using System.Net;
using Kawaraban.Fetching;

namespace Kawaraban.Tests.Fetching;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.0")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("192.168.255.255")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::2")]
    [InlineData("::127.0.0.1")]
    [InlineData("::8.8.8.8")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1")]
    [InlineData("64:ff9b::10.1.2.3")]
    [InlineData("64:ff9b:1::8.8.8.8")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:0:7f00:1::f7f7:f7f7")]
    [InlineData("2001:0:808:808::80ff:fffe")]
    [InlineData("2001:2::1")]
    [InlineData("2001:10::1")]
    [InlineData("2001:20::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:c0a8:101::1")]
    [InlineData("3fff::1")]
    [InlineData("4000::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void What_is_not_of_the_public_internet_is_forbidden_unless_private_networks_are_allowed(string address)
    {
        Assert.NotNull(AddressGuard.WhyForbidden(IPAddress.Parse(address)));
        Assert.Null(AddressGuard.WhyForbidden(IPAddress.Parse(address), allowPrivate: true));
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.170.2")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    public void A_clouds_metadata_service_is_forbidden_whatever_is_allowed(string address)
    {
        Assert.Equal("a cloud's metadata service", AddressGuard.WhyForbidden(IPAddress.Parse(address)));
        Assert.Equal("a cloud's metadata service", AddressGuard.WhyForbidden(IPAddress.Parse(address), allowPrivate: true));
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2001:0:808:808::f7f7:f7f7")]
    [InlineData("2001:200::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2002:808:808::1")]
    [InlineData("2400:cb00::1")]
    [InlineData("2a00::1")]
    public void What_is_of_the_public_internet_is_allowed_up_to_the_neighbours_of_what_is_not(string address) =>
        Assert.Null(AddressGuard.WhyForbidden(IPAddress.Parse(address)));
}
