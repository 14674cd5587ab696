using System.Net;
using Kawaraban.Catalog;
using Kawaraban.Tests.Catalog;

namespace Kawaraban.Tests.Portal;

/// <summary>Addresses of companies and tags that are another's now lead there, and what is hidden is not there.</summary>
public sealed class MovedTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/companies/bolt", "/companies/acme")]
    [InlineData("/companies/bolt/feed.atom", "/companies/acme/feed.atom")]
    [InlineData("/tags/ml", "/tags/機械学習")]
    [InlineData("/tags/ML/feed.json", "/tags/機械学習/feed.json")]
    public async Task An_old_address_leads_to_the_new_one(string from, string to)
    {
        await using var site = await PortalSite.Start();
        await site.Shelf.Keep(await site.Shelf.Source("bolt"), Shelf.Draft("b", 2, "beta", "", "ml"));
        await site.Shelf.Keep(await site.Shelf.Source(), Shelf.Draft("a", 1, "alpha", "", "機械学習"));
        await site.Shelf.Database.Write(
            async session =>
            {
                await CompanyDecisions.Merge(session, (await CompanyDecisions.Find(session, "bolt"))!, (await CompanyDecisions.Find(session, "acme"))!, Shelf.Noon);
                Assert.Null(await TagDecisions.Merge(session, "ml", "機械学習"));
            },
            Cancellation);
        var answer = await site.Send(from);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(to, Uri.UnescapeDataString(answer.Headers.Location!.OriginalString));
        Assert.Contains("beta", await site.Get(to), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hidden_post_has_no_page_and_a_hidden_tag_no_address()
    {
        await using var site = await PortalSite.Start();
        await site.Shelf.Keep(await site.Shelf.Source(), Shelf.Draft("a", 1, "alpha", "", "pr"), Shelf.Draft("b", 2, "beta", "", "pr"));
        var id = site.Shelf.Temporary.Value<long>("SELECT id FROM posts WHERE title = 'alpha'");
        await site.Shelf.Database.Write(
            async session =>
            {
                await PostHiding.Hide(session, id, Shelf.Noon);
                await TagDecisions.SetHidden(session, "pr", Shelf.Noon);
            },
            Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Send($"/posts/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Send("/tags/pr")).StatusCode);
        var front = await site.Get("/");
        Assert.DoesNotContain("alpha", front, StringComparison.Ordinal);
        Assert.Contains("beta", front, StringComparison.Ordinal);
        Assert.DoesNotContain("/tags/pr", front, StringComparison.Ordinal);
        Assert.DoesNotContain("alpha", await site.Get("/feed.atom"), StringComparison.Ordinal);
    }
}
