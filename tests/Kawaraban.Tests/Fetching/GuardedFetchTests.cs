using System.Net;
using System.Net.Sockets;
using Kawaraban.Fetching;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Fetching;

/// <summary>Ways round the guard. The origin listens at a loopback address, so what reached it got through.</summary>
public sealed class GuardedFetchTests : IAsyncLifetime
{
    private readonly RawOrigin origin = new(path => path.StartsWith("/to?", StringComparison.Ordinal)
        ? RawOrigin.Status(302, $"Location: {Uri.UnescapeDataString(path[4..])}\r\n")
        : RawOrigin.Ok("secret"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f000001:{0}/")]
    [InlineData("http://0x7f.0.0.1:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://017700000001:{0}/")]
    [InlineData("http://127.1:{0}/")]
    [InlineData("http://127.0.1:{0}/")]
    [InlineData("http://127.0.0.1.:{0}/")]
    [InlineData("http://0:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://[::ffff:7f00:1]:{0}/")]
    [InlineData("http://[64:ff9b::7f00:1]:{0}/")]
    [InlineData("http://[2002:7f00:1::]:{0}/")]
    [InlineData("http://[fe80::1%251]:{0}/")]
    [InlineData("http://public.example@127.0.0.1:{0}/")]
    [InlineData("http://public.example%40x@127.0.0.1:{0}/")]
    [InlineData("http://public.example:80@127.0.0.1:{0}/")]
    [InlineData("http://１２７.０.０.１:{0}/")]
    [InlineData("http://①②⑦.⓪.⓪.①:{0}/")]
    [InlineData("http://127。0。0。1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://LOCALHOST.:{0}/")]
    [InlineData("http://inside.example:{0}/")]
    [InlineData("http://both.example:{0}/")]
    [InlineData("http://ｉｎｓｉｄｅ.example:{0}/")]
    public async Task No_spelling_of_an_inner_address_is_fetched(string url)
    {
        using var fetcher = Fetcher(allowPrivate: false);
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, url, origin.Port);
        var blocked = Assert.IsType<Blocked>(await fetcher.Fetch(new FetchRequest(new Uri(address)), Cancellation));
        Assert.Equal("forbidden-address", blocked.Code);
        Assert.Empty(origin.Heads);
    }

    [Fact]
    public async Task The_sentence_names_the_address_that_a_name_leads_to()
    {
        using var fetcher = Fetcher(allowPrivate: false);
        var blocked = Assert.IsType<Blocked>(await fetcher.Fetch(new FetchRequest(new Uri("http://both.example/")), Cancellation));
        Assert.Equal(
            "the name both.example leads to 127.0.0.1, an address of this machine itself, which is not fetched; "
            + "correct the name's DNS records, or allow private networks if this is an intranet",
            blocked.Sentence);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("//metadata.example/")]
    [InlineData("http://user:password@169.254.169.254/")]
    public async Task A_redirect_is_looked_at_as_the_first_address_is(string target)
    {
        using var fetcher = Fetcher(allowPrivate: true);
        var result = await fetcher.Fetch(new FetchRequest(origin.At("/to?" + Uri.EscapeDataString(target))), Cancellation);
        Assert.Equal("forbidden-address", Assert.IsType<Blocked>(result).Code);
    }

    [Fact]
    public async Task A_name_is_resolved_once_a_connection_and_looked_at_each_time()
    {
        var answers = new Queue<string>(["127.0.0.1", "169.254.169.254"]);
        using var fetcher = new HttpFetcher(
            new FetcherOptions { AllowPrivateNetworks = true }, new FakeTimeProvider(), (_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.Dequeue()) }));
        var url = origin.At("/", "rebinding.example");
        Assert.IsType<Fetched>(await fetcher.Fetch(new FetchRequest(url), Cancellation));
        Assert.Single(answers);
        Assert.Equal("forbidden-address", Assert.IsType<Blocked>(await fetcher.Fetch(new FetchRequest(url), Cancellation)).Code);
        Assert.Empty(answers);
    }

    [Theory]
    [InlineData(22)]
    [InlineData(25)]
    [InlineData(6667)]
    [InlineData(10080)]
    public async Task A_port_of_another_service_is_not_spoken_to(int port)
    {
        using var fetcher = Fetcher(allowPrivate: false);
        var blocked = Assert.IsType<Blocked>(await fetcher.Fetch(new FetchRequest(new Uri($"http://public.example:{port}/")), Cancellation));
        Assert.Equal("forbidden-port", blocked.Code);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://public.example/feed")]
    [InlineData("data:text/xml,x")]
    [InlineData("gopher://public.example/")]
    [InlineData("ws://public.example/")]
    public async Task Only_http_and_https_are_fetched(string url)
    {
        using var fetcher = Fetcher(allowPrivate: true);
        Assert.Equal("forbidden-scheme", Assert.IsType<Blocked>(await fetcher.Fetch(new FetchRequest(new Uri(url)), Cancellation)).Code);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => origin.DisposeAsync();

    private static HttpFetcher Fetcher(bool allowPrivate) => new(new FetcherOptions { AllowPrivateNetworks = allowPrivate }, new FakeTimeProvider(), Resolve);

    // Nothing public is ever connected to: where one address is forbidden the name is.
    private static Task<IPAddress[]> Resolve(string host, CancellationToken cancellation) => Task.FromResult<IPAddress[]>(host.TrimEnd('.').ToLowerInvariant() switch
    {
        "localhost" or "inside.example" => [IPAddress.Loopback],
        "both.example" => [IPAddress.Parse("93.184.216.34"), IPAddress.Loopback],
        "metadata.example" => [IPAddress.Parse("fd00:ec2::254")],
        _ => throw new SocketException((int)SocketError.HostNotFound),
    });
}
