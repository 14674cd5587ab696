using Kawaraban.Catalog;
using Kawaraban.Tests.Storage;

namespace Kawaraban.Tests.Catalog;

public sealed class PostWriterTests
{
    [Fact]
    public async Task Keeping_the_same_posts_twice_writes_nothing()
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        var drafts = new[] { Shelf.Draft("a", 3, tags: ["C#", "設計"]), Shelf.Draft("b", 2), Shelf.Draft("c", 1) };
        Assert.Equal(new KeptPosts(3, 0, 0), await shelf.Keep(source, drafts));

        var rows = await shelf.Database.Write(
            async session =>
            {
                var before = await TemporaryDatabase.RowsWritten(session);
                Assert.Equal(new KeptPosts(0, 0, 3), await PostWriter.Keep(session, source, drafts, Shelf.Noon.AddHours(1)));
                return await TemporaryDatabase.RowsWritten(session) - before;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(0, rows);
    }

    [Fact]
    public async Task An_edited_entry_updates_its_post_and_what_the_search_finds()
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        await shelf.Keep(source, Shelf.Draft("a", title: "draft", text: "the zebra", tags: "old"));
        Assert.Equal(new KeptPosts(0, 1, 0), await shelf.Keep(source, Shelf.Draft("a", title: "final", text: "the giraffe", tags: "new")));

        Assert.Equal("final", await shelf.Titles(PostFilter.All));
        Assert.Equal("final", await shelf.Search("giraffe"));
        Assert.Equal("", await shelf.Search("zebra"));
        Assert.Equal("final", await shelf.Titles(new PostFilter(Tag: "new")));
        Assert.Equal("", await shelf.Titles(new PostFilter(Tag: "old")));
    }

    [Fact]
    public async Task A_new_date_moves_the_post_in_every_listing()
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        await shelf.Keep(source, Shelf.Draft("a", 20, text: "word", tags: "tag"), Shelf.Draft("b", 10, text: "word", tags: "tag"));
        await shelf.Keep(source, Shelf.Draft("a", 5, text: "word", tags: "tag"));
        Assert.Equal("a b", await shelf.Titles(PostFilter.All));
        Assert.Equal("a b", await shelf.Titles(new PostFilter(CompanySlug: "acme")));
        Assert.Equal("a b", await shelf.Titles(new PostFilter(Tag: "tag")));
        Assert.Equal("a b", await shelf.Search("word"));
    }

    [Fact]
    public async Task A_changed_identity_with_the_same_address_is_the_same_post()
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        await shelf.Keep(source, Shelf.Draft("a"));
        Assert.Equal(new KeptPosts(0, 0, 1), await shelf.Keep(source, Shelf.Draft("a") with { Identity = "urn:new" }));
        Assert.Equal("a", await shelf.Titles(PostFilter.All));
    }

    [Fact]
    public async Task What_a_company_posts_twice_is_one_post_and_stays_that_of_the_first_source()
    {
        await using var shelf = new Shelf();
        var (first, second) = (await shelf.Source(), await shelf.Source());
        await shelf.Keep(first, Shelf.Draft("a", title: "first"));
        Assert.Equal(new KeptPosts(0, 0, 1), await shelf.Keep(second, Shelf.Draft("a", title: "second")));
        Assert.Equal("first", await shelf.Titles(PostFilter.All));
    }

    [Fact]
    public async Task Two_companies_may_post_the_same_address()
    {
        await using var shelf = new Shelf();
        await shelf.Keep(await shelf.Source("acme"), Shelf.Draft("a"));
        await shelf.Keep(await shelf.Source("globex"), Shelf.Draft("a"));
        Assert.Equal("a a", await shelf.Titles(PostFilter.All));
    }

    [Fact]
    public async Task Posts_that_exchange_their_addresses_stay_two()
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        var (a, b) = (Shelf.Draft("a"), Shelf.Draft("b", 5));
        await shelf.Keep(source, a, b);
        await shelf.Keep(source, a with { CanonicalUrl = b.CanonicalUrl, Url = b.Url }, b with { CanonicalUrl = a.CanonicalUrl, Url = a.Url });
        Assert.Equal("b a", await shelf.Titles(PostFilter.All));
    }

    [Fact]
    public async Task A_date_in_the_future_sorts_when_we_saw_it()
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        await shelf.Keep(source, Shelf.Noon.AddMinutes(-5), Shelf.Draft("future", -60 * 24 * 365));
        await shelf.Keep(source, Shelf.Draft("now", 0));
        Assert.Equal("now future", await shelf.Titles(PostFilter.All));
    }

    [Fact]
    public async Task A_date_before_1970_sorts_last()
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        await shelf.Keep(source, Shelf.Draft("old", 60 * 24 * 365 * 80), Shelf.Draft("epoch") with { PublishedAt = DateTimeOffset.UnixEpoch });
        await shelf.Keep(source, Shelf.Draft("oldest") with { PublishedAt = DateTimeOffset.MinValue });
        Assert.Equal("epoch old oldest", await shelf.Titles(PostFilter.All));
    }

    [Fact]
    public async Task Of_posts_without_a_date_the_first_of_the_feed_sorts_first()
    {
        await using var shelf = new Shelf();
        await shelf.Keep(await shelf.Source(), Shelf.Draft("a") with { PublishedAt = null }, Shelf.Draft("b") with { PublishedAt = null });
        Assert.Equal("a b", await shelf.Titles(PostFilter.All));
    }

    [Fact]
    public async Task Without_full_text_the_search_sees_title_tags_and_excerpt()
    {
        await using var shelf = new Shelf();
        var draft = Shelf.Draft("a", title: "title", tags: "tag") with { Excerpt = "excerpt", Text = "body" };
        await shelf.Keep(await shelf.Source(keepsFullText: false), draft);
        Assert.Equal("title", await shelf.Search("title tag excerpt"));
        Assert.Equal("", await shelf.Search("body"));
    }

    [Fact]
    public async Task Companies_and_tags_count_their_posts()
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        await shelf.Keep(source, Shelf.Draft("a", 5, tags: ["k8s", "Go"]), Shelf.Draft("b", 4, tags: "Kubernetes"), Shelf.Draft("c", 3, tags: "Kubernetes"));
        await shelf.Keep(source, Shelf.Draft("a", 5, tags: "kubernetes"));

        var company = Assert.Single(await shelf.Listings.Companies(TestContext.Current.CancellationToken));
        Assert.Equal(3, company.PostCount);
        Assert.Equal(Shelf.Noon.AddMinutes(-3), company.LatestAt);
        Assert.Equal([new TagCard("kubernetes", "Kubernetes", 3)], await shelf.Listings.Tags(10, TestContext.Current.CancellationToken));
    }
}
