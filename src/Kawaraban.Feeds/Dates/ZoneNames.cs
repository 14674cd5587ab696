using System.Collections.Frozen;

namespace Kawaraban.Feeds.Dates;

/// <summary>Offsets by the names that feeds give zones.</summary>
/// <remarks>
/// Abbreviations are not unique: where RFC 822 §5.1 gives a meaning (CST, North America) it counts, elsewhere the place with more feeds
/// (IST, India; BST, Britain). Of the names of the time zone database only those are here whose offset has long been the same all the year;
/// the others would need its tables.
/// </remarks>
internal static class ZoneNames
{
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> s_minutes = new Dictionary<string, int>(
        from zone in new (int Minutes, string Names)[]
        {
            (0, "GMT UTC UT Z UCT WET Zulu Etc/UTC Etc/GMT Etc/UCT Etc/Zulu Africa/Abidjan Africa/Accra Atlantic/Reykjavik"),
            (60, "CET MET MEZ BST WEST WAT Africa/Lagos Africa/Algiers"),
            (120, "CEST CEDT MEST MESZ EET SAST CAT Africa/Johannesburg Africa/Maputo"),
            (180, "EEST MSK TRT EAT Europe/Moscow Europe/Istanbul Europe/Minsk Africa/Nairobi Asia/Riyadh"),
            (210, "IRST"),
            (240, "MSD GST Asia/Dubai"),
            (300, "PKT UZT YEKT Asia/Karachi Asia/Tashkent"),
            (330, "IST Asia/Kolkata Asia/Calcutta Asia/Colombo"),
            (345, "NPT Asia/Kathmandu"),
            (360, "OMST Asia/Dhaka"),
            (420, "ICT WIB NOVT KRAT Asia/Bangkok Asia/Jakarta Asia/Ho_Chi_Minh Asia/Saigon"),
            (480, "SGT HKT MYT PHT AWST WITA IRKT Asia/Singapore Asia/Hong_Kong Asia/Shanghai Asia/Taipei Asia/Manila Asia/Kuala_Lumpur "
                + "Australia/Perth PRC Hongkong"),
            (540, "JST KST WIT YAKT Asia/Tokyo Asia/Seoul Japan ROK"),
            (570, "ACST Australia/Darwin"),
            (600, "AEST VLAT ChST Australia/Brisbane Pacific/Guam"),
            (630, "ACDT"),
            (660, "AEDT"),
            (720, "NZST"),
            (780, "NZDT"),
            (-120, "BRST"),
            (-150, "NDT"),
            (-180, "BRT ART UYT CLST ADT America/Argentina/Buenos_Aires America/Buenos_Aires America/Sao_Paulo"),
            (-210, "NST"),
            (-240, "EDT AST AT CLT VET BOT America/Caracas America/La_Paz America/Puerto_Rico"),
            (-300, "EST ET CDT COT PET ECT America/Bogota America/Lima America/Panama"),
            (-360, "CST CT MDT America/Costa_Rica America/Guatemala"),
            (-420, "MST MT PDT America/Phoenix"),
            (-480, "PST PT AKDT"),
            (-540, "AKST HDT"),
            (-600, "HST Pacific/Honolulu"),
            (-660, "SST Pacific/Pago_Pago"),
        }
        from name in zone.Names.Split(' ')
        select KeyValuePair.Create(name, zone.Minutes),
        StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All the names, for tests that none is also a month or a weekday.</summary>
    public static IReadOnlyCollection<string> Words => s_minutes.Dictionary.Keys;

    /// <summary>The offset of the zone that the whole of a text names: <c>JST</c>, <c>GMT+9</c>, <c>Asia/Tokyo</c>,
    /// <c>+09:00</c>.</summary>
    public static bool TryFind(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        var sign = text.IndexOfAny('+', '-');
        if (sign >= 0 && (sign == 0 || TryFindName(text[..sign].TrimEnd(), out _)))
        {
            var scanner = new DateScanner(text) { Position = sign };
            var isRead = ZoneOffset.TryReadNumber(ref scanner, out offset) && scanner.IsAtEnd;
            offset = text.StartsWith("Etc/", StringComparison.OrdinalIgnoreCase) ? -offset : offset;
            return isRead;
        }

        return TryFindName(text, out offset);
    }

    /// <summary>Names of two letters are words in some language ("at", "mt"), zones only in capitals.</summary>
    private static bool TryFindName(ReadOnlySpan<char> name, out TimeSpan offset)
    {
        offset = default;
        if (name.Length == 2 && !(char.IsAsciiLetterUpper(name[0]) && char.IsAsciiLetterUpper(name[1]))
            || !s_minutes.TryGetValue(name, out var minutes))
        {
            return false;
        }

        offset = TimeSpan.FromTicks(minutes * TimeSpan.TicksPerMinute);
        return true;
    }

    /// <summary>Whether a name is of the United States, where the month comes before the day.</summary>
    public static bool IsAmerican(ReadOnlySpan<char> name) =>
        name is "EST" or "EDT" or "ET" or "CST" or "CDT" or "CT" or "MST" or "MDT" or "MT" or "PST" or "PDT" or "PT" or "AKST" or "AKDT" or "HST";
}
