using Kawaraban.Catalog;
using Kawaraban.Storage;
using Kawaraban.Tests.Catalog;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests;

/// <summary>Two places of one article, written by two processes at the same moment.</summary>
public sealed class TwinConcurrencyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Neither_of_two_that_have_not_seen_each_other_s_post_leaves_it_alone(bool isOwnCommittedLast)
    {
        await using var shelf = new Shelf();
        await using var other = Database.Open(shelf.Temporary.Address);
        var (acme, sato) = (await shelf.Source(), await shelf.Source("sato"));
        var (own, copy) = (TwinTableTests.At("https://acme.example/a"), TwinTableTests.At("https://zenn.dev/sato/articles/1"));
        var (inner, outer) = isOwnCommittedLast ? ((sato, copy), (acme, own)) : ((acme, own), (sato, copy));

        // The one begins, writes, and is not committed before the other has come and gone.
        var first = (await other.Write(
            async session =>
            {
                var kept = await PostWriter.Keep(session, outer.Item1, [outer.Item2], Shelf.Noon);
                var within = await shelf.Keep(inner.Item1, inner.Item2);
                Assert.Equal(0, await Twins(shelf.Database).Compare(within.Touched, Cancellation));
                return kept;
            },
            Cancellation)).Touched;
        Assert.Equal(1, await Twins(other).Compare(first, Cancellation));
        Assert.Equal("https://acme.example/a", Assert.Single((await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts).Url);
        await TwinTableTests.Sound(shelf);
    }

    [Fact]
    public async Task Many_workers_that_write_both_places_at_once_join_each_article_once()
    {
        await using var shelf = new Shelf();
        await using var other = Database.Open(shelf.Temporary.Address);
        List<PostOrigin> sources = [];
        for (var i = 0; i < 6; i++)
            sources.Add(await shelf.Source(i switch { 0 or 1 => "acme", 2 or 3 => "sato", _ => "globex" }));
        string[] sites = ["https://acme.example", "https://zenn.dev/acme", "https://zenn.dev/sato", "https://qiita.com/sato", "https://globex.example", "https://note.com/globex"];

        // Twenty articles at six places of three companies, in six orders, edited in two rounds; every worker takes part in every article.
        foreach (var round in (string[])["", "追記。", "もう一度、追記。"])
        {
            await Task.WhenAll(sources.Select((source, i) => Task.Run(async () =>
            {
                var database = i % 2 == 0 ? shelf.Database : other;
                var drafts = Enumerable.Range(0, 20)
                    .Select(n => TwinTableTests.At($"{sites[i]}/{n}", title: $"決済サービスを無停止で移行した話その{n}号機", minutesAgo: 20 + n + (i * 30), text: Text + round, tags: [$"tag{n % 3}", $"tag{i}"])).ToArray();
                new Random(i).Shuffle(drafts);
                foreach (var some in drafts.Chunk(4))
                {
                    var kept = await database.Write(session => PostWriter.Keep(session, source, some, Shelf.Noon), Cancellation);
                    await Twins(database).Compare(kept.Touched, Cancellation);
                }
            })));
        }

        Assert.Equal(120L, shelf.Temporary.Value<long>("SELECT count(*) FROM posts"));
        Assert.Equal(20L, shelf.Temporary.Value<long>("SELECT count(*) FROM posts WHERE twin_of IS NULL"));
        Assert.Equal(20L, shelf.Temporary.Value<long>("SELECT count(*) FROM posts WHERE twin_of IS NULL AND url LIKE 'https://acme.example/%' OR twin_of IS NULL AND url LIKE 'https://globex.example/%'"));
        Assert.Equal(60L, shelf.Temporary.Value<long>("SELECT count(*) FROM posts WHERE is_second = 0"));

        // Joined once each: of six places five are new beside another.
        Assert.Equal(100L, shelf.Temporary.Value<long>("SELECT count(*) FROM twin_history WHERE action = 'merged'"));
        Assert.Equal(0L, shelf.Temporary.Value<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
        await TwinTableTests.Sound(shelf);
    }

    private const string Text =
        "こんにちは、基盤チームの佐藤です。この記事では、決済サービスのデータベースを無停止で移行した方法を紹介します。最初に二重書き込みを始め、差分を検証しながら読み取りを段階的に切り替えました。";

    private static TwinTable Twins(Database database) => new(database, new FakeTimeProvider(Shelf.Noon));
}
