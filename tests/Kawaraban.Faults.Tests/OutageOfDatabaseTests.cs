using Kawaraban.Bench.Enduring;
using Kawaraban.Tests.Storage;

namespace Kawaraban.Faults.Tests;

public sealed class OutageOfDatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_stopped_and_one_that_falls_over_are_waited_for_and_nothing_is_lost()
    {
        using var server = PostgresServer.Durable();
        var database = server.Address(server.Create(isEmpty: true));
        var field = new RoughField(Sources: 400, Hosts: 40, Hot: 0, TimeSpan.FromMilliseconds(40));
        await using var origin = await RoughOrigin.Start(field);
        await using var crawl = await RoughCrawl.Begin(origin, field, database, parallel: 4, Cancellation);

        foreach (var isCrash in (bool[])[false, true])
        {
            var visited = await crawl.Value("SELECT count(*) FROM sources WHERE last_crawl_at IS NOT NULL");
            await crawl.Until($"SELECT count(*) >= {visited + 60} FROM sources WHERE last_crawl_at IS NOT NULL", Cancellation);
            server.Stop(isCrash);
            origin.Killed();
            await crawl.Said("the crawler goes on in", Cancellation);
            server.Start();
        }

        // It is the same process all the time, and nobody has helped it.
        await crawl.Until("SELECT count(*) = 0 FROM sources WHERE last_crawl_at IS NULL OR health = 'throttled'", Cancellation);
        Assert.Equal(0, await crawl.Stop());
        Assert.Empty(origin.Breaches);
        Assert.Equal(1, origin.MostAtOnceToOneHost);
        Assert.Equal(0, await crawl.Value("SELECT count(*) FROM leases WHERE holder IS NOT NULL"));
        Assert.Equal(0, await crawl.Value("SELECT count(*) FROM sources WHERE our_failures > 0"));

        var well = Enumerable.Range(0, field.Sources).Where(i => origin.TroubleOf(i).IsHarmless()).ToList();
        Assert.Equal(well.Count, await crawl.Value("SELECT count(*) FROM crawls WHERE outcome = 'updated' AND source_id IN (SELECT id FROM sources WHERE title IN (" + string.Join(',', well.Select(i => $"'Source {i}'")) + "))"));
        Assert.Equal(await crawl.Value("SELECT sum(new_posts) FROM crawls"), await crawl.Value("SELECT count(*) FROM posts"));
        Assert.Equal(await crawl.Value("SELECT sum(post_count) FROM companies"), await crawl.Value("SELECT count(*) FROM posts"));
        Assert.Equal(await crawl.Value("SELECT count(*) FROM post_words"), await crawl.Value("SELECT count(*) FROM posts"));
    }
}
