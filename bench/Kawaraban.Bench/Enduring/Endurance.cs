using System.Globalization;
using System.Text;
using Npgsql;

namespace Kawaraban.Bench.Enduring;

/// <summary>How hard and how long.</summary>
/// <param name="Field">What is crawled.</param>
/// <param name="Program">The program and what stands before its own arguments.</param>
/// <param name="Database">The <c>postgres://</c> address of an empty database.</param>
/// <param name="BetweenKills">How long a process lives, on average over all of them.</param>
/// <param name="Limit">How long it may take altogether.</param>
internal sealed record EndurancePlan(RoughField Field, IReadOnlyList<string> Program, string Database, TimeSpan BetweenKills, TimeSpan Limit);

/// <summary>
/// Three processes of the real program with eight workers between them crawl a rough field on PostgreSQL, and are killed and started again
/// at random until every source has been visited, and every one that can be well is.
/// </summary>
internal sealed class Endurance : IAsyncDisposable
{
    private static readonly int[] Workers = [3, 3, 2];

    private readonly EndurancePlan plan;
    private readonly RoughOrigin origin;
    private readonly NpgsqlDataSource database;
    private readonly List<Worker> workers = [];
    private readonly Random luck = new(20);
    private readonly long begun = TimeProvider.System.GetTimestamp();

    private Endurance(EndurancePlan plan, RoughOrigin origin)
    {
        (this.plan, this.origin) = (plan, origin);
        var address = new Uri(plan.Database);
        database = NpgsqlDataSource.Create($"Host={address.Host};Port={address.Port};Username={address.UserInfo};Database={address.AbsolutePath[1..]};Maximum Pool Size=2");
    }

    /// <summary>Runs it.</summary>
    /// <exception cref="InvalidOperationException">It took too long, or a process ended by itself.</exception>
    public static async Task<EnduranceReport> Run(EndurancePlan plan, CancellationToken cancellation)
    {
        await using var origin = await RoughOrigin.Start(plan.Field);
        await using var run = new Endurance(plan, origin);
        return await run.Run(cancellation);
    }

    /// <summary>What the program is told.</summary>
    public static Dictionary<string, string> Settings(string database, RoughField field, int parallel) => new()
    {
        ["KAWARABAN_DATABASE"] = database,
        ["KAWARABAN_CRAWLING_PARALLEL"] = $"{parallel}",
        ["KAWARABAN_CRAWLING_GAP"] = field.Gap.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        ["KAWARABAN_CRAWLING_SCHEDULE"] = "every 24h",
        ["KAWARABAN_FETCHING_ALLOW_PRIVATE_NETWORKS"] = "true",
        ["KAWARABAN_FETCHING_TIMEOUT"] = "1",
        ["KAWARABAN_FETCHING_MAX_BYTES"] = "262144",
        ["DOTNET_TieredPGO"] = "0",
    };

    /// <summary>Lets the program add the sources.</summary>
    /// <exception cref="InvalidOperationException">It did not.</exception>
    public static async Task Import(
        IReadOnlyList<string> program, IReadOnlyDictionary<string, string> settings, RoughOrigin origin, RoughField field, CancellationToken cancellation)
    {
        var path = Path.GetTempFileName();
        try
        {
            var list = new StringBuilder("<opml version=\"2.0\"><body>");
            for (var i = 0; i < field.Sources; i++)
                list.Append(CultureInfo.InvariantCulture, $"<outline type=\"rss\" text=\"Source {i}\" xmlUrl=\"{origin.Url(i)}\"/>");
            await File.WriteAllTextAsync(path, list.Append("</body></opml>").ToString(), cancellation);
            using var import = new Worker(program[0], [.. program.Skip(1), "sources", "import", path], settings);
            import.Start();
            if (await import.End() != 0)
                throw new InvalidOperationException($"the import failed: {import.Said}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        workers.ForEach(worker => worker.Dispose());
        await database.DisposeAsync();
    }

    private async Task<EnduranceReport> Run(CancellationToken cancellation)
    {
        await Import(plan.Program, Settings(plan.Database, plan.Field, 1), origin, plan.Field, cancellation);
        for (var i = 0; i < Workers.Length; i++)
        {
            // Both ways to crawl for ever.
            IReadOnlyList<string> verb = i == 0 ? ["serve", "--roles", "crawler", "--urls", "http://127.0.0.1:0"] : ["crawl", "--due"];
            workers.Add(new Worker(plan.Program[0], [.. plan.Program.Skip(1), .. verb], Settings(plan.Database, plan.Field, Workers[i])));
            workers[i].Start();
        }

        var kills = await KillUntil(IsVisited, cancellation);
        // Half an hour passes for those who failed.
        await Execute("""
            UPDATE sources SET next_crawl_at = 0 WHERE failures > 0 AND status = 'active';
            UPDATE leases SET due_at = 0, ready_at = CASE WHEN until >= next_allowed_at THEN until ELSE next_allowed_at END
            WHERE politeness_key IN (SELECT politeness_key FROM sources WHERE next_crawl_at = 0)
            """);
        kills += await KillUntil(IsWell, cancellation);
        List<int> codes = [];
        foreach (var worker in workers)
            codes.Add(await worker.Stop());
        return await Report(kills, codes);
    }

    // Kills one after the other, at random, until it is so.
    private async Task<int> KillUntil(Func<Task<bool>> isSo, CancellationToken cancellation)
    {
        var kills = 0;
        var nextKill = Soon();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > plan.Limit)
                throw new InvalidOperationException($"after {plan.Limit.TotalSeconds:0} s it is not done: {await State()}\n{string.Join("\n\n", workers.Select(worker => worker.Said))}");
            if (workers.Find(worker => worker.HasEnded) is { } ended)
                throw new InvalidOperationException($"a process ended by itself: {ended.Said}");
            await Task.Delay(100, cancellation);
            if (TimeProvider.System.GetElapsedTime(begun) < nextKill)
                continue;
            var worker = workers[luck.Next(workers.Count)];
            await worker.Kill();
            origin.Killed();
            worker.Start();
            kills++;
            nextKill = Soon();
        }

        return kills;
    }

    private TimeSpan Soon() => TimeProvider.System.GetElapsedTime(begun) + (plan.BetweenKills * (0.5 + luck.NextDouble()));

    private async Task<bool> IsVisited() => await Value("SELECT count(*) FROM sources WHERE last_crawl_at IS NULL OR health = 'throttled'") == 0;

    private async Task<bool> IsWell() =>
        await Value($"SELECT count(*) FROM sources WHERE health <> 'healthy'") == Enumerable.Range(0, plan.Field.Sources).Count(i => !origin.TroubleOf(i).Passes())
        && await Value("SELECT count(*) FROM sources WHERE next_crawl_at = 0") == 0;

    private async Task<string> State() =>
        $"{await Value("SELECT count(*) FROM sources WHERE last_crawl_at IS NULL")} sources were never visited, {await Value("SELECT count(*) FROM sources WHERE health <> 'healthy'")} are not well";

    private async Task<EnduranceReport> Report(int kills, IReadOnlyList<int> codes)
    {
        var rows = await Successes();
        var sources = Enumerable.Range(0, plan.Field.Sources).ToArray();
        return new EnduranceReport
        {
            Elapsed = TimeProvider.System.GetElapsedTime(begun),
            Kills = kills,
            MayBeForgotten = kills * Workers.Max(),
            ExitCodes = codes,
            Requests = origin.Requests,
            Hosts = origin.Hosts,
            MostAtOnce = origin.MostAtOnce,
            MostAtOnceToOneHost = origin.MostAtOnceToOneHost,
            LeastGap = origin.LeastGap,
            Breaches = origin.Breaches,
            Answers = sources.Sum(origin.Answers),
            Successes = rows.Values.Sum(),
            Unanswered = [.. sources.Where(i => rows.GetValueOrDefault(i) > origin.Answers(i))],
            Lost = [.. sources.Where(i => origin.TroubleOf(i).Passes() && rows.GetValueOrDefault(i) == 0)],
            Doubled = [.. sources.Where(i => origin.TroubleOf(i).IsHarmless() && rows.GetValueOrDefault(i) > 1)],
            Posts = await Value("SELECT count(*) FROM posts"),
            PostsExpected = (long)RoughOrigin.Entries * sources.Count(i => origin.TroubleOf(i).Passes()),
            NewPosts = await Value("SELECT sum(new_posts) FROM crawls"),
            PostsOfCompanies = await Value("SELECT sum(post_count) FROM companies"),
            PostsInIndex = await Value("SELECT count(*) FROM post_words w JOIN posts p ON p.sort_key = w.sort_key"),
            Held = await Value("SELECT count(*) FROM leases WHERE holder IS NOT NULL"),
            DeadLetters = await Value("SELECT count(*) FROM dead_letters"),
        };
    }

    // How many visits of each source went well.
    private async Task<Dictionary<int, int>> Successes()
    {
        await using var command = database.CreateCommand("""
            SELECT CAST(substring(s.title FROM 8) AS INTEGER), CAST(count(*) AS INTEGER) FROM crawls c JOIN sources s ON s.id = c.source_id
            WHERE c.outcome IN ('updated', 'unchanged', 'not-modified') GROUP BY s.id
            """);
        await using var row = await command.ExecuteReaderAsync();
        Dictionary<int, int> successes = [];
        while (await row.ReadAsync())
            successes[row.GetInt32(0)] = row.GetInt32(1);
        return successes;
    }

    private async Task<long> Value(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task Execute(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
