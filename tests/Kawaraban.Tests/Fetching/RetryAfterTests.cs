using Kawaraban.Fetching;

namespace Kawaraban.Tests.Fetching;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" 120 ", 120)]
    [InlineData("1.5", 1.5)]
    [InlineData("Tue, 24 Nov 2026 12:01:00 GMT", 60)]
    [InlineData("Tuesday, 24-Nov-26 12:01:00 GMT", 60)]
    [InlineData("Tue Nov 24 12:01:00 2026", 60)]
    [InlineData("Tue Dec  1 12:00:00 2026", 604800)]
    [InlineData("Tue, 24 Nov 2020 12:01:00 GMT", 0)]
    public void Seconds_and_the_three_forms_of_dates_are_understood(string header, double seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), RetryAfter.Parse(header, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("1e9")]
    [InlineData("NaN")]
    [InlineData("12 hours")]
    [InlineData("0x10")]
    [InlineData("1,5")]
    public void What_is_neither_says_nothing(string? header) => Assert.Null(RetryAfter.Parse(header, Now));

    [Theory]
    [InlineData("99999999999999")]
    [InlineData("999999999999999999999999999999999999999999999999999999999999")]
    public void For_ever_is_the_end_of_time(string header) => Assert.Equal(DateTimeOffset.MaxValue, RetryAfter.Parse(header, Now));

    [Fact]
    public void A_long_wait_is_told_in_full() => Assert.Equal(Now.AddDays(30), RetryAfter.Parse("2592000", Now));
}
