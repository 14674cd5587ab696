using System.Globalization;
using System.Net;
using Kawaraban.Office.Hours;
using Kawaraban.Office.Staff;

namespace Kawaraban.Tests.Office;

/// <summary>When whom is let in.</summary>
public sealed class HoursTests
{
    private const string Weekdays = "Mon-Fri 08:00-20:00 Asia/Tokyo except holidays";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // As the Cabinet Office publishes them (syukujitsu.csv).
    [Theory]
    [InlineData(2025, "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03 11-23 11-24")]
    [InlineData(2026, "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23")]
    public void Japans_holidays_are_those_of_the_law(int year, string expected)
    {
        var days = Enumerable.Range(0, 365).Select(new DateOnly(year, 1, 1).AddDays).Where(JapaneseHolidays.Contains);
        Assert.Equal(expected, string.Join(' ', days.Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData(Weekdays, "2026-11-24T08:00+09:00", true)]
    [InlineData(Weekdays, "2026-11-24T07:59+09:00", false)]
    [InlineData(Weekdays, "2026-11-24T20:00+09:00", false)]
    [InlineData(Weekdays, "2026-11-23T10:00+09:00", false)]
    [InlineData(Weekdays, "2026-11-22T10:00+09:00", false)]
    [InlineData(Weekdays, "2026-11-24T22:00+00:00", false)]
    [InlineData("Mon-Fri 08:00-20:00 Asia/Tokyo", "2026-11-23T10:00+09:00", true)]
    [InlineData("Fri-Mon 00:00-24:00 UTC", "2026-11-22T23:59+00:00", true)]
    [InlineData("Fri-Mon 00:00-24:00 UTC", "2026-11-24T00:00+00:00", false)]
    [InlineData("Tue 22:00-06:00 UTC", "2026-11-25T05:59+00:00", true)]
    [InlineData("Tue 22:00-06:00 UTC", "2026-11-24T05:59+00:00", false)]
    [InlineData("Mon,Wed 09:00-17:00 UTC; Tue 12:00-13:00 UTC", "2026-11-24T12:30+00:00", true)]
    [InlineData("always", "2026-11-22T03:00+00:00", true)]
    public void A_window_holds_in_its_own_time_zone(string written, string moment, bool isOpen)
    {
        Assert.True(AccessHours.TryParse(written, out var hours, out var problem), problem);
        Assert.Equal(isOpen, hours.IsOpen(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), JapaneseHolidays.Contains));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sometimes")]
    [InlineData("Mon-Fri 08:00-20:00")]
    [InlineData("Mon-Fri 8-20 Asia/Tokyo")]
    [InlineData("Mon-Fri 08:00-25:00 Asia/Tokyo")]
    [InlineData("Mo-Fr 08:00-20:00 Asia/Tokyo")]
    [InlineData("Mon-Fri 08:00-20:00 Asia/Nowhere")]
    [InlineData("Mon-Fri 08:00-20:00 Asia/Tokyo except sundays")]
    [InlineData("always; Mon 08:00-20:00 UTC")]
    public void What_is_no_window_is_refused(string written)
    {
        Assert.False(AccessHours.TryParse(written, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData("2026-11-20T21:00+09:00", "2026-11-24T08:00+09:00")]
    [InlineData("2026-11-24T07:00+09:00", "2026-11-24T08:00+09:00")]
    [InlineData("2026-12-31T23:00+09:00", "2027-01-04T08:00+09:00")]
    public void It_opens_again_after_the_weekend_and_the_holiday(string moment, string opening)
    {
        Assert.True(AccessHours.TryParse(Weekdays, out var hours, out _));
        var isHoliday = (DateOnly day) => JapaneseHolidays.Contains(day);
        Assert.Equal(DateTimeOffset.Parse(opening, CultureInfo.InvariantCulture), hours.NextOpening(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), isHoliday));
    }

    [Fact]
    public void A_time_that_the_clocks_leave_out_opens_when_they_have_moved()
    {
        Assert.True(AccessHours.TryParse("Sun 02:30-05:00 America/New_York", out var hours, out _));
        var next = hours.NextOpening(new DateTimeOffset(2026, 3, 8, 0, 0, 0, TimeSpan.FromHours(-5)), _ => false);
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 3, 0, 0, TimeSpan.FromHours(-4)), next);
    }

    [Fact]
    public async Task Outside_its_hours_a_role_is_told_when_they_are_and_goes_on_where_it_was_afterwards()
    {
        // The clock stands at noon in Tokyo.
        await using var site = await OfficeSite.Start(hours: "Mon-Fri 08:00-20:00 Asia/Tokyo");
        var member = await site.Somebody(StaffRole.Operator);
        using var browser = await site.SignedIn(member);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/office")).Status);

        site.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 11, 0, 0, TimeSpan.Zero));
        using var late = site.Browser();
        var error = await Assert.ThrowsAsync<ClosedException>(() => site.SignedIn(member));
        Assert.Contains("2026-11-25 08:00", error.Message, StringComparison.Ordinal);
        browser.Cookie = await site.Get<SessionTable>().Begin(null, SessionStage.Open, member.Id, new Caller("127.0.0.1", "test"), Cancellation);
        var closed = await browser.Get("/office/sources");
        Assert.Equal(HttpStatusCode.Forbidden, closed.Status);
        Assert.Contains("2026-11-25 08:00", closed.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post("/office/sources/1/pause")).Status);

        using var administrator = await site.SignedIn(StaffRole.Administrator);
        var opened = await administrator.Post("/office/admin/hours/open", ("role", "operator"), ("hours", "1"), ("reason", "the launch"));
        Assert.Equal(HttpStatusCode.SeeOther, opened.Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/office/sources")).Status);
        Assert.Contains(await site.Audit.List(null, "role operator", 10, Cancellation), row => row is { Action: "hours.open", Reason: "the launch" });

        site.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/office/sources")).Status);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/office/sources")).Status);
    }

    [Theory]
    [InlineData("operator", "1", "")]
    [InlineData("operator", "100", "why")]
    [InlineData("operator", "-1", "why")]
    [InlineData("king", "1", "why")]
    public async Task Opening_wants_a_role_a_time_and_a_reason(string role, string hours, string reason)
    {
        await using var site = await OfficeSite.Start(hours: Weekdays);
        using var administrator = await site.SignedIn(StaffRole.Administrator);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity, (await administrator.Post("/office/admin/hours/open", ("role", role), ("hours", hours), ("reason", reason))).Status);
        Assert.Null(await site.Get<OfficeHours>().OpenedUntil(StaffRole.Operator, Cancellation));
    }
}
