using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Kawaraban.Scheduling;

namespace Kawaraban.Tests.Crawling;

public sealed class DeadLetterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_that_we_fail_five_times_in_a_row_is_set_aside_with_what_went_wrong()
    {
        await using var field = new Field("https://a.example/", "https://b.example/");
        await Fail(field, 4);
        Assert.Empty(await field.DeadLetters.List(Cancellation));
        Assert.Equal("active", (await field.Source()).Status);

        await Fail(field, 1);
        var letter = Assert.Single(await field.DeadLetters.List(Cancellation));
        Assert.Equal((1L, "https://a.example/", 5), (letter.SourceId, letter.Url, letter.Attempts));
        Assert.Equal("a mistake of ours kept us from reading it (InvalidOperationException: on purpose); please report it", letter.Error);
        Assert.Contains(nameof(DeadLetterTests), letter.Detail, StringComparison.Ordinal);
        Assert.True(letter.LastAt - letter.FirstAt >= TimeSpan.FromHours(4));
        var source = await field.Source();
        Assert.Equal("paused", source.Status);
        Assert.EndsWith("; it is set aside after 5 failures of ours: kawaraban dead-letters redrive 1 visits it again", source.LastError, StringComparison.Ordinal);

        // The others go on, and it waits.
        field.Asked.Clear();
        field.Clock.Advance(TimeSpan.FromDays(30));
        await field.Crawl(CrawlScope.All);
        Assert.Equal("https://b.example/", Assert.Single(field.Asked).Url);
    }

    [Fact]
    public async Task Redriving_visits_it_at_once_and_dropping_leaves_it_paused()
    {
        await using var field = new Field("https://a.example/", "https://b.example/");
        await Fail(field, 5);
        Assert.True(await field.DeadLetters.Redrive(1, Cancellation));
        Assert.Empty(await field.DeadLetters.List(Cancellation));
        Assert.False(await field.DeadLetters.Redrive(1, Cancellation));
        field.Web = request => Field.Document(request, Field.Rss("one"));
        field.Asked.Clear();
        await field.Crawl(CrawlScope.Due);
        Assert.Contains(field.Asked, asked => asked.Url == "https://a.example/");
        Assert.Equal(("active", "healthy"), (await field.Source()) is var source ? (source.Status, source.Health) : default);

        await Fail(field, 5);
        Assert.True(await field.DeadLetters.Drop(1, Cancellation));
        Assert.Empty(await field.DeadLetters.List(Cancellation));
        Assert.Equal("paused", (await field.Source()).Status);
    }

    [Fact]
    public async Task Who_resumes_the_source_has_redriven_it()
    {
        await using var field = new Field("https://a.example/");
        await Fail(field, 5);
        await field.Registry.Resume(1, Cancellation);
        Assert.Empty(await field.DeadLetters.List(Cancellation));
        await Fail(field, 4);
        Assert.Equal("active", (await field.Source()).Status);
    }

    [Theory]
    // What the visits meet: m a mistake of ours, 5 an error of the server's, h a page that is no feed, . the feed.
    [InlineData("mmmmm", true)]
    [InlineData("mmmm.mmmm", false)]
    [InlineData("mmmm5mmmm", false)]
    [InlineData("5555555555", false)]
    [InlineData("hhhhhhhhhh", false)]
    [InlineData("55mmmmm", true)]
    public async Task A_feeds_own_trouble_never_makes_one(string visits, bool isSetAside)
    {
        await using var field = new Field("https://a.example/");
        foreach (var visit in visits)
        {
            field.Web = request => visit switch
            {
                'm' => throw new InvalidOperationException("on purpose"),
                '5' => new Refused(request.Url, 500, null, "the server answered 500"),
                'h' => Field.Document(request, "<html>no feed</html>"),
                _ => Field.Document(request, Field.Rss("one")),
            };
            await field.Crawl(CrawlScope.Of([1]));
        }

        Assert.Equal(isSetAside ? 1 : 0, (await field.DeadLetters.List(Cancellation)).Count);
    }

    [Fact]
    public async Task Posts_that_the_database_will_not_take_are_a_mistake_of_ours_too()
    {
        await using var field = new Field("https://a.example/");
        await field.Database.Read(_ => Task.FromResult(0), Cancellation);
        field.Temporary.Run("ALTER TABLE post_texts RENAME TO hidden");
        for (var i = 0; i < DeadLetterTable.Enough; i++)
            await field.Crawl(CrawlScope.Of([1]));
        var letter = Assert.Single(await field.DeadLetters.List(Cancellation));
        Assert.Contains("post_texts", letter.Error, StringComparison.Ordinal);
        Assert.Equal(0L, field.Temporary.Value<long>("SELECT count(*) FROM posts"));
    }

    private static async Task Fail(Field field, int times)
    {
        field.Web = request => request.Url.Host == "a.example" ? throw new InvalidOperationException("on purpose") : Field.Document(request, Field.Rss());
        for (var i = 0; i < times; i++)
        {
            await field.Crawl(CrawlScope.All);
            field.Clock.Advance(TimeSpan.FromHours(2));
        }
    }
}
