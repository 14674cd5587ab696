using Kawaraban.Scheduling;

namespace Kawaraban.Tests.Scheduling;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Now = ScheduleTests.Utc("2026-11-24 08:00");

    [Theory]
    [InlineData(0.1, 0, 0.25)] // a flood: the least
    [InlineData(1, 0, 0.5)]
    [InlineData(6, 1, 3)]
    [InlineData(24, 20, 12)]
    [InlineData(24 * 7, 24 * 6, 24)] // weekly: daily is enough
    [InlineData(0, 24 * 30, 24 * 30 / 182.0)] // ten posts on one day, a month ago
    [InlineData(24 * 30, 24 * 91, 24)]
    [InlineData(24 * 30, 24 * 365, 24 * 365 / 182.0)] // silent for a year: every second day
    [InlineData(24 * 30, 24 * 3650, 24 * 7)] // for ten: once a week
    [InlineData(1, 24 * 3650, 24 * 7)]
    public void Half_the_typical_gap_and_slower_after_a_silence(double gapHours, double silenceHours, double hours)
    {
        var pace = new Pace(TimeSpan.FromHours(gapHours), Now.AddHours(-silenceHours));
        Assert.Equal(hours, pace.Interval(Now).TotalHours, 6);
    }

    [Fact]
    public void Of_whom_nothing_is_known_a_day_is_waited() => Assert.Equal(TimeSpan.FromDays(1), Pace.Unknown.Interval(Now));

    [Fact]
    public void The_typical_gap_is_the_median_of_the_latest_ten()
    {
        // A holiday of a month, a day with three posts, and what was years ago.
        double[] daysAgo = [1, 3, 33, 35, 35, 35, 37, 39, 41, 43, 45, 1000, 2000];
        var pace = Pace.Unknown.After(daysAgo.Select(days => (DateTimeOffset?)Now.AddDays(-days)).Reverse(), 0, Now);
        Assert.Equal(new Pace(TimeSpan.FromDays(2), Now.AddDays(-1)), pace);
    }

    [Fact]
    public void Dates_to_come_are_not_believed_and_missing_ones_left_out()
    {
        var pace = Pace.Unknown.After([Now.AddDays(400), null, Now.AddDays(-1), Now.AddDays(-4)], 0, Now);
        Assert.Equal(new Pace(TimeSpan.FromDays(3), Now.AddDays(-1)), pace);
        Assert.Equal(new Pace(null, Now.AddDays(-1)), Pace.Unknown.After([Now.AddDays(-1)], 1, Now));
    }

    [Fact]
    public void Without_dates_it_is_learnt_from_what_is_new()
    {
        var pace = Pace.Unknown.After([null, null], 2, Now);
        Assert.Equal(new Pace(null, Now), pace);
        pace = pace.After([null, null], 0, Now.AddHours(10));
        pace = pace.After([null, null], 1, Now.AddHours(24));
        Assert.Equal(new Pace(TimeSpan.FromHours(24), Now.AddHours(24)), pace);
        pace = pace.After([null, null], 1, Now.AddHours(36));
        Assert.Equal(new Pace(TimeSpan.FromHours(18), Now.AddHours(36)), pace);
    }
}
