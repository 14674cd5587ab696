using System.Buffers;
using System.Globalization;
using System.Text;
using Kawaraban.Search;

namespace Kawaraban.Catalog;

/// <summary>A title as two sources would both write it, when it says enough to tell an article by.</summary>
internal static class TitleKey
{
    // What is left when all that any publisher could write is taken away: two to a character of a script without spaces, one to a letter.
    private const int Enough = 10;

    // Words that titles of series, notices and releases consist of. Whole words, as the search cuts them.
    private static readonly HashSet<string> Common =
    [
        "release", "releases", "released", "releasing", "note", "notes", "changelog", "change", "changes", "log", "update", "updates", "updated", "version", "ver", "beta", "alpha", "rc",
        "news", "newsletter", "weekly", "monthly", "daily", "annual", "yearly", "quarterly", "week", "month", "day", "year", "report", "reports", "summary", "recap", "digest",
        "roundup", "issue", "vol", "volume", "part", "chapter", "episode", "ep", "no", "number", "introduction", "intro", "getting", "started", "hello", "world",
        "welcome", "announcement", "announcing", "maintenance", "scheduled", "incident", "status", "advent", "calendar", "blog", "post", "test", "untitled", "about",
        "us", "we", "are", "is", "hiring", "the", "a", "an", "of", "to", "in", "on", "for", "and", "our", "my", "new", "with", "at", "by", "from",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "q1", "q2", "q3", "q4",
    ];

    // The same of Japanese, which has no spaces; the longer ones first.
    private static readonly string[] CommonRuns =
    [
        "アドベントカレンダー", "リリースノート", "リリース", "メンテナンス", "アップデート", "ニュースレター", "お知らせ", "ご報告", "ご案内", "自己紹介", "開発日記",
        "開発日報", "技術ブログ", "テックブログ", "ブログ", "社内", "勉強会", "イベント", "開催", "紹介", "振り返り", "ふりかえり", "まとめ", "はじめまして", "はじめに", "こんにちは", "あけまして", "おめでとうございます", "週報", "日報", "月報",
        "週刊", "月刊", "今週", "先週", "今月", "先月", "今年", "去年", "更新", "更新情報", "変更履歴", "入門", "公開", "しました", "ました", "について", "障害", "計画", "定期", "年末", "年始", "年度", "新卒", "研修",
        "参加", "登壇", "レポート", "第", "回", "号", "年", "月", "日", "週", "の", "を", "に", "は", "が", "と", "で", "へ",
    ];

    // What stands in brackets and yet tells one part, edition or language from the next.
    private static readonly string[] Telling =
    [
        "part", "vol", "ver", "beta", "alpha", "rc", "preview", "final", "english", "japanese", "en", "ja", "jp", "編", "章", "回", "話", "部", "上", "中", "下", "前", "後", "続",
        "完", "版", "訳", "英語", "日本語", "追記", "改訂", "更新", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
    ];

    /// <summary>By what a title is found again; null when it says too little.</summary>
    public static long? Of(string title) => Normal(title) is { } normal && Says(normal) >= Enough ? PageAddress.Hash(normal) : null;

    /// <summary>The title that is compared: width, case, punctuation, and what stands in brackets before or after it are gone.</summary>
    /// <returns>Null when nothing is left.</returns>
    public static string? Normal(string title)
    {
        var bare = title.AsSpan().Trim();
        while (Bracketed(bare) is { } rest && !rest.Span.IsEmpty)
            bare = rest.Span;
        return SearchText.Normalize(bare.ToString()).Trim() is { Length: > 0 } normal ? normal : null;
    }

    /// <summary>How much of a normalised title could not be anybody's.</summary>
    public static int Says(string normal)
    {
        var said = 0;
        foreach (var word in normal.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Common.Contains(word) || IsVersion(word))
                continue;
            if (!SearchText.IsCjkRun(word))
            {
                said += word.Count(char.IsLetter);
                continue;
            }

            var run = word;
            foreach (var common in CommonRuns)
                run = run.Replace(common, "", StringComparison.Ordinal);
            said += 2 * run.EnumerateRunes().Count();
        }

        return said;
    }

    // v1, 2nd, 20h2
    private static bool IsVersion(string word) => char.IsAsciiDigit(word[0]) || (word.Length > 1 && word[0] is 'v' or 'r' && char.IsAsciiDigit(word[1]));

    // The title without a pair of brackets at one of its ends; null when there is none that may go.
    private static ReadOnlyMemory<char>? Bracketed(ReadOnlySpan<char> title)
    {
        const string Open = "[【［〔〈《(（";
        const string Close = "]】］〕〉》)）";
        if (title.Length < 3)
            return null;
        if (Open.IndexOf(title[0], StringComparison.Ordinal) is >= 0 and var opening && title.IndexOf(Close[opening]) is > 0 and var end
            && end < title.Length - 1 && !Tells(title[1..end]))
        {
            return title[(end + 1)..].Trim().ToString().AsMemory();
        }

        return Close.IndexOf(title[^1], StringComparison.Ordinal) is >= 0 and var closing && title.LastIndexOf(Open[closing]) is > 0 and var begin
            && !Tells(title[(begin + 1)..^1])
            ? title[..begin].Trim().ToString().AsMemory()
            : null;
    }

    private static bool Tells(ReadOnlySpan<char> inside)
    {
        foreach (var rune in inside.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber)
                return true;
        }

        var normal = SearchText.Normalize(inside.ToString());
        foreach (var word in Telling)
        {
            var isThere = SearchText.IsCjkRun(word)
                ? normal.Contains(word, StringComparison.Ordinal)
                : normal.Contains($" {word} ", StringComparison.Ordinal);
            if (isThere)
                return true;
        }

        // Roman numerals: "(II)".
        return normal.Trim() is { Length: > 0 } only && !only.AsSpan().ContainsAnyExcept(SearchValues.Create("ivx "));
    }
}
