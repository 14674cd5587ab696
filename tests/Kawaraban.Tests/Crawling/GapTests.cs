using Kawaraban.Scheduling;

namespace Kawaraban.Tests.Crawling;

public sealed class GapTests
{
    [Theory]
    // latency, least gap, after a feed, after a page; seconds
    [InlineData(0, 1, 1, 3)]
    [InlineData(0.3, 1, 1, 3)]
    [InlineData(0.5, 1, 1, 3)]
    [InlineData(0.7, 1, 1.4, 3.5)]
    [InlineData(3, 1, 6, 15)]
    [InlineData(7.5, 1, 15, 30)]
    [InlineData(20, 1, 15, 30)]
    [InlineData(1, 2, 2, 6)]
    [InlineData(1, 8, 8, 24)]
    [InlineData(1, 60, 60, 60)]
    [InlineData(20, 60, 60, 60)]
    [InlineData(1, 12, 12, 30)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0.01, 0, 0.02, 0.05)]
    public void It_follows_the_latency_within_bounds(double latency, double least, double afterFeed, double afterPage)
    {
        Assert.Equal(TimeSpan.FromSeconds(afterFeed), Gap.AfterFeed(TimeSpan.FromSeconds(latency), TimeSpan.FromSeconds(least)));
        Assert.Equal(TimeSpan.FromSeconds(afterPage), Gap.AfterPage(TimeSpan.FromSeconds(latency), TimeSpan.FromSeconds(least)));
    }
}
