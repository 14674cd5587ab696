using System.Net;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Push;
using Kawaraban.Tests.Crawling;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Push;

/// <summary>What we ask hubs and when, and how it ends.</summary>
public sealed class SubscriberTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_feed_that_names_a_hub_is_subscribed_to_and_what_is_pushed_appears_at_once()
    {
        await using var push = await PushField.Start();
        Assert.Equal("127.0.0.1 is to be asked", (await push.Card()).Sentence);
        Assert.Equal(1, await push.Ask());
        var form = Assert.Single(push.Asked);
        Assert.Equal(("subscribe", PushField.Topic, push.Callback(), "864000"), ($"{form["hub.mode"]}", $"{form["hub.topic"]}", $"{form["hub.callback"]}", $"{form["hub.lease_seconds"]}"));
        Assert.Equal(64, form["hub.secret"].ToString().Length);
        Assert.Equal("asked", (await push.Card()).State);
        Assert.Equal((HttpStatusCode.OK, "a challenge"), await push.Verify(challenge: "a challenge"));
        Assert.Equal("active", (await push.Card()).State);

        Assert.Equal(0, await push.CrawlDue());
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        push.Posts = ["two", "one"];
        Assert.Equal(HttpStatusCode.Accepted, await push.Push());
        Assert.Equal(1, await push.CrawlDue());
        Assert.Equal(2L, push.Field.Temporary.Value<long>("SELECT count(*) FROM posts"));
        Assert.Matches("^127.0.0.1 has confirmed until 2026-12-04 [0-9:]+ UTC, last told us something on 2026-11-24 [0-9:]+ UTC; not relied upon before 2 pushes have been found true \\(1 so far\\)$", (await push.Card()).Sentence);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_pushed_is_no_content_but_the_news_that_there_is_some()
    {
        await using var push = await PushField.StartActive();
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        var body = Field.Rss("an article that the publisher never wrote");
        Assert.Equal(HttpStatusCode.Accepted, await push.Push(push.Sign("sha256", body), body));
        Assert.Equal(1, await push.CrawlDue());
        Assert.Equal(1L, push.Field.Temporary.Value<long>("SELECT count(*) FROM posts"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_hub_may_come_to_verify_before_it_has_answered()
    {
        PushField? push = null;
        push = await PushField.Start(async _ =>
        {
            if (push is not null)
                Assert.Equal(HttpStatusCode.OK, (await push.Verify()).Status);
        });
        await using var disposed = push;
        await push.Ask();
        Assert.Equal("active", (await push.Card()).State);
        push.Field.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await push.Ask());
    }

    [Fact(Timeout = 60_000)]
    public async Task Two_processes_ask_a_hub_once()
    {
        await using var push = await PushField.Start();
        var asked = await push.Field.WhileTimePasses(Task.WhenAll(Enumerable.Range(0, 4).Select(_ => push.Subscriber().Once(Cancellation))));
        Assert.Equal((1, 1), (asked.Sum(), push.Asked.Count));
    }

    [Fact(Timeout = 60_000)]
    public async Task It_is_renewed_before_it_ends_under_the_same_address()
    {
        await using var push = await PushField.StartActive();
        push.Field.Clock.Advance(TimeSpan.FromDays(5.9));
        Assert.Equal(0, await push.Ask());
        push.Field.Clock.Advance(TimeSpan.FromDays(2.2));
        Assert.Equal(1, await push.Ask());
        Assert.Single(push.Asked.Select(form => form["hub.callback"].ToString()).Distinct());
        Assert.Equal("active", (await push.Card()).State);
        Assert.Equal(HttpStatusCode.OK, (await push.Verify()).Status);
        Assert.Equal(push.Field.Clock.GetUtcNow().AddDays(10), (await push.Card()).LeaseUntil!.Value, TimeSpan.FromMinutes(1));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_hub_that_does_not_confirm_anew_loses_its_trust_and_the_source_is_visited_as_others_are()
    {
        await using var push = await PushField.StartActive();
        push.Field.Temporary.Run("UPDATE subscriptions SET proven = 5");
        push.Field.Temporary.Run("UPDATE sources SET next_crawl_at = next_crawl_at + 864000000 * 2");
        push.Field.Clock.Advance(TimeSpan.FromDays(11));
        await push.Ask();
        Assert.Equal(0L, push.Field.Temporary.Value<long>("SELECT proven FROM subscriptions"));
        Assert.True((await push.Field.Source()).NextCrawlAt <= push.Field.Clock.GetUtcNow().AddMinutes(15));
        Assert.Equal(HttpStatusCode.NotFound, await push.Push());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_hub_that_took_the_question_and_never_came_back_is_asked_more_and_more_seldom()
    {
        await using var push = await PushField.Start();
        await push.Ask();
        List<double> hours = [];
        for (var (waited, i) = (0.0, 0); i < 400 && hours.Count < 4; i++)
        {
            push.Field.Clock.Advance(TimeSpan.FromMinutes(30));
            waited += 0.5;
            if (await push.Ask() == 0)
                continue;
            hours.Add(waited);
            waited = 0;
        }

        Assert.Equal([1, 2, 4, 8], hours.Select(hour => Math.Round(hour)));
        Assert.StartsWith("its hub took the question and did not come back to confirm it; the source", (await push.Card()).Sentence, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(404, "404 Not Found")]
    [InlineData(500, "500 Internal Server Error")]
    [InlineData(302, "302 Found")]
    public async Task A_hub_that_refuses_is_a_sentence(int status, string said)
    {
        await using var push = await PushField.Start(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            return Task.CompletedTask;
        });
        await push.Ask();
        Assert.Contains(said, (await push.Card()).Sentence, StringComparison.Ordinal);
        // What it had not taken it cannot confirm.
        Assert.Equal(HttpStatusCode.NotFound, (await push.Verify()).Status);
        Assert.Equal(0, await push.Ask());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_redirect_that_keeps_the_method_is_followed_within_the_hubs_site_and_not_beyond()
    {
        await using var push = await PushField.Start(context =>
        {
            if (context.Request.Query.Count == 0)
            {
                context.Response.StatusCode = 307;
                context.Response.Headers.Location = "/hub?moved";
            }
            else
            {
                context.Response.StatusCode = 308;
                context.Response.Headers.Location = $"http://elsewhere.example:{context.Request.Host.Port}/hub";
            }

            return Task.CompletedTask;
        });
        await push.Ask();
        Assert.Equal(2, push.Asked.Count);
        Assert.Equal(push.Asked.First()["hub.secret"], push.Asked.Last()["hub.secret"]);
        Assert.Contains("it redirects to another site, elsewhere.example", (await push.Card()).Sentence, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_hub_that_never_answers_holds_nobody_up_for_longer_than_a_fetch_may_take()
    {
        await using var push = await PushField.Start(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var begun = push.Field.Clock.GetUtcNow();
        Assert.Equal(1, await push.Ask());
        Assert.InRange(push.Field.Clock.GetUtcNow() - begun, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40));
        Assert.Contains("did not answer within 20 s", (await push.Card()).Sentence, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("http://127.0.0.1:9999/hub")]
    [InlineData("http://169.254.169.254/hub")]
    [InlineData("http://[::ffff:10.0.0.1]/hub")]
    [InlineData("http://2130706433/hub")]
    public async Task A_hub_inside_is_not_asked(string hub)
    {
        await using var push = await PushField.Start();
        push.HubUrl = hub;
        push.Posts = ["two"];
        await push.Crawl();
        using var guarded = new HttpFetcher(new FetcherOptions(), new FakeTimeProvider());
        Assert.Equal(1, await push.Field.WhileTimePasses(push.Subscriber(guarded).Once(Cancellation)));
        Assert.Empty(push.Asked);
        Assert.Contains("which is not fetched", (await push.Card()).Sentence, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Addresses_that_are_no_hub_are_not_kept()
    {
        await using var push = await PushField.Start();
        push.HubUrl = "javascript:alert(1)";
        push.Posts = ["two"];
        await push.Crawl();
        Assert.Equal(1L, push.Field.Temporary.Value<long>("SELECT count(*) FROM sources WHERE hub_url IS NULL AND topic_url IS NULL"));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_header_of_the_answer_goes_before_the_document()
    {
        await using var push = await PushField.Start();
        var web = push.Field.Web;
        push.Posts = ["two"];
        push.Field.Web = request => (Fetched)web(request) with { Links = new FeedLinks(new Uri("https://hub.example/x"), new Uri("https://a.example/self")) };
        await push.Crawl();
        Assert.Equal("https://hub.example/x https://a.example/self", push.Field.Temporary.Value<string>("SELECT hub_url || ' ' || topic_url FROM sources"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_pauses_a_source_or_takes_its_hub_away_ends_its_subscription_and_who_resumes_it_begins_another()
    {
        await using var push = await PushField.StartActive();
        var (token, secret) = (push.Token(), push.Secret());
        await push.Field.Registry.Pause(1, Cancellation);
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await push.Ask());
        Assert.Equal(("unsubscribe", PushField.Topic), ($"{push.Asked.Last()["hub.mode"]}", $"{push.Asked.Last()["hub.topic"]}"));
        Assert.False(push.Asked.Last().ContainsKey("hub.secret"));
        Assert.Equal(HttpStatusCode.NotFound, await push.Push());
        Assert.Equal("not wanted while the source is paused", (await push.Card()).Sentence);
        Assert.Equal((HttpStatusCode.OK, "c"), await push.Verify("unsubscribe", lease: null));
        Assert.Equal(0L, push.Field.Temporary.Value<long>("SELECT count(*) FROM subscriptions"));

        await push.Field.Registry.Resume(1, Cancellation);
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await push.Ask());
        Assert.NotEqual((token, secret), (push.Token(), push.Secret()));
        Assert.Equal(HttpStatusCode.OK, (await push.Verify()).Status);

        push.NamesHub = false;
        push.Posts = ["two"];
        await push.Crawl();
        push.Field.Clock.Advance(TimeSpan.FromMinutes(2));
        await push.Ask();
        Assert.Equal("unsubscribe", push.Asked.Last()["hub.mode"].ToString());

        // A hub that does not care is told three times, and forgotten.
        for (var i = 0; i < 4; i++)
        {
            push.Field.Clock.Advance(TimeSpan.FromDays(1));
            await push.Ask();
        }

        Assert.Equal(3, push.Asked.Count(form => form["hub.callback"] == push.Asked.Last()["hub.callback"] && form["hub.mode"] == "unsubscribe"));
        Assert.Equal(0L, push.Field.Temporary.Value<long>("SELECT count(*) FROM subscriptions"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_an_address_of_our_own_nobody_is_asked()
    {
        await using var push = await PushField.Start();
        push.Options = push.Options with { PublicUrl = null };
        Assert.Equal(0, await push.Ask());
        Assert.Equal("127.0.0.1 could tell us, but web.public-url is not set, so it could not reach us", (await push.Card()).Sentence);
    }
}
