using Kawaraban.Crawling;
using Kawaraban.Tests.Crawling;
using Microsoft.AspNetCore.Http;

namespace Kawaraban.Tests.Push;

/// <summary>What the hub of our own feeds is told.</summary>
public sealed class AnnouncerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task The_hub_is_told_of_every_feed_that_a_new_post_stands_in_once_and_after_the_portal_shows_it()
    {
        await using var push = await Start();
        push.Field.Web = request => Field.Document(request, """
            <rss version="2.0"><channel><title>Feed</title><item><guid>x</guid><link>https://a.example/x</link><title>x</title>
            <category>C++</category><category>設計</category></item></channel></rss>
            """);
        await push.Crawl();
        Assert.False(await Tell(push));
        push.Field.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.True(await Tell(push));
        var form = Assert.Single(push.Asked);
        Assert.Equal("publish", form["hub.mode"].ToString());
        var slug = push.Field.Temporary.Value<string>("SELECT slug FROM companies");
        var wanted = ((string[])["", $"/companies/{slug}", "/tags/c++", "/tags/%E8%A8%AD%E8%A8%88"])
            .SelectMany(place => ((string[])["atom", "rss", "json"]).Select(format => $"https://kawaraban.example{place}/feed.{format}"));
        Assert.Equal(wanted.Order(StringComparer.Ordinal), form["hub.url"].OfType<string>().Order(StringComparer.Ordinal));
        push.Field.Clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await Tell(push));
        await push.Crawl();
        push.Field.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await Tell(push));
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_a_place_that_is_folded_the_feeds_of_the_tags_are_told_that_stand_at_the_one()
    {
        var title = "y";
        await using var push = await Start();
        push.Field.Web = request => Field.Document(request, $"""
            <rss version="2.0"><channel><title>Feed</title>
            <item><guid>y</guid><link>https://a.example/y</link><title>{title}</title></item>
            <item><guid>x</guid><link>https://a.example/x</link><title>x</title><category>C++</category></item></channel></rss>
            """);
        await push.Crawl();
        push.Field.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.True(await Tell(push));
        push.Field.Temporary.Run("UPDATE posts SET twin_of = (SELECT id FROM posts WHERE title = 'x') WHERE title = 'y'");
        title = "y, said better";
        push.Field.Clock.Advance(TimeSpan.FromDays(1));
        await push.Crawl();
        push.Field.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.True(await Tell(push));
        Assert.Contains("https://kawaraban.example/tags/c++/feed.atom", push.Asked.Last()["hub.url"].OfType<string>());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_hub_that_is_down_is_told_later_and_nothing_is_lost()
    {
        var status = 503;
        await using var push = await Start(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        push.Posts = ["two", "one"];
        await push.Crawl();
        push.Field.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.True(await Tell(push));
        Assert.False(await Tell(push));
        push.Field.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await Tell(push));
        Assert.Equal(2L, push.Field.Temporary.Value<long>("SELECT attempts FROM announcements"));
        status = 204;
        push.Field.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.True(await Tell(push));
        Assert.Equal(0L, push.Field.Temporary.Value<long>("SELECT count(*) FROM announcements"));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_posted_while_the_hub_is_told_is_told_too()
    {
        PushField? push = null;
        push = await Start(async _ =>
        {
            if (push is { Asked.Count: 1 })
            {
                push.Posts = ["three", "two", "one"];
                await push.Field.Crawler().CrawlOnce(CrawlScope.Of([1]), null, Cancellation);
            }
        });
        await using var disposed = push;
        push.Posts = ["two", "one"];
        await push.Crawl();
        push.Field.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.True(await Tell(push));
        Assert.Equal(1L, push.Field.Temporary.Value<long>("SELECT count(*) FROM announcements"));
        push.Field.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.True(await Tell(push));
        Assert.Equal(0L, push.Field.Temporary.Value<long>("SELECT count(*) FROM announcements"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_there_is_no_hub_nothing_is_noted()
    {
        await using var push = await PushField.Start();
        push.Posts = ["two", "one"];
        await push.Crawl();
        Assert.Equal(0L, push.Field.Temporary.Value<long>("SELECT count(*) FROM announcements"));
    }

    private static async Task<PushField> Start(Func<HttpContext, Task>? answer = null)
    {
        var push = await PushField.Start(answer);
        push.Field.Options = push.Field.Options with { Announces = true };
        push.Options = push.Options with { PublicUrl = new Uri("https://kawaraban.example/"), Hub = new Uri(push.HubUrl) };
        return push;
    }

    private static Task<bool> Tell(PushField push) => push.Field.WhileTimePasses(push.Announcer().Once(Cancellation));
}
