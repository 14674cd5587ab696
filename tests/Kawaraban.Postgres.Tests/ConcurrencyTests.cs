using Kawaraban.Catalog;
using Kawaraban.Scheduling;
using Kawaraban.Sources;
using Kawaraban.Storage;
using Kawaraban.Tests.Catalog;
using Kawaraban.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests;

/// <summary>Many processes on one database: each <see cref="Database"/> stands for one.</summary>
public sealed class ConcurrencyTests
{
    private const string Waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_workers_in_many_processes_one_holds_a_key()
    {
        await using var temporary = new TemporaryDatabase();
        await Registry(temporary.Database).Import(
            new OpmlList([.. Enumerable.Range(0, 120).Select(i => new OpmlOutline(null, $"https://h{i % 60}.example/{i}", null))], null), Cancellation);
        var processes = Enumerable.Range(0, 4).Select(_ => Database.Open(temporary.Address)).ToArray();

        // Each claims until nothing is left, few at a time, so that they meet.
        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            var leases = new LeaseTable(new Holder());
            List<Order> claimed = [];
            while (true)
            {
                var orders = await processes[i % 4].Write(session => leases.ClaimDue(session, 3, Now, Now, Now.AddSeconds(90)), Cancellation);
                claimed.AddRange(orders);
                if (orders.Count == 0 && !(await processes[i % 4].Read(session => leases.NextReady(session, Now), Cancellation) <= Now))
                    return claimed;
                Assert.True(orders.Count <= 3, "more than was asked for");
            }
        })));
        var keys = claims.SelectMany(orders => orders).Select(order => order.Lease.PolitenessKey).ToList();
        Assert.Equal((60, 60), (keys.Count, keys.Distinct().Count()));
        Assert.All(claims.SelectMany(orders => orders), order => Assert.Equal(1, order.Lease.Token));
        foreach (var process in processes)
            await process.DisposeAsync();
    }

    [Fact]
    public async Task Sources_of_one_company_crawled_at_once_keep_each_post_once_and_count_right()
    {
        await using var shelf = new Shelf();
        await using var other = Database.Open(shelf.Temporary.Address);
        string[] tags = ["Go", "Rust", "C#", "設計", "SRE", "AI", "Kubernetes", "Python"];
        var sources = new List<PostOrigin>();
        for (var i = 0; i < 8; i++)
            sources.Add(await shelf.Source(i < 6 ? "acme" : "globex"));

        // The same forty addresses by all, each in an order of its own and with its tags in another; a second round edits them all.
        foreach (var round in (string[])["first", "second"])
        {
            await Task.WhenAll(sources.Select((source, i) => Task.Run(() =>
            {
                var luck = new Random(i);
                var drafts = Enumerable.Range(0, 40)
                    .Select(n => Shelf.Draft($"p{n}", n, title: $"{round} {n}", text: $"本文 {n}", tags: luck.GetItems(tags, 4).Distinct().ToArray())).ToArray();
                luck.Shuffle(drafts);
                return (i % 2 == 0 ? shelf.Database : other).Write(session => PostWriter.Keep(session, source, drafts, Shelf.Noon), Cancellation);
            })));
        }

        Assert.Equal(80L, shelf.Temporary.Value<long>("SELECT count(*) FROM posts"));
        Assert.Equal(80L, shelf.Temporary.Value<long>("SELECT count(*) FROM posts WHERE title LIKE 'second %'"));
        Assert.Equal(80L, shelf.Temporary.Value<long>("SELECT count(*) FROM post_texts"));
        Assert.Equal(80L, shelf.Temporary.Value<long>("SELECT count(*) FROM post_words w JOIN posts p ON p.sort_key = w.sort_key"));
        Assert.Equal(0L, shelf.Temporary.Value<long>("""
            SELECT count(*) FROM companies c WHERE post_count <> (SELECT count(*) FROM posts p WHERE p.company_id = c.id)
                OR latest_at <> (SELECT max(p.published_at) FROM posts p WHERE p.company_id = c.id)
            """));
        Assert.Equal(0L, shelf.Temporary.Value<long>("""
            SELECT count(*) FROM tags t WHERE post_count <> (SELECT count(*) FROM post_tags x WHERE x.tag_id = t.id)
            """));
        Assert.Equal(8L, shelf.Temporary.Value<long>("SELECT count(*) FROM tags WHERE post_count > 0"));
    }

    [Fact]
    public async Task Lists_imported_at_once_make_each_source_and_company_once()
    {
        await using var temporary = new TemporaryDatabase();
        var outlines = Enumerable.Range(0, 90).Select(i => new OpmlOutline($"Company {i % 30}", $"https://h{i % 10}.example/{i}", null)).ToArray();
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            await using var process = Database.Open(temporary.Address);
            var order = (OpmlOutline[])outlines.Clone();
            new Random(i).Shuffle(order);
            return await Registry(process).Import(new OpmlList(order, null), Cancellation);
        })));
        Assert.Equal(90, reports.Sum(report => report.Added.Count));
        Assert.Equal(90L, temporary.Value<long>("SELECT count(*) FROM sources"));
        Assert.Equal(30L, temporary.Value<long>("SELECT count(*) FROM companies"));
        Assert.Equal(10L, temporary.Value<long>("""
            SELECT count(*) FROM leases l
            WHERE due_at = (SELECT min(next_crawl_at) FROM sources s WHERE s.politeness_key = l.politeness_key)
            """));
    }

    [Fact]
    public async Task A_source_added_while_its_neighbour_is_crawled_is_due()
    {
        await using var temporary = new TemporaryDatabase();
        var registry = Registry(temporary.Database);
        await registry.Add(new NewSource(new Uri("https://a.example/1")), Cancellation);
        var leases = new LeaseTable(new Holder());
        var order = Assert.Single(
            await temporary.Database.Write(session => leases.ClaimDue(session, 1, Now, Now, Now.AddSeconds(90)), Cancellation));

        // The crawl has written its next visit and not yet been committed when the neighbour is added and has to wait for the key's row.
        Task adding = Task.CompletedTask;
        await temporary.Database.Write(
            async session =>
            {
                await session.Execute(
                    "UPDATE sources SET next_crawl_at = @next WHERE id = @id", ("next", Now.AddDays(1).ToUnixTimeMilliseconds()), ("id", order.SourceId));
                await leases.Release(session, order.Lease, Now.AddSeconds(2));
                adding = registry.Add(new NewSource(new Uri("https://a.example/2")), Cancellation);
                while (temporary.Value<long>(Waiting) == 0)
                    Assert.False(adding.IsCompleted, "it did not wait");
            },
            Cancellation);
        await adding;
        Assert.Equal(Now.ToUnixTimeMilliseconds(), temporary.Value<long>("SELECT due_at FROM leases"));
        Assert.Equal(Now.AddSeconds(2).ToUnixTimeMilliseconds(), temporary.Value<long>("SELECT ready_at FROM leases"));
    }

    [Fact]
    public async Task The_last_visit_counts_when_a_neighbour_is_added_first()
    {
        await using var temporary = new TemporaryDatabase();
        var registry = Registry(temporary.Database);
        await registry.Add(new NewSource(new Uri("https://a.example/1")), Cancellation);
        var leases = new LeaseTable(new Holder());
        var order = Assert.Single(
            await temporary.Database.Write(session => leases.ClaimDue(session, 1, Now, Now, Now.AddSeconds(90)), Cancellation));

        Task releasing = Task.CompletedTask;
        await temporary.Database.Write(
            async session =>
            {
                await session.Execute("""
                    INSERT INTO sources (company_id, url, politeness_key, next_crawl_at, created_at)
                    SELECT company_id, 'https://a.example/2', politeness_key, next_crawl_at, 0 FROM sources
                    """);
                await DueTimes.Refresh(session, "a.example");
                releasing = temporary.Database.Write(
                    async second =>
                    {
                        await second.Execute(
                            "UPDATE sources SET next_crawl_at = @next WHERE id = @id",
                            ("next", Now.AddDays(1).ToUnixTimeMilliseconds()), ("id", order.SourceId));
                        await leases.Release(second, order.Lease, Now.AddSeconds(2));
                    },
                    Cancellation);
                while (temporary.Value<long>(Waiting) == 0)
                    Assert.False(releasing.IsCompleted, "it did not wait");
            },
            Cancellation);
        await releasing;
        Assert.Equal(Now.ToUnixTimeMilliseconds(), temporary.Value<long>("SELECT due_at FROM leases"));
    }

    private static SourceRegistry Registry(Database database) => new(database, url => url.Host, new FakeTimeProvider(Now));
}
