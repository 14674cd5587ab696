using System.Net;
using System.Net.Sockets;
using System.Text;
using Kawaraban.Fetching;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Fetching;

/// <summary>No answer, or none that can be read: always a result, never an exception.</summary>
public sealed class TroubleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HELLO\r\n\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("HTTP/9.9 200 OK\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("<html>no header at all</html>")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public async Task What_is_not_HTTP_is_a_trouble_of_protocol(string answer)
    {
        var unreachable = Assert.IsType<Unreachable>(await Fetch(answer));
        Assert.Equal("protocol", unreachable.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/x")]
    public async Task A_connection_that_is_closed_too_early_is_said_to_be(string answer)
    {
        var unreachable = Assert.IsType<Unreachable>(await Fetch(answer));
        Assert.Equal(("protocol", "127.0.0.1 closed the connection before its answer was complete; it is tried again later"), (unreachable.Code, unreachable.Sentence));
    }

    [Fact]
    public async Task Headers_without_end_end_at_their_limit()
    {
        var unreachable = Assert.IsType<Unreachable>(await Fetch(
            async (stream, cancellation) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), cancellation);
                while (true)
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"X-Fill: {new string('x', 1000)}\r\n"), cancellation);
            }));
        Assert.Equal(("protocol", "the headers of the answer of 127.0.0.1 are greater than 64 kB; the server is misconfigured"), (unreachable.Code, unreachable.Sentence));
    }

    [Fact]
    public async Task Nobody_at_the_port_is_a_trouble_of_connection()
    {
        Uri url;
        await using (var origin = new RawOrigin(_ => ""))
            url = origin.At("/");
        using var fetcher = Fetcher();
        var unreachable = Assert.IsType<Unreachable>(await fetcher.Fetch(new FetchRequest(url), Cancellation));
        Assert.Equal(("connect", null), (unreachable.Code, unreachable.Status));
        Assert.Contains("refused the connection", unreachable.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "has no address")]
    [InlineData(SocketError.NoData, "has no address")]
    [InlineData(SocketError.TryAgain, "did not answer")]
    public async Task A_name_that_does_not_resolve_is_a_trouble_of_dns(SocketError error, string words)
    {
        using var fetcher = Fetcher((_, _) => throw new SocketException((int)error));
        var unreachable = Assert.IsType<Unreachable>(await fetcher.Fetch(new FetchRequest(new Uri("https://nowhere.example/feed")), Cancellation));
        Assert.Equal("dns", unreachable.Code);
        Assert.Contains(words, unreachable.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_resolves_to_nothing_is_a_trouble_of_dns()
    {
        using var fetcher = Fetcher((_, _) => Task.FromResult<IPAddress[]>([]));
        Assert.Equal("dns", Assert.IsType<Unreachable>(await fetcher.Fetch(new FetchRequest(new Uri("http://empty.example/")), Cancellation)).Code);
    }

    [Fact]
    public async Task A_name_longer_than_names_may_be_is_a_trouble_of_dns()
    {
        using var fetcher = Fetcher();
        var url = new Uri($"http://{string.Concat(Enumerable.Repeat("a.", 200))}example/");
        Assert.Equal("dns", Assert.IsType<Unreachable>(await fetcher.Fetch(new FetchRequest(url), Cancellation)).Code);
    }

    [Fact]
    public async Task An_address_that_does_not_connect_is_passed_over_for_the_next()
    {
        await using var origin = new RawOrigin(_ => RawOrigin.Ok("x"));
        // Nobody listens at the other loopback addresses' port.
        using var fetcher = Fetcher((_, _) => Task.FromResult<IPAddress[]>([IPAddress.IPv6Loopback, IPAddress.Parse("127.0.0.77"), IPAddress.Loopback]));
        Assert.IsType<Fetched>(await fetcher.Fetch(new FetchRequest(origin.At("/", "several.example")), Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nslow")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nslow\r\n")]
    public async Task Who_is_slow_is_left_when_the_time_is_over(string beginning)
    {
        var clock = new FakeTimeProvider();
        var begun = new TaskCompletionSource();
        await using var origin = new RawOrigin(async (_, stream, cancellation) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), cancellation);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        using var fetcher = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true }, clock);
        var fetch = fetcher.Fetch(new FetchRequest(origin.At("/")), Cancellation);
        await begun.Task;
        clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(fetch.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        var unreachable = Assert.IsType<Unreachable>(await fetch);
        Assert.Equal(("timeout", TimeSpan.FromSeconds(20)), (unreachable.Code, unreachable.Elapsed));
        Assert.Contains("20 s", unreachable.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_share_one_time()
    {
        var clock = new FakeTimeProvider();
        await using var origin = new RawOrigin(async (head, stream, cancellation) =>
        {
            clock.Advance(TimeSpan.FromSeconds(8));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(RawOrigin.Status(302, "Location: /again\r\n")), cancellation);
        });
        using var fetcher = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true }, clock);
        Assert.Equal("timeout", Assert.IsType<Unreachable>(await fetcher.Fetch(new FetchRequest(origin.At("/")), Cancellation)).Code);
        Assert.Equal(3, origin.Heads.Count);
    }

    [Fact]
    public async Task A_name_server_that_is_silent_is_left_when_the_time_is_over()
    {
        var clock = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        using var fetcher = new HttpFetcher(
            new FetcherOptions(), clock,
            async (_, cancellation) =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return [];
            });
        var fetch = fetcher.Fetch(new FetchRequest(new Uri("http://silent.example/")), Cancellation);
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("timeout", Assert.IsType<Unreachable>(await fetch).Code);
    }

    [Fact]
    public async Task Whoever_stops_a_fetch_gets_an_exception_and_nobody_else_does()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var origin = new RawOrigin(async (_, _, cancellation) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        using var fetcher = Fetcher();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.Fetch(new FetchRequest(origin.At("/")), stop.Token));
    }

    private static HttpFetcher Fetcher(Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) =>
        new(new FetcherOptions { AllowPrivateNetworks = true }, new FakeTimeProvider(), resolve);

    private static Task<FetchResult> Fetch(string answer) =>
        Fetch((stream, cancellation) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer), cancellation).AsTask());

    private static async Task<FetchResult> Fetch(Func<NetworkStream, CancellationToken, Task> answer)
    {
        await using var origin = new RawOrigin((_, stream, cancellation) => answer(stream, cancellation));
        using var fetcher = Fetcher();
        return await fetcher.Fetch(new FetchRequest(origin.At("/")), Cancellation);
    }
}
