namespace Kawaraban.Feeds.Dates;

/// <summary>Reads a folded date word by word, in whatever order its parts come: asctime, RFC 850, letters' and databases' dates, in many
/// languages.</summary>
/// <remarks>Every word must say something about the date or be known to say nothing; one that is neither makes the text no date.</remarks>
internal static class WordDate
{
    /// <summary>Reads all of a text.</summary>
    /// <returns>False when something in it is not of a date. Whether the parts make one is for <see cref="DateResolution"/> to
    /// say.</returns>
    public static bool TryRead(ref DateScanner scanner, ref DateParts parts)
    {
        Iso8601Date.ReadDate(ref scanner, ref parts);
        while (!scanner.IsAtEnd)
        {
            var isRead = scanner.Current switch
            {
                ' ' or ',' or ';' or '.' or ':' or '/' or '\'' or '@' or '|' or '·' or '•' => scanner.Take(scanner.Current),
                '+' or '-' => TryReadSign(ref scanner, ref parts),
                _ when scanner.IsAtDigit => TryReadNumber(ref scanner, ref parts),
                _ when EastAsianDate.IsCharacter(scanner.Current) => EastAsianDate.TryRead(ref scanner, ref parts),
                _ => TryReadWord(ref scanner, ref parts),
            };
            if (!isRead)
                return false;
        }

        return true;
    }

    /// <summary>The sign of an offset, or a hyphen as in 23-Nov-2026.</summary>
    private static bool TryReadSign(ref DateScanner scanner, ref DateParts parts)
    {
        var isBeforeDigit = char.IsAsciiDigit(scanner.Ahead(1));
        if (isBeforeDigit && parts.Offset is null
            && (parts.HasClock || parts.HasDate && scanner.Ahead(-1) != ' ' && NumericDate.IsOffset(scanner)))
        {
            var isOffset = ZoneOffset.TryReadNumber(ref scanner, out var offset);
            parts.Offset = offset;
            return isOffset;
        }

        // Go prints the offset once more where a zone has no name: "+0900 +0900".
        if (isBeforeDigit && parts.HasClock)
            return ZoneOffset.TryReadNumber(ref scanner, out var again) && again == parts.Offset;

        // Between the parts of a date, or with spaces around it.
        return (!isBeforeDigit || !parts.HasDate) && scanner.Take('-');
    }

    private static bool TryReadNumber(ref DateScanner scanner, ref DateParts parts)
    {
        if (ClockTime.IsHere(scanner))
            return ClockTime.TryRead(ref scanner, ref parts);
        var start = scanner.Position;
        if (!parts.HasDate)
        {
            if (NumericDate.TryRead(ref scanner, out var triple, out var isBroken))
            {
                parts.Triple = triple;
                return parts is { Year: 0, Month: 0, LooseCount: 0 };
            }

            if (isBroken)
                return false;
        }
        else if (!parts.HasClock)
        {
            var isAfterT = scanner.Ahead(-1) is 'T' or 't';
            if (ClockTime.TryReadBasic(ref scanner, ref parts, isAfterT) || ClockTime.TryReadPointed(ref scanner, ref parts))
                return true;
            if (parts.HasClock)
                return false;
            scanner.Position = start;
        }

        return scanner.TryReadNumber(out var number)
            && (EastAsianDate.TryReadUnit(ref scanner, ref parts, number)
                || ClockTime.TryReadAfterHour(ref scanner, ref parts, number)
                || parts.AddLoose(number) && SkipOrdinalSuffix(ref scanner));
    }

    /// <summary>The rest of "23rd", "1er", "1o".</summary>
    private static bool SkipOrdinalSuffix(ref DateScanner scanner)
    {
        var start = scanner.Position;
        if (scanner.ReadWord() is not ("st" or "nd" or "rd" or "th" or "ST" or "ND" or "RD" or "TH" or "er" or "e" or "o" or "a"))
            scanner.Position = start;
        return true;
    }

    private static bool TryReadWord(ref DateScanner scanner, ref DateParts parts)
    {
        // Zones come after a time. "2026-11-23Z" is XML Schema's (Part 2 §3.3.9).
        var isZonePlace = parts.HasClock || parts.HasDate && scanner.Ahead(-1) != ' ' && scanner.Current is 'Z' && scanner.Ahead(1) == '\0';
        if (isZonePlace && ZoneOffset.TryReadName(ref scanner, ref parts))
            return true;

        var word = scanner.ReadWord();
        if (word.IsEmpty)
            return false;
        if (word is "R" or "H" or "S" && scanner.IsAtDigit && scanner.Ahead(-2) is '\0' or ' ')
            return TryReadEraLetter(ref scanner, ref parts, word[0]);
        if (word is "T" or "t" && !parts.HasClock)
            return true;
        if (parts is { HasDate: true, HasClock: false, HalfDay: HalfDay.Unsaid } && word is "AM" or "PM" or "am" or "pm")
        {
            // "2026/11/23 PM 3:00". Without a date before it, "am" is German for "on".
            parts.HalfDay = word[0] is 'A' or 'a' ? HalfDay.Morning : HalfDay.Afternoon;
            return true;
        }

        var isMonth = MonthNames.TryFind(word, out var month);
        if (WeekdayNames.TryFind(word, out var weekday))
        {
            if (!isMonth)
                parts.Weekday ??= weekday;
            else if (parts.MonthOrWeekday > 0 && parts.Month == 0)
                parts.Month = month;
            else
                parts.MonthOrWeekday = month;
            return true;
        }

        return isMonth ? parts.SetMonth(month) : NoiseWords.Contains(word);
    }

    /// <summary>R8.11.23, H31/4/30, S64-1-7, or R8年, whose unit is read later.</summary>
    private static bool TryReadEraLetter(ref DateScanner scanner, ref DateParts parts, char letter)
    {
        if (parts.EraStart > 0 || parts.Year > 0)
            return false;
        parts.EraStart = letter switch
        {
            'R' => 2018,
            'H' => 1988,
            _ => 1925,
        };
        parts.CountryOffset = EastAsianDate.Japan;
        if (!NumericDate.TryRead(ref scanner, out var triple, out _))
            return true;
        return triple is { First: { Digits: <= 2, Value: > 0 }, Third.Digits: <= 2 }
            && parts.SetDate(parts.EraStart + triple.First.Value, triple.Second.Value, triple.Third.Value);
    }
}
