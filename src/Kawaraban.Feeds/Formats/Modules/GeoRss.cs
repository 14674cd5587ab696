using System.Globalization;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats.Modules;

/// <summary>Where an entry is about: GeoRSS points, simple and in GML (<see href="https://docs.ogc.org/cs/17-002r1/17-002r1.html"/>), and the
/// W3C's <c>geo:lat</c> and <c>geo:long</c> (<see href="https://www.w3.org/2003/01/geo/"/>). Lines and areas are passed over.</summary>
internal static class GeoRss
{
    /// <summary>Reads a child of an entry.</summary>
    public static void ReadEntryChild(ref ElementCursor cursor, scoped in Element child, EntryDraft entry)
    {
        switch (child.Name)
        {
            case Name.Point:
                // "georss:point" is text; "gml:Point" and "geo:Point" hold what follows below.
                if (cursor.NameOf(child).EndsWith("point"u8))
                    Set(entry, cursor.Characters(cursor.ReadContent(child)));
                else
                    cursor.LookThrough();
                break;
            case Name.Where:
                cursor.LookThrough();
                break;
            case Name.Pos:
                Set(entry, cursor.Characters(cursor.ReadContent(child)));
                break;
            case Name.Lat:
                entry.Latitude = Degrees(cursor.Characters(cursor.ReadContent(child)), 90) ?? entry.Latitude;
                break;
            case Name.Long or Name.Lon:
                entry.Longitude = Degrees(cursor.Characters(cursor.ReadContent(child)), 180) ?? entry.Longitude;
                break;
            case Name.FeatureName:
                entry.PlaceName = Words.LineOfEither(cursor.Characters(cursor.ReadContent(child))).Text ?? entry.PlaceName;
                break;
        }
    }

    // Latitude first, then longitude; some write a comma between them.
    private static void Set(EntryDraft entry, ReadOnlySpan<char> point)
    {
        var between = point.IndexOfAny(" ,\n\t");
        if (between < 0 || Degrees(point[..between], 90) is not { } latitude || Degrees(point[between..].Trim(" ,\n\t"), 180) is not { } longitude)
            return;
        (entry.Latitude, entry.Longitude) = (latitude, longitude);
    }

    private static double? Degrees(ReadOnlySpan<char> text, double limit) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= limit
            ? value
            : null;
}
