using System.Text;
using System.Text.Json;
using System.Xml;

namespace Kawaraban.Bench.Origin;

/// <summary><c>origin DIR</c>: serves the feed files of a folder until its input ends or it is stopped, and prints an OPML of them.</summary>
internal static class OriginCommand
{
    /// <summary>Serves a folder.</summary>
    public static async Task<int> Run(Call call)
    {
        if (call.Words.Count != 1 || !Directory.Exists(call.Words[0]))
            return Call.Explain();
        return await Serve(call, FeedFile.In(call.Words[0]));
    }

    /// <summary>Serves <c>--feeds</c> synthetic feeds: the other process of the crawl benchmark.</summary>
    public static Task<int> RunSynthetic(Call call) => Serve(call, SyntheticFeeds.Write(call.Number("feeds", 1000), call.Number("entries", SyntheticFeeds.Entries)));

    private static async Task<int> Serve(Call call, IReadOnlyList<FeedFile> files)
    {
        await using var origin = await LoopbackOrigin.Start(files, call.Number("port", 0), TimeSpan.FromMilliseconds(call.Number("latency", 0)), call.Number("per-host", 1), call.Number("copies", 1));
        if (call.Options.TryGetValue("opml", out var path))
        {
            await using (var file = File.Create(path))
                WriteOpml(file, origin.Feeds);
            Console.WriteLine(path);
        }
        else
        {
            WriteOpml(Console.OpenStandardOutput(), origin.Feeds);
        }

        Console.Error.WriteLine($"{origin.Feeds.Count} feeds from {origin.Feeds[0].Url} on; \"report\" on the input prints what was seen, its end or Ctrl+C stops");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line == "report")
                Console.WriteLine(JsonSerializer.Serialize(origin.Report()));
        }

        return 0;
    }

    private static void WriteOpml(Stream stream, IReadOnlyList<(string Name, Uri Url)> feeds)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, CloseOutput = false, Encoding = new UTF8Encoding(false) });
        xml.WriteStartElement("opml");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteStartElement("head");
        xml.WriteElementString("title", "Feeds of a loopback origin");
        xml.WriteEndElement();
        xml.WriteStartElement("body");
        foreach (var (name, url) in feeds)
        {
            xml.WriteStartElement("outline");
            xml.WriteAttributeString("type", "rss");
            xml.WriteAttributeString("text", name);
            xml.WriteAttributeString("xmlUrl", url.AbsoluteUri);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
