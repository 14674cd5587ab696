using Kawaraban.Feeds;
using Kawaraban.Recipes;

namespace Kawaraban.Bench.Recipes;

/// <summary>
/// What recipes cost: the same feeds parsed and shaped without one, with one that is empty, and with recipes as people write them. All take
/// turns over the same feeds in one run; counted is processor time of the thread.
/// </summary>
internal static class RecipeBench
{
    private const string Typical = """
        {
          "fields": {
            "title": [{ "trimPrefix": ["[Tech]", "【技術】"] }, { "trimSuffix": " | Company" }, { "regex": "\\s+", "replace": " " }],
            "author": [{ "default": "Company" }],
            "date": [{ "shift": "-9h" }],
            "language": [{ "take": "detected" }],
            "excerpt": [{ "regex": "\\s*続きを読む$", "replace": "" }]
          },
          "keep": [{ "field": "language", "is": ["ja", "en"] }],
          "drop": [{ "field": "title", "regex": "^(PR|お知らせ)[:：]" }, { "olderThan": "3650d" }],
          "url": { "tracking": "remove", "remove": ["from", "ref"] },
          "tags": {
            "map": { "k8s": "Kubernetes", "未分類": "" },
            "add": "Engineering",
            "topics": [{ "tag": "Go", "regex": "\\bGo(lang)?\\b" }, { "tag": "PostgreSQL", "contains": ["postgres"] }, { "tag": "設計", "contains": "設計" }]
          }
        }
        """;

    /// <summary>Runs it.</summary>
    public static int Run(Call call)
    {
        var feeds = SyntheticFeeds.Write(call.IsQuick ? 20 : 60).Select(file => (file, Feed: FeedParser.Parse(file.Bytes, file.ContentType))).ToList();
        var entries = feeds.Sum(feed => feed.Feed.Entries.Count);
        var rounds = call.IsQuick ? 3 : 11;
        (string Name, Func<int, object> Work)[] works =
        [
            ("parsed, not shaped", i => FeedParser.Parse(feeds[i].file.Bytes, feeds[i].file.ContentType)),
            ("shaped without a recipe", i => DefaultRecipe.Shape(feeds[i].Feed, Url)),
            ("shaped by an empty recipe", i => Shape(CompiledRecipe.Empty, feeds[i].Feed)),
            ("shaped by a recipe of one step", i => Shape(OneStep, feeds[i].Feed)),
            ("shaped by a typical recipe", i => Shape(TypicalRecipe, feeds[i].Feed)),
            ("its entries written as they are kept", i => feeds[i].Feed.Entries.Sum(entry => StoredEntry.Write(entry, feeds[i].Feed, StoredEntry.MaxContent).Length)),
        ];
        var times = works.Select(_ => new List<double>()).ToArray();
        for (var round = -2; round < rounds; round++)
        {
            for (var work = 0; work < works.Length; work++)
            {
                var began = ProcessorTime.Thread;
                for (var i = 0; i < feeds.Count; i++)
                    GC.KeepAlive(works[work].Work(i));
                if (round >= 0)
                    times[work].Add((ProcessorTime.Thread - began).TotalMilliseconds);
            }
        }

        var medians = times.Select(Median).ToArray();
        var whole = medians[0] + medians[1];
        var table = new Table($"{feeds.Count} feeds, {entries} entries, median of {rounds} rounds", "what", "µs an entry", "of parsing and shaping without a recipe");
        for (var work = 0; work < works.Length; work++)
            table.Add(works[work].Name, medians[work] * 1000 / entries, medians[work] / whole);
        Table.Print(call.IsJson, [table, Page(call)]);
        return 0;
    }

    private static readonly Uri Url = new("https://blog.example.com/feed");
    private static readonly CompiledRecipe OneStep = Compile("""{"fields": {"title": [{"trimSuffix": " | Company"}]}}""");
    private static readonly CompiledRecipe TypicalRecipe = Compile(Typical);

    // A list of fifty cards on a page of the usual size.
    private static Table Page(Call call)
    {
        var card = "<div class='card'><a href='/posts/N'><div class='pic'><img data-src='/img/N.png'></div><h3>設計の話 N</h3></a><p class='date'>2026年11月23日</p><span class='tag'>Go</span></div>";
        var cards = string.Concat(Enumerable.Range(0, 50).Select(i => card.Replace("N", $"{i}", StringComparison.Ordinal)));
        var filler = string.Concat(Enumerable.Repeat("<section><ul><li><a href='/x'>menu</a></li><li><a href='/y'>menu</a></li></ul></section>", 400));
        var body = System.Text.Encoding.UTF8.GetBytes($"<!DOCTYPE html><html><head><title>Blog</title></head><body>{filler}<main>{cards}</main>{filler}</body></html>");
        var recipe = Compile("""
            {"source": {"kind": "page"}, "entries": {"select": "main .card", "fields": {"title": {"select": "h3"}, "url": {"select": "a"}, "date": {"select": ".date"},
                "picture": {"select": "img"}, "tags": {"select": ".tag", "all": true}}}, "tags": {"map": {"Go": "Golang"}}}
            """);
        List<double> times = [];
        for (var round = -2; round < (call.IsQuick ? 5 : 21); round++)
        {
            var began = ProcessorTime.Thread;
            var deadline = new Deadline(TimeProvider.System, Deadline.Usual);
            var reading = DocumentReader.Read(recipe, body, "text/html", Url, deadline).Reading ?? throw new InvalidOperationException("the page has no entries");
            var shaped = Shaper.Shape(recipe, reading, new ShapeContext(Url, TimeProvider.System.GetUtcNow(), deadline));
            if (round >= 0)
                times.Add((ProcessorTime.Thread - began).TotalMilliseconds * 1000 / shaped.Drafts.Count);
        }

        var table = new Table($"50 entries found on a page of {body.Length / 1000} kB by six selectors, and shaped", "what", "µs an entry");
        table.Add("page", Median(times));
        return table;
    }

    private static Shaped Shape(CompiledRecipe recipe, Feed feed) =>
        Shaper.Shape(recipe, feed, new ShapeContext(Url, TimeProvider.System.GetUtcNow(), new Deadline(TimeProvider.System, Deadline.Usual)));

    private static CompiledRecipe Compile(string recipe) =>
        RecipeReader.TryRead(recipe, out var compiled, out var problems) ? compiled : throw new InvalidOperationException(string.Join("; ", problems));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
