using System.Globalization;
using Kawaraban.Catalog;
using Kawaraban.Recipes;
using Kawaraban.Sample;
using Kawaraban.Sources;
using Kawaraban.Storage;

namespace Kawaraban.Bench.Searching;

/// <summary>
/// The newest twenty posts for a word, over 200,000 posts, beside the newest twenty of all, which needs no index of words. Words are
/// frequent (one post in 4), middling (1 in 400) and rare (1 in 20,000), in Japanese and English.
/// </summary>
internal static class SearchBench
{
    private const int PageLength = 20;

    private static readonly (string Word, int OneIn)[] Words =
        [("設計", 4), ("帆船", 400), ("鯨油", 20_000), ("design", 4), ("windlass", 400), ("quoin", 20_000)];

    /// <summary>Runs it.</summary>
    public static async Task<int> Run(Call call)
    {
        var posts = call.Number("posts", call.IsQuick ? 20_000 : 200_000);
        var folder = Directory.CreateTempSubdirectory("kawaraban-bench").FullName;
        try
        {
            var path = call.Options.GetValueOrDefault("database") ?? Path.Combine(folder, "search.db");
            await using var database = Database.Open(path);
            var before = Environment.CpuUsage.TotalTime;
            await Fill(database, posts);
            var writing = Environment.CpuUsage.TotalTime - before;
            var megabytes = await Size(database, path) / 1e6;
            var table = new Table(
                string.Create(CultureInfo.InvariantCulture, $"newest {PageLength} of {posts:#,##0} posts ({megabytes:0} MB, {writing.TotalSeconds * 1e6 / posts:0} CPU us a post to write)"),
                "word", "in about", "p50 ms", "p95 ms", "x newest of all", "CPU ms");
            await Measure(table, new PostListings(database), posts, call.IsQuick ? 100 : 400);
            Table.Print(call.IsJson, [table]);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The server of PostgreSQL counts the words it has seen by itself, after a while; here it is told to.
    private static Task<long> Size(Database database, string path) => database.Write(
        async session =>
        {
            if (session.Dialect == Dialect.Sqlite)
                return new FileInfo(path).Length;
            await session.Execute("ANALYZE");
            await using var row = await session.Query("SELECT pg_database_size(current_database())");
            await row.ReadAsync();
            return row.GetInt64(0);
        },
        CancellationToken.None);

    private static async Task Measure(Table table, PostListings listings, int posts, int times)
    {
        var (reference, referenceHigh, referenceCpu) = await Time(listings, PostFilter.All, times);
        table.Add("newest of all", posts, reference, referenceHigh, 1.0, referenceCpu);
        foreach (var (word, oneIn) in Words)
        {
            var (middle, high, cpu) = await Time(listings, new PostFilter(Query: word), times);
            table.Add(word, Math.Max(1, posts / oneIn), middle, high, middle / reference, cpu);
        }
    }

    private static async Task<(double Middle, double High, double Processor)> Time(PostListings listings, PostFilter filter, int times)
    {
        for (var i = 0; i < times / 4; i++)
            await listings.List(filter, null, PageLength, CancellationToken.None);
        var took = new double[times];
        var processor = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            await listings.List(filter, null, PageLength, CancellationToken.None);
            took[i] = TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds;
        }

        processor = Environment.CpuUsage.TotalTime - processor;
        Array.Sort(took);
        return (took[times / 2], took[times * 95 / 100], processor.TotalMilliseconds / times);
    }

    private static async Task Fill(Database database, int posts)
    {
        var registry = new SourceRegistry(database, url => url.Host, TimeProvider.System);
        await registry.Add(new NewSource(new Uri("https://blog.example.com/feed"), Company: "Example"), CancellationToken.None);
        var (sourceId, companyId) = await database.Read(
            async session =>
            {
                await using var row = await session.Query("SELECT id, company_id FROM sources");
                await row.ReadAsync();
                return (row.GetInt64(0), row.GetInt64(1));
            },
            CancellationToken.None);
        var now = DateTimeOffset.UtcNow;
        var sentences = Sentences();
        for (var from = 0; from < posts; from += 500)
        {
            List<PostDraft> drafts = [.. Enumerable.Range(from, Math.Min(500, posts - from)).Select(number => Draft(sentences, number, now.AddMinutes(-number)))];
            await database.Write(session => PostWriter.Keep(session, new PostOrigin(sourceId, companyId), drafts, now), CancellationToken.None);
        }
    }

    private static PostDraft Draft(string[] sentences, int number, DateTimeOffset published)
    {
        var dice = new Dice($"post {number}");
        var text = string.Join(' ', Enumerable.Range(0, dice.Between(5, 14)).Select(_ => sentences[dice.Throw(sentences.Length)]));
        foreach (var (word, oneIn) in Words)
        {
            if (dice.Throw(oneIn) == 0)
                text += $" {word}";
        }

        var url = $"https://blog.example.com/posts/{number}";
        return new PostDraft(url, url, url, $"Post {number}", text[..Math.Min(200, text.Length)], text, null, null, null, published, null, 3, []);
    }

    /// <summary>The sentences of the sample's essays, without those that hold one of the words: how often they occur is decided here.</summary>
    private static string[] Sentences() =>
    [
        .. BlogText.ReadAll()
            .SelectMany(blog => blog.Posts)
            .SelectMany(post => post.Body.Split(['。', '.', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(sentence => sentence.Length > 10 && !Words.Any(word => sentence.Contains(word.Word, StringComparison.OrdinalIgnoreCase))),
    ];
}
