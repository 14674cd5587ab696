using System.ServiceModel.Syndication;
using System.Xml;
using Kawaraban.Feeds;

namespace Kawaraban.Bench.Parsing;

/// <summary>One way to read a feed: returns the number of entries it found, or -1 when it gave up.</summary>
internal sealed record FeedReader(string Name, Func<FeedFile, int> Read)
{
    private static readonly XmlReaderSettings Tolerant = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    /// <summary>Ours, the reference (<see cref="XmlReader"/> to the end, nothing taken), and two libraries.</summary>
    public static IReadOnlyList<FeedReader> All { get; } =
    [
        new("XmlReader.Read() to the end", ReadXml),
        new("Kawaraban.Feeds", ReadOurs),
        new("System.ServiceModel.Syndication", ReadSyndication),
        new("CodeHollow.FeedReader", ReadCodeHollow),
    ];

    private static int ReadOurs(FeedFile file) =>
        FeedParser.TryParse(file.Bytes, file.ContentType, baseUrl: null, out var feed, out _) ? feed.Entries.Count : -1;

    private static int ReadXml(FeedFile file)
    {
        var entries = 0;
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(file.Bytes, writable: false), Tolerant);
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "item" or "entry")
                    entries++;
            }

            return entries;
        }
        catch (Exception e) when (e is XmlException or ArgumentException or NotSupportedException)
        {
            return -1;
        }
    }

    private static int ReadSyndication(FeedFile file)
    {
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(file.Bytes, writable: false), Tolerant);
            var entries = 0;
            foreach (var _ in SyndicationFeed.Load(xml).Items)
                entries++;
            return entries;
        }
        catch (Exception e) when (e is XmlException or FormatException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            return -1;
        }
    }

#pragma warning disable CA1031 // What this library throws on broken input is not documented; any of it means that it gave up.
    private static int ReadCodeHollow(FeedFile file)
    {
        try
        {
            return CodeHollow.FeedReader.FeedReader.ReadFromByteArray(file.Bytes).Items.Count;
        }
        catch (Exception)
        {
            return -1;
        }
    }
#pragma warning restore CA1031
}
