using Kawaraban.Catalog;
using Kawaraban.Recipes;
using Microsoft.Extensions.Time.Testing;

namespace Kawaraban.Tests.Catalog;

/// <summary>Two sources, one article: what listings, search, tags and counts make of it, and how it is parted again.</summary>
public sealed class TwinTableTests
{
    private const string Title = "決済サービスを無停止で移行した話";

    private const string Text =
        "こんにちは、基盤チームの佐藤です。この記事では、決済サービスのデータベースを無停止で移行した方法を紹介します。最初に二重書き込みを始め、"
        + "差分を検証しながら読み取りを段階的に切り替えました。途中で気づいた落とし穴は、時刻の丸めと照合順序の違いです。";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_sources_one_article()
    {
        await using var shelf = new Shelf();
        var (acme, sato) = (await shelf.Source(), await shelf.Source("sato"));
        await Keep(shelf, sato, At("https://zenn.dev/sato/articles/1", minutesAgo: 50, tags: ["Rust", "設計"]));
        await Keep(shelf, acme, At("https://acme.example/a", minutesAgo: 20, tags: ["設計"]), Shelf.Draft("else", 30, title: "別の話"));

        // The company's own site stands for both, although the author's came first.
        Assert.Equal($"{Title} 別の話", await shelf.Titles(PostFilter.All));
        var post = (await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts[0];
        Assert.Equal(("https://acme.example/a", "ACME", null), (post.Url, post.CompanyName, post.TwinOf));
        var place = Assert.Single(await shelf.Listings.AlsoAt(post.Id, Cancellation));
        Assert.Equal(("https://zenn.dev/sato/articles/1", "SATO", Shelf.Noon.AddMinutes(-50)), (place.Url, place.CompanyName, place.PublishedAt));

        // Each lists its own place.
        Assert.Equal($"{Title} 別の話", await shelf.Titles(new PostFilter(CompanySlug: "acme")));
        var own = Assert.Single((await shelf.Listings.List(new PostFilter(CompanySlug: "sato"), null, 10, Cancellation)).Posts);
        Assert.Equal(("https://zenn.dev/sato/articles/1", post.Id), (own.Url, own.PageId));
        Assert.Equal([2, 1], (await shelf.Listings.Companies(Cancellation)).OrderBy(company => company.Slug).Select(company => company.PostCount));
        Assert.Equal(1, await shelf.Listings.CountFolded(Cancellation));

        // Found once, by the tags of both, and counted so.
        Assert.Equal(Title, await shelf.Search("二重書き込み"));
        Assert.Equal(Title, await shelf.Titles(new PostFilter(Tag: "設計")));
        Assert.Equal(Title, await shelf.Titles(new PostFilter(Tag: "rust")));
        Assert.Equal(["1 rust", "1 設計"], (await shelf.Listings.Tags(10, Cancellation)).OrderBy(tag => tag.Slug, StringComparer.Ordinal).Select(tag => $"{tag.PostCount} {tag.Slug}"));
        Assert.Equal(2, (await new Places(shelf.Database).Posts(0, 100, Cancellation)).Count);
        Assert.DoesNotContain((await shelf.Listings.Related(post.Id, 10, Cancellation)), near => near.Title == Title);
        await Sound(shelf);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_whichever_order_they_come_the_same_stands_for_both(bool isOwnFirst)
    {
        await using var shelf = new Shelf();
        var (acme, sato) = (await shelf.Source(), await shelf.Source("sato"));
        if (isOwnFirst)
            await Keep(shelf, acme, At("https://acme.example/a"));
        await Keep(shelf, sato, At("https://zenn.dev/sato/articles/1"));
        if (!isOwnFirst)
            await Keep(shelf, acme, At("https://acme.example/a"));
        Assert.Equal("https://acme.example/a", Assert.Single((await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts).Url);
        await Sound(shelf);
    }

    [Fact]
    public async Task Of_one_company_s_two_places_its_listing_has_one()
    {
        await using var shelf = new Shelf();
        var (blog, zenn) = (await shelf.Source(), await shelf.Source());
        await Keep(shelf, zenn, At("https://zenn.dev/acme/articles/1", minutesAgo: 5));
        await Keep(shelf, blog, At("https://acme.example/a", minutesAgo: 20));
        var post = Assert.Single((await shelf.Listings.List(new PostFilter(CompanySlug: "acme"), null, 10, Cancellation)).Posts);
        Assert.Equal("https://acme.example/a", post.Url);
        var company = await shelf.Listings.Company("acme", Cancellation);
        Assert.Equal((1, Shelf.Noon.AddMinutes(-20)), (company!.PostCount, company.LatestAt));
        await Sound(shelf);
    }

    [Fact]
    public async Task Three_places_are_one_article_and_come_apart_one_by_one()
    {
        await using var shelf = new Shelf();
        var (acme, sato, globex) = (await shelf.Source(), await shelf.Source("sato"), await shelf.Source("globex"));
        await Keep(shelf, sato, At("https://zenn.dev/sato/articles/1"));
        await Keep(shelf, globex, At("https://globex.example/b", minutesAgo: 5));
        await Keep(shelf, acme, At("https://acme.example/a"));
        var twins = Twins(shelf);
        var post = Assert.Single((await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts);
        Assert.Equal(3, (await twins.Find(post.Id, Cancellation))!.Posts.Count);
        Assert.Equal("https://acme.example/a", post.Url);

        // The one that stood for all goes; the next in rank takes its place.
        Assert.Equal(2, (await twins.Split(post.Id, null, "tester", "another article", Cancellation)).Count);
        Assert.Equal(
            ["https://acme.example/a", "https://globex.example/b"],
            (await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts.Select(found => found.Url).Order());
        Assert.Equal($"{Title} {Title}", await shelf.Search("二重書き込み"));
        await Sound(shelf);

        // By hand they are joined again, and that is remembered like the rest.
        var other = (await twins.Find(1, Cancellation))!.Posts;
        Assert.True(await twins.Merge([post.Id, other[0].Id], "tester", null, Cancellation));
        Assert.Single((await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts);
        var history = (await twins.Find(post.Id, Cancellation))!.History;
        Assert.Equal(["kawaraban merged", "tester merged", "tester split"], history.Select(change => $"{change.Who} {change.Action}").Distinct().Order());
        Assert.Contains(history, change => change is { Why: "another article", Who: "tester" });
        Assert.Contains(history, change => change.Evidence is { } seen && seen.StartsWith("the same title, 0.0 days between, ", StringComparison.Ordinal));
        await Sound(shelf);
    }

    [Fact]
    public async Task What_a_person_has_put_apart_stays_apart_also_by_way_of_a_third()
    {
        await using var shelf = new Shelf();
        var (acme, sato, globex) = (await shelf.Source(), await shelf.Source("sato"), await shelf.Source("globex"));
        await Keep(shelf, acme, At("https://acme.example/a"));
        await Keep(shelf, sato, At("https://zenn.dev/sato/articles/1"));
        await Twins(shelf).Split(2, null, "tester", null, Cancellation);
        await Keep(shelf, sato, At("https://zenn.dev/sato/articles/1", text: Text + "追記。"));
        Assert.Equal(2, (await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts.Count);

        // A third joins one of them and does not bring the two together.
        await Keep(shelf, globex, At("https://globex.example/c"));
        await Keep(shelf, sato, At("https://zenn.dev/sato/articles/1", text: Text + "もう一つ追記。"));
        Assert.Equal(2, (await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts.Count);
        Assert.Equal(2, Assert.Single(await Twins(shelf).Joined(10, Cancellation)).Posts.Count);
        await Sound(shelf);
    }

    [Fact]
    public async Task An_edit_at_any_place_is_kept_and_changes_nothing_that_is_shown_but_its_own()
    {
        await using var shelf = new Shelf();
        var (acme, sato) = (await shelf.Source(), await shelf.Source("sato"));
        await Keep(shelf, acme, At("https://acme.example/a", tags: ["設計"]));
        await Keep(shelf, sato, At("https://zenn.dev/sato/articles/1", tags: ["Rust"]));
        Assert.Equal(1, (await Keep(shelf, sato, At("https://zenn.dev/sato/articles/1", title: "改題", text: Text + "編集後", tags: ["Go"]))).Updated);
        Assert.Equal("改題", shelf.Temporary.Value<string>("SELECT title FROM posts WHERE twin_of IS NOT NULL"));
        Assert.Equal(Title, await shelf.Titles(PostFilter.All));
        Assert.Equal("", await shelf.Search("編集後"));
        Assert.Equal("", await shelf.Titles(new PostFilter(Tag: "rust")));
        Assert.Equal(Title, await shelf.Titles(new PostFilter(Tag: "go")));
        await Sound(shelf);

        await Keep(shelf, acme, At("https://acme.example/a", text: Text + "本家の編集", tags: ["SRE"]));
        Assert.Equal(Title, await shelf.Search("本家の編集"));
        Assert.Equal((Title, Title, ""), (await shelf.Titles(new PostFilter(Tag: "sre")), await shelf.Titles(new PostFilter(Tag: "go")), await shelf.Titles(new PostFilter(Tag: "設計"))));
        await Sound(shelf);

        // Parted, it is found as it is by now.
        await Twins(shelf).Split(2, null, "tester", null, Cancellation);
        Assert.Equal("改題", await shelf.Search("編集後"));
        Assert.Equal("改題", await shelf.Titles(new PostFilter(Tag: "go")));
        await Sound(shelf);
    }

    [Fact]
    public async Task When_the_source_of_the_one_is_gone_the_other_stands_and_gives_way_when_it_is_back()
    {
        await using var shelf = new Shelf();
        var (acme, sato) = (await shelf.Source(), await shelf.Source("sato"));
        await Keep(shelf, acme, At("https://acme.example/a"));
        await Keep(shelf, sato, At("https://zenn.dev/sato/articles/1"));
        async Task<string> Shown() => Assert.Single((await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts).Url;
        shelf.Temporary.Run($"UPDATE sources SET status = 'gone' WHERE id = {acme.SourceId}");
        await Twins(shelf).Relieve(Cancellation);
        Assert.Equal("https://zenn.dev/sato/articles/1", await Shown());
        Assert.Equal("https://acme.example/a", Assert.Single(await shelf.Listings.AlsoAt(2, Cancellation)).Url);
        await Sound(shelf);
        shelf.Temporary.Run("UPDATE sources SET status = 'active'");
        await Twins(shelf).Settle(acme.SourceId, Cancellation);
        Assert.Equal("https://acme.example/a", await Shown());
        await Sound(shelf);
    }

    [Fact]
    public async Task A_title_that_a_source_has_twice_is_no_title_to_tell_by()
    {
        await using var shelf = new Shelf();
        var (acme, sato) = (await shelf.Source(), await shelf.Source("sato"));
        await Keep(shelf, acme, At("https://acme.example/a"), At("https://acme.example/b", minutesAgo: 60));
        await Keep(shelf, sato, At("https://zenn.dev/sato/articles/1"));
        Assert.Equal(3, (await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts.Count);
        Assert.Empty(await Twins(shelf).Candidates(10, Cancellation));
    }

    [Fact]
    public async Task A_source_that_names_one_original_on_every_page_has_not_meant_it()
    {
        await using var shelf = new Shelf();
        var (acme, sato) = (await shelf.Source(), await shelf.Source("sato"));
        await Keep(shelf, acme, At("https://acme.example/a"));
        await Keep(
            shelf, sato,
            At("https://zenn.dev/sato/articles/1", title: "一つ目の記事の題名です") with { Original = "https://acme.example/a" },
            At("https://zenn.dev/sato/articles/2", title: "二つ目の記事の題名です") with { Original = "https://acme.example/a" });
        Assert.Equal(3, (await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts.Count);
    }

    [Fact]
    public async Task What_is_in_doubt_is_listed_for_a_person_who_joins_it_or_says_never()
    {
        await using var shelf = new Shelf();
        var (acme, sato, globex) = (await shelf.Source(), await shelf.Source("sato"), await shelf.Source("globex"));
        await Keep(shelf, acme, At("https://acme.example/a", text: "短い。"));
        await Keep(shelf, sato, At("https://zenn.dev/sato/articles/1"));
        await Keep(shelf, globex, At("https://globex.example/b", title: "ほかの記事の題名です", text: Text));
        var pair = Assert.Single(await Twins(shelf).Candidates(10, Cancellation));
        Assert.Equal((2L, 1L, "the title is the same, but there is too little text to compare"), (pair.One.Id, pair.Other.Id, pair.Evidence));
        Assert.Equal([1L], await Twins(shelf).Split(2, 1, "tester", null, Cancellation));
        Assert.Empty(await Twins(shelf).Candidates(10, Cancellation));
        Assert.True(await Twins(shelf).Merge([1, 2, 3], "tester", "asked them", Cancellation));
        Assert.False(await Twins(shelf).Merge([1, 99], "tester", null, Cancellation));
        Assert.Empty(await Twins(shelf).Split(99, null, "tester", null, Cancellation));
        Assert.Equal(Title, await shelf.Titles(PostFilter.All));
        await Sound(shelf);
    }

    [Fact]
    public async Task Stored_posts_are_looked_through_once_and_on_from_where_it_was_broken_off()
    {
        await using var shelf = new Shelf();
        var (acme, sato) = (await shelf.Source(), await shelf.Source("sato"));
        PostDraft Draft(string url, int i) => At($"{url}/{i}", title: $"{Title}その{i}号機", minutesAgo: i);
        await shelf.Keep(acme, [.. Enumerable.Range(0, 150).Select(i => Draft("https://acme.example", i))]);
        await shelf.Keep(sato, [.. Enumerable.Range(0, 150).Select(i => Draft("https://zenn.dev/sato", i))]);

        // As before there were twins.
        shelf.Temporary.Run("UPDATE posts SET page_key = NULL, title_key = NULL");
        var clock = new FakeTimeProvider(Shelf.Noon.AddMinutes(5));
        var twins = new TwinTable(shelf.Database, clock);
        Assert.Equal(new TwinsFound(0, 0, true), await twins.LookThrough(long.MaxValue, null, Cancellation));
        clock.Advance(TimeSpan.FromMinutes(6));
        var first = await twins.LookThrough(1, null, Cancellation);
        Assert.False(first.IsDone);
        Assert.InRange(first.Posts, 1, 299);
        var rest = await twins.LookThrough(long.MaxValue, null, Cancellation);
        Assert.Equal((300, 150, true), (first.Posts + rest.Posts, first.Joined + rest.Joined, rest.IsDone));
        Assert.Equal(new TwinsFound(0, 0, true), await twins.LookThrough(long.MaxValue, null, Cancellation));
        Assert.Equal(150, (await shelf.Listings.List(PostFilter.All, null, 400, Cancellation)).Posts.Count);
        Assert.All((await shelf.Listings.List(PostFilter.All, null, 400, Cancellation)).Posts, post => Assert.Equal("ACME", post.CompanyName));
        await Sound(shelf);
    }

    [Fact]
    public async Task Pages_of_listings_begin_where_the_one_before_ends_though_posts_are_folded()
    {
        await using var shelf = new Shelf();
        var (acme, sato) = (await shelf.Source(), await shelf.Source("sato"));
        await Keep(shelf, acme, [.. Enumerable.Range(0, 25).Select(i => At($"https://acme.example/{i}", title: $"{Title}その{i}号機", minutesAgo: 2 * i))]);
        await Keep(shelf, sato, [.. Enumerable.Range(0, 25).Select(i => At($"https://zenn.dev/sato/{i}", title: $"{Title}その{i}号機", minutesAgo: (2 * i) + 1))]);
        foreach (var filter in (PostFilter[])[PostFilter.All, new PostFilter(CompanySlug: "acme"), new PostFilter(CompanySlug: "sato"), new PostFilter(Query: "二重書き込み")])
        {
            List<string> urls = [];
            PostCursor? before = null;
            do
            {
                var page = await shelf.Listings.List(filter, before, 10, Cancellation);
                urls.AddRange(page.Posts.Select(post => post.Url));
                if (page.Next is { } next && before is { } here)
                    Assert.NotNull(await shelf.Listings.PageBefore(filter, next, 10, Cancellation));
                before = page.Next;
            }
            while (before is not null);
            Assert.Equal(25, urls.Distinct().Count());
            Assert.Equal(25, urls.Count);
        }
    }

    internal static PostDraft At(string url, string title = Title, string text = Text, int minutesAgo = 10, params string[] tags) =>
        Shelf.Draft(url, minutesAgo, title, text, tags) with { Url = url, CanonicalUrl = CanonicalUrl.Of(new Uri(url)) };

    internal static TwinTable Twins(Shelf shelf) => new(shelf.Database, new FakeTimeProvider(Shelf.Noon));

    /// <summary>What every count and every index has to agree on.</summary>
    internal static async Task Sound(Shelf shelf)
    {
        Assert.Equal(0L, shelf.Temporary.Value<long>("SELECT count(*) FROM posts p JOIN posts o ON o.id = p.twin_of WHERE o.twin_of IS NOT NULL"));
        Assert.Equal(0L, shelf.Temporary.Value<long>("""
            SELECT count(*) FROM companies c WHERE post_count <> (SELECT count(*) FROM posts p WHERE p.company_id = c.id AND p.is_second = 0)
                OR latest_at <> (SELECT max(p.published_at) FROM posts p WHERE p.company_id = c.id AND p.is_second = 0)
            """));
        Assert.Equal(0L, shelf.Temporary.Value<long>("SELECT count(*) FROM tags t WHERE post_count <> (SELECT count(*) FROM post_tags x WHERE x.tag_id = t.id)"));
        Assert.Equal(0L, shelf.Temporary.Value<long>("SELECT count(*) FROM post_tags x JOIN posts p ON p.id = x.post_id WHERE p.twin_of IS NOT NULL OR x.sort_key <> p.sort_key"));
        Assert.Equal(shelf.Temporary.Value<long>("SELECT count(*) FROM posts"), shelf.Temporary.Value<long>("SELECT count(*) FROM post_texts"));
        Assert.Equal(
            shelf.Temporary.Value<long>("SELECT count(*) FROM posts WHERE twin_of IS NULL"),
            await shelf.Database.Read(
                async session =>
                {
                    await using var row = await session.Query(session.Dialect == Kawaraban.Storage.Dialect.Sqlite
                        ? "SELECT count(*) FROM post_words_docsize"
                        : "SELECT count(*) FROM post_words w JOIN posts p ON p.sort_key = w.sort_key AND p.twin_of IS NULL");
                    await row.ReadAsync();
                    return row.GetInt64(0);
                },
                Cancellation));
    }

    private static async Task<KeptPosts> Keep(Shelf shelf, PostOrigin origin, params PostDraft[] drafts)
    {
        var kept = await shelf.Keep(origin, drafts);
        await Twins(shelf).Compare(kept.Touched, Cancellation);
        return kept;
    }
}
