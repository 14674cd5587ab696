using Kawaraban.Feeds.Dates;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats;

/// <summary>Channel Definition Format (<see href="https://www.w3.org/TR/NOTE-CDFsubmit.html"/>).</summary>
internal static class Cdf
{
    /// <summary>Reads a feed from its root element.</summary>
    public static void Read(ref ElementCursor cursor, scoped in Element root, FeedDraft feed)
    {
        feed.Format = FeedFormat.Cdf;
        feed.HomePageUrl = Values.UrlAttribute(ref cursor, root, Name.Href);
        feed.UpdatedAt = Date(ref cursor, root, feed);
        if (!cursor.Enter(root))
            return;
        while (cursor.NextChild(out var child))
        {
            switch (child.Name)
            {
                case Name.Title:
                    feed.Title = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child)));
                    break;
                case Name.Abstract:
                    feed.Description = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child)));
                    break;
                case Name.Logo:
                    feed.IconUrl ??= Values.UrlAttribute(ref cursor, child, Name.Href);
                    break;
                case Name.Item:
                    ReadItem(ref cursor, child, feed);
                    break;
                case Name.Channel:
                    cursor.LookThrough();
                    break;
            }
        }

        cursor.Leave();
    }

    private static void ReadItem(ref ElementCursor cursor, scoped in Element element, FeedDraft feed)
    {
        if (feed.IsFull)
            return;
        var entry = feed.Entry;
        entry.Url = Values.UrlAttribute(ref cursor, element, Name.Href);
        entry.ModifiedAt = Date(ref cursor, element, feed);
        if (cursor.Enter(element))
        {
            while (cursor.NextChild(out var child))
            {
                switch (child.Name)
                {
                    case Name.Title:
                        entry.Title = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child)));
                        break;
                    case Name.Abstract:
                        entry.Summary = Words.Markup(HtmlContent.Read(ref cursor, child));
                        break;
                    case Name.Logo:
                        entry.ImageUrl ??= Values.UrlAttribute(ref cursor, child, Name.Href);
                        break;
                }
            }

            cursor.Leave();
        }

        feed.Keep(entry.Take(isEmptyKept: false));
    }

    private static DateTimeOffset? Date(ref ElementCursor cursor, scoped in Element element, FeedDraft feed)
    {
        var text = cursor.Attribute(element, Name.LastMod);
        return !text.IsEmpty && FeedDate.TryParse(text, feed.DefaultOffset, out var value) ? value : null;
    }
}
