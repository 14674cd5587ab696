using System.Globalization;
using Kawaraban.Scheduling;

namespace Kawaraban.Tests.Scheduling;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("every 6h", "every 6h")]
    [InlineData("every 90m", "every 90m")]
    [InlineData("  every  24 h ", "every 1d")]
    [InlineData("every 15m", "every 15m")]
    [InlineData("every 900s", "every 15m")]
    [InlineData("every 901s", "every 901s")]
    [InlineData("every 30d", "every 30d")]
    [InlineData("daily 6:00", "daily 06:00")]
    [InlineData("daily 23:59 Asia/Tokyo", "daily 23:59 Asia/Tokyo")]
    [InlineData("cron 0 */2 * * 1-5 Asia/Tokyo", "cron 0 */2 * * 1-5 Asia/Tokyo")]
    [InlineData("cron 0 9 * * MON,THU", "cron 0 9 * * MON,THU")]
    [InlineData("cron 0 9 29 2 *", "cron 0 9 29 2 *")]
    [InlineData("adaptive", "adaptive")]
    public void What_is_written_is_understood_and_written_the_same_way_again(string text, string canonical)
    {
        var schedule = Parse(text);
        Assert.Equal(canonical, schedule.ToString());
        Assert.Equal(schedule, Parse(canonical));
    }

    [Theory]
    [InlineData("", "is not one of")]
    [InlineData("sometimes", "is not one of")]
    [InlineData("Every 6h", "is not one of")]
    [InlineData("every", "is not one of")]
    [InlineData("every h", "no whole number")]
    [InlineData("every 6", "no whole number")]
    [InlineData("every 1.5h", "no whole number")]
    [InlineData("every -6h", "no whole number")]
    [InlineData("every 6w", "no whole number")]
    [InlineData("every 99999999999999999999h", "no whole number")]
    [InlineData("every 9223372036854775807d", "between every 15m and every 30d")]
    [InlineData("every 14m", "between every 15m and every 30d")]
    [InlineData("every 899s", "between every 15m and every 30d")]
    [InlineData("every 31d", "between every 15m and every 30d")]
    [InlineData("daily 24:00", "no time of day")]
    [InlineData("daily 6", "no time of day")]
    [InlineData("daily 06:00 Asia/Edo", "time zone that this machine does not know: Asia/Edo")]
    [InlineData("cron 0 6 * *", "five fields")]
    [InlineData("cron 0 6 * * * Asia/Tokyo x", "five fields")]
    [InlineData("cron 60 6 * * *", "cannot be read")]
    [InlineData("cron H 6 * * *", "cannot be read")]
    [InlineData("cron 0 6 30 2 *", "never comes")]
    [InlineData("cron 0 6 * * * Asia/Edo", "time zone")]
    public void What_is_no_schedule_is_told_why(string text, string why)
    {
        Assert.False(Schedule.TryParse(text, out _, out var problem));
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    // Share and luck are nought: the moment itself. Cronos moves what falls into a gap to its end, and takes the first of two.
    [Theory]
    [InlineData("every 6h", "2026-11-24 08:00", "2026-11-24 14:00")]
    [InlineData("every 15m", "2026-11-24 08:00", "2026-11-24 08:15")]
    [InlineData("daily 06:00", "2026-11-24 05:59", "2026-11-25 06:00")] // not twice within a quarter of an hour
    [InlineData("daily 06:00", "2026-11-24 05:45", "2026-11-24 06:00")]
    [InlineData("daily 06:00", "2026-11-24 06:00", "2026-11-25 06:00")]
    [InlineData("daily 06:00 Asia/Tokyo", "2026-11-24 05:59", "2026-11-24 21:00")]
    [InlineData("daily 06:00 Asia/Tokyo", "2026-11-24 21:00", "2026-11-25 21:00")]
    [InlineData("daily 06:00 Europe/Berlin", "2027-03-27 06:00", "2027-03-28 04:00")]
    [InlineData("daily 06:00 Europe/Berlin", "2026-10-24 06:00", "2026-10-25 05:00")]
    [InlineData("daily 02:30 Europe/Berlin", "2027-03-27 06:00", "2027-03-28 01:00")] // 02:30 is not: 03:00
    [InlineData("daily 02:30 Europe/Berlin", "2027-03-28 01:00", "2027-03-29 00:30")]
    [InlineData("daily 02:30 Europe/Berlin", "2026-10-24 06:00", "2026-10-25 00:30")] // 02:30 is twice: the first
    [InlineData("daily 02:30 Europe/Berlin", "2026-10-25 00:30", "2026-10-26 01:30")]
    [InlineData("daily 02:30 America/New_York", "2027-03-13 12:00", "2027-03-14 07:00")]
    [InlineData("daily 02:30 America/New_York", "2027-03-14 07:00", "2027-03-15 06:30")]
    [InlineData("daily 01:30 America/New_York", "2026-10-31 12:00", "2026-11-01 05:30")]
    [InlineData("daily 01:30 America/New_York", "2026-11-01 05:30", "2026-11-02 06:30")]
    [InlineData("cron 0 */2 * * 1-5 Asia/Tokyo", "2026-11-24 08:00", "2026-11-24 09:00")]
    [InlineData("cron 0 */2 * * 1-5 Asia/Tokyo", "2026-11-27 13:30", "2026-11-29 15:00")] // Friday evening, Monday midnight
    [InlineData("cron 0 * * * * Europe/Berlin", "2026-10-25 00:00", "2026-10-25 01:00")] // every hour is every hour, also the one that comes twice
    [InlineData("cron 0 * * * * Europe/Berlin", "2027-03-28 00:00", "2027-03-28 01:00")]
    [InlineData("cron * * * * *", "2026-11-24 08:00", "2026-11-24 08:15")] // never more often
    [InlineData("cron 0 12 29 2 *", "2026-11-24 08:00", "2028-02-29 12:00")]
    [InlineData("adaptive", "2026-11-24 08:00", "2026-11-25 08:00")] // nothing is known of the source
    public void The_next_visit(string text, string now, string next) =>
        Assert.Equal(Utc(next), Next(text, Utc(now), TimeZoneInfo.Utc));

    [Fact]
    public void Times_without_a_zone_are_the_installations()
    {
        var tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        Assert.Equal(Utc("2026-11-24 21:00"), Next("daily 06:00", Utc("2026-11-24 08:00"), tokyo));
        Assert.Equal(Utc("2026-11-25 05:00"), Next("daily 06:00 Europe/Berlin", Utc("2026-11-24 08:00"), tokyo));
    }

    [Fact]
    public void Who_was_visited_for_a_day_is_not_visited_for_it_again_although_its_place_has_moved()
    {
        // It had the first minutes of a narrow window; now there are more sources, and its place is later.
        var spread = new Spread(0.9, TimeSpan.FromHours(1), 0);
        var next = new Timing(Parse("daily 06:00"), PublisherHints.None, Pace.Unknown)
            .Next(Utc("2026-11-24 06:01"), null, Schedule.Usual, TimeZoneInfo.Utc, spread);
        Assert.Equal(Utc("2026-11-25 06:54"), next);
    }

    [Fact]
    public void Cron_is_spread_over_minutes_at_most()
    {
        var spread = new Spread(1, TimeSpan.FromHours(2), 0);
        var next = new Timing(Parse("cron 0 9 * * *"), PublisherHints.None, Pace.Unknown)
            .Next(Utc("2026-11-24 06:00"), null, Schedule.Usual, TimeZoneInfo.Utc, spread);
        Assert.Equal(Utc("2026-11-24 09:05"), next);
    }

    internal static DateTimeOffset Utc(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static DateTimeOffset Next(string text, DateTimeOffset now, TimeZoneInfo home) =>
        new Timing(Parse(text), PublisherHints.None, Pace.Unknown).Next(now, null, Schedule.Usual, home, default);

    private static Schedule Parse(string text) =>
        Schedule.TryParse(text, out var schedule, out var problem) ? schedule : throw new ArgumentException(problem);
}
