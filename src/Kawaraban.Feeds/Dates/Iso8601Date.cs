using System.Globalization;

namespace Kawaraban.Feeds.Dates;

/// <summary>The dates of ISO 8601 that position and length tell apart: calendar, week and ordinal dates, extended and basic, whole and
/// reduced.</summary>
/// <remarks>Also the forms with years of two digits that its edition of 2000 still allowed and feeds of that time use: 031231, 03-12-31,
/// 03335, -0312.</remarks>
internal static class Iso8601Date
{
    /// <summary>Reads the date at the beginning of a text, as far as it is of ISO 8601; else reads nothing.</summary>
    public static void ReadDate(ref DateScanner scanner, ref DateParts parts)
    {
        var isRead = (scanner.Current, scanner.CountDigits()) switch
        {
            ('-', _) => TryReadImpliedCentury(ref scanner, ref parts),
            (_, 2) => TryReadShortYear(ref scanner, ref parts),
            (_, 4) => TryReadYear(ref scanner, ref parts),
            (_, > 4) => TryReadBasic(ref scanner, ref parts),
            _ => false,
        };
        if (!isRead)
            scanner.Position = 0;
    }

    private static bool TryReadYear(ref DateScanner scanner, ref DateParts parts)
    {
        scanner.TryReadDigits(4, out var year);
        if (scanner.IsAtEnd)
            return parts.SetDate(year.Value, 1, 1);
        var isExtended = scanner.Take('-');
        if (scanner.Take('W'))
            return TryReadWeek(ref scanner, ref parts, year.Value, isExtended);
        if (!isExtended)
            return false;
        switch (scanner.CountDigits())
        {
            case 3 when scanner.Current == '0' && scanner.Ahead(3) == '-' && scanner.CountDigitsAfter(4) == 2:
                // Google Sites wrote months with a zero too many: 2003-012-31.
                scanner.Position++;
                break;
            case 3:
                scanner.TryReadDigits(3, out var day);
                return SetOrdinal(ref parts, year.Value, day.Value);
            case not 2:
                return false;
        }

        scanner.TryReadDigits(2, out var month);
        if (scanner.IsAtEnd)
            return parts.SetDate(year.Value, month.Value, 1);
        return scanner.Take('-')
            && scanner.CountDigits() == 2 && scanner.TryReadDigits(2, out var number)
            && parts.SetDate(year.Value, month.Value, number.Value);
    }

    /// <summary>2026-W48-2, 2026W482, and the Monday of 2026-W48 (ISO 8601:2004 §4.1.4).</summary>
    private static bool TryReadWeek(ref DateScanner scanner, ref DateParts parts, long year, bool isExtended)
    {
        if (year == 0 || !scanner.TryReadDigits(2, out var week))
            return false;
        var weekday = new Number(1, 1);
        if (isExtended ? scanner.Take('-') : scanner.IsAtDigit)
        {
            if (!scanner.TryReadNumber(out weekday) || weekday is not { Digits: 1, Value: >= 1 and <= 7 })
                return false;
        }

        if (week.Value < 1 || week.Value > ISOWeek.GetWeeksInYear((int)year))
            return false;

        // The last week of 9999 ends in a year that is none.
        var days = ISOWeek.GetYearStart((int)year).Ticks / TimeSpan.TicksPerDay + (week.Value - 1) * 7 + weekday.Value - 1;
        if (days > DateTime.MaxValue.Ticks / TimeSpan.TicksPerDay)
            return false;
        var day = new DateTime(days * TimeSpan.TicksPerDay);
        return parts.SetDate(day.Year, day.Month, day.Day);
    }

    private static bool TryReadShortYear(ref DateScanner scanner, ref DateParts parts)
    {
        scanner.TryReadDigits(2, out var year);
        if (!scanner.Take('-'))
            return false;
        var fullYear = Calendar.FullYear((int)year.Value, 2);
        if (scanner.CountDigits() == 3)
            return scanner.TryReadDigits(3, out var ordinal) && SetOrdinal(ref parts, fullYear, ordinal.Value);
        return scanner.CountDigits() == 2 && scanner.TryReadDigits(2, out var month)
            && scanner.Take('-')
            && scanner.CountDigits() == 2 && scanner.TryReadDigits(2, out var day)
            && parts.SetDate(fullYear, month.Value, day.Value);
    }

    /// <summary>-0312 and -03-12: a month of an implied century.</summary>
    private static bool TryReadImpliedCentury(ref DateScanner scanner, ref DateParts parts)
    {
        scanner.Position++;
        if (!scanner.TryReadDigits(2, out var year))
            return false;
        scanner.Take('-');
        return scanner.TryReadDigits(2, out var month)
            && scanner.IsAtEnd
            && parts.SetDate(Calendar.FullYear((int)year.Value, 2), month.Value, 1);
    }

    /// <summary>Digits alone. They are a date only where nothing else reads like them, since a feed may as well publish a count.</summary>
    private static bool TryReadBasic(ref DateScanner scanner, ref DateParts parts)
    {
        var digits = scanner.CountDigits();
        var isWhole = scanner.Rest.Length == digits;
        var isThisOrLastCentury = scanner.Rest is ['1', '9', ..] or ['2', '0', ..];
        switch (digits)
        {
            // A number of five digits is a number, unless it begins with zero.
            case 5 when isWhole && scanner.Current == '0':
                scanner.TryReadDigits(2, out var shortYear);
                return scanner.TryReadDigits(3, out var dayOfShortYear) && SetOrdinal(ref parts, 2000 + shortYear.Value, dayOfShortYear.Value);
            // 200312 would be March 2020 or December 2003; ISO 8601 forbids the latter for that reason, and people write it.
            case 6 when isWhole && !(isThisOrLastCentury && scanner.Rest[4..6] is ['0', not '0'] or ['1', '0' or '1' or '2']):
                scanner.TryReadDigits(2, out var year);
                scanner.TryReadDigits(2, out var month);
                return scanner.TryReadDigits(2, out var day) && parts.SetDate(Calendar.FullYear((int)year.Value, 2), month.Value, day.Value);
            case 7 when isThisOrLastCentury:
                scanner.TryReadDigits(4, out var ordinalYear);
                return scanner.TryReadDigits(3, out var dayOfYear) && SetOrdinal(ref parts, ordinalYear.Value, dayOfYear.Value);
            case 8:
                return TryReadCalendarDay(ref scanner, ref parts);
            case 12 or 14 when isThisOrLastCentury:
                return TryReadCalendarDay(ref scanner, ref parts)
                    && scanner.TryReadDigits(2, out var hour)
                    && scanner.TryReadDigits(2, out var minute)
                    && (scanner.TryReadDigits(2, out var second) || digits == 12)
                    && parts.SetClock(hour.Value, minute.Value, second.Value);
            case 10 or 13 when isWhole:
                return TryReadUnixTime(ref scanner, ref parts, digits);
            default:
                return false;
        }
    }

    /// <summary>Seconds or milliseconds since 1970, where the number is of the length that they have from 2001 until 2065 (so that it is
    /// neither a telephone number nor an ISBN) and is not also a day and an hour (2026112310).</summary>
    private static bool TryReadUnixTime(ref DateScanner scanner, ref DateParts parts, int digits)
    {
        scanner.TryReadNumber(out var number);
        var seconds = digits == 13 ? number.Value / 1000 : number.Value;
        if (seconds is < 1_000_000_000 or >= 3_000_000_000)
            return false;
        if (digits == 10
            && number.Value is >= 1_900_000_000 and < 2_100_000_000
            && number.Value % 100 < 24
            && Calendar.Exists((int)(number.Value / 1_000_000), (int)(number.Value / 10_000 % 100), (int)(number.Value / 100 % 100)))
        {
            return false;
        }

        parts.UnixMilliseconds = digits == 13 ? number.Value : number.Value * 1000;
        return true;
    }

    private static bool TryReadCalendarDay(ref DateScanner scanner, ref DateParts parts)
    {
        scanner.TryReadDigits(4, out var year);
        scanner.TryReadDigits(2, out var month);
        return scanner.TryReadDigits(2, out var day) && parts.SetDate(year.Value, month.Value, day.Value);
    }

    private static bool SetOrdinal(ref DateParts parts, long year, long dayOfYear)
    {
        if (year is < 1 or > 9999 || dayOfYear < 1 || dayOfYear > (DateTime.IsLeapYear((int)year) ? 366 : 365))
            return false;
        var day = new DateTime((int)year, 1, 1).AddDays(dayOfYear - 1);
        return parts.SetDate(year, day.Month, day.Day);
    }
}
