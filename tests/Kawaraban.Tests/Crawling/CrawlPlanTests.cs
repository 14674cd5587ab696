using System.Text.RegularExpressions;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Storage;

namespace Kawaraban.Tests.Crawling;

/// <summary>What a crawl asks costs the same however many posts there are: every statement finds its rows by an index.</summary>
public sealed partial class CrawlPlanTests
{
    // What is asked once a run or once an hour may read all sources and all keys, which are a thousandth of the posts.
    private static readonly string[] OnceARun =
    [
        "SELECT politeness_key, holder FROM leases WHERE holder IS NOT NULL",
        "UPDATE robots SET expires_at",
        "WHERE last_crawl_at > @limit",
        "GROUP BY politeness_key) AS",
        "WHERE status = 'active' AND next_crawl_at > @now",
        "WHERE status = 'active' AND next_crawl_at <= @dueBy",
        "WHERE status = 'active' AND last_crawl_at IS NULL",
        "GROUP BY l.politeness_key ORDER BY",
        "ORDER BY politeness_key FOR NO KEY UPDATE",
    ];

    private static readonly string[] Few = ["sources", "s", "leases", "l", "robots", "a"];

    [Fact]
    public async Task No_statement_of_a_crawl_reads_a_table_that_grows_with_the_posts()
    {
        await using var field = new Field([.. Enumerable.Range(0, 12).Select(i => $"https://h{i % 6}.example/{i}")]);
        field.ReadsRobots = true;
        var round = 0;
        field.Web = request => request.Url.AbsolutePath switch
        {
            RobotsTxt.Path => new Refused(request.Url, 404, null, "there is none"),
            "/1" when round > 0 => new Refused(request.Url, 500, null, "the server failed (500)"),
            "/2" when round > 0 => new NotModified(request.Url, 304, null, null, null),
            "/3" when round > 0 => new Throttled(request.Url, 503, null, field.Clock.GetUtcNow().AddSeconds(5)),
            "/4" => throw new InvalidOperationException("on purpose"),
            _ => Field.Document(request, Field.Rss("one", $"two-{round}").Replace("about one", $"about {round} <b>words</b>", StringComparison.Ordinal)),
        };
        for (; round < 3; round++)
        {
            await field.Crawl(round == 1 ? CrawlScope.Due : CrawlScope.All);
            field.Clock.Advance(TimeSpan.FromDays(2));
        }

        var statements = new HashSet<string>();
        for (var i = 0; i < 4; i++)
        {
            statements.UnionWith(await field.Database.Read(session => Task.FromResult(session.Statements.ToList()), CancellationToken.None));
            statements.UnionWith(await field.Database.Write(session => Task.FromResult(session.Statements.ToList()), CancellationToken.None));
        }

        statements.RemoveWhere(sql => !Regex.IsMatch(sql, @"\b(SELECT|UPDATE|INSERT|DELETE)\b") || sql.Contains("pg_stat", StringComparison.Ordinal));
        Assert.True(statements.Count > 20, $"{statements.Count} statements were seen");
        Assert.Contains(statements, sql => sql.Contains("INSERT INTO post_texts", StringComparison.Ordinal));
        List<string> scans = [];
        foreach (var sql in statements)
        {
            var isOnceARun = OnceARun.Any(part => sql.Contains(part, StringComparison.Ordinal));
            foreach (var table in await Scanned(field.Database, sql))
            {
                if (!(isOnceARun && Few.Contains(table)))
                    scans.Add($"{table} is read whole by: {sql}");
            }
        }

        Assert.Empty(scans);
    }

    // The tables that a statement reads from one end to the other. On PostgreSQL small ones are read whole unless that is forbidden.
    private static Task<List<string>> Scanned(Database database, string sql) => database.Write(
        async session =>
        {
            var isSqlite = session.Dialect == Dialect.Sqlite;
            await using var command = session.Connection.CreateCommand();
            command.CommandText = (isSqlite ? "EXPLAIN QUERY PLAN " : "SET LOCAL enable_seqscan = off; EXPLAIN ") + Parameter().Replace(sql, "'1'");
            await using var rows = await command.ExecuteReaderAsync();
            List<string> scanned = [];
            while (await rows.ReadAsync())
            {
                var line = rows.GetString(isSqlite ? 3 : 0);
                var scan = isSqlite ? SqliteScan().Match(line) : PostgresScan().Match(line);
                // What the statement brings along itself is no table, and one of a single row is none that grows.
                if (scan.Success && scan.Groups[1].Value is not ("w" or "wanted" or "32" or "twin_progress" or "CONSTANT" or "oldest" or "d" or "alike"))
                    scanned.Add(scan.Groups[1].Value);
            }

            return scanned;
        },
        CancellationToken.None);

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    // An index that gives the order with a limit is no scan of all: only "leases by ready" is read so. In the index of words, "=" is one row.
    [GeneratedRegex(@"^SCAN (\w+)(?!.*(USING (COVERING )?INDEX leases_by_ready|VIRTUAL TABLE INDEX \d+:=))")]
    private static partial Regex SqliteScan();

    [GeneratedRegex(@"Seq Scan on (\w+)")]
    private static partial Regex PostgresScan();
}
