namespace Kawaraban.Feeds.Dates;

/// <summary>The dates of RSS: RFC 822 §5 with the year of four digits that RFC 1123 §5.2.14 asks for, in the layout that nearly all feeds
/// keep.</summary>
/// <remarks>A weekday that is not that day's is no reason to doubt the rest. Other layouts, spellings and languages are
/// <see cref="WordDate"/>'s.</remarks>
internal static class Rfc822Date
{
    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length > 5 && text[3] == ',' && text[4] == ' ')
        {
            if (text[..3] is not ("Mon" or "Tue" or "Wed" or "Thu" or "Fri" or "Sat" or "Sun"))
                return false;
            text = text[5..].TrimStart(' ');
        }

        // Padded so that one day or another, the month begins at the same place: "5 Apr", "05 Apr".
        if (text.Length < 3 || !TryReadDay(ref text, out var day))
            return false;

        // Apr 2012 10:00 Z
        if (text.Length < 16 || text[3] != ' ' || text[8] != ' ' || text[11] != ':' || Month(text[..3]) is not (> 0 and var month))
            return false;
        if (!Fixed.TryRead(text[4..6], out var century) || !Fixed.TryRead(text[6..8], out var year)
            || !Fixed.TryRead(text[9..11], out var hour) || !Fixed.TryRead(text[12..14], out var minute))
        {
            return false;
        }

        var rest = text[14..];
        var second = 0;
        if (rest[0] == ':')
        {
            if (rest.Length < 5 || !Fixed.TryRead(rest[1..3], out second))
                return false;
            rest = rest[3..];
        }

        return rest[0] == ' '
            && TryReadZone(rest[1..], out var offset)
            && Calendar.TryTimeOfDay(hour, minute, second, 0, out var time)
            && Calendar.TryCombine(century * 100 + year, month, day, time, offset, out value);
    }

    private static bool TryReadDay(ref ReadOnlySpan<char> text, out int day)
    {
        if (text[1] == ' ')
        {
            day = text[0] - '0';
            text = text[2..];
            return day is >= 0 and <= 9;
        }

        var isDay = Fixed.TryRead(text[..2], out day) && text[2] == ' ';
        text = text[3..];
        return isDay;
    }

    private static int Month(ReadOnlySpan<char> name) => name switch
    {
        "Jan" => 1,
        "Feb" => 2,
        "Mar" => 3,
        "Apr" => 4,
        "May" => 5,
        "Jun" => 6,
        "Jul" => 7,
        "Aug" => 8,
        "Sep" => 9,
        "Oct" => 10,
        "Nov" => 11,
        "Dec" => 12,
        _ => 0,
    };

    private static bool TryReadZone(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        return text is "GMT" or "UTC" || Fixed.TryReadOffset(text, out offset) || text.Length >= 3 && ZoneNames.TryFind(text, out offset);
    }
}
