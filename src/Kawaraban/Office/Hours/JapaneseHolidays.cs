namespace Kawaraban.Office.Hours;

/// <summary>The public holidays of Japan, by the Act on National Holidays (国民の祝日に関する法律, 昭和23年法律第178号) as it stands since 2022.</summary>
public static class JapaneseHolidays
{
    /// <summary>The first year that the rules here hold for; the years before it had exceptions for the Olympic games.</summary>
    public const int FirstYear = 2022;

    /// <summary>The last: the days of the equinoxes are computed by a formula that is good until then.</summary>
    public const int LastYear = 2099;

    /// <summary>Whether a day is a public holiday, a substitute for one, or lies between two.</summary>
    public static bool Contains(DateOnly day) => day.Year is >= FirstYear and <= LastYear && (IsNamed(day) || IsSubstitute(day) || IsBetween(day));

    private static bool IsNamed(DateOnly day) => (day.Month, day.Day) switch
    {
        (1, 1) or (2, 11) or (2, 23) or (4, 29) or (5, 3) or (5, 4) or (5, 5) or (8, 11) or (11, 3) or (11, 23) => true,
        (1, _) or (10, _) => IsMonday(day, 2),
        (7, _) => IsMonday(day, 3),
        (3, _) => day.Day == Equinox(day.Year, 20.8431),
        (9, _) => IsMonday(day, 3) || day.Day == Equinox(day.Year, 23.2488),
        _ => false,
    };

    // Article 3 (2): a holiday on a Sunday moves to the first day after it that is none.
    private static bool IsSubstitute(DateOnly day)
    {
        if (IsNamed(day))
            return false;
        var before = day.AddDays(-1);
        while (IsNamed(before))
        {
            if (before.DayOfWeek == DayOfWeek.Sunday)
                return true;
            before = before.AddDays(-1);
        }

        return false;
    }

    // Article 3 (3): a day between two holidays is one. In September this happens now and then.
    private static bool IsBetween(DateOnly day) => !IsNamed(day) && day.DayOfWeek != DayOfWeek.Sunday && IsNamed(day.AddDays(-1)) && IsNamed(day.AddDays(1));

    private static bool IsMonday(DateOnly day, int which) => day.DayOfWeek == DayOfWeek.Monday && (day.Day - 1) / 7 + 1 == which;

    // The widely used approximation for 1980 to 2099, Japan's time: 0.242194 is what a tropical year has over 365 days.
    private static int Equinox(int year, double of1980) => (int)(of1980 + 0.242194 * (year - 1980) - (year - 1980) / 4);
}
