using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Kawaraban.Sources;

/// <summary>Reads and writes lists of feeds.</summary>
public static partial class Opml
{
    private static readonly XmlReaderSettings Tolerant = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        CheckCharacters = false,
        ConformanceLevel = ConformanceLevel.Document,
    };

    /// <summary>Reads a list: what can be read of it.</summary>
    /// <param name="bytes">The file.</param>
    public static OpmlList Read(byte[] bytes)
    {
        var list = Read(() => XmlReader.Create(new MemoryStream(bytes, writable: false), Tolerant));
        if (list.Problem is null)
            return list;

        // Most lists that do not read have an ampersand that is none.
        var repaired = Read(() => XmlReader.Create(new StringReader(Repair(Encoding.UTF8.GetString(bytes))), Tolerant));
        return repaired.Outlines.Count >= list.Outlines.Count ? repaired : list;
    }

    /// <summary>Writes a list, OPML 2.0 in UTF-8.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="title">The list's name.</param>
    /// <param name="outlines">The feeds.</param>
    public static void Write(Stream stream, string title, IEnumerable<OpmlOutline> outlines)
    {
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" });
        writer.WriteStartElement("opml");
        writer.WriteAttributeString("version", "2.0");
        writer.WriteStartElement("head");
        writer.WriteElementString("title", Writable(title));
        writer.WriteEndElement();
        writer.WriteStartElement("body");
        foreach (var outline in outlines)
        {
            writer.WriteStartElement("outline");
            writer.WriteAttributeString("type", "rss");
            writer.WriteAttributeString("text", Writable(outline.Title ?? outline.XmlUrl ?? ""));
            writer.WriteAttributeString("title", Writable(outline.Title ?? outline.XmlUrl ?? ""));
            writer.WriteAttributeString("xmlUrl", outline.XmlUrl);
            if (outline.HtmlUrl is not null)
                writer.WriteAttributeString("htmlUrl", outline.HtmlUrl);
            writer.WriteEndElement();
        }

        writer.WriteEndDocument();
    }

    // Lists are read tolerantly, so that names may hold what XML cannot (XML 1.0 §2.2).
    private static string Writable(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()));

    private static OpmlList Read(Func<XmlReader> open)
    {
        List<OpmlOutline> outlines = [];
        var isOpml = false;
        try
        {
            using var reader = open();
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                    continue;
                isOpml |= reader.LocalName.Equals("opml", StringComparison.OrdinalIgnoreCase);
                if (reader.LocalName.Equals("outline", StringComparison.OrdinalIgnoreCase) && Outline(reader) is { } outline)
                    outlines.Add(outline);
            }

            return new OpmlList(outlines, isOpml || outlines.Count > 0 ? null : "it is XML, but not a list of feeds (OPML)");
        }
        catch (XmlException error)
        {
            return new OpmlList(
                outlines,
                isOpml ? $"it is broken in line {error.LineNumber}, character {error.LinePosition}" : "it is not a list of feeds (OPML)");
        }
    }

    // Attribute names are written in all cases there are. An entry that neither is a feed nor says it is one is a folder, or a note.
    private static OpmlOutline? Outline(XmlReader reader)
    {
        string? title = null, text = null, xmlUrl = null, htmlUrl = null, type = null;
        while (reader.MoveToNextAttribute())
        {
            var value = reader.Value.Trim() is { Length: > 0 } given ? given : null;
            switch (reader.LocalName.ToLowerInvariant())
            {
                case "title": title = value; break;
                case "text": text = value; break;
                case "xmlurl": xmlUrl = value; break;
                case "htmlurl": htmlUrl = value; break;
                case "type": type = value?.ToLowerInvariant(); break;
            }
        }

        return xmlUrl is not null || type is "rss" or "atom" or "feed" ? new OpmlOutline(title ?? text, xmlUrl, htmlUrl) : null;
    }

    private static string Repair(string text) =>
        Ampersand().Replace(text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t'), match => match.Value switch
        {
            "&amp;" or "&lt;" or "&gt;" or "&quot;" or "&apos;" => match.Value,
            "&" => "&amp;",
            var entity => WebUtility.HtmlDecode(entity) is var decoded && decoded != entity ? WebUtility.HtmlEncode(decoded) : "&amp;" + entity[1..],
        });

    [GeneratedRegex(@"&(#\d{1,7};|#x[0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,30};)?", RegexOptions.CultureInvariant)]
    private static partial Regex Ampersand();
}
