namespace Kawaraban.Feeds.Dates;

/// <summary>Reads dates as feeds write them.</summary>
/// <remarks>
/// <para>Two forms make up nearly everything published, RFC 822 in RSS and RFC 3339 in Atom: they are read where they stand. All else, from
/// ISO 8601 week dates to 令和8年11月23日(月) 午後3時, is folded to plain characters and then read word by word. Neither way allocates.</para>
/// <para>A text is a date as a whole or not at all. What cannot be read, has two readings with nothing to choose between them (11/12/2026),
/// or does not exist (30 February) is unknown; neither the present time nor a piece of the text ever stands in for it.</para>
/// </remarks>
public static class FeedDate
{
    /// <summary>The longest date worth reading, in UTF-16 code units: with weekday, zone and a comment about the zone they stay below
    /// 80.</summary>
    internal const int MaxLength = 100;

    /// <summary>Reads a date in any form seen in feeds.</summary>
    /// <param name="text">The text, as published.</param>
    /// <param name="defaultOffset">The offset from UTC to assume when the text names no zone; when null, that of the country whose writing
    /// it is (Japanese, Korean and Chinese dates), else zero. At most 14 hours either way, whole minutes.</param>
    /// <param name="value">The instant meant, at the offset the text names. A date without a time begins at midnight, a month at its first
    /// day.</param>
    /// <returns>False when the text is not a date: unknown stays unknown.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, TimeSpan? defaultOffset, out DateTimeOffset value)
    {
        text = text.Trim();
        if (text.Length is 0 or > MaxLength)
        {
            value = default;
            return false;
        }

        return Rfc3339Date.TryRead(text, out value)
            || Rfc822Date.TryRead(text, out value)
            || TryReadWords(text, defaultOffset, out value);
    }

    /// <summary>The way of everything that is not in one of the two usual forms.</summary>
    internal static bool TryReadWords(ReadOnlySpan<char> text, TimeSpan? defaultOffset, out DateTimeOffset value)
    {
        Span<char> folded = stackalloc char[MaxLength * FoldedText.Expansion];
        value = default;
        if (!FoldedText.TryFold(text, folded, out var length, out var commentedOffset))
            return false;
        var scanner = new DateScanner(folded[..length]);
        var parts = new DateParts();
        return WordDate.TryRead(ref scanner, ref parts)
            && DateResolution.TryResolve(parts, commentedOffset, defaultOffset, out value);
    }
}
