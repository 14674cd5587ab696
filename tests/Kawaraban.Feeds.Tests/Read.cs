using System.Text;

namespace Kawaraban.Feeds.Tests;

/// <summary>The ways in which tests come to a feed: each in one line.</summary>
internal static class Read
{
    static Read() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A feed from a file in <c>Fixtures</c>.</summary>
    public static Feed Fixture(string name, string? contentType = null, string? baseUrl = null) =>
        FeedParser.Parse(Bytes(name), contentType, baseUrl is null ? null : new Uri(baseUrl));

    public static byte[] Bytes(string fixture) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", fixture));

    public static Feed Text(string document, string? contentType = null, string? baseUrl = null) =>
        FeedParser.Parse(Encoding.UTF8.GetBytes(document), contentType, baseUrl is null ? null : new Uri(baseUrl));

    /// <summary>A feed from text in another encoding.</summary>
    public static Feed Encoded(string document, string encoding, string? contentType = null) =>
        FeedParser.Parse(Encoding.GetEncoding(encoding).GetBytes(document), contentType);

    /// <summary>RSS 2.0 with this in its channel. Common prefixes are declared.</summary>
    public static Feed Channel(string content) => Text(InChannel(content));

    /// <summary>The only item of an RSS 2.0 feed.</summary>
    public static Entry Item(string content, string? baseUrl = null) =>
        Assert.Single(Text(InChannel($"<item>{content}</item>"), null, baseUrl).Entries);

    /// <summary>Atom 1.0 with this in its feed.</summary>
    public static Feed AtomFeed(string content) => Text(InAtom(content));

    /// <summary>The only entry of an Atom 1.0 feed.</summary>
    public static Entry AtomEntry(string content, string? baseUrl = null) =>
        Assert.Single(Text(InAtom($"<entry>{content}</entry>"), null, baseUrl).Entries);

    /// <summary>The only item of a JSON Feed, from the members of its object.</summary>
    public static Entry JsonItem(string members) => Assert.Single(Json($$"""{"items":[{{{members}}}]}""").Entries);

    public static Feed Json(string document, string? baseUrl = null) => Text(document, "application/feed+json", baseUrl);

    public static NotAFeedException Problem(byte[] bytes, string? contentType = null)
    {
        Assert.False(FeedParser.TryParse(bytes, contentType, null, out var feed, out var problem), $"read as {feed?.Format}");
        return problem;
    }

    public static void HasRepair(Feed feed, string code) =>
        Assert.True(feed.Repairs.Any(repair => repair.Code == code), $"no {code}, but: {string.Join(", ", feed.Repairs.Select(repair => repair.Code))}");

    public static string InChannel(string content) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"
          xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/"
          xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
          xmlns:cc="http://backend.userland.com/creativeCommonsRssModule" xmlns:hatena="http://www.hatena.ne.jp/info/xmlns#">
        <channel>{content}</channel></rss>
        """;

    private static string InAtom(string content) =>
        $"<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:thr=\"http://purl.org/syndication/thread/1.0\">{content}</feed>";
}
