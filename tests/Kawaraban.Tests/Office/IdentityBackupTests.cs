using System.Net;
using Kawaraban.Office.Identities;
using Kawaraban.Office.Staff;
using Kawaraban.Storage;

namespace Kawaraban.Tests.Office;

/// <summary>The directory is lost, and comes back.</summary>
public sealed class IdentityBackupTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("identities-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_directory_that_was_destroyed_comes_back_with_ids_roles_statuses_and_its_trail()
    {
        await using var site = await OfficeSite.Start();
        using var browser = site.Browser();
        await ComingInTests.Welcome(site, browser, "aoi@example.com", StaffRole.Administrator);
        var disabled = await site.Somebody(StaffRole.Operator);
        await site.Staff.Disable(Actor.CommandLine("test"), disabled.Id, null, Cancellation);
        var backup = Backup(site);
        var taken = await backup.CatchUp(Cancellation);
        Assert.NotNull(taken);
        var before = await site.Staff.List(Cancellation);
        var trail = await site.Audit.List(null, null, 1000, Cancellation);

        await Destroy(site);
        Assert.True((await browser.Get("/office")).IsToTheDoor);
        var report = await backup.Restore(Actor.CommandLine("drill"), backup.Folder.Newest()!, Cancellation);
        Assert.Null(report.Problem);
        var after = await site.Staff.List(Cancellation);
        Assert.Equal(before.Select(Kept), after.Select(Kept));
        Assert.Equal(StaffStatus.Disabled, after.Single(member => member.Id == disabled.Id).Status);
        Assert.Equal(trail, (await site.Audit.List(null, null, 1000, Cancellation)).Skip(1));

        var link = report.People.Single(restored => restored.Person.Address == "aoi@example.com").Invitation;
        using var again = site.Browser();
        await ComingInTests.ByLink(site, again, $"/office/welcome/{link}");
        Assert.Equal(HttpStatusCode.OK, (await again.Get("/office/admin/staff")).Status);
        Assert.Null(report.People.Single(restored => restored.Person.Id == disabled.Id).Invitation);
    }

    [Fact]
    public async Task Each_change_of_the_staff_makes_one_snapshot_and_none_makes_none()
    {
        await using var site = await OfficeSite.Start();
        var backup = Backup(site);
        Assert.Null(await backup.CatchUp(Cancellation));
        var member = await site.Somebody(StaffRole.Operator);
        Assert.Equal(1, (await backup.CatchUp(Cancellation))?.Number);
        Assert.Null(await backup.CatchUp(Cancellation));
        await site.SignedIn(member);
        Assert.Null(await backup.CatchUp(Cancellation));
        await site.Staff.ChangeRole(Actor.CommandLine("test"), member.Id, StaffRole.Administrator, null, Cancellation);
        Assert.Equal(2, (await backup.CatchUp(Cancellation))?.Number);
        Assert.Equal("administrator", backup.Folder.Newest()!.People.Single().Role);
    }

    [Fact]
    public async Task No_snapshot_holds_an_address_in_the_open_or_can_be_written_over()
    {
        await using var site = await OfficeSite.Start();
        await site.Somebody(StaffRole.Operator, "Aoi Tanaka");
        await Backup(site).CatchUp(Cancellation);
        var file = Assert.Single(Directory.GetFiles(folder));
        var text = await File.ReadAllTextAsync(file, Cancellation);
        Assert.DoesNotContain("Aoi", text, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_snapshot_that_was_changed_exchanged_or_taken_away_shows()
    {
        await using var site = await OfficeSite.Start();
        var backup = Backup(site);
        for (var i = 0; i < 4; i++)
        {
            await site.Somebody(StaffRole.Operator);
            await backup.CatchUp(Cancellation);
        }

        var files = Directory.GetFiles(folder).Order().ToList();
        Assert.All(backup.Folder.Read(), file => Assert.Null(file.Problem));

        var second = await File.ReadAllTextAsync(files[1], Cancellation);
        File.Delete(files[1]);
        Assert.Equal([3], backup.Folder.Read().Where(file => file.Problem is not null).Select(file => file.Number).Take(1));
        await File.WriteAllTextAsync(files[1], second[..^3] + "AAA", Cancellation);
        Assert.Equal([2, 3], backup.Folder.Read().Where(file => file.Problem is not null).Select(file => file.Number));
        await File.WriteAllTextAsync(files[1], await File.ReadAllTextAsync(files[0], Cancellation), Cancellation);
        Assert.Contains(backup.Folder.Read(), file => file is { Number: 2, Snapshot: null });
    }

    [Fact]
    public async Task Only_an_empty_directory_is_restored_into()
    {
        await using var site = await OfficeSite.Start();
        await site.Somebody(StaffRole.Operator);
        var backup = Backup(site);
        var snapshot = await backup.Take(Cancellation);
        var report = await backup.Restore(Actor.CommandLine("test"), snapshot, Cancellation);
        Assert.Contains("only an empty directory", report.Problem, StringComparison.Ordinal);
        Assert.Single(await site.Staff.List(Cancellation));
    }

    [Fact]
    public async Task Two_processes_that_take_a_snapshot_at_once_take_two()
    {
        await using var site = await OfficeSite.Start();
        await site.Somebody(StaffRole.Operator);
        var backup = Backup(site);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => backup.Take(Cancellation))));
        var files = backup.Folder.Read();
        Assert.Equal(Enumerable.Range(1, 8), files.Select(file => file.Number));
        Assert.All(files, file => Assert.Null(file.Problem));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static (string Id, string Address, string Name, StaffRole Role, DateTimeOffset CreatedAt) Kept(StaffMember member) =>
        (member.Id, member.Address, member.Name, member.Role, member.CreatedAt);

    private static Task Destroy(OfficeSite site) =>
        site.Database.Write(
            async session =>
            {
                foreach (var table in new[] { "staff_sessions", "staff_invitations", "staff_passkeys", "staff_credentials", "staff" })
                    await session.Execute($"DELETE FROM {table}");
            },
            Cancellation);

    private IdentityBackup Backup(OfficeSite site) =>
        new(site.Database, site.Staff, site.Audit, new IdentityFolder(folder, site.Get<SealedText>()), site.Clock);
}
