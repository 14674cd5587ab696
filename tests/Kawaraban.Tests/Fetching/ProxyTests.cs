using System.Net;
using System.Net.Sockets;
using Kawaraban.Fetching;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Fetching;

public sealed class ProxyTests : IAsyncLifetime
{
    private readonly RawOrigin origin = new(path => path.StartsWith("/to?", StringComparison.Ordinal)
        ? RawOrigin.Status(302, $"Location: {Uri.UnescapeDataString(path[4..])}\r\n")
        : RawOrigin.Ok("feed"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 20_000)]
    [InlineData("http", null)]
    [InlineData("http", "user:p%40ss")]
    [InlineData("socks5", null)]
    [InlineData("socks5", "user:p%40ss")]
    public async Task A_source_is_asked_through_its_proxy_which_finds_the_name(string scheme, string? user)
    {
        await using var proxy = user is null ? new LoopbackProxy() : new LoopbackProxy("user", "p@ss");
        using var fetcher = Fetcher(allowPrivate: true);
        var result = await fetcher.Fetch(Through(origin.At("/feed", "a.example"), $"{scheme}://{(user is null ? "" : user + "@")}127.0.0.1:{proxy.Port}"), Cancellation);
        Assert.Equal("feed", System.Text.Encoding.ASCII.GetString(Assert.IsType<Fetched>(result).Body.Span));
        Assert.Equal(scheme == "http" ? $"GET http://a.example:{origin.Port}/feed" : $"SOCKS a.example:{origin.Port}", Assert.Single(proxy.Asked));
        Assert.DoesNotContain("Proxy-", Assert.Single(origin.Heads), StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_secure_site_is_asked_through_a_tunnel()
    {
        await using var proxy = new LoopbackProxy("user", "secret");
        using var fetcher = Fetcher(allowPrivate: true);
        // Nobody here speaks TLS, so the connection breaks off behind the tunnel: the trouble is the target's and is told as that.
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        var accepted = closed.AcceptTcpClientAsync(Cancellation).AsTask().ContinueWith(task => task.Result.Dispose(), Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);
        var result = await fetcher.Fetch(Through(new Uri($"https://a.example:{port}/feed"), $"http://user:secret@127.0.0.1:{proxy.Port}"), Cancellation);
        await accepted;
        Assert.Equal("tls", Assert.IsType<Unreachable>(result).Code);
        Assert.Equal(($"CONNECT a.example:{port}", 1), (Assert.Single(proxy.Asked), proxy.Refused));
    }

    [Theory(Timeout = 20_000)]
    [InlineData("http", "http")]
    [InlineData("http", "https")]
    [InlineData("socks5", "http")]
    [InlineData("socks5", "https")]
    public async Task A_proxy_that_does_not_know_us_is_a_sentence_without_the_password(string scheme, string target)
    {
        await using var proxy = new LoopbackProxy("user", "right");
        using var fetcher = Fetcher(allowPrivate: true);
        var result = await fetcher.Fetch(Through(new Uri($"{target}://a.example:{origin.Port}/"), $"{scheme}://user:wrong@127.0.0.1:{proxy.Port}"), Cancellation);
        var unreachable = Assert.IsType<Unreachable>(result);
        Assert.Equal(("proxy", (int?)null), (unreachable.Code, unreachable.Status));
        Assert.StartsWith($"the proxy {scheme}://***@127.0.0.1:{proxy.Port} cannot be used: ", unreachable.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", unreachable.Sentence, StringComparison.Ordinal);
        Assert.Empty(origin.Heads);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_proxy_that_is_down_is_said_to_be_so_and_an_installations_own_counts_as_our_way_to_the_network()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using var fetcher = Fetcher(allowPrivate: true);
        var result = await fetcher.Fetch(Through(origin.At("/", "a.example"), $"http://u:p@127.0.0.1:{port}"), Cancellation);
        Assert.Equal(
            $"the proxy http://***@127.0.0.1:{port} cannot be used: 127.0.0.1 refused the connection at port {port}; the web server may be down; see that it is up, or change it (sources request, fetching.proxy)",
            Assert.IsType<Unreachable>(result).Sentence);
        Assert.Equal("proxy", ((Unreachable)result).Code);

        using var all = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true, Proxy = Proxy($"http://127.0.0.1:{port}") }, new FakeTimeProvider(), Resolve);
        Assert.Equal("connect", Assert.IsType<Unreachable>(await all.Fetch(new FetchRequest(origin.At("/", "a.example")), Cancellation)).Code);

        // A name that the proxy has not is no sign that the source's own domain has lapsed.
        Assert.Equal("proxy", Assert.IsType<Unreachable>(await fetcher.Fetch(Through(origin.At("/", "a.example"), "http://nowhere.example:3128"), Cancellation)).Code);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_tunnel_that_the_proxy_does_not_open_is_said_to_be()
    {
        await using var proxy = new LoopbackProxy { Answer = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n" };
        using var fetcher = Fetcher(allowPrivate: true);
        var result = await fetcher.Fetch(Through(new Uri("https://a.example/"), $"http://127.0.0.1:{proxy.Port}"), Cancellation);
        Assert.Contains("it did not take us to a.example at port 443", Assert.IsType<Unreachable>(result).Sentence, StringComparison.Ordinal);
    }

    [Theory(Timeout = 20_000)]
    [InlineData("http://127.0.0.1:3128")]
    [InlineData("http://2130706433:3128")]
    [InlineData("socks5://0x7f.1:1080")]
    [InlineData("socks5://[::ffff:127.0.0.1]")]
    [InlineData("https://localhost:8443")]
    [InlineData("http://inside.example:3128")]
    public async Task A_proxy_inside_is_refused_unless_private_networks_are_allowed(string proxy)
    {
        using var fetcher = Fetcher(allowPrivate: false);
        var blocked = Assert.IsType<Blocked>(await fetcher.Fetch(Through(new Uri("http://a.example/"), proxy), Cancellation));
        Assert.Equal("forbidden-address", blocked.Code);
        Assert.StartsWith("the proxy ", blocked.Sentence, StringComparison.Ordinal);
    }

    [Theory(Timeout = 20_000)]
    [InlineData("http://127.0.0.1/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[fe80::1%251]/")]
    [InlineData("http://１２７.０.０.１/")]
    [InlineData("http://127。0。0。1/")]
    [InlineData("http://public.example@10.0.0.1/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://a.localhost/")]
    [InlineData("http://localhost.localdomain/")]
    [InlineData("http://printer.local/")]
    [InlineData("http://db/")]
    [InlineData("http://vault.internal/")]
    [InlineData("http://router.home.arpa/")]
    [InlineData("http://a.example.127/")]
    [InlineData("http://127.0.0.0.1/")]
    [InlineData("http://256.256.256.256/")]
    [InlineData("http://a.0x7f/")]
    public async Task Through_a_proxy_no_spelling_of_an_inner_target_is_asked_for(string url)
    {
        await using var proxy = new LoopbackProxy();
        // The proxy itself passes for a public one: what is refused is the target.
        using var fetcher = Fetcher(allowPrivate: false);
        var blocked = Assert.IsType<Blocked>(await fetcher.Fetch(Through(new Uri(url), $"http://127.0.0.1:{proxy.Port}"), Cancellation));
        Assert.Equal("forbidden-address", blocked.Code);
        Assert.DoesNotContain("the proxy", blocked.Sentence, StringComparison.Ordinal);
        Assert.Empty(proxy.Asked);
    }

    [Theory(Timeout = 20_000)]
    [InlineData("http://169.254.169.254/latest/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://metadata/")]
    public async Task Through_a_proxy_a_redirect_is_looked_at_too_and_metadata_stay_shut_whatever_is_allowed(string target)
    {
        await using var proxy = new LoopbackProxy();
        using var fetcher = Fetcher(allowPrivate: true);
        var request = Through(origin.At("/to?" + Uri.EscapeDataString(target), "a.example"), $"http://127.0.0.1:{proxy.Port}");
        Assert.Equal("forbidden-address", Assert.IsType<Blocked>(await fetcher.Fetch(request, Cancellation)).Code);
        Assert.Single(proxy.Asked);
    }

    [Fact(Timeout = 20_000)]
    public async Task Sources_with_different_proxies_do_not_share_connections_and_the_handlers_are_bounded()
    {
        var opened = new List<ProxyAddress?>();
        using var shelf = new HandlerShelf(
            proxy =>
            {
                opened.Add(proxy);
                return new SocketsHttpHandler();
            },
            () => new SocketsHttpHandler());
        var first = shelf.Take(Proxy("http://u:1@p.example"));
        using (shelf.Take(Proxy("http://u:1@p.example")))
        using (shelf.Take(Proxy("http://u:2@p.example")))
            Assert.Equal(2, shelf.Count);
        for (var i = 0; i < 50; i++)
            shelf.Take(Proxy($"http://p{i}.example")).Dispose();
        Assert.Equal(HandlerShelf.MostProxies, shelf.Count);
        Assert.Equal(1 + 2 + 50, opened.Count);

        // Who was at it when it was put away finishes first.
        using var request = new HttpRequestMessage(HttpMethod.Get, "ftp://x.example/");
        await Assert.ThrowsAsync<NotSupportedException>(() => first.Http.SendAsync(request, Cancellation));
        first.Dispose();
        using var late = new HttpRequestMessage(HttpMethod.Get, "ftp://x.example/");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first.Http.SendAsync(late, Cancellation));
    }

    [Theory(Timeout = 20_000)]
    [InlineData("http://proxy.example:3128", "http://proxy.example:3128")]
    [InlineData("https://user:secret@proxy.example", "https://***@proxy.example")]
    [InlineData("socks5://user:secret@[2001:db8::1]", "socks5://***@[2001:db8::1]:1080")]
    public void A_proxy_is_shown_without_user_and_password_and_kept_with_them(string text, string shown)
    {
        var settings = new RequestSettings([], null) { Proxy = Proxy(text) };
        Assert.Equal(shown, settings.Proxy?.ToString());
        Assert.DoesNotContain("secret", settings.ToString(), StringComparison.Ordinal);
        Assert.Equal(settings.Proxy, RequestSettings.FromJson(settings.ToJson())?.Proxy);
    }

    [Theory(Timeout = 20_000)]
    [InlineData("")]
    [InlineData("proxy.example:3128")]
    [InlineData("ftp://proxy.example")]
    [InlineData("socks4://proxy.example")]
    [InlineData("http://proxy.example/path")]
    [InlineData("http://proxy.example/?x")]
    [InlineData("http://")]
    [InlineData("http://a%0D%0AX:secret@proxy.example")]
    [InlineData("http://用户:secret@proxy.example")]
    public void What_is_no_proxy_is_refused_without_repeating_it(string text)
    {
        Assert.False(ProxyAddress.TryParse(text, out _, out var problem));
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", ProxyAddress.Masked(text), StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => origin.DisposeAsync();

    private static ProxyAddress Proxy(string text) => ProxyAddress.TryParse(text, out var proxy, out var problem) ? proxy : throw new ArgumentException(problem);

    private static FetchRequest Through(Uri url, string proxy) => new(url) { Settings = new RequestSettings([], null) { Proxy = Proxy(proxy) } };

    private static HttpFetcher Fetcher(bool allowPrivate) => new(new FetcherOptions { AllowPrivateNetworks = allowPrivate }, new FakeTimeProvider(), Resolve);

    // Names of targets are nobody's here: who would ask for one, and not leave it to the proxy, would fail.
    private static Task<IPAddress[]> Resolve(string host, CancellationToken cancellation) => Task.FromResult<IPAddress[]>(host switch
    {
        "localhost" or "inside.example" => [IPAddress.Loopback],
        _ => throw new SocketException((int)SocketError.HostNotFound),
    });
}
