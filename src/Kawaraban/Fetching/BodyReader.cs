using System.Buffers;
using System.IO.Compression;

namespace Kawaraban.Fetching;

/// <summary>Reads a body, unpacks it on the way, and stops where it becomes too large.</summary>
/// <remarks>
/// The limit counts what comes out, so that a few kilobytes that unpack to gigabytes end at the limit as well, having cost no more than
/// that. A body that breaks off is an error even where much of it has come: half a feed looks like a whole one with fewer entries, and
/// would be kept as such, under the validators of the whole. The runtime is told so by a switch in <c>Directory.Build.props</c>.
/// </remarks>
internal static class BodyReader
{
    private const int FirstBuffer = 16 << 10;

    /// <summary>Reads to the end.</summary>
    /// <param name="wire">The body as it was sent.</param>
    /// <param name="coding">The value of <c>Content-Encoding</c> (RFC 9110 §8.4).</param>
    /// <param name="expected">How much is announced to come; null when nothing is. No more than a hint.</param>
    /// <param name="most">The greatest size, after unpacking.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The document; null when it is larger than <paramref name="most"/>.</returns>
    /// <exception cref="UnpackException">It is packed in a way we do not know, or wrongly.</exception>
    /// <exception cref="IOException">It broke off.</exception>
    public static async Task<byte[]?> Read(WireStream wire, string? coding, long? expected, int most, CancellationToken cancellation)
    {
        var (stream, name) = await Unpack(wire, coding, cancellation);
        await using (stream)
        {
            try
            {
                return await Read(stream, FirstLength(expected, name, most), most, cancellation);
            }
            catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
            {
                // The brotli stream says InvalidOperationException of bytes that are none.
                throw new UnpackException(FetchSentences.Unpackable(name ?? "nothing"), error);
            }
        }
    }

    private static async Task<byte[]?> Read(Stream stream, int firstLength, int most, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(firstLength);
        try
        {
            for (var length = 0; ;)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer, most);
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
                if (read == 0)
                    return buffer.AsSpan(0, length).ToArray();
                length += read;
                if (length > most)
                    return null;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int most)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, most + 1L));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    // One byte more than announced, so that the end is seen without growing. What is announced is not believed beyond a megabyte.
    private static int FirstLength(long? expected, string? name, int most) =>
        name is null && expected is { } length ? (int)Math.Min(Math.Min(length, 1 << 20), most) + 1 : FirstBuffer;

    private static async ValueTask<(Stream Stream, string? Name)> Unpack(WireStream wire, string? coding, CancellationToken cancellation)
    {
        var name = coding?.Trim().ToLowerInvariant();
        switch (name)
        {
            case null or "" or "identity":
                return (wire, null);
            case "gzip" or "x-gzip":
                // Some caches unpack and leave the label on.
                return IsGzip(await wire.Peek(cancellation)) ? (new GZipStream(wire, CompressionMode.Decompress), "gzip") : (wire, null);
            case "br":
                return (new BrotliStream(wire, CompressionMode.Decompress), "brotli");
            case "deflate":
                // RFC 9110 §8.4.1.2 means zlib's format by it, and notes that many send the naked stream.
                return IsZlib(await wire.Peek(cancellation))
                    ? (new ZLibStream(wire, CompressionMode.Decompress), "deflate")
                    : (new DeflateStream(wire, CompressionMode.Decompress), "deflate");
            default:
                throw new UnpackException(FetchSentences.UnknownCoding(name.Length <= 40 ? name : name[..40]));
        }
    }

    private static bool IsGzip(ReadOnlyMemory<byte> first) => first.Span is [0x1F, 0x8B];

    // RFC 1950 §2.2: method 8, a window of at most 32 kB, and a checksum over these two bytes.
    private static bool IsZlib(ReadOnlyMemory<byte> first) =>
        first.Span is [var method, var flags] && (method & 0x0F) == 8 && method >> 4 <= 7 && ((method << 8) | flags) % 31 == 0;
}
