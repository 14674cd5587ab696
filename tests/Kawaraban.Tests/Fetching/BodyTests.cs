using System.IO.Compression;
using System.Text;
using Kawaraban.Fetching;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Fetching;

public sealed class BodyTests
{
    private const int Most = 1 << 20;

    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(number => $"<item>{number}</item>")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "raw")]
    [InlineData("br", "brotli")]
    [InlineData("identity", "none")]
    [InlineData("gzip", "none")]
    public async Task Every_packing_that_we_offer_is_unpacked_and_what_crossed_the_wire_is_counted(string coding, string packing)
    {
        var packed = Pack(packing, Text);
        var fetched = Assert.IsType<Fetched>(await Fetch(RawOrigin.Ok(packed, $"Content-Encoding: {coding}\r\n")));
        Assert.True(fetched.Body.Span.SequenceEqual(Text));
        Assert.Equal(packed.Length, fetched.BytesReceived);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task An_empty_body_is_an_empty_document_whatever_its_label(string coding)
    {
        var fetched = Assert.IsType<Fetched>(await Fetch(RawOrigin.Ok([], $"Content-Encoding: {coding}\r\n")));
        Assert.True(fetched.Body.IsEmpty);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "raw")]
    [InlineData("br", "brotli")]
    public async Task A_packed_body_that_breaks_off_is_no_document_although_the_length_is_right(string coding, string packing)
    {
        foreach (var cut in new[] { 1, 2, 3, 9, 1000 })
        {
            var unreachable = Assert.IsType<Unreachable>(await Fetch(RawOrigin.Ok(Pack(packing, Text)[..^cut], $"Content-Encoding: {coding}\r\n")));
            Assert.Equal("protocol", unreachable.Code);
        }
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("br", "brotli")]
    public async Task A_packed_body_with_wrong_bytes_is_said_not_to_unpack(string coding, string packing)
    {
        var packed = Pack(packing, Text);
        packed.AsSpan(packed.Length / 2, 40).Fill(0xFF);
        var unreachable = Assert.IsType<Unreachable>(await Fetch(RawOrigin.Ok(packed, $"Content-Encoding: {coding}\r\n")));
        Assert.Contains("cannot be unpacked", unreachable.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    public async Task A_packing_that_we_did_not_offer_is_named(string coding)
    {
        var unreachable = Assert.IsType<Unreachable>(await Fetch(RawOrigin.Ok(Text, $"Content-Encoding: {coding}\r\n")));
        Assert.Equal("protocol", unreachable.Code);
        Assert.Contains($"\"{coding}\"", unreachable.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "raw")]
    [InlineData("br", "brotli")]
    public async Task A_bomb_ends_at_the_limit(string coding, string packing)
    {
        var bomb = Pack(packing, new byte[16 << 20]);
        var blocked = Assert.IsType<Blocked>(await Fetch(RawOrigin.Ok(bomb, $"Content-Encoding: {coding}\r\n")));
        Assert.Equal("too-large", blocked.Code);
        Assert.Contains("greater than 1 MB", blocked.Sentence, StringComparison.Ordinal);
        Assert.True(blocked.BytesReceived <= bomb.Length);
    }

    [Theory]
    [InlineData(Most, true)]
    [InlineData(Most + 1, false)]
    public async Task The_limit_is_exact(int length, bool fits)
    {
        foreach (var answer in new[] { RawOrigin.Ok(new byte[length], ""), Chunked(new byte[length]), RawOrigin.Ok(Pack("gzip", new byte[length]), "Content-Encoding: gzip\r\n") })
        {
            var result = await Fetch(answer);
            if (fits)
                Assert.Equal(length, Assert.IsType<Fetched>(result).Body.Length);
            else
                Assert.Equal("too-large", Assert.IsType<Blocked>(result).Code);
        }
    }

    [Fact]
    public async Task A_length_over_the_limit_is_refused_before_the_body_is_read()
    {
        // The body never comes: a fetch that waited for it would not end.
        var blocked = Assert.IsType<Blocked>(await Fetch(
            async (stream, cancellation) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"u8.ToArray(), cancellation);
                await Task.Delay(Timeout.Infinite, cancellation);
            }));
        Assert.Equal(("too-large", 0L), (blocked.Code, blocked.BytesReceived));
    }

    [Fact]
    public async Task A_body_without_end_ends_at_the_limit()
    {
        var blocked = Assert.IsType<Blocked>(await Fetch(
            async (stream, cancellation) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellation);
                while (true)
                    await stream.WriteAsync(Text, cancellation);
            }));
        Assert.Equal("too-large", blocked.Code);
    }

    [Fact]
    public async Task A_body_in_chunks_and_one_that_ends_with_the_connection_are_whole()
    {
        Assert.True(Assert.IsType<Fetched>(await Fetch(Chunked(Text))).Body.Span.SequenceEqual(Text));
        Assert.True(Assert.IsType<Fetched>(await Fetch([.. "HTTP/1.0 200 OK\r\n\r\n"u8, .. Text])).Body.Span.SequenceEqual(Text));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFF\r\nhello")]
    public async Task A_body_that_breaks_off_is_no_document(string answer)
    {
        var unreachable = Assert.IsType<Unreachable>(await Fetch(Encoding.ASCII.GetBytes(answer)));
        Assert.Equal("protocol", unreachable.Code);
        Assert.Contains("before its answer was complete", unreachable.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\nworld\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n")]
    public async Task Garbage_for_chunks_is_no_document(string answer) =>
        Assert.Equal("protocol", Assert.IsType<Unreachable>(await Fetch(Encoding.ASCII.GetBytes(answer))).Code);

    private static Task<FetchResult> Fetch(byte[] answer) => Fetch((stream, cancellation) => stream.WriteAsync(answer, cancellation).AsTask());

    private static async Task<FetchResult> Fetch(Func<System.Net.Sockets.NetworkStream, CancellationToken, Task> answer)
    {
        await using var origin = new RawOrigin((_, stream, cancellation) => answer(stream, cancellation));
        using var fetcher = new HttpFetcher(new FetcherOptions { AllowPrivateNetworks = true, MaxBytes = Most }, new FakeTimeProvider());
        return await fetcher.Fetch(new FetchRequest(origin.At("/")), Cancellation);
    }

    private static byte[] Chunked(byte[] body) =>
    [
        .. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"u8,
        .. body.Chunk(10_000).SelectMany(chunk => (byte[])[.. Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), .. chunk, 13, 10]),
        .. "0\r\n\r\n"u8,
    ];

    private static byte[] Pack(string packing, byte[] bytes)
    {
        var packed = new MemoryStream();
        using (Stream packer = packing switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal),
            "zlib" => new ZLibStream(packed, CompressionLevel.Optimal),
            "raw" => new DeflateStream(packed, CompressionLevel.Optimal),
            "brotli" => new BrotliStream(packed, CompressionLevel.Fastest),
            _ => packed,
        })
            packer.Write(bytes);
        return packed.ToArray();
    }
}
