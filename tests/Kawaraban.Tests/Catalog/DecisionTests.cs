using Kawaraban.Catalog;
using Kawaraban.Sources;

namespace Kawaraban.Tests.Catalog;

/// <summary>What staff decide of posts, tags and companies is what readers see.</summary>
public sealed class DecisionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hidden_post_is_in_no_listing_search_count_or_sitemap_and_comes_back_as_it_was()
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        await shelf.Keep(source, Shelf.Draft("a", 1, "alpha", "quick fox", "go"), Shelf.Draft("b", 2, "beta", "quick dog", "go"));
        Assert.Equal("alpha", await shelf.Database.Write(session => PostHiding.Hide(session, Id(shelf, "alpha"), Shelf.Noon), Cancellation));

        Assert.Equal("beta", await shelf.Titles(PostFilter.All));
        Assert.Equal("beta", await shelf.Titles(new PostFilter(CompanySlug: "acme")));
        Assert.Equal("beta", await shelf.Titles(new PostFilter(Tag: "go")));
        Assert.Equal("beta", await shelf.Search("quick"));
        Assert.Null(await shelf.Listings.Find(Id(shelf, "alpha"), Cancellation));
        Assert.DoesNotContain(await shelf.Listings.Related(Id(shelf, "beta"), 5, Cancellation), post => post.Title == "alpha");
        Assert.Single(await new Places(shelf.Database).Posts(0, 100, Cancellation));
        var company = (await shelf.Listings.Company("acme", Cancellation))!;
        Assert.Equal((1, Shelf.Noon.AddMinutes(-2)), (company.PostCount, company.LatestAt));
        Assert.Equal(1, (await shelf.Listings.Tag("go", Cancellation))!.PostCount);
        Assert.Equal("alpha", Assert.Single(await shelf.Listings.Hidden(10, Cancellation)).Post.Title);
        Assert.Null(await shelf.Database.Write(session => PostHiding.Hide(session, Id(shelf, "alpha"), Shelf.Noon), Cancellation));

        Assert.Equal("alpha", await shelf.Database.Write(session => PostHiding.Show(session, Id(shelf, "alpha")), Cancellation));
        Assert.Equal("alpha beta", await shelf.Titles(PostFilter.All));
        Assert.Equal("alpha beta", await shelf.Titles(new PostFilter(Tag: "go")));
        Assert.Equal("alpha beta", await shelf.Search("quick"));
        Assert.Equal(2, (await shelf.Listings.Company("acme", Cancellation))!.PostCount);
    }

    [Fact]
    public async Task A_hidden_post_that_its_publisher_changes_stays_hidden_and_comes_back_changed()
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        await shelf.Keep(source, Shelf.Draft("a", 1, "alpha", "fox", "go"));
        var id = Id(shelf, "alpha");
        await shelf.Database.Write(session => PostHiding.Hide(session, id, Shelf.Noon), Cancellation);
        Assert.Equal(1, (await shelf.Keep(source, Shelf.Draft("a", 1, "gamma", "wolf", "rust"))).Updated);
        Assert.Equal("", await shelf.Titles(PostFilter.All) + await shelf.Search("wolf") + await shelf.Titles(new PostFilter(Tag: "rust")));
        Assert.Equal(0, (await shelf.Listings.Company("acme", Cancellation))!.PostCount);
        await shelf.Database.Write(session => PostHiding.Show(session, id), Cancellation);
        Assert.Equal("gamma", await shelf.Search("wolf"));
        Assert.Equal("gamma", await shelf.Titles(new PostFilter(Tag: "rust")));
    }

    [Fact]
    public async Task A_tag_that_is_merged_is_another_name_for_posts_that_are_there_and_that_come()
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        await shelf.Keep(source, Shelf.Draft("a", 1, "alpha", "", "機械学習"), Shelf.Draft("b", 2, "beta", "", "ML"), Shelf.Draft("c", 3, "both", "", "ML", "機械学習"));
        Assert.Null(await shelf.Database.Write(session => TagDecisions.Merge(session, "機械学習", "ml"), Cancellation));
        Assert.Equal("alpha beta both", await shelf.Titles(new PostFilter(Tag: "ml")));
        Assert.Equal(3, (await shelf.Listings.Tag("ml", Cancellation))!.PostCount);
        Assert.Null(await shelf.Listings.Tag("機械学習", Cancellation));
        Assert.Equal("ml", await shelf.Listings.TagMovedTo("機械学習", Cancellation));

        // A post with both names has the tag once, and counts once, however often it changes.
        await shelf.Keep(source, Shelf.Draft("d", 0, "delta", "", "機械学習", "ML"));
        await shelf.Keep(source, Shelf.Draft("d", 0, "delta", "more", "機械学習", "ML"));
        Assert.Equal("delta alpha beta both", await shelf.Titles(new PostFilter(Tag: "ml")));
        var tag = Assert.Single(await shelf.Database.Read(session => TagDecisions.List(session, "", 10), Cancellation));
        Assert.Equal(("ML", 4L, "機械学習"), (tag.Name, tag.PostCount, Assert.Single(tag.Synonyms)));
    }

    [Fact]
    public async Task Synonyms_lead_to_one_place_and_never_in_a_circle()
    {
        await using var shelf = new Shelf();
        await shelf.Keep(await shelf.Source(), Shelf.Draft("a", 1, "alpha", "", "one"), Shelf.Draft("b", 2, "beta", "", "two"));
        Assert.Null(await shelf.Database.Write(session => TagDecisions.Merge(session, "one", "two"), Cancellation));
        Assert.NotNull(await shelf.Database.Write(session => TagDecisions.Merge(session, "two", "one"), Cancellation));
        Assert.Null(await shelf.Database.Write(session => TagDecisions.Merge(session, "two", "Three"), Cancellation));
        Assert.Equal("three", await shelf.Listings.TagMovedTo("one", Cancellation));
        Assert.Equal("alpha beta", await shelf.Titles(new PostFilter(Tag: "three")));
        Assert.NotNull(await shelf.Database.Write(session => TagDecisions.Merge(session, "three", " / "), Cancellation));
        Assert.NotNull(await shelf.Database.Write(session => TagDecisions.Merge(session, "nobody", "three"), Cancellation));

        Assert.True(await shelf.Database.Write(session => TagDecisions.Part(session, "one"), Cancellation));
        await shelf.Keep(await shelf.Source(), Shelf.Draft("c", 3, "gamma", "", "one"));
        Assert.Equal("gamma", await shelf.Titles(new PostFilter(Tag: "one")));
    }

    [Fact]
    public async Task A_hidden_tag_is_shown_nowhere_and_its_posts_are()
    {
        await using var shelf = new Shelf();
        await shelf.Keep(await shelf.Source(), Shelf.Draft("a", 1, "alpha", "", "PR", "go"));
        Assert.True(await shelf.Database.Write(session => TagDecisions.SetHidden(session, "pr", Shelf.Noon), Cancellation));
        var post = Assert.Single((await shelf.Listings.List(PostFilter.All, null, 10, Cancellation)).Posts);
        Assert.Equal(["go"], post.Tags);
        Assert.Equal(["go"], (await shelf.Listings.Find(post.Id, Cancellation))!.Tags);
        Assert.Equal("go", Assert.Single(await shelf.Listings.Tags(10, Cancellation)).Slug);
        Assert.Null(await shelf.Listings.Tag("pr", Cancellation));
        Assert.Equal("go", Assert.Single(await new Places(shelf.Database).Tags(0, 100, Cancellation)).Name);
        await shelf.Database.Write(session => TagDecisions.SetHidden(session, "pr", null), Cancellation);
        Assert.NotNull(await shelf.Listings.Tag("pr", Cancellation));
    }

    [Fact]
    public async Task A_company_that_is_merged_brings_its_sources_and_posts_and_its_name_and_place_lead_to_the_other()
    {
        await using var shelf = new Shelf();
        var (acme, bolt) = (await shelf.Source(), await shelf.Source("bolt"));
        await shelf.Keep(acme, Shelf.Draft("a", 1, "alpha"), Shelf.Draft("same", 3, "same"));
        await shelf.Keep(bolt, Shelf.Draft("b", 2, "beta"), Shelf.Draft("same", 3, "same"));
        await Merge(shelf, "bolt", "acme");

        Assert.Equal("alpha beta same", await shelf.Titles(new PostFilter(CompanySlug: "acme")));
        Assert.Equal(3, (await shelf.Listings.Company("acme", Cancellation))!.PostCount);
        Assert.Null(await shelf.Listings.Company("bolt", Cancellation));
        Assert.Equal("acme", await shelf.Listings.CompanyMovedTo("bolt", Cancellation));
        Assert.Single(await shelf.Listings.Companies(Cancellation));
        Assert.Equal("acme", Assert.Single(await new Places(shelf.Database).Companies(0, 100, Cancellation)).Name);

        // The next visit of its source finds its posts, under the company that they belong to now.
        var moved = bolt with { CompanyId = acme.CompanyId };
        Assert.Equal(new KeptPosts(0, 0, 2), await shelf.Keep(moved, Shelf.Draft("b", 2, "beta"), Shelf.Draft("same", 3, "same")));

        // A list that names it again means the other.
        var registry = new SourceRegistry(shelf.Database, url => url.Host, TimeProvider.System);
        var (source, _) = await registry.Add(new NewSource(new Uri("https://bolt.example/feed"), Company: "BOLT"), Cancellation);
        Assert.Equal("acme", source.CompanySlug);

        // And what is merged again brings along what was merged before.
        await shelf.Source("crux");
        await Merge(shelf, "acme", "crux");
        Assert.Equal("crux", await shelf.Listings.CompanyMovedTo("bolt", Cancellation));
    }

    [Fact]
    public async Task A_company_has_another_name_and_place_and_the_old_place_leads_there()
    {
        await using var shelf = new Shelf();
        await shelf.Source("bolt");
        await shelf.Keep(await shelf.Source(), Shelf.Draft("a", 1, "alpha"));
        Assert.Equal("is another company's already; merge the two if they are one", (await Change(shelf, "Bolt", "acme"))["name"]);
        Assert.Equal("is, or was, another company's already", (await Change(shelf, "Acme", "bolt"))["slug"]);
        Assert.Empty(await Change(shelf, "Acme 株式会社", "acme-inc"));
        Assert.Equal("Acme 株式会社", (await shelf.Listings.Company("acme-inc", Cancellation))!.Name);
        Assert.Equal("acme-inc", await shelf.Listings.CompanyMovedTo("acme", Cancellation));

        // Nobody else gets the old place, and the company has it back when it wants.
        var registry = new SourceRegistry(shelf.Database, url => url.Host, TimeProvider.System);
        var (other, _) = await registry.Add(new NewSource(new Uri("https://elsewhere.example/feed"), Company: "Acme"), Cancellation);
        Assert.Equal("acme-2", other.CompanySlug);
        Assert.Empty(await Change(shelf, "Acme 株式会社", "acme", "acme-inc"));
        Assert.Equal("acme", await shelf.Listings.CompanyMovedTo("acme-inc", Cancellation));
        Assert.Null(await shelf.Listings.CompanyMovedTo("acme", Cancellation));
    }

    [Fact]
    public async Task Nothing_in_a_search_for_names_is_a_pattern()
    {
        await using var shelf = new Shelf();
        await shelf.Source();
        Assert.Empty(await shelf.Database.Read(session => CompanyDecisions.List(session, "%", 10), Cancellation));
        Assert.Empty(await shelf.Database.Read(session => CompanyDecisions.List(session, "a_me", 10), Cancellation));
        Assert.Single(await shelf.Database.Read(session => CompanyDecisions.List(session, "ＡＣＭ", 10), Cancellation));
    }

    private static long Id(Shelf shelf, string title) => shelf.Temporary.Value<long>($"SELECT id FROM posts WHERE title = '{title}'");

    private static Task Merge(Shelf shelf, string from, string into) =>
        shelf.Database.Write(
            async session => await CompanyDecisions.Merge(
                session, (await CompanyDecisions.Find(session, from))!, (await CompanyDecisions.Find(session, into))!, Shelf.Noon),
            Cancellation);

    private static Task<IReadOnlyDictionary<string, string>> Change(Shelf shelf, string name, string slug, string which = "acme") =>
        shelf.Database.Write(
            async session =>
            {
                Assert.True(Slug.TryParse(slug, out var parsed));
                return await CompanyDecisions.Change(session, (await CompanyDecisions.Find(session, which))!, name, parsed, null);
            },
            Cancellation);
}
