using System.Globalization;

namespace Kawaraban.Fetching;

/// <summary>The moment until which a server asks to be left alone (RFC 9110 §10.2.3).</summary>
public static class RetryAfter
{
    private static readonly string[] DateFormats =
    [
        // RFC 9110 §5.6.7: the preferred form, then the two obsolete ones that recipients must accept.
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <summary>Reads the header.</summary>
    /// <param name="header">A number of seconds or an HTTP date; a fraction of a second is understood.</param>
    /// <param name="now">Seconds are counted from here.</param>
    /// <returns>
    /// The moment; <paramref name="now"/> when it has passed, for it was given as a date; null when the header is missing or is neither.
    /// However far it lies ahead it is told as it is, up to the end of time: how long one is willing to wait is for the scheduler to say.
    /// </returns>
    public static DateTimeOffset? Parse(string? header, DateTimeOffset now)
    {
        var text = header.AsSpan().Trim();
        if (text.Length == 0)
            return null;
        if (char.IsAsciiDigit(text[0]) && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return seconds < (DateTimeOffset.MaxValue - now).TotalSeconds ? now.AddSeconds(seconds) : DateTimeOffset.MaxValue;
        return Date(text) is { } date ? (date > now ? date : now) : null;
    }

    /// <summary>Reads an HTTP date; null when it is none.</summary>
    internal static DateTimeOffset? Date(ReadOnlySpan<char> text)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowInnerWhite;
        return DateTimeOffset.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, utc, out var date) ? date : null;
    }
}
