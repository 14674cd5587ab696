using Kawaraban.Scheduling;

namespace Kawaraban.Tests.Scheduling;

public sealed class SpreadTests
{
    private static readonly DateTimeOffset Evening = ScheduleTests.Utc("2026-11-23 20:00");

    [Theory]
    [InlineData(1, 60)]
    [InlineData(100, 60)]
    [InlineData(1_000, 360)]
    [InlineData(10_000, 3_600)]
    [InlineData(100_000, 7_200)]
    public void The_window_is_as_wide_as_the_sources_are_many(long sources, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Spread.WindowFor(sources));

    [Fact]
    public void Ten_thousand_daily_sources_are_spread_evenly_over_the_hour()
    {
        var dues = Dues(Enumerable.Range(1, 10_000).Select(id => (long)id), 10_000);
        Assert.All(dues, due => Assert.InRange(due, ScheduleTests.Utc("2026-11-24 06:00"), ScheduleTests.Utc("2026-11-24 07:00")));
        // 2.8 a second on average.
        Assert.InRange(Busiest(dues, TimeSpan.FromSeconds(1)), 3, 5);
        Assert.InRange(Busiest(dues, TimeSpan.FromMinutes(1)), 166, 172);
    }

    [Fact]
    public void Some_of_them_are_spread_as_evenly()
    {
        // Every seventh: those of one platform, or what is left when many were paused.
        var dues = Dues(Enumerable.Range(1, 10_000).Where(id => id % 7 == 0).Select(id => (long)id), 10_000);
        Assert.InRange(Busiest(dues, TimeSpan.FromMinutes(1)), 24, 40);
    }

    [Fact]
    public void Who_learns_of_ten_thousand_only_while_they_are_visited_spreads_them_too()
    {
        // The count is an hour old, and said "none"; a source's own number tells that there are at least as many.
        var dues = Dues(Enumerable.Range(1, 10_000).Select(id => (long)id), 0);
        Assert.InRange(Busiest(dues, TimeSpan.FromSeconds(1)), 3, 50);
    }

    [Fact]
    public void A_source_keeps_its_place_from_day_to_day()
    {
        var first = Next(4711, 10_000, Evening, 0.3);
        Assert.Equal(first.AddDays(1), Next(4711, 10_000, first.AddSeconds(20), 0.8));
    }

    [Fact]
    public void Intervals_that_began_together_drift_apart()
    {
        var random = new Random(1);
        Assert.True(Schedule.TryParse("every 1h", out var hourly, out _));
        var timing = new Timing(hourly, PublisherHints.None, Pace.Unknown);
        var dues = Enumerable.Range(1, 10_000)
            .Select(id => timing.Next(Evening, null, Schedule.Usual, TimeZoneInfo.Utc, Spread.Of(id, 10_000, random.NextDouble())))
            .ToList();
        Assert.All(dues, due => Assert.InRange(due - Evening, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(66)));
        // Over 360 seconds: 28 a second on average.
        Assert.InRange(Busiest(dues, TimeSpan.FromSeconds(1)), 28, 60);
    }

    private static List<DateTimeOffset> Dues(IEnumerable<long> ids, long sources) => [.. ids.Select(id => Next(id, sources, Evening, 0.5))];

    private static DateTimeOffset Next(long id, long sources, DateTimeOffset now, double luck) =>
        Timing.Unknown.Next(now, null, Schedule.Usual, TimeZoneInfo.Utc, Spread.Of(id, sources, luck));

    private static int Busiest(IEnumerable<DateTimeOffset> dues, TimeSpan unit) => dues.GroupBy(due => due.Ticks / unit.Ticks).Max(group => group.Count());
}
