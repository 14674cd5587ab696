using System.Net;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Tests.Crawling;

namespace Kawaraban.Tests.Push;

/// <summary>How far a hub is relied upon, by what the visits find.</summary>
public sealed class PushTrustTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_hub_that_has_told_the_truth_twice_has_its_source_visited_every_third_day_and_not_every_day()
    {
        await using var push = await PushField.StartActive();
        Assert.InRange(await Wait(push), 0.0, 1.1);
        await Publish(push, "two");
        Assert.InRange(await Wait(push), 0.0, 1.1);
        await Publish(push, "three");
        Assert.Equal("trusted", (await push.Card()).State);
        Assert.InRange(await Wait(push), 2.0, 3.0);

        // On the schedule's own hour still: six in the morning, and this source's place after it.
        Assert.Equal(6, (await push.Field.Source()).NextCrawlAt.Hour);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_post_that_was_not_pushed_ends_the_trust_until_the_hub_has_proven_itself_again()
    {
        await using var push = await PushField.StartActive();
        await Publish(push, "two");
        await Publish(push, "three");
        push.Field.Clock.Advance(TimeSpan.FromDays(2));
        push.Posts = ["unheard", .. push.Posts];
        await push.Crawl();
        Assert.Contains("it did not tell of what was found on 2026-11-26", (await push.Card()).Sentence, StringComparison.Ordinal);
        Assert.InRange(await Wait(push), 0.0, 1.1);
        push.Field.Clock.Advance(TimeSpan.FromHours(5));
        await Publish(push, "four");
        Assert.Equal("active", (await push.Card()).State);
        Assert.InRange(await Wait(push), 0.0, 1.1);
        await Publish(push, "five");
        Assert.Equal("trusted", (await push.Card()).State);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_push_that_comes_after_the_visit_that_found_its_post_was_only_late()
    {
        await using var push = await PushField.StartActive();
        await Publish(push, "two");
        await Publish(push, "three");
        push.Field.Clock.Advance(TimeSpan.FromDays(1));
        push.Posts = ["four", .. push.Posts];
        await push.Crawl();
        Assert.Equal("active", (await push.Card()).State);
        push.Field.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Accepted, await push.Push());
        Assert.Equal("trusted", (await push.Card()).State);
        Assert.Equal(1, await push.CrawlDue());
        Assert.InRange(await Wait(push), 1.5, 3.0);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_was_there_before_the_subscription_is_held_against_nobody()
    {
        await using var push = await PushField.StartActive();
        push.Posts = ["two", "one"];
        await push.Crawl();
        Assert.Equal(1L, push.Field.Temporary.Value<long>("SELECT count(*) FROM subscriptions WHERE missed_at IS NULL"));
        push.Posts = ["three", "two", "one"];
        await push.Crawl();
        Assert.Equal(1L, push.Field.Temporary.Value<long>("SELECT count(*) FROM subscriptions WHERE missed_at IS NOT NULL"));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_cache_holds_back_is_looked_for_again_and_counts_as_pushed()
    {
        await using var push = await PushField.StartActive();
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Accepted, await push.Push());
        Assert.Equal(1, await push.CrawlDue());
        Assert.Equal(0, await push.CrawlDue());
        push.Posts = ["two", "one"];
        push.Field.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(1, await push.CrawlDue());
        Assert.Equal(2L, push.Field.Temporary.Value<long>("SELECT count(*) FROM posts"));
        Assert.Equal(1L, push.Field.Temporary.Value<long>("SELECT count(*) FROM subscriptions WHERE proven = 1 AND owed = 0 AND missed_at IS NULL"));

        // In vain it is looked for three times, and no more.
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        await push.Push();
        var visits = 0;
        for (var i = 0; i < 8; i++)
        {
            visits += await push.CrawlDue();
            push.Field.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal(3, visits);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_pushed_during_a_visit_is_looked_for_in_another()
    {
        await using var push = await PushField.StartActive();
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        var web = push.Field.Web;
        push.Field.Web = request =>
        {
            var before = web(request);
            push.Posts = ["two", "one"];
            Assert.Equal(HttpStatusCode.Accepted, push.Push().GetAwaiter().GetResult());
            push.Field.Web = web;
            return before;
        };
        await push.Crawl();
        Assert.Equal(1L, push.Field.Temporary.Value<long>("SELECT count(*) FROM posts"));
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await push.CrawlDue());
        Assert.Equal(2L, push.Field.Temporary.Value<long>("SELECT count(*) FROM posts"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_is_relied_upon_beyond_what_is_confirmed_and_a_source_that_fails_is_tried_as_others_are()
    {
        await using var push = await PushField.StartActive(lease: 130_000);
        await Publish(push, "two");
        await Publish(push, "three");
        Assert.Equal("trusted", (await push.Card()).State);
        Assert.True((await push.Field.Source()).NextCrawlAt <= (await push.Card()).LeaseUntil);
        push.Field.Web = request => new Refused(request.Url, 500, null, "the server answered 500");
        await push.Crawl();
        Assert.InRange(await Wait(push), 0.0, 0.1);
    }

    // Publishes, pushes, and lets the source be visited.
    private static async Task Publish(PushField push, string name)
    {
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        push.Posts = [name, .. push.Posts];
        Assert.Equal(HttpStatusCode.Accepted, await push.Push());
        Assert.Equal(1, await push.CrawlDue());
    }

    // Days until the source is visited next.
    private static async Task<double> Wait(PushField push) => ((await push.Field.Source()).NextCrawlAt - push.Field.Clock.GetUtcNow()).TotalDays;
}
