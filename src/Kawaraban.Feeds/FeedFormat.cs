namespace Kawaraban.Feeds;

/// <summary>A format of feeds.</summary>
public enum FeedFormat
{
    /// <summary>RSS 0.90 (RDF, Netscape 1999).</summary>
    Rss090,

    /// <summary>RSS 0.91 (Netscape or UserLand).</summary>
    Rss091,

    /// <summary>RSS 0.92.</summary>
    Rss092,

    /// <summary>RSS 0.93.</summary>
    Rss093,

    /// <summary>RSS 0.94.</summary>
    Rss094,

    /// <summary>RSS 1.0 (RDF Site Summary).</summary>
    Rss10,

    /// <summary>RSS 2.0.</summary>
    Rss20,

    /// <summary>Atom 0.3.</summary>
    Atom03,

    /// <summary>Atom 1.0 (RFC 4287).</summary>
    Atom10,

    /// <summary>JSON Feed 1.0.</summary>
    JsonFeed10,

    /// <summary>JSON Feed 1.1.</summary>
    JsonFeed11,

    /// <summary>Channel Definition Format (Microsoft, 1997).</summary>
    Cdf,
}

/// <summary>The names of the formats as they are printed.</summary>
public static class FeedFormatNames
{
    /// <summary>The printed name: <c>rss-2.0</c>, <c>atom-1.0</c>, <c>json-feed-1.1</c>…</summary>
    public static string Name(this FeedFormat format) => format switch
    {
        FeedFormat.Rss090 => "rss-0.90",
        FeedFormat.Rss091 => "rss-0.91",
        FeedFormat.Rss092 => "rss-0.92",
        FeedFormat.Rss093 => "rss-0.93",
        FeedFormat.Rss094 => "rss-0.94",
        FeedFormat.Rss10 => "rss-1.0",
        FeedFormat.Rss20 => "rss-2.0",
        FeedFormat.Atom03 => "atom-0.3",
        FeedFormat.Atom10 => "atom-1.0",
        FeedFormat.JsonFeed10 => "json-feed-1.0",
        FeedFormat.JsonFeed11 => "json-feed-1.1",
        FeedFormat.Cdf => "cdf",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
