namespace Kawaraban.Feeds.Dates;

/// <summary>Times of day: 10:00, 10:00:00.000, 3:05 p.m., 15h30, 10 Uhr, and 150000 where a date has been.</summary>
internal static class ClockTime
{
    /// <summary>Whether hours and minutes stand here, parted by a colon.</summary>
    public static bool IsHere(in DateScanner scanner) =>
        scanner.CountDigits() is > 0 and <= 2 and var digits && scanner.Ahead(digits) == ':' && char.IsAsciiDigit(scanner.Ahead(digits + 1));

    /// <summary>Reads hours and minutes, with seconds and their fraction and the half of the day where they follow.</summary>
    public static bool TryRead(ref DateScanner scanner, ref DateParts parts)
    {
        scanner.TryReadNumber(out var hour);
        scanner.Take(':');
        if (!scanner.TryReadNumber(out var minute) || minute.Digits > 2)
            return false;
        var second = default(Number);
        var unit = TimeSpan.TicksPerMinute;
        if (scanner.Current == ':' && char.IsAsciiDigit(scanner.Ahead(1)))
        {
            scanner.Position++;
            scanner.TryReadNumber(out second);
            unit = TimeSpan.TicksPerSecond;
            if (second.Digits > 2 || scanner.Current == ':' && char.IsAsciiDigit(scanner.Ahead(1)))
                return false;
        }

        var fraction = ReadFraction(ref scanner, unit);
        return parts.SetClock(hour.Value, minute.Value, second.Value, fraction) && ReadHalfDay(ref scanner, ref parts);
    }

    /// <summary>Reads the rest of an hour written with a word: "15h30", "10 h", "10 Uhr", "3 pm". Reads nothing when no such word
    /// follows.</summary>
    public static bool TryReadAfterHour(ref DateScanner scanner, ref DateParts parts, Number hour)
    {
        if (hour.Digits > 2 || parts.HasClock)
            return false;
        var start = scanner.Position;
        if (ReadHalfDay(ref scanner, ref parts) && scanner.Position > start)
            return parts.SetClock(hour.Value, 0, 0);
        scanner.SkipSpaces();
        if (scanner.ReadWord() is "h" or "H" or "Uhr" or "uhr" or "uur")
        {
            scanner.SkipSpaces();
            var minute = default(Number);
            if (scanner.CountDigits() == 2 && scanner.Ahead(2) != ':')
                scanner.TryReadDigits(2, out minute);
            return parts.SetClock(hour.Value, minute.Value, 0);
        }

        scanner.Position = start;
        return false;
    }

    /// <summary>Reads the time of ISO 8601's basic format, hhmm, hhmmss or, after a T, hh.</summary>
    public static bool TryReadBasic(ref DateScanner scanner, ref DateParts parts, bool isAfterT)
    {
        var digits = scanner.CountDigits();
        if (digits is not (4 or 6) && !(digits == 2 && isAfterT))
            return false;
        scanner.TryReadDigits(2, out var hour);
        var minute = default(Number);
        var second = default(Number);
        if (digits > 2)
            scanner.TryReadDigits(2, out minute);
        if (digits > 4)
            scanner.TryReadDigits(2, out second);
        var unit = digits switch { 2 => TimeSpan.TicksPerHour, 4 => TimeSpan.TicksPerMinute, _ => TimeSpan.TicksPerSecond };
        var fraction = ReadFraction(ref scanner, unit);
        return parts.SetClock(hour.Value, minute.Value, second.Value, fraction);
    }

    /// <summary>Reads "10.30" and "10.30.00", as times are written from Helsinki to Jakarta, where a date has been; else reads
    /// nothing.</summary>
    public static bool TryReadPointed(ref DateScanner scanner, ref DateParts parts)
    {
        var digits = scanner.CountDigits();
        if (parts.HasClock || digits > 2 || scanner.Ahead(digits) != '.' || scanner.CountDigitsAfter(digits + 1) != 2)
            return false;
        var second = default(Number);
        scanner.TryReadNumber(out var hour);
        scanner.Position++;
        scanner.TryReadNumber(out var minute);
        if (scanner.Current == '.' && scanner.CountDigitsAfter(1) == 2)
        {
            scanner.Position++;
            scanner.TryReadNumber(out second);
        }

        return parts.SetClock(hour.Value, minute.Value, second.Value);
    }

    /// <summary>Reads a decimal fraction of the last unit (ISO 8601:2004 §4.2.2.4). Of minutes and hours it must be the end of the time,
    /// since "10:30,23 Nov" has none.</summary>
    private static long ReadFraction(ref DateScanner scanner, long unit)
    {
        if (scanner.Current is not ('.' or ','))
            return 0;
        var digits = scanner.CountDigitsAfter(1);
        if (digits == 0 || unit != TimeSpan.TicksPerSecond && scanner.Ahead(digits + 1) is not ('\0' or 'Z' or 'z' or '+' or '-'))
            return 0;
        var fraction = Fixed.Fraction(scanner.Rest.Slice(1, digits), unit);
        scanner.Position += digits + 1;
        return fraction;
    }

    /// <summary>Reads "am" or "pm", in any case, with points and spaces (Spanish has "p. m."), and Greek "π.μ." and "μ.μ.".</summary>
    private static bool ReadHalfDay(ref DateScanner scanner, ref DateParts parts)
    {
        var start = scanner.Position;
        scanner.SkipSpaces();
        var half = scanner.Current switch
        {
            'a' or 'A' or 'π' => HalfDay.Morning,
            'p' or 'P' or 'μ' => HalfDay.Afternoon,
            _ => HalfDay.Unsaid,
        };
        var isGreek = scanner.Current >= 'α';
        scanner.Position++;
        if (scanner.Take('.'))
            scanner.SkipSpaces();
        if (half == HalfDay.Unsaid || !(isGreek ? scanner.Take('μ') : scanner.Take('m') || scanner.Take('M')) || char.IsLetter(scanner.Current))
        {
            scanner.Position = start;
            return true;
        }

        scanner.Take('.');
        if (parts.HalfDay != HalfDay.Unsaid)
            return false;
        parts.HalfDay = half;
        parts.IsAmerican |= !isGreek;
        return true;
    }
}
