using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Scheduling;
using Kawaraban.Storage;

namespace Kawaraban.Tests.Crawling;

public sealed class CrawlerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_due_source_is_visited_once_within_bounds()
    {
        await using var field = new Field([.. Enumerable.Range(0, 60).Select(i => $"https://h{i % 12}.example/{i}")]);
        field.Options = field.Options with { Parallel = 5 };
        List<CrawlProgress> heard = [];
        var summary = await field.Crawl(CrawlScope.Due, new Listener(heard.Add));
        Assert.Equal(60, summary.Visited);
        Assert.Equal(60, field.Asked.Select(asked => asked.Url).Distinct().Count());
        Assert.Equal(60, field.Asked.Count);
        Assert.InRange(field.MostAtOnce, 2, 5);
        Assert.Equal(1, field.MostAtOncePerHost);
        Assert.Equal(Enumerable.Range(1, 60), heard.Select(progress => progress.Done));
        Assert.All(heard, progress => Assert.Equal(60, progress.Total));
        Assert.Equal(60L, field.Temporary.Value<long>("SELECT count(*) FROM crawls"));

        Assert.Equal(0, (await field.Crawl(CrawlScope.Due)).Visited);
    }

    [Fact]
    public async Task All_are_visited_again_when_a_person_says_so()
    {
        await using var field = new Field("https://a.example/", "https://b.example/");
        await field.Crawl(CrawlScope.Due);
        Assert.Equal(2, (await field.Crawl(CrawlScope.All)).Visited);
        Assert.Equal(1, (await field.Crawl(CrawlScope.Of([2]))).Visited);
        Assert.Equal("https://b.example/", field.Asked.Last().Url);
    }

    [Fact]
    public async Task Between_two_requests_to_a_site_lies_the_gap()
    {
        await using var field = new Field("https://a.example/1", "https://a.example/2", "https://a.example/3", "https://b.example/");
        field.Options = field.Options with { Gap = TimeSpan.FromSeconds(2) };
        await field.Crawl(CrawlScope.Due);
        var times = field.Asked.Where(asked => asked.Url.Contains("a.example", StringComparison.Ordinal)).Select(asked => asked.At).ToList();
        Assert.Equal(3, times.Count);
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(2) && times[2] - times[1] >= TimeSpan.FromSeconds(2), string.Join(' ', times));
    }

    [Fact]
    public async Task A_site_that_asks_us_to_wait_is_left_alone_until_then_and_the_others_go_on()
    {
        await using var field = new Field("https://a.example/1", "https://a.example/2", "https://b.example/1", "https://b.example/2");
        var retryAt = Field.Now.AddSeconds(30);
        field.Web = request => request.Url.AbsoluteUri == "https://a.example/1" && field.Clock.GetUtcNow() < retryAt
            ? new Throttled(request.Url, 429, null, retryAt)
            : new NotModified(request.Url, 304, null, null, null);
        var summary = await field.Crawl(CrawlScope.All);
        Assert.Equal((4, 1), (summary.Visited, summary.Failed));
        Assert.True(field.Asked.Single(asked => asked.Url == "https://a.example/2").At >= retryAt, "the site was asked before the time it named");
        Assert.True(field.Asked.Where(asked => asked.Url.Contains("b.example", StringComparison.Ordinal)).All(asked => asked.At < retryAt));
        var source = await field.Source();
        Assert.Equal(("throttled", 0), (source.Health, source.Failures));
        Assert.StartsWith("source \"a.example\": the server asked us to wait until 2026-11-24 00:00 UTC (429, Retry-After); next try ", source.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_would_keep_the_run_waiting_for_long_is_reported_instead()
    {
        await using var field = new Field("https://a.example/1", "https://a.example/2", "https://b.example/");
        var retryAt = Field.Now.AddHours(3);
        field.Web = request => request.Url.Host == "a.example" ? new Throttled(request.Url, 429, null, retryAt) : Field.Document(request, Field.Rss());
        var summary = await field.Crawl(CrawlScope.All);
        Assert.Equal(2, summary.Visited);
        var waiting = Assert.Single(summary.Waiting);
        Assert.Equal(("a.example", 2), (waiting.PolitenessKey, waiting.Sources));
        Assert.True(waiting.Until >= retryAt);

        // Not even when a person asks for all, or for that one.
        Assert.Equal(1, (await field.Crawl(CrawlScope.All)).Visited);
        Assert.Equal(0, (await field.Crawl(CrawlScope.Of([1]))).Visited);
    }

    [Fact]
    public async Task A_source_that_asks_us_to_wait_does_not_keep_its_neighbours_waiting()
    {
        await using var field = new Field("https://a.example/1", "https://a.example/2");
        field.Web = request => request.Url.AbsolutePath == "/1"
            ? new Throttled(request.Url, 503, null, Field.Now.AddHours(3))
            : Field.Document(request, Field.Rss());
        Assert.Equal(2, (await field.Crawl(CrawlScope.All)).Visited);
        Assert.True((await field.Source()).NextCrawlAt >= Field.Now.AddHours(3));
    }

    [Fact]
    public async Task Every_trouble_ends_in_a_sentence_and_a_later_try()
    {
        var url = new Uri("https://a.example/");
        FetchResult[] troubles =
        [
            new Gone(url, 410, null), new Throttled(url, 429, null, null), new Blocked(url, null, null, "too-large", "it is larger than 10 MB"),
            new Refused(url, 404, null, "there is nothing at this address (404)"),
            new Unreachable(url, null, null, "dns", "the name a.example does not exist"),
            new Fetched(url, 200, null, "<html>no feed</html>"u8.ToArray(), "text/html", null, null),
        ];
        foreach (var trouble in troubles)
        {
            await using var field = new Field("https://a.example/") { Web = _ => trouble };
            Assert.Equal((1, 1), (await field.Crawl(CrawlScope.Due)) is var summary ? (summary.Visited, summary.Failed) : default);
            var source = await field.Source();
            var crawl = Assert.Single(await field.Registry.History(1, 10, Cancellation));
            Assert.Equal(source.LastError, crawl.Sentence);
            Assert.Matches("""^source "a\.example": .+; next try 2026-11-2\d \d\d:\d\d UTC$""", crawl.Sentence);
            Assert.NotEqual("healthy", source.Health);
            Assert.True(source.NextCrawlAt > Field.Now.AddMinutes(14));
            Assert.Null(source.LastSuccessAt);
        }
    }

    [Fact]
    public async Task Failures_in_a_row_wait_longer_and_a_success_forgets_them()
    {
        await using var field = new Field("https://a.example/");
        field.Web = request => new Refused(request.Url, 500, null, "the server failed (500)");
        await field.Crawl(CrawlScope.All);
        var first = (await field.Source()).NextCrawlAt - field.Clock.GetUtcNow();
        await field.Crawl(CrawlScope.All);
        var second = (await field.Source()).NextCrawlAt - field.Clock.GetUtcNow();
        Assert.InRange(second / first, 1.5, 2.6);
        Assert.Equal(2, (await field.Source()).Failures);

        field.Web = request => new NotModified(request.Url, 304, null, null, null);
        await field.Crawl(CrawlScope.All);
        var source = await field.Source();
        Assert.Equal(("healthy", 0, null), (source.Health, source.Failures, source.LastError));
    }

    [Fact]
    public async Task A_source_is_retired_when_it_is_gone_for_a_day()
    {
        await using var field = new Field("https://a.example/");
        field.Web = request => new Gone(request.Url, 410, null);
        await field.Crawl(CrawlScope.All);
        await field.Crawl(CrawlScope.All);
        Assert.Equal("active", (await field.Source()).Status);
        field.Clock.Advance(TimeSpan.FromDays(2));
        await field.Crawl(CrawlScope.All);
        var source = await field.Source();
        Assert.Equal("gone", source.Status);
        Assert.EndsWith("it will not be visited again", source.LastError, StringComparison.Ordinal);
        Assert.Equal(0, (await field.Crawl(CrawlScope.All)).Visited);
    }

    [Fact]
    public async Task A_fetcher_that_throws_is_a_mistake_of_ours_that_is_written_down_and_stops_nobody()
    {
        await using var field = new Field("https://a.example/", "https://b.example/");
        field.Web = request => request.Url.Host == "a.example" ? throw new InvalidOperationException("on purpose") : Field.Document(request, Field.Rss());
        Assert.Equal(2, (await field.Crawl(CrawlScope.Due)).Visited);
        var crawl = Assert.Single(await field.Registry.History(1, 10, Cancellation));
        Assert.Equal("failed", crawl.Outcome);
        Assert.Contains("a mistake of ours kept us from reading it (InvalidOperationException: on purpose)", crawl.Sentence, StringComparison.Ordinal);
        Assert.Equal("healthy", (await field.Source(2)).Health);
    }

    [Fact]
    public async Task Stopping_gives_back_what_does_not_end_in_time()
    {
        await using var field = new Field("https://slow.example/");
        using var stop = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        var crawl = field.Crawler(async (_, hardStop) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, hardStop);
            throw new InvalidOperationException("never");
        }).CrawlForever(null, stop.Token);
        await asked.Task;
        await stop.CancelAsync();
        Assert.False(crawl.IsCompleted);
        field.Clock.Advance(field.Options.Drain);
        await crawl;
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM leases WHERE holder IS NOT NULL"));
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM crawls"));
        Assert.Equal(1, (await field.Crawl(CrawlScope.Due)).Visited);
    }

    [Fact]
    public async Task Stopping_lets_what_is_under_way_end()
    {
        await using var field = new Field("https://slow.example/", "https://next.example/");
        field.Options = field.Options with { Parallel = 1 };
        using var stop = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<FetchResult>();
        var crawl = field.Crawler((_, _) =>
        {
            asked.SetResult();
            return answer.Task;
        }).CrawlForever(null, stop.Token);
        await asked.Task;
        await stop.CancelAsync();
        answer.SetResult(new NotModified(new Uri("https://slow.example/"), 304, null, null, null));
        await crawl;
        Assert.Equal(1L, field.Temporary.Value<long>("SELECT count(*) FROM crawls"));
    }

    [Fact]
    public async Task What_was_fetched_under_a_lost_lease_is_dropped()
    {
        await using var field = new Field("https://a.example/");
        var crawl = field.Crawler(async (request, _) =>
        {
            // Somebody else takes the key while we wait for the answer.
            await field.Database.Write(
                session => session.Execute("UPDATE leases SET token = token + 1, holder = 'another', until = 9000000000000, ready_at = 9000000000000"),
                CancellationToken.None);
            return new NotModified(request.Url, 304, null, null, null);
        }).CrawlOnce(CrawlScope.Due, null, Cancellation);
        Assert.Equal(0, (await crawl).Visited);
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM crawls"));
        Assert.Equal("another", field.Temporary.Value<string>("SELECT holder FROM leases"));
    }

    [Fact]
    public async Task While_serving_a_new_source_is_visited_when_the_database_is_asked_again()
    {
        await using var field = new Field();
        using var stop = new CancellationTokenSource();
        var visited = new TaskCompletionSource<CrawlReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        var crawl = field.Crawler().CrawlForever(new Listener(progress => visited.TrySetResult(progress.Last)), stop.Token);
        await field.Registry.Add(new Kawaraban.Sources.NewSource(new Uri("https://a.example/"), "A"), Cancellation);
        while (!visited.Task.IsCompleted)
        {
            field.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(visited.Task, Task.Delay(1, Cancellation));
        }

        await stop.CancelAsync();
        await crawl;
        Assert.Equal("A", (await visited.Task).Title);
    }

    private sealed class Listener(Action<CrawlProgress> hear) : IProgress<CrawlProgress>
    {
        public void Report(CrawlProgress value) => hear(value);
    }
}
