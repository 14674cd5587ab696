using System.Buffers;
using System.Text.Json;
using Kawaraban.Feeds;
using Kawaraban.Feeds.Formats;

namespace Kawaraban.Commands;

/// <summary>What the verb does: one feed, or requests until the input ends.</summary>
public static partial class ParseCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="file">The feed's file; null or <c>-</c> is the input.</param>
    /// <param name="contentType">The value of the header Content-Type, if known.</param>
    /// <param name="baseUrl">Where the feed was retrieved from, if known.</param>
    /// <param name="batch">Whether each line of the input is a request <c>{"file","content_type","base_url"}</c>, to be answered by one line.</param>
    /// <param name="input">The standard input.</param>
    /// <param name="output">The standard output, for results.</param>
    /// <param name="errors">The standard error, for messages.</param>
    /// <returns>0 when all went well, 1 when there is no feed, 2 when the call was wrong.</returns>
    public static int Run(string? file, string? contentType, string? baseUrl, bool batch, Stream input, Stream output, TextWriter errors)
    {
        if (batch)
            return RunBatch(input, output);
        if (!TryReadBase(baseUrl, out var url))
        {
            errors.WriteLine($"--base-url {baseUrl}: this is not an absolute address");
            return 2;
        }

        var name = file is null or "-" ? "standard input" : file;
        try
        {
            var bytes = file is null or "-" ? ReadAll(input) : File.ReadAllBytes(file);
            if (!FeedParser.TryParse(bytes, contentType, url, out var feed, out var problem))
            {
                errors.WriteLine($"{name}: {problem.Message}");
                return 1;
            }

            var answer = new ArrayBufferWriter<byte>();
            JsonFeedWriter.Write(answer, feed, new JsonFeedWriterOptions { IsIndented = true });
            answer.Write("\n"u8);
            output.Write(answer.WrittenSpan);
            output.Flush();
            return 0;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{name}: {problem.Message}");
            return 1;
        }
    }

    private static int RunBatch(Stream input, Stream output)
    {
        using var requests = new StreamReader(input, leaveOpen: true);
        var answer = new ArrayBufferWriter<byte>();
        while (requests.ReadLine() is { } request)
        {
            if (string.IsNullOrWhiteSpace(request))
                continue;
            answer.ResetWrittenCount();
            Answer(request, answer);
            answer.Write("\n"u8);
            output.Write(answer.WrittenSpan);
            output.Flush();
        }

        return 0;
    }

    private static void Answer(string request, ArrayBufferWriter<byte> answer)
    {
        try
        {
            var (file, contentType, baseUrl) = ReadRequest(request);
            if (file is null)
                WriteError(answer, "the request names no \"file\"");
            else if (!TryReadBase(baseUrl, out var url))
                WriteError(answer, $"base_url {baseUrl}: this is not an absolute address");
            else if (FeedParser.TryParse(File.ReadAllBytes(file), contentType, url, out var feed, out var problem))
                JsonFeedWriter.Write(answer, feed);
            else
                WriteError(answer, problem.Message);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or ArgumentException or NotSupportedException)
        {
            answer.ResetWrittenCount();
            WriteError(answer, problem.Message);
        }
    }

    private static (string? File, string? ContentType, string? BaseUrl) ReadRequest(string line)
    {
        using var request = JsonDocument.Parse(line);
        var root = request.RootElement;
        return root.ValueKind == JsonValueKind.Object ? (Text(root, "file"), Text(root, "content_type"), Text(root, "base_url")) : default;
    }

    private static string? Text(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void WriteError(ArrayBufferWriter<byte> answer, string message)
    {
        using var json = new Utf8JsonWriter(answer);
        json.WriteStartObject();
        json.WriteString("error", message);
        json.WriteEndObject();
    }

    private static bool TryReadBase(string? text, out Uri? url)
    {
        url = null;
        return string.IsNullOrEmpty(text) || Uri.TryCreate(text, UriKind.Absolute, out url);
    }

    internal static byte[] ReadAll(Stream input)
    {
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }
}
