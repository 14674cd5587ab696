using Kawaraban.Portal;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Portal;

public sealed class ReplyCacheTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void It_never_keeps_more_than_it_may_and_what_is_asked_for_stays()
    {
        var cache = new ReplyCache(clock, mostBytes: 1_000_000);
        cache.Keep("popular", Reply(1000));
        for (var i = 0; i < 10_000; i++)
        {
            cache.Keep($"page {i}", Reply(1000));
            Assert.True(cache.Bytes <= 1_010_000, $"{cache.Bytes} bytes are kept");
            Assert.NotNull(cache.Find("popular"));
        }

        Assert.Null(cache.Find("page 0"));
        Assert.NotNull(cache.Find("page 9999"));
    }

    [Fact]
    public void Keeping_the_same_again_takes_no_more_room()
    {
        var cache = new ReplyCache(clock, mostBytes: 1_000_000);
        cache.Keep("page", Reply(1000));
        var bytes = cache.Bytes;
        cache.Keep("page", Reply(1000));
        Assert.Equal(bytes, cache.Bytes);
    }

    [Fact]
    public void What_is_old_is_not_given_again()
    {
        var cache = new ReplyCache(clock);
        cache.Keep("page", Reply(10));
        clock.Advance(ReplyCache.Freshness - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(cache.Find("page"));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(cache.Find("page"));
    }

    private static SentReply Reply(int length) => new(new Reply("text/plain", new byte[length]));
}
