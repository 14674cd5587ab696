using Kawaraban.Catalog;
using Kawaraban.Crawling;
using Kawaraban.Fetching;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Crawling;

/// <summary>One article at two sources, from their feeds to what listings show.</summary>
public sealed class TwinCrawlTests
{
    private const string Own = "https://acme.example/feed.xml";
    private const string Zenn = "https://zenn.dev/sato/feed";
    private const string Title = "決済サービスを無停止で移行した話";

    private const string Text =
        "こんにちは、基盤チームの佐藤です。この記事では、決済サービスのデータベースを無停止で移行した方法を紹介します。最初に二重書き込みを始め、差分を検証しながら読み取りを切り替えました。";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_sources_one_article()
    {
        await using var field = Sources();
        var summary = await field.Crawl(CrawlScope.All);
        Assert.Equal((2, 0, 4), (summary.Visited, summary.Failed, summary.NewPosts));
        Assert.Equal(["https://acme.example/2", "https://acme.example/1", "https://zenn.dev/sato/articles/9"], await Shown(field));
        Assert.Equal(["https://zenn.dev/sato/articles/9", "https://zenn.dev/sato/articles/1"], await Shown(field, new PostFilter(CompanySlug: "zenn-dev")));
        Assert.Equal(["https://acme.example/1"], await Shown(field, new PostFilter(Query: "二重書き込み")));
        Assert.Equal(await Shown(field), await Shown(field, new PostFilter(Tag: "database")));
        Assert.Equal(3, (await new PostListings(field.Database).Tag("database", Cancellation))?.PostCount);
    }

    [Fact]
    public async Task What_was_put_apart_is_apart_after_the_next_visits_too()
    {
        await using var field = Sources();
        await field.Crawl(CrawlScope.All);
        var id = field.Temporary.Value<long>("SELECT id FROM posts WHERE twin_of IS NOT NULL");
        await Twins(field).Split(id, null, "tester", "two texts", Cancellation);
        Assert.Equal(4, (await Shown(field)).Count);
        foreach (var edit in (string[])["", "追記。", "もう一つ。"])
        {
            field.Clock.Advance(TimeSpan.FromDays(1));
            field.Web = Web(Text + edit);
            await field.Crawl(CrawlScope.All);
            Assert.Equal(4, (await Shown(field)).Count);
        }
    }

    [Fact]
    public async Task When_the_source_of_the_one_that_stands_for_both_is_gone_the_other_stands()
    {
        await using var field = Sources();
        await field.Crawl(CrawlScope.All);
        field.Web = request => request.Url.Host == "acme.example" ? new Gone(request.Url, 410, null) : Web(Text)(request);
        for (var day = 0; day < 12; day++)
        {
            field.Clock.Advance(TimeSpan.FromDays(1));
            await field.Crawl(CrawlScope.All);
        }

        Assert.Equal("gone", field.Temporary.Value<string>($"SELECT status FROM sources WHERE url = '{Own}'"));
        Assert.Contains("https://zenn.dev/sato/articles/1", await Shown(field));
        Assert.DoesNotContain("https://acme.example/1", await Shown(field));
        Assert.Equal(["https://zenn.dev/sato/articles/1"], await Shown(field, new PostFilter(Query: "二重書き込み")));
        Assert.Equal(["https://acme.example/2", "https://acme.example/1"], await Shown(field, new PostFilter(CompanySlug: "acme-example")));
    }

    [Fact]
    public async Task An_edit_that_makes_two_posts_one_article_is_seen_when_it_comes()
    {
        await using var field = Sources();
        field.Web = Web("まったく別のことを書いていました。");
        await field.Crawl(CrawlScope.All);
        Assert.Equal(4, (await Shown(field)).Count);
        field.Web = Web(Text);
        await field.Crawl(CrawlScope.All);
        Assert.Equal(3, (await Shown(field)).Count);
    }

    [Fact]
    public async Task A_page_that_names_the_original_at_another_site_makes_its_post_a_copy_of_it()
    {
        await using var field = Sources();
        field.Web = request => request.Url.AbsoluteUri switch
        {
            Own => Field.Document(request, Rss("https://acme.example", ("1", "A title of its own", "about one"))),
            Zenn => Field.Document(request, Rss("https://zenn.dev/sato/articles", ("1", "Another title", "about another"))),
            _ => RecipeCrawlTests.Page(request, "<link rel=canonical href='https://www.acme.example/1?utm_source=zenn'><meta name=author content=Sato>"),
        };
        await RecipeCrawlTests.Set(field, """{"page": {"fill": "author"}}""", 2);
        await field.Crawl(CrawlScope.All);
        Assert.Equal(["https://acme.example/1"], await Shown(field));
        Assert.Equal("one page names the other, or both a third, as the original", field.Temporary.Value<string>("SELECT evidence FROM twin_history"));
    }

    [Fact]
    public async Task What_a_process_left_that_died_before_it_compared_is_found_at_the_next_upkeep()
    {
        await using var field = Sources();
        await field.Crawl(CrawlScope.All);
        await Twins(field).Split(field.Temporary.Value<long>("SELECT id FROM posts WHERE twin_of IS NOT NULL"), null, "tester", null, Cancellation);
        field.Temporary.Run("DELETE FROM twins_apart");
        field.Clock.Advance(TimeSpan.FromHours(2));
        await field.Crawl(CrawlScope.Due);
        Assert.Equal(3, (await Shown(field)).Count);
    }

    private static Field Sources() => new(Own, Zenn) { Web = Web(Text) };

    private static TwinTable Twins(Field field) => new(field.Database, new FakeTimeProvider(Field.Now));

    private static Func<FetchRequest, FetchResult> Web(string text) => request => Field.Document(
        request,
        request.Url.AbsoluteUri == Own
            ? Rss("https://acme.example", ("1", Title, Text), ("2", "別の記事の題名です", "別のこと。"))
            : Rss("https://zenn.dev/sato/articles", ("1", Title, text), ("9", "さらに別の記事です", "さらに別のこと。")));

    private static string Rss(string site, params (string Name, string Title, string Text)[] items) => $"""
        <?xml version="1.0"?><rss version="2.0"><channel><title>{new Uri(site).Host}</title><link>{site}/</link><description>d</description>
        {string.Concat(items.Select((item, i) => $"<item><guid isPermaLink=\"false\">{item.Name}</guid><link>{site}/{item.Name}</link><title>{item.Title}</title><category>database</category><pubDate>{Field.Now.AddHours(-20 + i - site.Length):R}</pubDate><description>{item.Text}</description></item>"))}
        </channel></rss>
        """;

    private static async Task<List<string>> Shown(Field field, PostFilter? filter = null) =>
        [.. (await new PostListings(field.Database).List(filter ?? PostFilter.All, null, 20, Cancellation)).Posts.Select(post => post.Url)];
}
