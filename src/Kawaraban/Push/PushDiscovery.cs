using Kawaraban.Feeds;
using Kawaraban.Fetching;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Push;

/// <summary>Which hub a feed names, and under which address it is known there (W3C WebSub §4): kept with the source, for <see cref="Subscriber"/>.</summary>
internal static class PushDiscovery
{
    private const int Longest = 2000;

    /// <summary>Writes down what a visit that brought a feed says of it. A feed that names no hub any more has none.</summary>
    public static async Task Write(Session session, Order order, Fetched fetched, Feed feed)
    {
        // The header goes before the document: whoever runs the server speaks last.
        var hub = Usable(fetched.Links.Hub) ?? feed.Hubs.Select(text => Usable(text, fetched.Url)).FirstOrDefault(url => url is not null);
        var topic = hub is null ? null : Usable(fetched.Links.Self) ?? Usable(feed.FeedUrl, fetched.Url) ?? fetched.Url;
        await session.Execute("""
            UPDATE sources SET hub_url = @hub, topic_url = @topic
            WHERE id = @id AND (coalesce(hub_url, '') <> coalesce(CAST(@hub AS TEXT), '') OR coalesce(topic_url, '') <> coalesce(CAST(@topic AS TEXT), ''))
            """, ("hub", hub?.AbsoluteUri), ("topic", topic?.AbsoluteUri), ("id", order.SourceId));
    }

    private static Uri? Usable(string? text, Uri from) => Uri.TryCreate(from, text, out var url) ? Usable(url) : null;

    private static Uri? Usable(Uri? url) =>
        url is { Scheme: "http" or "https" } && url.AbsoluteUri.Length <= Longest ? Redirects.Plain(url) : null;
}
