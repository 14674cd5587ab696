namespace Kawaraban.Feeds.Dates;

/// <summary>Makes an instant of the parts of a date, when they make one.</summary>
internal static class DateResolution
{
    /// <summary>Makes the instant.</summary>
    /// <param name="parts">All that was read.</param>
    /// <param name="commentedOffset">The zone that only a comment names.</param>
    /// <param name="defaultOffset">The zone where none is named.</param>
    /// <param name="value">The instant.</param>
    public static bool TryResolve(in DateParts parts, TimeSpan? commentedOffset, TimeSpan? defaultOffset, out DateTimeOffset value)
    {
        value = default;
        if (parts.UnixMilliseconds is { } milliseconds)
        {
            value = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            return true;
        }

        var offset = parts.Offset ?? commentedOffset ?? defaultOffset ?? parts.CountryOffset ?? parts.LikelyCountryOffset ?? TimeSpan.Zero;
        return Day(parts) is var (year, month, day)
            && TryTimeOfDay(parts, out var time)
            && Calendar.TryCombine(year, month, day, time, offset, out value);
    }

    private static (int Year, int Month, int Day)? Day(in DateParts parts)
    {
        if (parts.Triple is { } triple)
            return parts.LooseCount == 0 && parts.Month == 0 && parts.Year == 0 ? triple.Resolve(parts.Weekday, parts.IsAmerican) : null;
        var month = parts.Month > 0 ? parts.Month : parts.MonthOrWeekday;
        if (month == 0)
            return null;
        if (parts.Year > 0)
        {
            // A month alone begins on its first day; one with a time lacks its day.
            var day = parts.Day > 0 || parts.HasClock ? parts.Day : 1;
            return parts.LooseCount == 0 && parts.EraStart <= parts.Year ? (parts.Year, month, day) : null;
        }

        return parts.EraStart > 0 ? null : WithLooseNumbers(parts, month);
    }

    /// <summary>The day and the year beside the name of a month. Four digits, or three (RFC 5322 §4.3), are a year; of two short numbers
    /// the day comes first, as in RFC 822, unless it cannot be one.</summary>
    private static (int Year, int Month, int Day)? WithLooseNumbers(in DateParts parts, int month)
    {
        var (first, second) = (parts.FirstLoose, parts.SecondLoose);
        switch (parts.LooseCount)
        {
            case 1 when first.Digits == 4 && (parts.Day > 0 || !parts.HasClock):
                return ((int)first.Value, month, parts.Day > 0 ? parts.Day : 1);
            case 2 when parts.Day == 0:
                var isYearFirst = first.Digits > 2 || second.Digits <= 2 && first.Value > 31;
                var (year, day) = isYearFirst ? (first, second) : (second, first);
                return day.Digits <= 2 && year.Digits > 1 ? (Calendar.FullYear((int)year.Value, year.Digits), month, (int)day.Value) : null;
            default:
                return null;
        }
    }

    private static bool TryTimeOfDay(in DateParts parts, out long time)
    {
        time = 0;
        if (!parts.HasClock)
            return parts.HalfDay == HalfDay.Unsaid;
        var hour = parts.Hour;
        switch (parts.HalfDay)
        {
            case HalfDay.Morning when hour > 12:
            case HalfDay.Afternoon when hour > 23:
                return false;
            case HalfDay.Morning when hour == 12:
                hour = 0;
                break;
            case HalfDay.Afternoon when hour < 12:
                hour += 12;
                break;
        }

        return Calendar.TryTimeOfDay(hour, parts.Minute, parts.Second, parts.Fraction, out time);
    }
}
