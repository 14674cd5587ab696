using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Tests.Fetching;

namespace Kawaraban.Tests.Crawling;

/// <summary>Every fault of HTTP and of the way to it, through the whole of a visit: what was there stays, and it is got over without a person.</summary>
public sealed class FaultTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/rss+xml\r\n";

    private static readonly Dictionary<string, Func<NetworkStream, CancellationToken, Task>> Faults = new()
    {
        ["reset"] = (stream, _) =>
        {
            stream.Socket.LingerState = new LingerOption(true, 0);
            return Task.CompletedTask;
        },
        ["silence"] = Text(""),
        ["broken-chunks"] = Text($"{Head}Transfer-Encoding: chunked\r\n\r\n40\r\n<rss"),
        ["wrong-chunks"] = Text($"{Head}Transfer-Encoding: chunked\r\n\r\nxyz\r\n<rss"),
        ["too-short"] = Text($"{Head}Content-Length: 9999\r\n\r\n{Field.Rss("one")}"),
        ["two-lengths"] = Text($"{Head}Content-Length: 4\r\nContent-Length: 9\r\n\r\nwhat"),
        ["drip"] = Drip,
        ["bomb"] = Bomb,
        ["loop"] = Text("HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: loop\r\nContent-Length: 0\r\n\r\n"),
        ["headers"] = Headers,
        ["error"] = Text("HTTP/1.1 500 Broken\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
        ["busy"] = Text("HTTP/1.1 429 Busy\r\nConnection: close\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n"),
        ["unavailable"] = Text("HTTP/1.1 503 Away\r\nConnection: close\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n"),
        ["gopher"] = Text("iWelcome\tfake\t(NULL)\t0\r\n.\r\n"),
        ["page"] = Text($"{Head}\r\n<!doctype html><title>Sold</title><p>This domain is for sale."),
        ["empty"] = Text($"{Head}Content-Length: 0\r\n\r\n"),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_any_fault_of_http_nothing_is_lost_nothing_is_doubled_and_the_next_visit_is_well()
    {
        var isBroken = false;
        await using var origin = new RawOrigin((head, stream, cancellation) =>
            isBroken && Faults.TryGetValue(head.Split(' ')[1][1..], out var fault)
                ? fault(stream, cancellation)
                : stream.WriteAsync(Encoding.UTF8.GetBytes($"{Head}\r\n{Field.Rss(head.Split(' ')[1])}"), cancellation).AsTask());
        await using var field = new Field([.. Faults.Keys.Select(fault => origin.At("/" + fault).AbsoluteUri)]);
        using var fetcher = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true, MaxBytes = 1 << 20 }, field.Clock);

        async Task<CrawlSummary> Visit() =>
            await field.WhileTimePasses(field.Crawler(fetcher.Fetch).CrawlOnce(CrawlScope.All, null, Cancellation));

        Assert.Equal((Faults.Count, 0), await Visit() is var first ? (first.Visited, first.Failed) : default);
        isBroken = true;
        Assert.Equal((Faults.Count, Faults.Count), await Visit() is var second ? (second.Visited, second.Failed) : default);
        Assert.Equal(Faults.Count, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE our_failures > 0 OR status <> 'active' OR health = 'healthy'"));

        // As soon as each is due again by itself.
        isBroken = false;
        field.Clock.Advance(TimeSpan.FromHours(1));
        var third = await field.WhileTimePasses(field.Crawler(fetcher.Fetch).CrawlOnce(CrawlScope.Due, null, Cancellation));
        Assert.Equal((Faults.Count, 0, 0), (third.Visited, third.Failed, third.NewPosts + third.UpdatedPosts));
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE health <> 'healthy' OR failures <> 0"));
        Assert.Equal(3L * Faults.Count, field.Temporary.Value<long>("SELECT count(*) FROM crawls"));
    }

    [Fact]
    public async Task Garbage_in_place_of_tls_is_a_failure_of_the_source_that_passes()
    {
        await using var origin = new RawOrigin(_ => "not a handshake");
        await using var field = new Field($"https://127.0.0.1:{origin.Port}/");
        using var fetcher = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true }, field.Clock);
        await field.WhileTimePasses(field.Crawler(fetcher.Fetch).CrawlOnce(CrawlScope.Due, null, Cancellation));
        var source = await field.Source();
        Assert.Equal(("failing", 1), (source.Health, source.Failures));
        Assert.Equal(1, (await field.Crawl(CrawlScope.All)).Visited);
        Assert.Equal("healthy", (await field.Source()).Health);
    }

    [Fact]
    public async Task While_no_name_is_found_nobody_is_blamed_and_when_names_are_back_all_are_visited()
    {
        await using var origin = new RawOrigin(path => RawOrigin.Ok(Field.Rss("one"), "Content-Type: application/rss+xml\r\n"));
        await using var field = new Field([.. Enumerable.Range(0, 30).Select(i => $"http://h{i}.example:{origin.Port}/")]);
        var hasNames = true;
        using var fetcher = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true }, field.Clock, (_, _) => hasNames
            ? Task.FromResult<IPAddress[]>([IPAddress.Loopback])
            : throw new SocketException((int)SocketError.TryAgain));

        async Task<CrawlSummary> Visit(CrawlScope scope) =>
            await field.WhileTimePasses(field.Crawler(fetcher.Fetch).CrawlOnce(scope, null, Cancellation));

        Assert.Equal(30, (await Visit(CrawlScope.All)).Visited);
        hasNames = false;
        field.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.True((await Visit(CrawlScope.All)).IsOffline);
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE failures > 0"));

        hasNames = true;
        field.Clock.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal((30, 0), await Visit(CrawlScope.Due) is var summary ? (summary.Visited, summary.Failed) : default);
        Assert.Equal(30L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM leases WHERE holder IS NOT NULL"));
    }

    private static Func<NetworkStream, CancellationToken, Task> Text(string answer) =>
        (stream, cancellation) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer), cancellation).AsTask();

    // For ever: only the deadline, by the test's clock, ends it.
    private static async Task Drip(NetworkStream stream, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{Head}\r\n"), cancellation);
        while (true)
        {
            await stream.WriteAsync(" "u8.ToArray(), cancellation);
            await Task.Delay(5, cancellation);
        }
    }

    private static async Task Bomb(NetworkStream stream, CancellationToken cancellation)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            await gzip.WriteAsync(new byte[16 << 20], cancellation);
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{Head}Content-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), cancellation);
        await stream.WriteAsync(packed.ToArray(), cancellation);
    }

    private static async Task Headers(NetworkStream stream, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(Head), cancellation);
        while (true)
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"X-More: {new string('x', 4000)}\r\n"), cancellation);
    }
}
