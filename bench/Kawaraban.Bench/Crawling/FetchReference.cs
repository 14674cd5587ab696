using System.Net;
using System.Xml;

namespace Kawaraban.Bench.Crawling;

/// <summary>
/// The reference that a crawl is compared with, in a process of its own: <see cref="HttpClient"/> with 50 in flight, and either nothing
/// else or <see cref="XmlReader"/> to the end. Nothing is kept but the validators.
/// </summary>
internal static class FetchReference
{
    private static readonly XmlReaderSettings Tolerant = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    /// <summary><c>fetch FILE [--read] [--validators=FILE]</c>: addresses in a file, one a line; validators are read from, else written to, theirs.</summary>
    public static async Task<int> Run(Call call)
    {
        var urls = await File.ReadAllLinesAsync(call.Words[0]);
        var isReading = call.Options.ContainsKey("read");
        var path = call.Options.GetValueOrDefault("validators");
        var known = path is not null && File.Exists(path) ? await File.ReadAllLinesAsync(path) : null;
        var validators = new string[urls.Length];
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
        await Parallel.ForAsync(0, urls.Length, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (i, cancellation) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, urls[i]);
            if (known is not null)
                request.Headers.TryAddWithoutValidation("If-None-Match", known[i]);
            using var response = await http.SendAsync(request, cancellation);
            validators[i] = response.Headers.ETag?.ToString() ?? "";
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (!isReading || body.Length == 0)
                return;
            using var xml = XmlReader.Create(new MemoryStream(body, writable: false), Tolerant);
            while (xml.Read())
            {
                // To the end, nothing taken.
            }
        });
        if (path is not null && known is null)
            await File.WriteAllLinesAsync(path, validators);
        return 0;
    }
}
