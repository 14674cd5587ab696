using Kawaraban.Catalog;

namespace Kawaraban.Tests.Catalog;

public sealed class PlacesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_has_its_place()
    {
        await using var shelf = new Shelf();
        await shelf.Keep(await shelf.Source(), Shelf.Draft("a", 2, tags: "Go"), Shelf.Draft("b", 1, tags: "Rust"));
        await shelf.Source("globex");
        var places = new Places(shelf.Database);

        var counts = await places.Count(Cancellation);
        Assert.Equal(2, counts.Posts);
        Assert.Equal([new Place("1", Shelf.Noon), new Place("2", Shelf.Noon)], await places.Posts(0, counts.Posts, Cancellation));
        Assert.Equal([new Place("acme", Shelf.Noon.AddMinutes(-1))], await places.Companies(0, counts.Companies, Cancellation));
        Assert.Equal(["go", "rust"], (await places.Tags(0, counts.Tags, Cancellation)).Select(place => place.Name).Order());
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("acme", null, null)]
    [InlineData(null, "tag", null)]
    [InlineData(null, null, "word")]
    [InlineData(null, null, "\"word p\"")]
    public async Task The_way_back_ends_at_the_first_page(string? company, string? tag, string? query)
    {
        await using var shelf = new Shelf();
        await shelf.Keep(await shelf.Source(), [.. Enumerable.Range(0, 9).Select(i => Shelf.Draft($"p{i}", i, text: "word p", tags: "tag"))]);
        var filter = new PostFilter(company, tag, query);
        var second = (await shelf.Listings.List(filter, null, 3, Cancellation)).Next;
        var third = (await shelf.Listings.List(filter, second, 3, Cancellation)).Next;
        Assert.NotNull(third);
        Assert.Equal(second, await shelf.Listings.PageBefore(filter, third.Value, 3, Cancellation));
        Assert.Null(await shelf.Listings.PageBefore(filter, second!.Value, 3, Cancellation));
    }
}
