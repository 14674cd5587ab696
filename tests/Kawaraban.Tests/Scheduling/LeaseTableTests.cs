using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Storage;
using Kawaraban.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Scheduling;

public sealed class LeaseTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_source_a_key_is_handed_out()
    {
        await using var temporary = await With("https://a.example/1", "https://a.example/2", "https://b.example/");
        var orders = await Claim(temporary, new LeaseTable(new Holder()));
        Assert.Equal(["https://a.example/1", "https://b.example/"], orders.Select(order => order.Url.AbsoluteUri).Order());
        Assert.Empty(await Claim(temporary, new LeaseTable(new Holder())));
    }

    [Fact]
    public async Task Many_that_claim_at_once_never_share_a_key()
    {
        await using var temporary = await With([.. Enumerable.Range(0, 40).Select(i => $"https://{(char)('a' + (i % 20))}.example/{i}")]);
        await using var other = Database.Open(temporary.Address);
        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            i => Claim(i % 2 == 0 ? temporary.Database : other, new LeaseTable(new Holder()), count: 5)));
        var keys = claims.SelectMany(orders => orders).Select(order => order.Lease.PolitenessKey).ToList();
        Assert.Equal(20, keys.Count);
        Assert.Equal(20, keys.Distinct().Count());
    }

    [Fact]
    public async Task The_gap_holds_and_then_the_next_source_of_the_key_follows()
    {
        await using var temporary = await With("https://a.example/1", "https://a.example/2");
        var leases = new LeaseTable(new Holder());
        var first = Assert.Single(await Claim(temporary, leases));
        await Complete(temporary, leases, first, Now.AddSeconds(2));

        Assert.Empty(await Claim(temporary, leases, Now.AddSeconds(1)));
        Assert.Equal(Now.AddSeconds(2), await temporary.Database.Read(session => leases.NextReady(session, Now), Cancellation));
        Assert.Equal("https://a.example/2", Assert.Single(await Claim(temporary, leases, Now.AddSeconds(2))).Url.AbsoluteUri);
    }

    [Fact]
    public async Task A_key_with_many_sources_takes_one_place_and_starves_nobody()
    {
        await using var temporary = await With([.. Enumerable.Range(0, 300).Select(i => $"https://hot.example/{i}"), "https://quiet.example/"]);
        var orders = await Claim(temporary, new LeaseTable(new Holder()), count: 2);
        Assert.Equal(["hot.example", "quiet.example"], orders.Select(order => order.Lease.PolitenessKey).Order());
    }

    [Fact]
    public async Task A_lease_lapses_and_who_comes_back_late_cannot_write()
    {
        await using var temporary = await With("https://a.example/");
        var (late, quick) = (new LeaseTable(new Holder()), new LeaseTable(new Holder()));
        var lapsed = Assert.Single(await Claim(temporary, late));
        Assert.Empty(await Claim(temporary, quick, Now.AddSeconds(89)));
        var taken = Assert.Single(await Claim(temporary, quick, Now.AddSeconds(90)));
        Assert.True(taken.Lease.Token > lapsed.Lease.Token);

        await Assert.ThrowsAsync<LeaseLostException>(() => Complete(temporary, late, lapsed, Now));
        Assert.Equal(Now.ToUnixTimeMilliseconds(), temporary.Value<long>("SELECT next_crawl_at FROM sources"));
        await Complete(temporary, quick, taken, Now);
    }

    [Fact]
    public async Task The_leases_of_the_dead_are_freed_and_those_of_the_living_kept()
    {
        await using var temporary = await With("https://a.example/", "https://b.example/");
        await Claim(temporary, new LeaseTable(new Holder()));
        var parts = new Holder().Name.Split('/');
        parts[3] = "1";
        temporary.Run($"UPDATE leases SET holder = '{string.Join('/', parts)}' WHERE politeness_key = 'a.example'");

        await temporary.Database.Write(session => new LeaseTable(new Holder()).ReleaseDead(session, Now.AddSeconds(2)), Cancellation);
        Assert.Empty(await Claim(temporary, new LeaseTable(new Holder())));
        Assert.Equal("a.example", Assert.Single(await Claim(temporary, new LeaseTable(new Holder()), Now.AddSeconds(2))).Lease.PolitenessKey);
    }

    [Fact]
    public async Task All_become_due_except_where_the_server_asked_us_to_stay_away()
    {
        await using var temporary = await With("https://a.example/", "https://b.example/", "https://c.example/");
        var later = Now.AddDays(1).ToUnixTimeMilliseconds();
        temporary.Run($"""
            UPDATE sources SET next_crawl_at = {later};
            UPDATE sources SET not_before = {later} WHERE politeness_key = 'b.example';
            UPDATE sources SET status = 'paused' WHERE politeness_key = 'c.example';
            UPDATE leases SET due_at = {later}, ready_at = {later};
            """);
        Assert.Empty(await Claim(temporary, new LeaseTable(new Holder())));
        await temporary.Database.Write(session => LeaseTable.MakeAllDue(session, Now), Cancellation);
        Assert.Equal("a.example", Assert.Single(await Claim(temporary, new LeaseTable(new Holder()))).Lease.PolitenessKey);
        var waiting = await temporary.Database.Read(session => LeaseTable.Waiting(session, Now, Now), Cancellation);
        Assert.Contains(new WaitingKey("b.example", 1, Now.AddDays(1)), waiting);
    }

    [Fact]
    public async Task A_chosen_source_is_claimed_when_it_is_not_due_but_never_against_manners()
    {
        await using var temporary = await With("https://a.example/");
        temporary.Run($"UPDATE sources SET next_crawl_at = {Now.AddDays(1).ToUnixTimeMilliseconds()}");
        var leases = new LeaseTable(new Holder());
        var order = await temporary.Database.Write(session => leases.Claim(session, 1, Now, Now.AddSeconds(90)), Cancellation);
        Assert.NotNull(order);
        Assert.Null(await temporary.Database.Write(session => leases.Claim(session, 1, Now, Now.AddSeconds(90)), Cancellation));
        await Complete(temporary, leases, order, Now.AddSeconds(2));
        Assert.Null(await temporary.Database.Write(session => leases.Claim(session, 1, Now.AddSeconds(1), Now.AddSeconds(90)), Cancellation));
        Assert.Equal(Now.AddSeconds(2), await temporary.Database.Read(session => LeaseTable.ReadyAt(session, 1), Cancellation));
        Assert.NotNull(await temporary.Database.Write(session => leases.Claim(session, 1, Now.AddSeconds(2), Now.AddSeconds(90)), Cancellation));
    }

    private static async Task<TemporaryDatabase> With(params string[] urls)
    {
        var temporary = new TemporaryDatabase();
        var registry = new SourceRegistry(temporary.Database, url => url.Host, new FakeTimeProvider(Now));
        await registry.Import(new OpmlList([.. urls.Select(url => new OpmlOutline(null, url, null))], null), CancellationToken.None);
        return temporary;
    }

    private static Task<IReadOnlyList<Order>> Claim(TemporaryDatabase temporary, LeaseTable leases, DateTimeOffset? now = null, int count = 100) =>
        Claim(temporary.Database, leases, now, count);

    private static Task<IReadOnlyList<Order>> Claim(Database database, LeaseTable leases, DateTimeOffset? now = null, int count = 100) =>
        database.Write(session => leases.ClaimDue(session, count, now ?? Now, Now, (now ?? Now).AddSeconds(90)), Cancellation);

    private static Task Complete(TemporaryDatabase temporary, LeaseTable leases, Order order, DateTimeOffset nextAllowedAt) =>
        temporary.Database.Write(
            async session =>
            {
                await session.Execute(
                    "UPDATE sources SET next_crawl_at = @next WHERE id = @id",
                    ("next", Now.AddDays(1).ToUnixTimeMilliseconds()), ("id", order.SourceId));
                await leases.Release(session, order.Lease, nextAllowedAt);
            },
            Cancellation);
}
