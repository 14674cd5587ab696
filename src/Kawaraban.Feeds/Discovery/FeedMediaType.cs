namespace Kawaraban.Feeds.Discovery;

/// <summary>The media types by which pages announce feeds.</summary>
internal static class FeedMediaType
{
    /// <summary>Whether a type is one of a feed, whatever its parameters say.</summary>
    public static bool Is(ReadOnlySpan<char> type)
    {
        Span<char> lower = stackalloc char[32];
        return Essence(type).ToLowerInvariant(lower) is var length and > 0 && (ReadOnlySpan<char>)lower[..length] is
            "application/rss+xml" or "application/atom+xml" or "application/rdf+xml" or "application/feed+json" or "application/json"
            or "application/rss" or "application/atom" or "text/rss+xml" or "text/atom+xml" or "text/rss"
            or "text/atom" or "application/x-rss+xml" or "application/x-atom+xml" or "application/x-netcdf" or "application/x.atom+xml";
    }

    /// <summary>Whether a type is JSON of which nothing says that it is a feed.</summary>
    public static bool IsJson(ReadOnlySpan<char> type) => Essence(type).Equals("application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a type is XML of which nothing says that it is a feed.</summary>
    public static bool IsXml(ReadOnlySpan<char> type) =>
        Essence(type).Equals("text/xml", StringComparison.OrdinalIgnoreCase) || Essence(type).Equals("application/xml", StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Essence(ReadOnlySpan<char> type)
    {
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim();
    }
}
