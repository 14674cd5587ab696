using System.Globalization;
using Kawaraban.Catalog;
using Kawaraban.Recipes;
using Kawaraban.Sample;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Bench.Twins;

/// <summary>
/// What it costs that an article may stand at two places: listings beside the same without the mark, over the same posts, one in twenty of
/// them folded; the keys of a post; the question after a visit; the joining. All in turns, in one run.
/// </summary>
internal static class TwinBench
{
    private const int PageLength = 30;
    private const int Companies = 100;
    private const int FoldedOneIn = 20;

    /// <summary>Runs it.</summary>
    public static async Task<int> Run(Call call)
    {
        var posts = call.Number("posts", call.IsQuick ? 10_000 : 100_000);
        var folder = Directory.CreateTempSubdirectory("kawaraban-bench").FullName;
        try
        {
            await using var database = Database.Open(call.Options.GetValueOrDefault("database") ?? Path.Combine(folder, "twins.db"));
            var twins = new TwinTable(database, TimeProvider.System);
            var (ids, origins) = await Fill(database, posts);
            var began = Environment.CpuUsage.TotalTime;
            var joined = 0;
            foreach (var some in ids.Chunk(FoldedOneIn * 10))
                joined += await twins.Compare(some, CancellationToken.None);
            var joining = (Environment.CpuUsage.TotalTime - began).TotalMilliseconds * 1000 / posts;
            var after = await Question(database, ids);
            if (database.Name.StartsWith("postgres", StringComparison.Ordinal))
                await database.Write(session => session.Execute("ANALYZE"), CancellationToken.None);

            var costs = new Table(
                string.Create(CultureInfo.InvariantCulture, $"{posts:#,##0} posts of {origins} sources, {joined} of them joined with another"), "what", "µs of processor time a post");
            costs.Add("its two keys", Keys());
            costs.Add("the question whether another is alike", after);
            costs.Add("the question, and the joining of one in twenty", joining);
            Table.Print(call.IsJson, [costs, await Listings(database, call.IsQuick ? 200 : 1500)]);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Each listing, and the same as it was before there was a mark.
    private static async Task<Table> Listings(Database database, int times)
    {
        var table = new Table($"a page of {PageLength}, in turns with the same without the mark", "listing", "µs", "without the mark, µs", "ratio");
        foreach (var (name, sql, mark) in ((string, string, string)[])
        [
            ("the latest", PostListings.Latest, " AND p.twin_of IS NULL"),
            ("a company's", PostListings.OfCompany, " AND p.is_second = 0"),
            ("the page before", PostListings.NewerThanAny, " AND p.twin_of IS NULL"),
        ])
        {
            string[] both = [sql, sql.Replace(mark, "", StringComparison.Ordinal)];
            if (both[0] == both[1])
                throw new InvalidOperationException($"{name} has no mark");
            List<double>[] took = [[], []];
            for (var i = -times / 4; i < times; i++)
            {
                // Pages all over the listing, each read by both.
                var before = await Read(database, "SELECT sort_key FROM posts WHERE id = @id", ("id", 1000 + (Math.Abs(i) * 7919L % 8000)));
                List<(string, object?)> asked = [("before", before), ("count", PageLength)];
                if (sql.Contains("@slug", StringComparison.Ordinal))
                    asked.Add(("slug", $"company-{Math.Abs(i) % Companies}"));
                foreach (var which in i % 2 == 0 ? (int[])[0, 1] : [1, 0])
                {
                    var begun = TimeProvider.System.GetTimestamp();
                    await Read(database, both[which], [.. asked]);
                    if (i >= 0)
                        took[which].Add(TimeProvider.System.GetElapsedTime(begun).TotalMicroseconds);
                }
            }

            var (with, without) = (Median(took[0]), Median(took[1]));
            table.Add(name, with, without, with / without);
        }

        return table;
    }

    // All of it, as the pages do; the last row's first number.
    private static Task<long> Read(Database database, string sql, params (string, object?)[] parameters) => database.Read(
        async session =>
        {
            var last = 0L;
            await using var rows = await session.Query(sql, parameters);
            while (await rows.ReadAsync())
            {
                last = rows.GetInt64(0);
                for (var column = 1; column < rows.FieldCount; column++)
                    GC.KeepAlive(rows.GetValue(column));
            }

            return last;
        },
        CancellationToken.None);

    private static double Keys()
    {
        var titles = BlogText.ReadAll().SelectMany(blog => blog.Posts).Select(post => post.Title).ToArray();
        List<double> took = [];
        for (var round = -3; round < 15; round++)
        {
            var began = ProcessorTime.Thread;
            for (var i = 0; i < 10_000; i++)
            {
                GC.KeepAlive(PageAddress.Key($"https://blog.example.com/posts/{i}"));
                GC.KeepAlive(TitleKey.Of(titles[i % titles.Length]));
            }

            if (round >= 0)
                took.Add((ProcessorTime.Thread - began).TotalMicroseconds / 10_000);
        }

        return Median(took);
    }

    private static async Task<double> Question(Database database, List<long> ids)
    {
        var began = Environment.CpuUsage.TotalTime;
        foreach (var some in ids.Chunk(32))
            await database.Read(session => TwinSearch.Alike(session, some), CancellationToken.None);
        return (Environment.CpuUsage.TotalTime - began).TotalMicroseconds / ids.Count;
    }

    private static async Task<(List<long> Ids, int Sources)> Fill(Database database, int posts)
    {
        var registry = new SourceRegistry(database, url => url.Host, TimeProvider.System);
        List<PostOrigin> origins = [];
        for (var i = 0; i < Companies; i++)
        {
            await registry.Add(new NewSource(new Uri($"https://c{i}.example.com/feed"), Company: $"company {i}"), CancellationToken.None);
            origins.Add(await database.Read(
                async session =>
                {
                    await using var row = await session.Query("SELECT max(id), max(company_id) FROM sources");
                    await row.ReadAsync();
                    return new PostOrigin(row.GetInt64(0), row.GetInt64(1));
                },
                CancellationToken.None));
        }

        var now = DateTimeOffset.UtcNow;
        var sentences = BlogText.ReadAll().SelectMany(blog => blog.Posts).SelectMany(post => post.Body.Split(['。', '.', '\n'], StringSplitOptions.RemoveEmptyEntries)).ToArray();
        List<long> ids = [];
        for (var from = 0; from < posts; from += 30)
        {
            // Every so many the post of the source before, under an address of its own.
            var origin = origins[from / 30 % Companies];
            List<PostDraft> drafts = [];
            for (var number = from; number < Math.Min(from + 30, posts); number++)
            {
                var article = number % FoldedOneIn == FoldedOneIn - 1 && from > 0 ? number - 30 : number;
                var dice = new Dice($"post {article}");
                var text = string.Join('。', Enumerable.Range(0, dice.Between(5, 14)).Select(_ => sentences[dice.Throw(sentences.Length)]));
                var url = $"https://c{from / 30 % Companies}.example.com/posts/{number}";
                drafts.Add(new PostDraft(
                    url, url, url, $"記事の題名その{article}号機", text[..Math.Min(200, text.Length)], text, null, null, null, now.AddMinutes(-article), null, 3, []));
            }

            ids.AddRange((await database.Write(session => PostWriter.Keep(session, origin, drafts, now), CancellationToken.None)).Touched);
        }

        return (ids, Companies);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
