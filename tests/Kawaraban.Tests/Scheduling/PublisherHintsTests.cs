using Kawaraban.Feeds;
using Kawaraban.Scheduling;

namespace Kawaraban.Tests.Scheduling;

public sealed class PublisherHintsTests
{
    private static readonly DateTimeOffset Now = ScheduleTests.Utc("2026-11-24 08:20"); // a Tuesday

    [Theory]
    [InlineData(null, null, null, 0)]
    [InlineData(60, null, null, 60)]
    [InlineData(null, "hourly", null, 60)]
    [InlineData(null, "HOURLY ", 4, 15)]
    [InlineData(null, "daily", 2, 12 * 60)]
    [InlineData(null, null, 3, 8 * 60)] // a period is a day where nothing is said
    [InlineData(null, "hourly", 0, 60)]
    [InlineData(90, "hourly", 1, 90)] // the longer one holds
    [InlineData(30, "hourly", 1, 60)]
    [InlineData(null, "weekly", 1, 23 * 60)] // nobody is visited less than daily for a hint
    [InlineData(527040, null, null, 23 * 60)]
    [InlineData(null, "yearly", 365 * 24, 60)]
    public void Ttl_and_the_syndication_module_are_floors(int? ttl, string? period, int? frequency, int minutes)
    {
        var hints = new UpdateHints { TimeToLive = ttl is { } value ? TimeSpan.FromMinutes(value) : null, Period = period, Frequency = frequency };
        Assert.Equal(TimeSpan.FromMinutes(minutes), PublisherHints.Of(hints).Floor(Now, null));
    }

    [Theory]
    [InlineData("hourly", "2000-01-01 12:00", 40)] // 09:00 is next
    [InlineData("hourly", "2030-01-01 12:30", 10)] // counted backwards from a base that is to come
    [InlineData("hourly", "2026-11-24 08:20", 60)] // one has just been
    [InlineData("daily", "2000-01-01 12:00", (3 * 60) + 40)]
    public void A_base_tells_the_moments_of_change(string period, string start, int minutes)
    {
        var hints = PublisherHints.Of(new UpdateHints { Period = period, Base = ScheduleTests.Utc(start) });
        Assert.Equal(TimeSpan.FromMinutes(minutes), hints.Floor(Now, null));
    }

    [Fact]
    public void Http_counts_where_it_asks_for_more_and_a_year_is_a_mistake()
    {
        var hints = PublisherHints.Of(new UpdateHints { TimeToLive = TimeSpan.FromHours(1) });
        Assert.Equal(TimeSpan.FromHours(1), hints.Floor(Now, TimeSpan.FromMinutes(5)));
        Assert.Equal(TimeSpan.FromHours(3), hints.Floor(Now, TimeSpan.FromHours(3)));
        Assert.Equal(TimeSpan.FromHours(23), hints.Floor(Now, TimeSpan.FromDays(365)));
    }

    [Theory]
    [InlineData(new int[0], new DayOfWeek[0], "2026-11-24 08:20")]
    [InlineData(new[] { 9 }, new DayOfWeek[0], "2026-11-24 08:20")]
    [InlineData(new[] { 8 }, new DayOfWeek[0], "2026-11-24 09:00")]
    [InlineData(new[] { 8, 9, 10 }, new DayOfWeek[0], "2026-11-24 11:00")]
    [InlineData(new[] { 0, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23 }, new DayOfWeek[0], "2026-11-25 01:00")]
    [InlineData(new int[0], new[] { DayOfWeek.Tuesday }, "2026-11-25 00:00")]
    [InlineData(new[] { 0 }, new[] { DayOfWeek.Tuesday, DayOfWeek.Wednesday }, "2026-11-26 01:00")]
    [InlineData(
        new int[0],
        new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday },
        "2026-11-24 08:20")] // nobody means "never"
    public void Skipped_hours_and_days_are_skipped(int[] hours, DayOfWeek[] days, string due) =>
        Assert.Equal(ScheduleTests.Utc(due), PublisherHints.Of(new UpdateHints { SkipHours = hours, SkipDays = days }).PutOff(Now, 0));

    [Fact]
    public void Hours_are_skipped_in_greenwich_and_who_comes_after_them_comes_spread()
    {
        var hints = PublisherHints.Of(new UpdateHints { SkipHours = [21] });
        var six = new DateTimeOffset(2026, 11, 25, 6, 10, 0, TimeSpan.FromHours(9));
        Assert.Equal(ScheduleTests.Utc("2026-11-24 22:15"), hints.PutOff(six, 0.5));
    }

    [Theory]
    [InlineData("every 1h", 60, null, "2026-11-24 09:20")]
    [InlineData("every 1h", 180, null, "2026-11-24 11:20")]
    [InlineData("every 1h", null, 7200, "2026-11-24 10:20")]
    [InlineData("every 6h", 60, 7200, "2026-11-24 14:20")]
    [InlineData("cron 0 * * * *", 60, null, "2026-11-24 10:00")] // 09:00 is too soon, and a moment is a moment
    [InlineData("daily 08:20", 1440, null, "2026-11-25 08:20")] // "a day" does not make it every second day
    [InlineData("daily 08:20", null, 86400, "2026-11-25 08:20")]
    [InlineData("adaptive", null, null, "2026-11-25 08:20")]
    public void They_hold_whatever_a_person_has_decided(string text, int? ttl, int? maxAge, string next)
    {
        Assert.True(Schedule.TryParse(text, out var schedule, out _));
        var hints = PublisherHints.Of(new UpdateHints { TimeToLive = ttl is { } value ? TimeSpan.FromMinutes(value) : null });
        var due = new Timing(schedule, hints, Pace.Unknown).Next(
            Now, maxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null, Schedule.Usual, TimeZoneInfo.Utc, default);
        Assert.Equal(ScheduleTests.Utc(next), due);
    }
}
