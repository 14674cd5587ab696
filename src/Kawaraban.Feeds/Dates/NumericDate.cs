namespace Kawaraban.Feeds.Dates;

/// <summary>Three numbers parted by the same sign, such as 11/23/2026.</summary>
internal readonly record struct NumericTriple(Number First, Number Second, Number Third, char Separator)
{
    /// <summary>The one day that is meant, if only one can be.</summary>
    /// <param name="weekday">The weekday named beside it.</param>
    /// <param name="isAmerican">Whether it is written as in the United States.</param>
    /// <returns>Year, month and day; null when there is none, or more than one with nothing to choose between them.</returns>
    public (int Year, int Month, int Day)? Resolve(DayOfWeek? weekday, bool isAmerican)
    {
        if (First.Digits == 4)
            return OneOf(Day(First, Second, Third), null, null, null);
        var monthFirst = Day(Third, First, Second);
        var dayFirst = Day(Third, Second, First);
        var yearFirst = Third.Digits == 4 ? null : Day(First, Second, Third);

        // Points: day.month.year from Lisbon to Vladivostok, year.month.day in Seoul and Tokyo, never month.day.year where the former
        // exists.
        if (Separator == '.' && (dayFirst is not null || yearFirst is not null))
            monthFirst = null;
        return OneOf(dayFirst, monthFirst, yearFirst, weekday) ?? (isAmerican ? monthFirst : null);
    }

    private static (int, int, int)? Day(Number year, Number month, Number day)
    {
        var fullYear = Calendar.FullYear((int)year.Value, year.Digits);
        return Calendar.Exists(fullYear, (int)month.Value, (int)day.Value) ? (fullYear, (int)month.Value, (int)day.Value) : null;
    }

    private static (int, int, int)? OneOf(
        (int Year, int Month, int Day)? first, (int Year, int Month, int Day)? second, (int Year, int Month, int Day)? third, DayOfWeek? weekday)
    {
        (int, int, int)? only = null;
        (int, int, int)? onlyOnWeekday = null;
        var isOnly = true;
        var isOnlyOnWeekday = true;
        foreach (var day in (ReadOnlySpan<(int Year, int Month, int Day)?>)[first, second, third])
        {
            if (day is not { } some)
                continue;
            isOnly &= only is null || only == some;
            only = some;
            if (weekday != new DateTime(some.Year, some.Month, some.Day).DayOfWeek)
                continue;
            isOnlyOnWeekday &= onlyOnWeekday is null || onlyOnWeekday == some;
            onlyOnWeekday = some;
        }

        return isOnly ? only : isOnlyOnWeekday ? onlyOnWeekday : null;
    }
}

/// <summary>Dates in numbers alone: 2026/11/23, 23.11.2026, 11/23/2026, and the years of Japanese eras by their letters,
/// R8.11.23.</summary>
internal static class NumericDate
{
    /// <summary>Reads three numbers parted alike; reads nothing when there are none. It is broken when there are more. Colons part them in
    /// what cameras write (Exif), from the beginning of the text.</summary>
    public static bool TryRead(ref DateScanner scanner, out NumericTriple triple, out bool isBroken)
    {
        var start = scanner.Position;
        isBroken = false;
        triple = default;
        if (scanner.TryReadNumber(out var first) && first.Digits is 1 or 2 or 4)
        {
            scanner.SkipSpaces();
            var separator = scanner.Current;
            if ((separator is '-' or '/' or '.' || separator == ':' && start == 0 && first.Digits == 4)
                && TryReadNext(ref scanner, separator, out var second) && second.Digits <= 2
                && TryReadNext(ref scanner, separator, out var third) && (third.Digits <= 2 || third.Digits == 4 && first.Digits != 4))
            {
                triple = new(first, second, third, separator);
                isBroken = scanner.Current == separator && char.IsAsciiDigit(scanner.Ahead(1)) && !IsOffset(scanner);
                return !isBroken;
            }
        }

        scanner.Position = start;
        return false;
    }

    /// <summary>Whether this is the offset of a day, as XML Schema Part 2 §3.3.9 has it: 2026-11-23-05:00.</summary>
    public static bool IsOffset(DateScanner scanner) => ZoneOffset.TryReadNumber(ref scanner, out _) && scanner.Ahead(-3) == ':';

    private static bool TryReadNext(ref DateScanner scanner, char separator, out Number number)
    {
        number = default;
        scanner.SkipSpaces();
        if (!scanner.Take(separator))
            return false;
        scanner.SkipSpaces();
        return scanner.TryReadNumber(out number);
    }
}
