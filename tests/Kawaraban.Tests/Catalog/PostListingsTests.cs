using Kawaraban.Catalog;

namespace Kawaraban.Tests.Catalog;

public sealed class PostListingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_card_has_what_the_post_has()
    {
        await using var shelf = new Shelf();
        var draft = Shelf.Draft("a", title: "Title", text: "Text", tags: ["One", "Two words"]) with
        {
            PictureUrl = "https://acme.example/a.png",
            Author = "Hanako",
            Language = "ja",
            UpdatedAt = Shelf.Noon,
            ReadingMinutes = 7,
        };
        await shelf.Keep(await shelf.Source(), draft);
        var card = Assert.Single((await shelf.Listings.List(PostFilter.All, null, 20, Cancellation)).Posts);
        Assert.Equal(
            new PostCard(
                1, draft.Url, "Title", "Text", draft.PictureUrl, "ACME", "acme", "Hanako", "ja", draft.PublishedAt, draft.PublishedAt!.Value,
                Shelf.Noon, 7, card.Tags),
            card);
        Assert.Equal(["One", "Two words"], card.Tags);
        Assert.Equivalent(card, await shelf.Listings.Find(card.Id, Cancellation));
        Assert.Null(await shelf.Listings.Find(4711, Cancellation));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("acme", null, null)]
    [InlineData(null, "tag", null)]
    [InlineData(null, null, "word")]
    public async Task Pages_follow_each_other_without_gap_or_repetition(string? company, string? tag, string? query)
    {
        await using var shelf = new Shelf();
        // Several in one minute, and one minute is one second: the number decides.
        var drafts = Enumerable.Range(0, 25).Select(i => Shelf.Draft($"p{i}", i / 4, text: "word", tags: "tag")).ToArray();
        await shelf.Keep(await shelf.Source(), drafts);

        List<string> seen = [];
        PostCursor? cursor = null;
        do
        {
            var page = await shelf.Listings.List(new PostFilter(company, tag, query), cursor, 4, Cancellation);
            seen.AddRange(page.Posts.Select(post => post.Title));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(drafts.Select(draft => draft.Title), seen);
    }

    [Fact]
    public async Task The_last_page_says_that_it_is_the_last_even_when_it_is_full()
    {
        await using var shelf = new Shelf();
        await shelf.Keep(await shelf.Source(), Shelf.Draft("a"), Shelf.Draft("b"));
        Assert.Null((await shelf.Listings.List(PostFilter.All, null, 2, Cancellation)).Next);
        Assert.NotNull((await shelf.Listings.List(PostFilter.All, null, 1, Cancellation)).Next);
    }

    [Fact]
    public async Task Related_posts_share_tags_first_then_the_company()
    {
        await using var shelf = new Shelf();
        var acme = await shelf.Source("acme");
        await shelf.Keep(
            acme,
            Shelf.Draft("this", 1, tags: ["Go", "Kubernetes"]),
            Shelf.Draft("neighbour", 2),
            Shelf.Draft("one tag", 3, tags: "go"));
        await shelf.Keep(await shelf.Source("globex"), Shelf.Draft("both tags", 9, tags: ["golang", "k8s"]), Shelf.Draft("stranger", 0));

        var id = (await shelf.Listings.List(new PostFilter(Query: "this"), null, 1, Cancellation)).Posts[0].Id;
        var related = await shelf.Listings.Related(id, 10, Cancellation);
        Assert.Equal(["both tags", "one tag", "neighbour"], related.Select(post => post.Title));
        Assert.Equal(["both tags"], (await shelf.Listings.Related(id, 1, Cancellation)).Select(post => post.Title));
    }

    [Fact]
    public async Task A_company_is_found_by_its_slug()
    {
        await using var shelf = new Shelf();
        await shelf.Source("acme");
        Assert.Equal(new CompanyCard("acme", "ACME", null, null, 0, null), await shelf.Listings.Company("acme", Cancellation));
        Assert.Null(await shelf.Listings.Company("globex", Cancellation));
        Assert.Empty(await shelf.Listings.Companies(Cancellation));
    }
}
