namespace Kawaraban.Feeds.Dates;

/// <summary>The zone after a time: an offset, a name, or a name and an offset from it.</summary>
internal static class ZoneOffset
{
    /// <summary>Reads <c>+09:00</c>, <c>+0900</c>, <c>+900</c>, <c>+09</c>, <c>+9</c>; seconds are read when they are none.</summary>
    public static bool TryReadNumber(ref DateScanner scanner, out TimeSpan offset)
    {
        offset = default;
        var isNegative = scanner.Current == '-';
        if (!isNegative && scanner.Current != '+')
            return false;
        scanner.Position++;
        var digits = scanner.CountDigits();
        if (digits is 0 or 5 or > 6 || !scanner.TryReadDigits(digits switch { 1 or 3 => 1, _ => 2 }, out var hours))
            return false;
        var minutes = default(Number);
        var seconds = default(Number);
        if (digits > 2)
        {
            if (!scanner.TryReadDigits(2, out minutes) || digits == 6 && !scanner.TryReadDigits(2, out seconds))
                return false;
        }
        else if (scanner.Current == ':' && scanner.CountDigitsAfter(1) == 2)
        {
            scanner.Position++;
            scanner.TryReadDigits(2, out minutes);
            if (scanner.Current == ':' && scanner.CountDigitsAfter(1) == 2)
            {
                scanner.Position++;
                scanner.TryReadDigits(2, out seconds);
            }
        }

        return seconds.Value == 0 && !scanner.IsAtDigit && Calendar.TryOffset(isNegative, (int)hours.Value, (int)minutes.Value, out offset);
    }

    /// <summary>Reads a name that stands where a zone belongs, with the offset that may follow it: <c>UTC+09:00</c>, <c>GMT
    /// +9</c>.</summary>
    /// <returns>False, and nothing read, when the words here cannot be a zone.</returns>
    /// <remarks>RFC 5322 §4.3: a name whose meaning is not known, and the letters of the military zones, which RFC 822 had the wrong way
    /// round, are as good as no zone.</remarks>
    public static bool TryReadName(ref DateScanner scanner, ref DateParts parts)
    {
        var start = scanner.Position;
        var rest = scanner.Rest;
        var length = 0;
        while (length < rest.Length && IsNameCharacter(rest, length))
            length++;
        var name = rest[..length];

        var isKnown = ZoneNames.TryFind(name, out var offset);
        if (isKnown || IsUnknownZone(name, parts))
        {
            scanner.Position = start + length;
            parts.NamesZone = true;
            parts.IsAmerican |= ZoneNames.IsAmerican(name);
            if (scanner.Current is '+' or '-' || scanner.Current == ' ' && scanner.Ahead(1) is '+' or '-' && char.IsAsciiDigit(scanner.Ahead(2)))
            {
                scanner.SkipSpaces();
                if (!TryReadNumber(ref scanner, out offset))
                    return false;
                isKnown = true;
                offset = name.StartsWith("Etc/", StringComparison.OrdinalIgnoreCase) ? -offset : offset;
            }

            if (isKnown)
                parts.Offset ??= offset;
            return true;
        }

        return false;
    }

    /// <summary>Letters, and within a name of the time zone database what joins them: America/Port-au-Prince.</summary>
    private static bool IsNameCharacter(ReadOnlySpan<char> text, int at)
    {
        if (char.IsAsciiLetter(text[at]))
            return true;
        var isBetweenLetters = at > 0 && at + 1 < text.Length && char.IsAsciiLetter(text[at + 1]);
        return isBetweenLetters && (text[at] == '/' || text[at] is '_' or '-' && text[..at].Contains('/'));
    }

    private static bool IsUnknownZone(ReadOnlySpan<char> name, in DateParts parts)
    {
        if (parts.NamesZone || parts.Offset is not null)
            return false;
        if (name.Contains('/'))
            return true;
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterUpper(letter))
                return false;
        }

        return name.Length is 1 or 3 or 4 or 5
            && name is not "J" and not "T"
            && !MonthNames.TryFind(name, out _)
            && !WeekdayNames.TryFind(name, out _)
            && !NoiseWords.Contains(name);
    }
}
