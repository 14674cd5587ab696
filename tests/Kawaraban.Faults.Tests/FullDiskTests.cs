using System.Diagnostics;
using Kawaraban.Bench.Enduring;

namespace Kawaraban.Faults.Tests;

public sealed class FullDiskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disk_that_is_full_is_waited_for_and_with_room_again_everything_is_done_once()
    {
        Assert.SkipUnless(Environment.UserName == "root", "a small file system of its own can be mounted by root only");
        var folder = Directory.CreateTempSubdirectory("kawaraban-disk-").FullName;
        // The file and its log, which moves to it once in 16 MB.
        await Run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder);
        try
        {
            var database = Path.Combine(folder, "kawaraban.db");
            var field = new RoughField(Sources: 200, Hosts: 40, Hot: 0, TimeSpan.FromMilliseconds(20));
            await using var origin = await RoughOrigin.Start(field);
            await using var crawl = await RoughCrawl.Begin(origin, field, database, parallel: 4, Cancellation);
            await crawl.Until("SELECT count(*) >= 20 FROM crawls", Cancellation);

            // Something else takes all the room there is.
            var ballast = Path.Combine(folder, "ballast");
            await Run("sh", "-c", $"dd if=/dev/zero of={ballast} bs=64k 2>/dev/null; true");
            origin.Killed();
            await crawl.Said("the disk is full", Cancellation);
            var before = await crawl.Value("SELECT count(*) FROM crawls");
            File.Delete(ballast);

            await crawl.Until("SELECT count(*) = 0 FROM sources WHERE last_crawl_at IS NULL OR health = 'throttled'", Cancellation);
            Assert.Equal(0, await crawl.Stop());
            Assert.InRange(before, 20, field.Sources - 1);
            Assert.Equal(1, origin.MostAtOnceToOneHost);
            Assert.Equal(0, await crawl.Value("SELECT count(*) FROM sources WHERE our_failures > 0"));
            Assert.Equal(0, await crawl.Value("SELECT count(*) FROM leases WHERE holder IS NOT NULL"));
            Assert.Equal(0, await crawl.Value("SELECT count(*) FROM (SELECT source_id FROM crawls WHERE outcome = 'updated' GROUP BY source_id HAVING count(*) > 1)"));
            Assert.Equal(await crawl.Value("SELECT sum(new_posts) FROM crawls"), await crawl.Value("SELECT count(*) FROM posts"));
            Assert.Equal(await crawl.Value("SELECT count(*) FROM post_texts"), await crawl.Value("SELECT count(*) FROM posts"));
            Assert.Equal(1, await crawl.Value("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"));
        }
        finally
        {
            await Run("umount", "-l", folder);
            Directory.Delete(folder);
        }
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, process.ExitCode);
    }
}
