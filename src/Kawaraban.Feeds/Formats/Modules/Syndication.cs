using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>How often a feed changes (<see href="https://web.resource.org/rss/1.0/modules/syndication/"/>).</summary>
internal static class Syndication
{
    /// <summary>Reads a child of a feed.</summary>
    public static void ReadFeedChild(ref ElementCursor cursor, scoped in Element child, FeedDraft feed)
    {
        switch (child.Name)
        {
            case Name.UpdatePeriod:
                var period = cursor.ReadText(child)?.ToLowerInvariant();
                if (period is "hourly" or "daily" or "weekly" or "monthly" or "yearly")
                    feed.Period = period;
                break;
            case Name.UpdateFrequency:
                if (Values.ReadNumber(ref cursor, child) is > 0 and var frequency)
                    feed.Frequency = frequency;
                break;
            case Name.UpdateBase:
                feed.Base = Values.ReadDate(ref cursor, child, feed.DefaultOffset);
                break;
        }
    }
}
