using Kawaraban.Crawling;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Recipes.Suggesting;

/// <summary>What a proposed recipe is made of.</summary>
public sealed class SuggestedRecipeTests
{
    public static TheoryData<string> Pages => [.. PageLabel.Read("pages.json").Select(label => label.File)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_proposal_is_a_recipe_that_makes_the_posts_it_shows(string file)
    {
        var (body, url) = Page(file);
        foreach (var proposal in PageSuggester.Of(body, "text/html", url, TimeProvider.System).Proposals)
        {
            Assert.True(RecipeReader.TryRead(proposal.Recipe, out _, out var problems), string.Join("; ", problems));
            var sample = new RecipeSample(file, url, "text/html", body, [], [], DateTimeOffset.UnixEpoch, "");
            var outcome = SampleTest.Run(sample, proposal.Recipe, url, null, other => other.Host);
            Assert.Equal(proposal.Posts.Select(post => (post.Url, post.Title, post.PublishedAt)), outcome.Posts.Select(post => (post.Url, post.Title, post.PublishedAt)));
            // A date from the address is tried on every entry, also on one that has none: nothing else may fail.
            Assert.DoesNotContain(outcome.Failures, failure => failure.Sentence.StartsWith("entries", StringComparison.Ordinal));
            Assert.NotEmpty(proposal.Why);
            Assert.InRange(proposal.Confidence, 0, 1);
        }
    }

    [Theory]
    [InlineData("hashed-classes.html")]
    [InlineData("styled-components.html")]
    public void No_class_that_the_next_build_changes_stands_in_a_selector(string file)
    {
        var (body, url) = Page(file);
        var recipe = PageSuggester.Of(body, "text/html", url, TimeProvider.System).Proposals[0].Recipe;
        Assert.DoesNotMatch("__[A-Za-z0-9]{5}[\"\\s.>]|sc-|[a-z][A-Z][a-z]+[A-Z]", recipe.Replace("ArticleCard", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("post-list", true)]
    [InlineData("p-list__item", true)]
    [InlineData("articleCard", true)]
    [InlineData("entry-title", true)]
    [InlineData("Card_card__3x9Zk", false)]
    [InlineData("css-1a2b3c4", false)]
    [InlineData("sc-bdVaJa", false)]
    [InlineData("jsx-3472819", false)]
    [InlineData("svelte-x1y2z3", false)]
    [InlineData("_3fA9z", false)]
    [InlineData("post-1234", false)]
    [InlineData("category-tech", false)]
    [InlineData("mt-8", false)]
    [InlineData("md:flex", false)]
    [InlineData("text-gray-500", false)]
    [InlineData("is-active", false)]
    public void A_class_is_trusted_when_a_person_has_named_it(string name, bool isTrusted) => Assert.Equal(isTrusted, ClassName.IsStable(name));

    [Theory]
    [InlineData("/blog/how-we-did-it", AddressKind.Post)]
    [InlineData("/2026/11/23/title/", AddressKind.Post)]
    [InlineData("/company/news/1204", AddressKind.Post)]
    [InlineData("/news/articleView.html?idxno=12", AddressKind.Post)]
    [InlineData("/archives/1204", AddressKind.Post)]
    [InlineData("/how-we-did-it/", AddressKind.Unknown)]
    [InlineData("/2026/11/", AddressKind.Gathering)]
    [InlineData("/blog/", AddressKind.Gathering)]
    [InlineData("/blog/index.html", AddressKind.Gathering)]
    [InlineData("/blog/tag/go", AddressKind.Gathering)]
    [InlineData("/category/news/", AddressKind.Gathering)]
    [InlineData("/page/2/", AddressKind.Gathering)]
    [InlineData("/search?q=go", AddressKind.Gathering)]
    [InlineData("/products/x", AddressKind.Other)]
    [InlineData("/photo.jpg", AddressKind.Other)]
    [InlineData("/contact", AddressKind.Other)]
    public void An_address_says_what_it_leads_to(string path, object kind) =>
        Assert.Equal((AddressKind)kind, Addresses.Kind(new Uri("https://acme.example" + path), new Uri("https://acme.example/")));

    private static (byte[] Body, Uri Url) Page(string file)
    {
        var label = PageLabel.Read("pages.json").Single(one => one.File == file);
        return (File.ReadAllBytes(Path.Combine(PageLabel.Folder, "Pages", file)), new Uri(label.Url ?? "https://acme.example/blog"));
    }
}
