using System.Globalization;
using Kawaraban.Bench.Origin;
using Microsoft.Data.Sqlite;

namespace Kawaraban.Bench.Crawling;

/// <summary>
/// Whether a visit costs the same however many sources there are: ten to a host, three entries each. The first visits of 1,000 and 10,000;
/// of 100,000 those that come back and find nothing new, for whom the first ones are written into the file, or with <c>--cold</c> both.
/// </summary>
internal static class GrowthBench
{
    private const int Documents = 500;
    private const int Entries = 3;
    private const int PerHost = 10;
    private const int MostCold = 10_000;

    /// <summary>Runs it.</summary>
    public static async Task<int> Run(Call call)
    {
        var table = new Table(
            $"Kawaraban on SQLite, {PerHost} sources to a host, {Entries} entries to a feed",
            "sources", "pass", "CPU s per 1,000 feeds", "feeds/s", "peak MB", "database MB", "most at once to one host");
        var numbers = call.IsQuick ? (int[])[1000, 10_000] : [1000, 10_000, 100_000];
        foreach (var sources in call.Options.ContainsKey("sources") ? [call.Number("sources", 0)] : numbers)
        {
            var folder = Directory.CreateTempSubdirectory("kawaraban-bench").FullName;
            try
            {
                await Measure(call, folder, sources, table);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        Table.Print(call.IsJson, [table]);
        return 0;
    }

    private static async Task Measure(Call call, string folder, int sources, Table table)
    {
        var opml = Path.Combine(folder, "feeds.opml");
        using var origin = CrawlBench.StartOrigin(
            $"--feeds={Documents}", $"--entries={Entries}", $"--copies={sources / Documents}", $"--per-host={PerHost}", $"--opml={opml}");
        await origin.StandardOutput.ReadLineAsync();
        var (program, prefix) = CrawlBench.Program(call);
        var path = Path.Combine(folder, "growth.db");
        var environment = new Dictionary<string, string> { ["KAWARABAN_DATABASE"] = path, ["KAWARABAN_CRAWLING_GAP"] = "0" };
        await Child.Run(program, [.. prefix, "sources", "import", opml], environment);
        var isCold = sources <= MostCold || call.Options.ContainsKey("cold");
        if (!isCold)
            Visited(path);
        foreach (var pass in isCold ? (string[])["cold", "warm"] : ["warm"])
        {
            var cost = await Child.Run(program, [.. prefix, "crawl", "--all", "--allow-private-networks"], environment);
            table.Add(
                sources, pass, cost.Processor.TotalSeconds * 1000 / sources, sources / cost.Elapsed.TotalSeconds, cost.PeakMegabytes,
                new FileInfo(path).Length / 1e6, (await CrawlBench.Report(origin)).MostAtOnceToOneHost);
        }

        origin.StandardInput.Close();
        await origin.WaitForExitAsync();
    }

    // As if each had been visited an hour ago.
    private static void Visited(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using (var update = connection.CreateCommand())
        {
            var files = SyntheticFeeds.Write(Documents, Entries).Select(file => new ServedFile(file)).ToArray();
            update.CommandText = """
                UPDATE sources SET etag = @etag, content_hash = 1, health = 'healthy', feed_title = title, last_crawl_at = @at, last_success_at = @at,
                    full_fetch_at = @at
                WHERE (id - 1) % @documents = @number
                """;
            update.Parameters.AddWithValue("@at", TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds());
            update.Parameters.AddWithValue("@documents", Documents);
            var (etag, number) = (update.Parameters.Add("@etag", SqliteType.Text), update.Parameters.Add("@number", SqliteType.Integer));
            for (var i = 0; i < Documents; i++)
            {
                (etag.Value, number.Value) = (files[i].ETag, i);
                update.ExecuteNonQuery();
            }
        }

        using (var robots = connection.CreateCommand())
        {
            robots.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO robots (origin, fetched_at, expires_at, status, names_us)
                SELECT DISTINCT substr(url, 1, instr(substr(url, 8), '/') + 6), 0, {TimeProvider.System.GetUtcNow().AddHours(20).ToUnixTimeMilliseconds()}, 404, 0 FROM sources
                """);
            robots.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
