namespace Kawaraban.Feeds.Dates;

/// <summary>Digits at known places.</summary>
internal static class Fixed
{
    /// <summary>Reads two ASCII digits.</summary>
    public static bool TryRead(ReadOnlySpan<char> pair, out int number)
    {
        var tens = (uint)(pair[0] - '0');
        var units = (uint)(pair[1] - '0');
        number = (int)(tens * 10 + units);
        return tens <= 9 && units <= 9;
    }

    /// <summary>How many ASCII digits a text begins with. They are few: a loop is done before a vector is loaded.</summary>
    public static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
            count++;
        return count;
    }

    /// <summary>The decimal fraction of a unit. Digits beyond a tick, a ten-millionth of a second, are dropped, as no rounding may make the
    /// next second.</summary>
    /// <param name="digits">ASCII digits, of any number.</param>
    /// <param name="unit">The unit that the fraction is of, in ticks.</param>
    public static long Fraction(ReadOnlySpan<char> digits, long unit)
    {
        var ticks = 0L;
        var place = 1L;
        foreach (var digit in digits[..Math.Min(digits.Length, 7)])
        {
            ticks = ticks * 10 + (digit - '0');
            place *= 10;
        }

        return ticks * unit / place;
    }

    /// <summary>Reads the whole of <c>Z</c>, <c>+09:00</c> or <c>+0900</c>.</summary>
    public static bool TryReadOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z" or "z")
            return true;
        if (text.Length is not (5 or 6) || text[0] is not ('+' or '-') || text.Length == 6 && text[3] != ':')
            return false;
        return TryRead(text[1..3], out var hours)
            && TryRead(text[^2..], out var minutes)
            && Calendar.TryOffset(text[0] == '-', hours, minutes, out offset);
    }
}
