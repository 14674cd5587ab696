using Kawaraban.Office.Staff;
using Kawaraban.Storage;

namespace Kawaraban.Tests.Office;

/// <summary>Who works here, and that the house is never without an administrator.</summary>
public sealed class StaffTableTests
{
    private static readonly Actor Test = Actor.CommandLine("test");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var site = await OfficeSite.Start();
        var last = await site.Somebody(StaffRole.Administrator);
        await site.Somebody(StaffRole.Operator);
        await site.Invite("invited@example.com", StaffRole.Administrator);
        var staff = site.Staff;
        StaffOutcome[] tried =
        [
            await staff.ChangeRole(Test, last.Id, StaffRole.Operator, null, Cancellation),
            await staff.Disable(Test, last.Id, null, Cancellation),
            await staff.Remove(Test, last.Id, null, Cancellation),
            await staff.InviteAgain(Test, last.Id, Cancellation),
        ];
        Assert.All(tried, outcome => Assert.Equal(StaffProblem.LastAdministrator, outcome.Problem));
        Assert.Equal(last, await staff.Find(last.Id, Cancellation));
    }

    [Fact]
    public async Task Two_administrators_who_remove_each_other_at_once_leave_one()
    {
        await using var site = await OfficeSite.Start();
        for (var round = 0; round < 10; round++)
        {
            var one = (await site.Staff.List(Cancellation)).FirstOrDefault(member => member.Role == StaffRole.Administrator)
                ?? await site.Somebody(StaffRole.Administrator);
            var other = await site.Somebody(StaffRole.Administrator);
            var outcomes = await Task.WhenAll(
                site.Staff.Remove(Actor.Of(one), other.Id, null, Cancellation), site.Staff.Remove(Actor.Of(other), one.Id, null, Cancellation));
            Assert.Single(outcomes, outcome => outcome.IsDone);
            Assert.Single(await site.Staff.List(Cancellation), member => member.Role == StaffRole.Administrator);
        }
    }

    [Fact]
    public async Task Of_two_who_change_the_same_person_the_second_is_shown_what_the_first_did()
    {
        await using var site = await OfficeSite.Start();
        await site.Somebody(StaffRole.Administrator);
        var member = await site.Somebody(StaffRole.Operator);
        Assert.True((await site.Staff.ChangeRole(Test, member.Id, StaffRole.Administrator, member.Version, Cancellation)).IsDone);
        var second = await site.Staff.Disable(Test, member.Id, member.Version, Cancellation);
        Assert.Equal(StaffProblem.ChangedMeanwhile, second.Problem);
        Assert.Equal((StaffRole.Administrator, StaffStatus.Active), (second.Member!.Role, second.Member.Status));
    }

    [Fact]
    public async Task One_address_is_one_person_however_it_is_written()
    {
        await using var site = await OfficeSite.Start();
        await site.Invite("aoi@example.com");
        Assert.True(StaffAddress.TryParse(" AOI@Example.com ", out var same, out _));
        var outcome = await site.Staff.Invite(Test, "Another", same, StaffRole.Administrator, Cancellation);
        Assert.Equal(StaffProblem.AddressTaken, outcome.Problem);
        Assert.Null(outcome.Invitation);
    }

    [Theory]
    [InlineData("")]
    [InlineData("aoi")]
    [InlineData("@example.com")]
    [InlineData("aoi@")]
    [InlineData("aoi@example")]
    [InlineData("aoi@@example.com")]
    [InlineData("aoi tanaka@example.com")]
    [InlineData("аoi@example.com")]
    [InlineData("aoi@example.com,bo@example.com")]
    [InlineData("Aoi <aoi@example.com>")]
    [InlineData("aoi@example.com\r\nBcc: x@example.com")]
    public void What_is_no_mail_address_is_refused(string text) => Assert.False(StaffAddress.TryParse(text, out _, out _));

    [Fact]
    public async Task What_somebody_did_stays_on_the_trail_when_they_are_removed()
    {
        await using var site = await OfficeSite.Start();
        await site.Somebody(StaffRole.Administrator);
        var member = await site.Somebody(StaffRole.Administrator, "Bo");
        await site.Staff.Invite(Actor.Of(member), "Che", Address("che@example.com"), StaffRole.Operator, Cancellation);
        await site.Staff.Remove(Test, member.Id, null, Cancellation);
        var trail = await site.Audit.List(null, null, 10, Cancellation);
        Assert.Contains(trail, row => row is { Action: "staff.invite", Actor: "Bo" } && row.ActorId == member.Id);
        Assert.Contains(trail, row => row.Action == "staff.remove" && row.Target == $"staff {member.Id}");
    }

    [Fact]
    public async Task A_row_of_the_trail_is_neither_changed_nor_deleted()
    {
        await using var site = await OfficeSite.Start();
        await site.Somebody(StaffRole.Operator);
        await Assert.ThrowsAsync<StorageException>(() => site.Database.Write(
            session => session.Execute("UPDATE audit SET actor = 'nobody'"), Cancellation));
        await Assert.ThrowsAsync<StorageException>(() => site.Database.Write(session => session.Execute("DELETE FROM audit"), Cancellation));
        Assert.NotEmpty(await site.Audit.List(null, null, 10, Cancellation));
    }

    private static StaffAddress Address(string text) => StaffAddress.TryParse(text, out var address, out var problem) ? address : throw new ArgumentException(problem);
}
