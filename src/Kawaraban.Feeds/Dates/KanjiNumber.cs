namespace Kawaraban.Feeds.Dates;

/// <summary>Numbers in ideographs below ten thousand, digit by digit (二〇二六) or with tens (二十三).</summary>
internal static class KanjiNumber
{
    private const string Digits = "〇一二三四五六七八九";

    /// <summary>Reads a number; reads nothing when there is none.</summary>
    public static bool TryRead(ref DateScanner scanner, out Number number)
    {
        var start = scanner.Position;
        var value = 0;
        var last = 0;
        var digits = 0;
        var hasTens = false;
        for (; digits <= 4; digits++, scanner.Position++)
        {
            var digit = scanner.Current == '零' ? 0 : Digits.IndexOf(scanner.Current);
            if (digit >= 0 && !hasTens)
                value = last = value * 10 + digit;
            else if (digit > 0 && value % 10 == 0)
                value += digit;
            else if (scanner.Current == '十' && !hasTens && last < 10)
                (value, hasTens) = (Math.Max(last, 1) * 10, true);
            else
                break;
        }

        number = new(value, hasTens ? 2 : digits);
        if (digits is > 0 and <= 4)
            return true;
        scanner.Position = start;
        return false;
    }
}
