namespace Kawaraban.Feeds.Dates;

/// <summary>The dates of Atom (RFC 4287 §3.3), W3C-DTF and JSON Feed: RFC 3339 §5.6 in its usual layout, read by position.</summary>
/// <remarks>Seconds, and a zone, must be there; the shorter relatives are <see cref="Iso8601Date"/>'s.</remarks>
internal static class Rfc3339Date
{
    // 2026-11-23T10:00:00Z
    private const int ShortestLength = 20;

    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length < ShortestLength
            || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't' or ' ')
            || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        if (!Fixed.TryRead(text[..2], out var century) || !Fixed.TryRead(text[2..4], out var year)
            || !Fixed.TryRead(text[5..7], out var month) || !Fixed.TryRead(text[8..10], out var day)
            || !Fixed.TryRead(text[11..13], out var hour) || !Fixed.TryRead(text[14..16], out var minute)
            || !Fixed.TryRead(text[17..19], out var second))
        {
            return false;
        }

        var rest = text[19..];
        var fraction = 0L;
        if (rest[0] == '.')
        {
            var digits = Fixed.CountDigits(rest[1..]);
            if (digits < 1)
                return false;
            fraction = Fixed.Fraction(rest.Slice(1, digits), TimeSpan.TicksPerSecond);
            rest = rest[(digits + 1)..];
        }

        return Fixed.TryReadOffset(rest, out var offset)
            && Calendar.TryTimeOfDay(hour, minute, second, fraction, out var time)
            && Calendar.TryCombine(century * 100 + year, month, day, time, offset, out value);
    }
}
