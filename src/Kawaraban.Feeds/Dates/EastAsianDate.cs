namespace Kawaraban.Feeds.Dates;

/// <summary>Japanese, Chinese and Korean dates, in which a unit follows each number: 令和8年11月23日(月) 午後3時5分, 2026年11月23日 下午3点, 2026년 11월 23일
/// 오후 3:00.</summary>
/// <remarks>Each of the three countries has one zone and no summer time, so that the writing says the zone when nothing else does. 年, 月 and
/// 日 alone are taken for Japanese: at worst an hour off, where UTC would be eight or nine.</remarks>
internal static class EastAsianDate
{
    public static readonly TimeSpan Japan = TimeSpan.FromHours(9);
    public static readonly TimeSpan Korea = TimeSpan.FromHours(9);
    public static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>Whether a character is of a script that does not part words: ideographs and kana; and Hangul, whose units follow numbers
    /// likewise.</summary>
    public static bool IsCharacter(char character) =>
        character is >= '\u3005' and <= '\u3007' or >= '\u3041' and <= '\u30ff' or >= '\u3400' and <= '\u9fff' or >= '\uac00' and <= '\ud7a3';

    /// <summary>Reads one word, or a number in ideographs and its unit.</summary>
    public static bool TryRead(ref DateScanner scanner, ref DateParts parts)
    {
        var start = scanner.Position;
        if (KanjiNumber.TryRead(ref scanner, out var number) && TryReadUnit(ref scanner, ref parts, number))
            return true;
        scanner.Position = start;

        // The first year of an era: 令和元年.
        if (parts.EraStart > 0 && parts.Year == 0 && scanner.Take('元'))
            return TryReadUnit(ref scanner, ref parts, new(1, 1));
        return EastAsianWords.TryRead(ref scanner, ref parts);
    }

    /// <summary>Reads the unit of a number, after a space or none; reads nothing when there is none.</summary>
    public static bool TryReadUnit(ref DateScanner scanner, ref DateParts parts, Number number)
    {
        var start = scanner.Position;
        scanner.SkipSpaces();
        var unit = scanner.Current;

        // "23 月曜日", "23 일요일": a weekday, not a unit.
        var isUnit = IsCharacter(unit) && scanner.Ahead(1) is not ('曜' or '요') && Take(unit, number, ref parts);
        if (!isUnit)
        {
            scanner.Position = start;
            return false;
        }

        scanner.Position++;
        if (unit is '時' or '时' or '點' or '点' && scanner.Take('半'))
            parts.Minute = 30;
        switch (unit)
        {
            case '年' or '月' or '日' or '時' or '分' or '秒':
                parts.LikelyCountryOffset ??= Japan;
                break;
            case >= '\uac00':
                parts.CountryOffset ??= Korea;
                break;
            default:
                parts.CountryOffset ??= China;
                break;
        }

        return true;
    }

    private static bool Take(char unit, Number number, ref DateParts parts)
    {
        switch (unit)
        {
            case '年' or '년':
                return TakeYear(number, ref parts);
            case '月' or '월':
                return parts.SetMonth(number.Value);
            case '日' or '일' or '号' or '號':
                if (parts.Month == 0 || parts.Day > 0 || number.Value is < 1 or > 31)
                    return false;
                parts.Day = (int)number.Value;
                return true;
            case '時' or '时' or '點' or '点' or '시':
                return parts.SetClock(number.Value, 0, 0);
            case '分' or '분':
                if (!parts.HasClock || parts.Minute > 0 || number.Value > 59)
                    return false;
                parts.Minute = (int)number.Value;
                return true;
            case '秒' or '초':
                if (!parts.HasClock || parts.Second > 0 || number.Value > 60)
                    return false;
                parts.Second = (int)number.Value;
                return true;
            default:
                return false;
        }
    }

    /// <summary>A year of four digits, or of an era named before it. People keep counting in an era that has ended, so that 平成35年 is
    /// 2023.</summary>
    private static bool TakeYear(Number number, ref DateParts parts)
    {
        if (parts.Year > 0 || parts.Triple is not null)
            return false;
        if (parts.EraStart == 0)
        {
            parts.Year = (int)number.Value;
            return number.Digits == 4 && number.Value > 0;
        }

        parts.Year = parts.EraStart + (int)number.Value;
        return number.Digits <= 3 && number.Value > 0;
    }
}
