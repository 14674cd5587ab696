using System.Xml;
using Kawaraban.Feeds;

namespace Kawaraban.Recipes;

/// <summary>Finds entries in a sitemap (sitemaps.org 0.9, with Google's news and image extensions).</summary>
internal static class SitemapEntries
{
    private const int MostParts = 50;
    private const int MaxLength = 50 * 1024 * 1024;

    public static ReadingOutcome Read(CompiledRecipe recipe, ReadOnlyMemory<byte> body, Uri url)
    {
        if (body.Length > MaxLength)
            return ReadingOutcome.None($"the sitemap has {body.Length} bytes; the format allows {MaxLength}");
        List<Place> places = [];
        List<Uri> parts = [];
        var notes = new RuleNotes();
        try
        {
            using var stream = new MemoryStream(body.ToArray());
            using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreWhitespace = true });
            Read(xml, url, recipe.Entries, places, parts);
        }
        catch (XmlException error) when (places.Count + parts.Count == 0)
        {
            return ReadingOutcome.None($"the document is no sitemap: line {error.LineNumber}: {error.Message}");
        }
        catch (XmlException error)
        {
            notes.Add("entries", null, $"the sitemap breaks off at line {error.LineNumber}; what stands before counts");
        }

        if (places.Count + parts.Count == 0)
            return ReadingOutcome.None("the sitemap has no address that fits entries.match");
        var entries = places.OrderByDescending(place => place.ModifiedAt ?? DateTimeOffset.MinValue).Take(Reading.MostEntries).Select(place => new Entry
        {
            Id = place.Url.AbsoluteUri,
            Url = place.Url.AbsoluteUri,
            Title = place.Title,
            ModifiedAt = place.ModifiedAt,
            PublishedAt = place.PublishedAt,
            ImageUrl = place.Picture,
        });
        var source = recipe.Document.Source;
        return ReadingOutcome.Of(new Reading(Reading.AsFeed([.. entries], source?.Title, new Uri(url, "/"), source?.Language), [.. parts.Take(MostParts)], notes));
    }

    private static void Read(XmlReader xml, Uri url, EntryRules rules, List<Place> places, List<Uri> parts)
    {
        Uri? at = null;
        string? title = null, picture = null;
        DateTimeOffset? modifiedAt = null, publishedAt = null;
        var isPart = false;
        xml.Read();
        while (!xml.EOF)
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName is "url" or "sitemap")
            {
                if (at is not null && isPart)
                    parts.Add(at);
                else if (at is not null && rules.Fits(at))
                    places.Add(new Place(at, title, modifiedAt, publishedAt, picture));
                at = null;
            }

            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
                continue;
            }

            var isOurs = xml.Prefix.Length == 0;
            switch (xml.LocalName)
            {
                case "url" or "sitemap" when isOurs:
                    isPart = xml.LocalName == "sitemap";
                    (at, title, picture, modifiedAt, publishedAt) = (null, null, null, null, null);
                    xml.Read();
                    break;
                // Each of these reads its text and stands behind it afterwards.
                case "loc" when isOurs:
                    at = CanonicalUrl.Web(xml.ReadElementContentAsString(), url);
                    break;
                case "lastmod" when isOurs:
                    modifiedAt = EntryFields.Instant(xml.ReadElementContentAsString());
                    break;
                case "title":
                    title ??= xml.ReadElementContentAsString().Trim();
                    break;
                case "publication_date":
                    publishedAt = EntryFields.Instant(xml.ReadElementContentAsString());
                    break;
                case "loc":
                    picture ??= CanonicalUrl.Web(xml.ReadElementContentAsString(), url)?.AbsoluteUri;
                    break;
                default:
                    xml.Read();
                    break;
            }
        }
    }

    private sealed record Place(Uri Url, string? Title, DateTimeOffset? ModifiedAt, DateTimeOffset? PublishedAt, string? Picture);
}
