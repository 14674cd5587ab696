using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Kawaraban.Feeds.Dates;

namespace Kawaraban.Feeds.Tests.Dates;

public sealed class FeedDatePropertyTests
{
    private static readonly Gen<DateTimeOffset> s_instant =
        from seconds in Gen.Long[new DateTime(2, 1, 1).Ticks / TimeSpan.TicksPerSecond, new DateTime(9998, 12, 31).Ticks / TimeSpan.TicksPerSecond]
        from minutes in Gen.Int[-14 * 60, 14 * 60]
        select new DateTimeOffset(seconds * TimeSpan.TicksPerSecond, TimeSpan.FromMinutes(minutes));

    private static readonly string[] s_rfc822 =
    [
        "ddd, dd MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss zzz",
        "dddd, dd MMMM yyyy HH:mm:ss zzz", "ddd MMM d HH:mm:ss zzz yyyy", "MMMM d, yyyy h:mm:ss tt zzz",
    ];

    private static readonly string[] s_iso =
    [
        "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-dd HH:mm:ss.fff zzz", "yyyyMMddTHHmmsszzz", "yyyy/M/d HH:mm:ss zzz", "yyyy.MM.dd HH:mm:ss (zzz)",
    ];

    private static readonly string[] s_japanese =
    [
        "yyyy年M月d日 H時m分s秒 zzz", "yyyy年MM月dd日(月) HH:mm:ss zzz", "yyyy 年 M 月 d 日 HH:mm:ss 'GMT'zzz",
    ];

    [Fact]
    public void What_is_written_as_in_mail_comes_back() => ComesBack(s_rfc822);

    [Fact]
    public void What_is_written_as_ISO_8601_comes_back() => ComesBack(s_iso);

    [Fact]
    public void What_is_written_in_Japanese_comes_back() => ComesBack(s_japanese);

    [Fact]
    public void The_direct_ways_agree_with_the_way_by_words() => s_instant.Sample(instant =>
    {
        foreach (var format in (string[])["ddd, dd MMM yyyy HH:mm:ss 'GMT'", s_rfc822[0], s_iso[0], "yyyy-MM-ddTHH:mm:ss.fffffffZ"])
        {
            var text = instant.ToString(format, CultureInfo.InvariantCulture);
            Assert.True(FeedDate.TryParse(text, null, out var direct), text);
            Assert.True(FeedDate.TryReadWords(text, null, out var byWords), text);
            Assert.True(direct.EqualsExact(byWords), text);
        }
    });

    [Fact]
    public void Nothing_throws_whatever_the_characters() =>
        Gen.Char.Array[0, 120].Sample(characters => { FeedDate.TryParse(characters, null, out _); }, iter: 20_000);

    [Fact]
    public void Nothing_throws_whatever_the_pieces_and_what_is_read_exists()
    {
        string[] all =
        [
            "2026", "11", "23", "0", "9", "99", "9999", "0001", "12345678901234567890", "-", "+", ":", "/", ".", ",", " ", "T",
            "Z", "W53", "7", "(", ")", "[", "]", "Nov", "mar",
            "Mon", "PM", "a.", "m", "p", "JST", "GMT", "Etc/", "R8", "H", "令和", "元", "年",
            "月", "日", "時", "分", "半", "午後", "曜", "日", "十", "二", "〇", "오후", "요일", "시", "星期",
            "週", "㋿", "㏽", "é", "\u0301", "\u200b", "\ud83d", "１", "h", "Uhr", "e", "'",
        ];
        var piece = Gen.Int[0, all.Length - 1].Select(index => all[index]);
        Gen.Select(piece.Array[1, 14], Gen.Int[-15, 15]).Sample(
            (pieces, hours) =>
            {
                var text = string.Concat(pieces);
                if (FeedDate.TryParse(text, TimeSpan.FromHours(hours), out var value))
                    Assert.InRange(value.UtcDateTime.Year, 1, 9999);
                else
                    Assert.Equal(default, value);
            },
            iter: 50_000);
    }

    [Fact]
    public void What_is_published_is_read_without_allocating()
    {
        string[] texts =
        [
            "Mon, 23 Nov 2026 10:00:00 +0900", "Mon, 23 Nov 2026 10:00:00 GMT", "Mon, 23 Nov 2026 10:00:00 JST",
            "2026-11-23T10:00:00Z", "2026-11-23T10:00:00.123+09:00", "2026-11-23",
            "Montag, 23. November 2026, 10:00 Uhr", "令和8年11月23日(月) 午後3時5分", "11/23/2026 10:00", "no date at all",
        ];
        foreach (var text in texts)
        {
            // The runtime allocates for itself, on this thread, while code is new; what dates cost they cost every time.
            var least = long.MaxValue;
            for (var i = 0; i < 10; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                FeedDate.TryParse(text, null, out _);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.True(least == 0, $"{text} took {least} bytes");
        }
    }

    [Fact]
    public void The_dates_of_the_corpus_mean_what_others_say()
    {
        var failures = new StringBuilder();
        using var cases = JsonDocument.Parse(File.ReadAllBytes(CorpusFile("dates.json")));
        foreach (var @case in cases.RootElement.EnumerateArray())
        {
            var text = @case.GetProperty("date").GetString()!;
            var expected = @case.GetProperty("instant").GetString();

            // The corpus says instants to the second.
            var isRead = FeedDate.TryParse(text, null, out var value);
            var actual = isRead ? value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) : null;
            if (actual != expected)
                failures.AppendLine(CultureInfo.InvariantCulture, $"{text}: {actual ?? "unknown"}, not {expected ?? "unknown"}");
        }

        Assert.True(failures.Length == 0, failures.ToString());
    }

    private static void ComesBack(string[] formats) => s_instant.Sample(instant =>
    {
        foreach (var format in formats)
        {
            var text = instant.ToString(format, CultureInfo.InvariantCulture);
            Assert.True(FeedDate.TryParse(text, null, out var value), text);
            Assert.True(instant.EqualsExact(value), $"{text} was read as {value:O}");
        }
    });

    private static string CorpusFile(string name)
    {
        var folder = Environment.GetEnvironmentVariable("KAWARABAN_CORPUS");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); folder is null && at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, "shared", "corpus")))
                folder = Path.Combine(at.FullName, "shared", "corpus");
        }

        Assert.SkipUnless(folder is not null, "shared/corpus does not stand beside the repository (KAWARABAN_CORPUS names another place)");
        return Path.Combine(folder!, name);
    }
}
