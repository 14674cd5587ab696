using Kawaraban.Scheduling;

namespace Kawaraban.Tests.Scheduling;

public sealed class RhythmTests
{
    [Theory]
    [InlineData(1, 0, 0.5)]
    [InlineData(2, 0, 1)]
    [InlineData(3, 0, 2)]
    [InlineData(4, 1, 5)]
    [InlineData(7, 0, 32)]
    [InlineData(8, 0, 64)]
    [InlineData(9, 0, 72)]
    [InlineData(1_000_000, 0, 72)]
    [InlineData(1_000_000, 1, 90)]
    public void Waits_double_up_to_three_days_and_a_quarter(int failures, double random, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), Rhythm.AfterFailure(failures, random));

    [Fact]
    public void An_interval_is_never_cut_short_and_at_most_a_tenth_longer()
    {
        Assert.Equal(TimeSpan.FromHours(10), Rhythm.AfterSuccess(TimeSpan.FromHours(10), 0));
        Assert.Equal(TimeSpan.FromHours(11), Rhythm.AfterSuccess(TimeSpan.FromHours(10), 1));
    }

    [Fact]
    public void A_server_may_ask_for_a_week_and_no_more()
    {
        var now = DateTimeOffset.UnixEpoch;
        Assert.Equal(now.AddDays(6), Rhythm.Requested(now.AddDays(6), now));
        Assert.Equal(now.AddDays(7), Rhythm.Requested(now.AddYears(6), now));
    }
}
