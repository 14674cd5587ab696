using Kawaraban.Fetching;

namespace Kawaraban.Tests.Fetching;

public sealed class FreshnessTests
{
    private const string Date = "Tue, 24 Nov 2026 08:00:00 GMT";
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 8, 0, 30, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, null, null, null)]
    [InlineData("public", null, null, null, null)]
    [InlineData("max-age=3600", null, null, null, 3600)]
    [InlineData("public, MAX-AGE=3600, must-revalidate", null, null, null, 3600)]
    [InlineData("max-age=0", null, null, null, 0)]
    [InlineData("max-age=3600", null, null, "600", 3000)] // it has lain in a cache on the way
    [InlineData("max-age=3600", null, null, "7200", 0)]
    [InlineData("max-age=3600", null, null, "old", 3600)]
    [InlineData("max-age=3600", null, null, "99999999999999999999", 3600)]
    [InlineData("no-cache, max-age=3600", null, null, null, 0)]
    [InlineData("no-store", null, null, null, 0)]
    [InlineData("s-maxage=3600", null, null, null, null)]
    [InlineData("s-maxage=3600, max-age=60", null, null, null, 60)]
    [InlineData("max-age=soon", null, null, null, 0)]
    [InlineData("max-age=60", "Tue, 24 Nov 2026 09:00:00 GMT", Date, null, 60)] // Expires gives way
    [InlineData("public", "Tue, 24 Nov 2026 09:00:00 GMT", Date, null, 3600)]
    [InlineData(null, "Tue, 24 Nov 2026 09:00:00 GMT", Date, "60", 3540)]
    [InlineData(null, "Tue, 24 Nov 2026 09:00:30 GMT", null, null, 3600)] // by our own clock
    [InlineData(null, "Tue, 24 Nov 2026 07:00:00 GMT", Date, null, 0)]
    [InlineData(null, "0", Date, null, 0)]
    [InlineData(null, "-1", Date, null, 0)]
    public void How_long_an_answer_is_good(string? cacheControl, string? expires, string? date, string? age, int? seconds) =>
        Assert.Equal(seconds is { } some ? TimeSpan.FromSeconds(some) : null, Freshness.Of(cacheControl, expires, date, age, Now));
}
