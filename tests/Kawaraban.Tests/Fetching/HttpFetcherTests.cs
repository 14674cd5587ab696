using System.IO.Compression;
using System.Text;
using Kawaraban.Fetching;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Fetching;

public sealed class HttpFetcherTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private static readonly FetcherOptions Local = new() { AllowPrivateNetworks = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_comes_with_its_type_and_validators_as_they_were_sent()
    {
        await using var origin = new RawOrigin(_ =>
            RawOrigin.Ok("<rss/>", "Content-Type: text/xml; charset=Shift_JIS\r\nETag: W/\"a b\"\r\nLast-Modified: Mon, 02 Nov 2026 03:04:05 GMT\r\n"));
        var fetched = Assert.IsType<Fetched>(await Fetch(origin.At("/feed")));
        Assert.Equal("<rss/>", Encoding.UTF8.GetString(fetched.Body.Span));
        Assert.Equal(("text/xml; charset=Shift_JIS", "W/\"a b\"", "Mon, 02 Nov 2026 03:04:05 GMT"), (fetched.ContentType, fetched.ETag, fetched.LastModified));
        Assert.Equal((200, origin.At("/feed"), null, 6L), (fetched.Status, fetched.Url, fetched.PermanentUrl, fetched.BytesReceived));
    }

    [Fact]
    public async Task The_request_says_who_we_are_and_what_we_read_and_nothing_else()
    {
        await using var origin = new RawOrigin(_ => RawOrigin.Ok("x"));
        using var fetcher = new HttpFetcher(Local with { Contact = "https://example.com/bot" }, new FakeTimeProvider(Now));
        await fetcher.Fetch(new FetchRequest(new Uri($"http://me:secret@127.0.0.1:{origin.Port}/a%20b?q=1#part"), "\"tag\xE9\"", "Sun, 01 Nov 2026 00:00:00 GMT"), Cancellation);
        Assert.Equal(
            [
                "GET /a%20b?q=1 HTTP/1.1", $"Host: 127.0.0.1:{origin.Port}", "User-Agent: Kawaraban/0.1 (+https://example.com/bot)",
                "Accept: application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1",
                "Accept-Encoding: gzip, deflate, br", "If-None-Match: \"tag\xE9\"", "If-Modified-Since: Sun, 01 Nov 2026 00:00:00 GMT",
            ],
            origin.Heads.Single().TrimEnd().Split("\r\n"));
    }

    [Fact]
    public async Task The_connection_is_kept_for_the_next_document_of_the_site()
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            packer.Write("<rss/>"u8);
        byte[] answer =
        [
            .. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n{packed.Length:x}\r\n"),
            .. packed.ToArray(), .. "\r\n0\r\n\r\n"u8,
        ];
        await using var origin = new RawOrigin(async (_, stream, cancellation) =>
        {
            var buffer = new byte[4096];
            do
                await stream.WriteAsync(answer, cancellation);
            while (await stream.ReadAsync(buffer, cancellation) > 0);
        });
        using var fetcher = new HttpFetcher(Local, new FakeTimeProvider(Now));
        for (var i = 0; i < 3; i++)
            Assert.IsType<Fetched>(await fetcher.Fetch(new FetchRequest(origin.At("/")), Cancellation));
        // The origin writes down the first head of a connection.
        Assert.Single(origin.Heads);
    }

    [Fact]
    public async Task Where_enough_connections_are_open_another_one_is_closed_after_its_answer()
    {
        var hold = new TaskCompletionSource();
        await using var first = new RawOrigin(async (_, stream, cancellation) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"u8.ToArray(), cancellation);
            await hold.Task.WaitAsync(cancellation);
        });
        await using var second = new RawOrigin(_ => RawOrigin.Ok("x"));
        using var fetcher = new HttpFetcher(Local with { MostConnections = 1 }, new FakeTimeProvider(Now));
        foreach (var url in (Uri[])[first.At("/"), second.At("/"), second.At("/again")])
            Assert.IsType<Fetched>(await fetcher.Fetch(new FetchRequest(url), Cancellation));
        hold.SetResult();
        Assert.DoesNotContain("Connection:", first.Heads.Single(), StringComparison.Ordinal);
        Assert.All(second.Heads, head => Assert.Contains("Connection: close", head, StringComparison.Ordinal));
    }

    private static async Task<FetchResult> Fetch(Uri url, FetcherOptions? options = null)
    {
        using var fetcher = new HttpFetcher(options ?? Local, new FakeTimeProvider(Now));
        return await fetcher.Fetch(new FetchRequest(url), Cancellation);
    }
}
