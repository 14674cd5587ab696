using System.Globalization;
using System.Text;
using Kawaraban.Catalog;
using Kawaraban.Portal.Feeds;
using Kawaraban.Sources;

namespace Kawaraban.Portal;

/// <summary>What programs ask for: the list of all feeds, sitemaps, robots.txt, the description of the search.</summary>
internal sealed class MachineFiles(Places places, SourceRegistry sources)
{
    /// <summary>The most addresses a sitemap may hold (<see href="https://www.sitemaps.org/protocol.html"/>).</summary>
    private const int PlacesInSitemap = 50_000;

    private const string ForAnHour = "public, max-age=3600";

    /// <summary>The sources, as OPML.</summary>
    public async Task<Reply> Opml(Visit visit, CancellationToken cancellation)
    {
        using var output = new MemoryStream();
        Sources.Opml.Write(output, visit.Options.Name, await sources.Export(cancellation));
        return new Reply("text/x-opml; charset=utf-8", output.ToArray());
    }

    /// <summary>The list of the sitemaps.</summary>
    public async Task<Reply> SitemapIndex(Visit visit, CancellationToken cancellation)
    {
        var counts = await places.Count(cancellation);
        var xml = new XmlOutput().Raw("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"u8);
        foreach (var (kind, count) in (ReadOnlySpan<(string, long)>)[("companies", counts.Companies), ("tags", counts.Tags), ("posts", counts.Posts)])
        {
            for (var number = 1; (number - 1L) * PlacesInSitemap < count; number++)
                xml.Raw("<sitemap><loc>"u8).Text(Inv($"{visit.Site}/sitemaps/{kind}-{number}.xml")).Raw("</loc></sitemap>\n"u8);
        }

        return Xml(xml.Raw("</sitemapindex>\n"u8));
    }

    /// <summary>One sitemap: <c>/sitemaps/posts-1.xml</c> has the first 50,000 numbers.</summary>
    public async Task<Reply> Sitemap(Visit visit, CancellationToken cancellation)
    {
        var name = visit.Part("name");
        var dash = name.LastIndexOf('-');
        if (dash < 0 || !int.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return await Notices.NotFound(visit, cancellation);
        var (above, upTo) = ((number - 1L) * PlacesInSitemap, (long)number * PlacesInSitemap);
        var kind = name[..dash];
        var found = kind switch
        {
            "posts" => await places.Posts(above, upTo, cancellation),
            "companies" => await places.Companies(above, upTo, cancellation),
            "tags" => await places.Tags(above, upTo, cancellation),
            _ => [],
        };
        if (found.Count == 0)
            return await Notices.NotFound(visit, cancellation);

        var xml = new XmlOutput().Raw("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"u8);
        foreach (var place in found)
        {
            xml.Raw("<url><loc>"u8).Text(visit.Site).Raw("/"u8).Text(kind).Raw("/"u8).Text(Uri.EscapeDataString(place.Name)).Raw("</loc>"u8);
            if (place.ChangedAt is { } changed)
                xml.Moment("lastmod"u8, changed);
            xml.Raw("</url>\n"u8);
        }

        return Xml(xml.Raw("</urlset>\n"u8));
    }

    /// <summary>robots.txt: all is open but the search, whose pages are without number.</summary>
    public static Task<Reply> Robots(Visit visit, CancellationToken cancellation) => Task.FromResult(
        new Reply("text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"User-agent: *\nDisallow: /search\n\nSitemap: {visit.Site}/sitemap.xml\n"))
        {
            CacheControl = ForAnHour,
        });

    /// <summary>The description of the search, for browsers (<see href="https://github.com/dewitt/opensearch"/>).</summary>
    public static Task<Reply> OpenSearch(Visit visit, CancellationToken cancellation)
    {
        // The format allows sixteen characters for the short name.
        var name = visit.Options.Name.Length <= 16 ? visit.Options.Name : visit.Options.Name[..16];
        var xml = new XmlOutput().Raw("<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"u8)
            .Element("ShortName"u8, name)
            .Element("Description"u8, visit.Words.SearchLabel)
            .Element("InputEncoding"u8, "UTF-8")
            .Raw("<Image type=\"image/svg+xml\">"u8).Text(visit.Site + Assets.Icon.Path).Raw("</Image>\n"u8)
            .Raw("<Url type=\"text/html\" template=\""u8).Text(visit.Site + "/search?q={searchTerms}").Raw("\"/>\n"u8)
            .Raw("<Url type=\"application/atom+xml\" template=\""u8).Text(visit.Site + "/search/feed.atom?q={searchTerms}").Raw("\"/>\n"u8)
            .Raw("</OpenSearchDescription>\n"u8);
        return Task.FromResult(new Reply("application/opensearchdescription+xml; charset=utf-8", xml.Bytes) { CacheControl = ForAnHour });
    }

    private static Reply Xml(XmlOutput xml) => new("application/xml; charset=utf-8", xml.Bytes) { CacheControl = ForAnHour };

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}
