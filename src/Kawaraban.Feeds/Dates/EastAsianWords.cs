namespace Kawaraban.Feeds.Dates;

/// <summary>The words of Japanese, Chinese and Korean dates: eras, halves of the day, weekdays, zones, and what pages put before a
/// date.</summary>
internal static class EastAsianWords
{
    // In the order of DayOfWeek.
    private const string JapaneseWeekdays = "日月火水木金土";
    private const string ChineseWeekdays = "日一二三四五六";
    private const string KoreanWeekdays = "일월화수목금토";

    // EraStart is the year before the first of an era; Country the offset of the country that alone uses the word, which IsZone says to be
    // its name.
    private readonly record struct Word(
        string Text, int EraStart = 0, HalfDay HalfDay = HalfDay.Unsaid, TimeSpan? Country = null, bool IsZone = false);

    /// <summary>The words, none after one that it begins with.</summary>
    private static readonly Word[] s_words =
    [
        new("令和", EraStart: 2018, Country: EastAsianDate.Japan),
        new("平成", EraStart: 1988, Country: EastAsianDate.Japan),
        new("昭和", EraStart: 1925, Country: EastAsianDate.Japan),
        new("大正", EraStart: 1911, Country: EastAsianDate.Japan),
        new("明治", EraStart: 1867, Country: EastAsianDate.Japan),
        new("民國", EraStart: 1911, Country: EastAsianDate.China),
        new("民国", EraStart: 1911, Country: EastAsianDate.China),
        new("西暦", Country: EastAsianDate.Japan),
        new("午前", HalfDay: HalfDay.Morning, Country: EastAsianDate.Japan),
        new("午後", HalfDay: HalfDay.Afternoon, Country: EastAsianDate.Japan),
        new("上午", HalfDay: HalfDay.Morning, Country: EastAsianDate.China),
        new("凌晨", HalfDay: HalfDay.Morning, Country: EastAsianDate.China),
        new("早上", HalfDay: HalfDay.Morning, Country: EastAsianDate.China),
        new("下午", HalfDay: HalfDay.Afternoon, Country: EastAsianDate.China),
        new("晚上", HalfDay: HalfDay.Afternoon, Country: EastAsianDate.China),
        new("오전", HalfDay: HalfDay.Morning, Country: EastAsianDate.Korea),
        new("오후", HalfDay: HalfDay.Afternoon, Country: EastAsianDate.Korea),
        new("日本標準時", Country: EastAsianDate.Japan, IsZone: true),
        new("日本時間", Country: EastAsianDate.Japan, IsZone: true),
        new("北京时间", Country: EastAsianDate.China, IsZone: true),
        new("北京時間", Country: EastAsianDate.China, IsZone: true),
        new("한국시간", Country: EastAsianDate.Korea, IsZone: true),
        new("公開日"),
        new("公開"),
        new("投稿日"),
        new("投稿"),
        new("掲載日"),
        new("掲載"),
        new("更新日"),
        new("更新"),
        new("作成日"),
        new("日時"),
        new("日付"),
    ];

    /// <summary>Reads one word.</summary>
    public static bool TryRead(ref DateScanner scanner, ref DateParts parts)
    {
        if (TryReadWeekday(ref scanner, ref parts))
            return true;
        foreach (var word in s_words)
        {
            if (!scanner.Rest.StartsWith(word.Text, StringComparison.Ordinal))
                continue;
            scanner.Position += word.Text.Length;
            return Take(word, ref parts);
        }

        return false;
    }

    private static bool Take(Word word, ref DateParts parts)
    {
        parts.CountryOffset ??= word.Country;
        if (word.IsZone)
            parts.Offset ??= word.Country;
        if (word.EraStart > 0)
        {
            if (parts.EraStart > 0 || parts.Year > 0)
                return false;
            parts.EraStart = word.EraStart;
        }

        if (word.HalfDay == HalfDay.Unsaid)
            return true;
        if (parts.HalfDay != HalfDay.Unsaid)
            return false;
        parts.HalfDay = word.HalfDay;
        return true;
    }

    /// <summary>月曜日, 月曜; 星期一, 礼拜一, 周一, 星期天; 월요일; and 月 or 월 where a word ends, as in the mail dates of localized servers: "月, 23 11月
    /// 2026".</summary>
    private static bool TryReadWeekday(ref DateScanner scanner, ref DateParts parts)
    {
        var rest = scanner.Rest;
        int day;
        int length;
        switch (rest)
        {
            case [var name, '曜', .. var after]:
                day = JapaneseWeekdays.IndexOf(name);
                length = after is ['日', ..] ? 3 : 2;
                break;
            case [var name, '요', '일', ..]:
                day = KoreanWeekdays.IndexOf(name);
                length = 3;
                break;
            case ['星' or '礼' or '禮', '期' or '拜', var name, ..]:
                day = name == '天' ? 0 : ChineseWeekdays.IndexOf(name);
                length = 3;
                break;
            case ['周' or '週', var name, ..]:
                day = ChineseWeekdays.IndexOf(name);
                length = 2;
                break;
            case [var name, .. var after] when after is [] or [',' or ' ' or '.', ..]:
                day = Math.Max(JapaneseWeekdays.IndexOf(name), KoreanWeekdays.IndexOf(name));
                length = 1;
                break;
            default:
                return false;
        }

        if (day < 0)
            return false;
        scanner.Position += length;
        parts.Weekday ??= (DayOfWeek)day;
        if (length == 1)
            return true;
        parts.CountryOffset ??= rest[1] switch { '曜' => EastAsianDate.Japan, '요' => EastAsianDate.Korea, _ => EastAsianDate.China };
        return true;
    }
}
