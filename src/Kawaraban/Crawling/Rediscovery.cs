using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Crawling;

/// <summary>Looks on its site for the feed of a source whose address is dead, and proposes what it finds.</summary>
/// <remarks>
/// It never adopts by itself: what is found behind a lapsed domain may be somebody else's. A search that is broken off is not made up for
/// until the next one is due: rather one too few than a site that is asked again and again.
/// </remarks>
internal sealed class Rediscovery(Database database, FeedFinder finder, TimeProvider clock)
{
    /// <summary>Looks.</summary>
    /// <param name="order">The visit that found the address dead; its lease has been given back.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task Search(Order order, CancellationToken cancellation)
    {
        if (Place(order.Url, order.SiteUrl) is not { } place
            || await finder.Find(place, null, cancellation, order.Request?.WithoutHeaders()) is not FeedFound found
            || found.Url == order.Url)
        {
            return;
        }

        var now = clock.GetUtcNow();
        await database.Write(
            async session =>
            {
                if (await SourceAddress.OwnerOf(session, found.Url) is { } owner)
                {
                    await session.Execute(
                        "UPDATE sources SET notice = @notice WHERE id = @id",
                        ("notice", $"its address is dead; the feed on its site, {found.Url}, is source {owner} already: pause this one if it is not needed"),
                        ("id", order.SourceId));
                    return;
                }

                await session.Execute("""
                    UPDATE sources SET proposed_url = @url, proposed_title = @title, proposed_at = @at WHERE id = @id AND url = @old
                    """,
                    ("url", found.Url.AbsoluteUri),
                    ("title", string.IsNullOrWhiteSpace(found.Feed.Title) ? null : found.Feed.Title.Trim()),
                    ("at", now.ToUnixTimeMilliseconds()),
                    ("id", order.SourceId),
                    ("old", order.Url.AbsoluteUri));
            },
            cancellation);
    }

    /// <summary>Where to look: on its site; else in the folder in which the feed lay, which on a platform is the blog's own.</summary>
    internal static Uri? Place(Uri feed, Uri? site)
    {
        if (site is not null && site != feed)
            return site;
        var path = feed.AbsolutePath.TrimEnd('/');
        var folder = new Uri(feed, path[..(path.LastIndexOf('/') + 1)] is { Length: > 0 } above ? above : "/");
        return folder == feed ? null : folder;
    }
}
