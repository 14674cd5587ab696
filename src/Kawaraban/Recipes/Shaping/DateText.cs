using System.Globalization;
using Kawaraban.Feeds.Dates;

namespace Kawaraban.Recipes;

/// <summary>How a recipe reads dates: with formats of its own, in a zone where they name none, moved by a span.</summary>
internal sealed record DateText(IReadOnlyList<string>? Formats, TimeZoneInfo? Zone)
{
    /// <summary>Reads a date; null when the text is none.</summary>
    public DateTimeOffset? Read(string text)
    {
        text = text.Trim();
        if (Formats is not null)
        {
            // A format that names a zone gives one; else the text is a local time.
            foreach (var format in Formats)
            {
                if (DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var exact))
                    return format.AsSpan().ContainsAny('z', 'K') || Zone is null ? exact : InZone(exact.DateTime);
            }

            return null;
        }

        // Twice with different zones: what differs had none of its own.
        if (!FeedDate.TryParse(text, TimeSpan.Zero, out var read))
            return null;
        return Zone is not null && FeedDate.TryParse(text, TimeSpan.FromHours(1), out var other) && other != read ? InZone(read.DateTime)
            : Zone is null && FeedDate.TryParse(text, null, out var usual) ? usual
            : read;
    }

    /// <summary>The instant that clocks of the zone call so.</summary>
    private DateTimeOffset InZone(DateTime local)
    {
        var unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(unspecified, Zone!.GetUtcOffset(unspecified));
    }

    /// <summary>Reads a zone: a name, or an offset.</summary>
    public static bool TryReadZone(string text, out TimeZoneInfo? zone)
    {
        if (TimeSpan.TryParseExact(text, [@"\+hh\:mm", @"\+hhmm"], CultureInfo.InvariantCulture, out var east) && east <= TimeSpan.FromHours(14))
            zone = TimeZoneInfo.CreateCustomTimeZone(text, east, text, text);
        else if (TimeSpan.TryParseExact(text, [@"\-hh\:mm", @"\-hhmm"], CultureInfo.InvariantCulture, TimeSpanStyles.AssumeNegative, out var west) && west >= TimeSpan.FromHours(-14))
            zone = TimeZoneInfo.CreateCustomTimeZone(text, west, text, text);
        else if (!TimeZoneInfo.TryFindSystemTimeZoneById(text is "JST" ? "Asia/Tokyo" : text, out zone))
            return false;
        return true;
    }

    /// <summary>Reads a span: <c>-9h</c>, <c>+30m</c>, <c>365d</c>, <c>1h30m</c>.</summary>
    public static bool TryReadSpan(string text, out TimeSpan span)
    {
        span = TimeSpan.Zero;
        var rest = text.AsSpan().Trim();
        var isNegative = rest.StartsWith("-");
        rest = rest.TrimStart("+-");
        if (rest.IsEmpty)
            return false;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is <= 0 or > 5 || !int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                return false;
            switch (rest[digits])
            {
                case 'd':
                    span += TimeSpan.FromDays(count);
                    break;
                case 'h':
                    span += TimeSpan.FromHours(count);
                    break;
                case 'm':
                    span += TimeSpan.FromMinutes(count);
                    break;
                default:
                    return false;
            }

            rest = rest[(digits + 1)..];
        }

        span = isNegative ? -span : span;
        return true;
    }
}
