using System.Text;

namespace Kawaraban.Feeds.Markup;

/// <summary>The vocabularies that elements belong to.</summary>
internal enum Vocabulary : byte
{
    /// <summary>One that means nothing to us.</summary>
    Unknown,

    /// <summary>No namespace.</summary>
    None,

    /// <summary>The vocabulary of the feed's format, whatever namespace the feed gives it.</summary>
    Core,

    /// <summary>RSS 0.90, 1.0 or a namespace that somebody once gave RSS 2.0.</summary>
    Rss,

    /// <summary>Atom 0.3 or 1.0.</summary>
    Atom,
    Rdf,
    Content,
    DublinCore,
    DublinCoreTerms,
    Media,
    ITunes,
    Podcast,
    Slash,
    Syndication,
    Threading,
    CreativeCommons,
    GeoRss,
    Hatena,
    Note,
    FeedBurner,
    GooglePlay,
    WellFormedWeb,
    XHtml,
    Svg,
    MathMl,
    Xml,
}

/// <summary>Knows vocabularies by their namespaces and by the prefixes that are usual for them.</summary>
internal static class Vocabularies
{
    private static readonly Dictionary<string, Vocabulary>.AlternateLookup<ReadOnlySpan<char>> s_byNamespace =
        new Dictionary<string, Vocabulary>(StringComparer.Ordinal)
        {
            [""] = Vocabulary.None,
            ["purl.org/rss/1.0"] = Vocabulary.Rss,
            ["my.netscape.com/rdf/simple/0.9"] = Vocabulary.Rss,
            ["channel.netscape.com/rdf/simple/0.9"] = Vocabulary.Rss,
            ["my.netscape.com/publish/formats/rss-0.9.dtd"] = Vocabulary.Rss,
            ["my.netscape.com/publish/formats/rss-0.91.dtd"] = Vocabulary.Rss,
            ["backend.userland.com/rss"] = Vocabulary.Rss,
            ["backend.userland.com/rss2"] = Vocabulary.Rss,
            ["backend.userland.com/rss091"] = Vocabulary.Rss,
            ["backend.userland.com/rss092"] = Vocabulary.Rss,
            ["blogs.law.harvard.edu/tech/rss"] = Vocabulary.Rss,
            ["cyber.law.harvard.edu/rss/rss.html"] = Vocabulary.Rss,
            ["purl.org/net/rss1.1"] = Vocabulary.Rss,
            ["www.rssboard.org/rss-specification"] = Vocabulary.Rss,
            ["www.w3.org/2005/atom"] = Vocabulary.Atom,
            ["purl.org/atom/ns"] = Vocabulary.Atom,
            ["example.com/newformat"] = Vocabulary.Atom,
            ["necho.sourceforge.net"] = Vocabulary.Atom,
            ["purl.org/echo"] = Vocabulary.Atom,
            ["uri/of/echo/namespace"] = Vocabulary.Atom,
            ["purl.org/pie"] = Vocabulary.Atom,
            ["www.w3.org/1999/02/22-rdf-syntax-ns"] = Vocabulary.Rdf,
            ["purl.org/rss/1.0/modules/content"] = Vocabulary.Content,
            ["purl.org/dc/elements/1.1"] = Vocabulary.DublinCore,
            ["purl.org/dc/elements/1.0"] = Vocabulary.DublinCore,
            ["purl.org/dc/terms"] = Vocabulary.DublinCoreTerms,
            ["purl.org/rss/1.0/modules/dcterms"] = Vocabulary.DublinCoreTerms,
            ["search.yahoo.com/mrss"] = Vocabulary.Media,
            ["www.rssboard.org/media-rss"] = Vocabulary.Media,
            ["www.itunes.com/dtds/podcast-1.0.dtd"] = Vocabulary.ITunes,
            ["example.com/dtds/podcast-1.0.dtd"] = Vocabulary.ITunes,
            ["podcastindex.org/namespace/1.0"] = Vocabulary.Podcast,
            ["purl.org/rss/1.0/modules/slash"] = Vocabulary.Slash,
            ["purl.org/rss/1.0/modules/syndication"] = Vocabulary.Syndication,
            ["purl.org/syndication/thread/1.0"] = Vocabulary.Threading,
            ["backend.userland.com/creativecommonsrssmodule"] = Vocabulary.CreativeCommons,
            ["cyber.law.harvard.edu/rss/creativecommonsrssmodule.html"] = Vocabulary.CreativeCommons,
            ["web.resource.org/cc"] = Vocabulary.CreativeCommons,
            ["creativecommons.org/ns"] = Vocabulary.CreativeCommons,
            ["www.georss.org/georss"] = Vocabulary.GeoRss,
            ["www.w3.org/2003/01/geo/wgs84_pos"] = Vocabulary.GeoRss,
            ["www.opengis.net/gml"] = Vocabulary.GeoRss,
            ["www.hatena.ne.jp/info/xmlns"] = Vocabulary.Hatena,
            ["note.com"] = Vocabulary.Note,
            ["note.mu"] = Vocabulary.Note,
            ["rssnamespace.org/feedburner/ext/1.0"] = Vocabulary.FeedBurner,
            ["www.google.com/schemas/play-podcasts/1.0"] = Vocabulary.GooglePlay,
            ["wellformedweb.org/commentapi"] = Vocabulary.WellFormedWeb,
            ["www.w3.org/1999/xhtml"] = Vocabulary.XHtml,
            ["www.w3.org/tr/rec-html40"] = Vocabulary.XHtml,
            ["www.w3.org/2000/svg"] = Vocabulary.Svg,
            ["www.w3.org/1998/math/mathml"] = Vocabulary.MathMl,
            ["www.w3.org/xml/1998/namespace"] = Vocabulary.Xml,
        }.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly Dictionary<string, Vocabulary>.AlternateLookup<ReadOnlySpan<char>> s_byPrefix =
        new Dictionary<string, Vocabulary>(StringComparer.OrdinalIgnoreCase)
        {
            ["xml"] = Vocabulary.Xml,
            ["rss"] = Vocabulary.Rss,
            ["atom"] = Vocabulary.Atom,
            ["atom10"] = Vocabulary.Atom,
            ["a10"] = Vocabulary.Atom,
            ["rdf"] = Vocabulary.Rdf,
            ["content"] = Vocabulary.Content,
            ["dc"] = Vocabulary.DublinCore,
            ["dcterms"] = Vocabulary.DublinCoreTerms,
            ["media"] = Vocabulary.Media,
            ["itunes"] = Vocabulary.ITunes,
            ["podcast"] = Vocabulary.Podcast,
            ["slash"] = Vocabulary.Slash,
            ["sy"] = Vocabulary.Syndication,
            ["syn"] = Vocabulary.Syndication,
            ["thr"] = Vocabulary.Threading,
            ["creativecommons"] = Vocabulary.CreativeCommons,
            ["cc"] = Vocabulary.CreativeCommons,
            ["georss"] = Vocabulary.GeoRss,
            ["geo"] = Vocabulary.GeoRss,
            ["gml"] = Vocabulary.GeoRss,
            ["hatena"] = Vocabulary.Hatena,
            ["note"] = Vocabulary.Note,
            ["feedburner"] = Vocabulary.FeedBurner,
            ["googleplay"] = Vocabulary.GooglePlay,
            ["wfw"] = Vocabulary.WellFormedWeb,
            ["xhtml"] = Vocabulary.XHtml,
            ["svg"] = Vocabulary.Svg,
        }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The vocabulary of a namespace; the scheme, a slash or hash at the end and the case of letters do not matter.</summary>
    public static Vocabulary OfNamespace(ReadOnlySpan<byte> uri)
    {
        uri = uri.Trim(" \n\r\t"u8);
        if (uri.Length > 96)
            return Vocabulary.Unknown;
        Span<char> text = stackalloc char[96];
        Ascii.ToLower(uri, text, out var length);
        var key = (ReadOnlySpan<char>)text[..length];
        if (key.StartsWith("http://"))
            key = key[7..];
        else if (key.StartsWith("https://"))
            key = key[8..];
        key = key.TrimEnd("/#");
        return s_byNamespace.TryGetValue(key, out var vocabulary) ? vocabulary : Vocabulary.Unknown;
    }

    /// <summary>The vocabulary that a prefix usually stands for.</summary>
    public static Vocabulary OfPrefix(ReadOnlySpan<byte> prefix)
    {
        if (prefix.Length > 16)
            return Vocabulary.Unknown;
        Span<char> text = stackalloc char[16];
        var length = Encoding.Latin1.GetChars(prefix, text);
        return s_byPrefix.TryGetValue(text[..length], out var vocabulary) ? vocabulary : Vocabulary.Unknown;
    }
}
