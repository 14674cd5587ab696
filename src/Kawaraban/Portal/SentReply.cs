using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Kawaraban.Portal;

/// <summary>A reply as it goes over the wire: with a validator, and compressed at most once however often it is sent.</summary>
internal sealed class SentReply(Reply reply)
{
    private const int WorthCompressing = 1000;
    private const int BrotliQuality = 3;
    private const int BrotliWindow = 18;

    private byte[]? brotli;
    private byte[]? gzip;

    /// <summary>The bytes as they are.</summary>
    public ReadOnlyMemory<byte> Body => reply.Body;

    /// <summary>Whether others may be given it: not what asks to be asked for again, and no failures.</summary>
    public bool IsKept => reply.Status == StatusCodes.Status200OK && reply.CacheControl != Reply.AskAgain;

    /// <summary>A weak validator (RFC 9110 §8.8.1): the same for all encodings of the same bytes.</summary>
    public string ETag { get; } = $"W/\"{Convert.ToBase64String(SHA256.HashData(reply.Body.Span).AsSpan(0, 12)).Replace('/', '_')}\"";

    /// <summary>Sends it: all of it, its head (HEAD), or the news that nothing is new (304).</summary>
    public async Task Send(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        response.Headers.CacheControl = reply.CacheControl;
        if (reply.Links is not null)
            response.Headers.Link = reply.Links;
        response.Headers.Vary = "Accept-Language, Accept-Encoding";
        if (reply.Location is { } location)
        {
            response.Headers.Location = location;
            response.ContentLength = 0;
            return;
        }

        if (reply.Status == StatusCodes.Status200OK)
        {
            response.Headers.ETag = ETag;
            if (IsKnown(context.Request.Headers.IfNoneMatch.ToString()))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.ContentType = reply.ContentType;
        var body = Encode(context.Request.Headers.AcceptEncoding.ToString(), out var encoding);
        if (encoding is not null)
            response.Headers.ContentEncoding = encoding;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted);
    }

    // RFC 9110 §13.1.2: compared weakly; "*" is anything.
    private bool IsKnown(string validators)
    {
        foreach (var range in validators.AsSpan().Split(','))
        {
            var validator = validators.AsSpan(range).Trim();
            if (validator is "*" || (validator.StartsWith("W/", StringComparison.Ordinal) ? validator[2..] : validator).SequenceEqual(ETag.AsSpan(2)))
                return true;
        }

        return false;
    }

    private ReadOnlyMemory<byte> Encode(string accepted, out string? encoding)
    {
        encoding = null;
        if (reply.Body.Length < WorthCompressing)
            return reply.Body;
        if (Accepts(accepted, "br"))
        {
            encoding = "br";
            return brotli ??= Brotli(reply.Body.Span);
        }

        if (Accepts(accepted, "gzip"))
        {
            encoding = "gzip";
            return gzip ??= Gzip(reply.Body.Span);
        }

        return reply.Body;
    }

    private static bool Accepts(string accepted, string coding)
    {
        foreach (var range in accepted.AsSpan().Split(','))
        {
            var item = accepted.AsSpan(range).Trim();
            var semicolon = item.IndexOf(';');
            if ((semicolon < 0 ? item : item[..semicolon].TrimEnd()).Equals(coding, StringComparison.OrdinalIgnoreCase))
                return semicolon < 0 || !StringWithQualityHeaderValue.TryParse(item.ToString(), out var value) || value.Quality != 0;
        }

        return false;
    }

    private static byte[] Brotli(ReadOnlySpan<byte> bytes)
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];

        // It fails only when the buffer is too small, and this one is not.
        BrotliEncoder.TryCompress(bytes, buffer, out var length, BrotliQuality, BrotliWindow);
        return buffer[..length];
    }

    private static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var output = new MemoryStream(bytes.Length / 3);
        using (var compression = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
            compression.Write(bytes);
        return output.ToArray();
    }
}
