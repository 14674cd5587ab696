namespace Kawaraban.Feeds.Dates;

/// <summary>The last word on what exists: days, times of day, offsets and the instants they make.</summary>
internal static class Calendar
{
    /// <summary>The year that a year of two or three digits stands for (RFC 5322 §4.3): 00 to 49 in this century, others after
    /// 1900.</summary>
    public static int FullYear(int year, int digits) => digits switch
    {
        2 or 1 when year < 50 => 2000 + year,
        <= 3 => 1900 + year,
        _ => year,
    };

    /// <summary>Whether there is such a day, in the years 1 to 9999 of the Gregorian calendar.</summary>
    public static bool Exists(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    /// <summary>The ticks since midnight. 24:00 is the end of the day (ISO 8601:2004 §4.2.3), the second 60 a leap second (RFC 3339 §5.6):
    /// both are the moment after, as the time scale of <see cref="DateTimeOffset"/> has no place of their own for them.</summary>
    public static bool TryTimeOfDay(int hour, int minute, int second, long fraction, out long ticks)
    {
        ticks = ((hour * 60L + minute) * 60 + second) * TimeSpan.TicksPerSecond + fraction;
        return hour <= 24 && minute <= 59 && second <= 60 && (hour < 24 || ticks == TimeSpan.TicksPerDay);
    }

    /// <summary>An offset from UTC of at most fourteen hours, which is as far as any place on earth has gone.</summary>
    public static bool TryOffset(bool isNegative, int hours, int minutes, out TimeSpan offset)
    {
        var total = hours * 60 + minutes;
        offset = TimeSpan.FromTicks((isNegative ? -total : total) * TimeSpan.TicksPerMinute);
        return minutes <= 59 && total <= 14 * 60;
    }

    /// <summary>The instant at a time of a day at an offset, unless there is none or UTC cannot say it within the years 1 to
    /// 9999.</summary>
    public static bool TryCombine(int year, int month, int day, long time, TimeSpan offset, out DateTimeOffset value)
    {
        value = default;
        if (!Exists(year, month, day) || offset.Ticks % TimeSpan.TicksPerMinute != 0 || offset.Duration() > TimeSpan.FromHours(14))
            return false;
        var clock = new DateTime(year, month, day).Ticks + time;
        var universal = clock - offset.Ticks;
        if (clock > DateTime.MaxValue.Ticks || universal < 0 || universal > DateTime.MaxValue.Ticks)
            return false;
        value = new DateTimeOffset(clock, offset);
        return true;
    }
}
