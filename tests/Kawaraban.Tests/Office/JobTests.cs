using Kawaraban.Crawling;
using Kawaraban.Recipes;
using Kawaraban.Tests.Crawling;

namespace Kawaraban.Tests.Office;

/// <summary>Work that takes longer than a page.</summary>
public sealed class JobTests
{
    private const string Feed = "https://acme.example/feed";
    private const string Shouting = """{ "fields": { "title": [{ "template": "{title}!" }] } }""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recipe_is_applied_to_the_posts_that_are_there_after_a_look_at_what_that_does()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        await site.Field.Crawl(CrawlScope.All);
        await site.Get<RecipeTable>().Set(1, Shouting, "Ren", null, Cancellation);
        var preview = await site.Get("/office/sources/1/recipe/apply");
        Assert.Contains("<ins>one!</ins>", preview.Text, StringComparison.Ordinal);
        Assert.Equal("one", Title(site));

        Assert.Equal(303, (await site.Post("/office/sources/1/recipe/apply")).Status);
        Assert.Contains("<progress", (await site.Get("/office/jobs")).Text, StringComparison.Ordinal);
        Assert.NotNull(await Runner(site).RunNext(Cancellation));
        Assert.Equal("one!", Title(site));
        var rows = await site.Get("/office/jobs/rows");
        Assert.Contains("1 changed", rows.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<progress", rows.Text, StringComparison.Ordinal);
        Assert.Null(await Runner(site).RunNext(Cancellation));
        Assert.Contains("recipes.apply source 1: job 1", await site.Done(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_active_sources_become_due_and_those_that_are_paused_do_not()
    {
        await using var site = await OfficePagesSite.Start(Feed, "https://bolt.example/feed", "https://bolt.example/other");
        await site.Field.Crawl(CrawlScope.All);
        await site.Field.Registry.Pause(3, Cancellation);
        Assert.Equal(303, (await site.Post("/office/jobs/visit-all")).Status);
        await Runner(site).RunNext(Cancellation);
        Assert.Equal("2 sources are due", Assert.Single(await Jobs(site)).Sentence);
        Assert.Equal(2, (await site.Field.Crawl(CrawlScope.Due)).Visited);
    }

    [Fact]
    public async Task What_is_asked_for_twice_waits_once_and_what_waits_can_be_stopped()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        await site.Post("/office/jobs/visit-all");
        await site.Post("/office/jobs/visit-all");
        Assert.Single(await Jobs(site));
        Assert.Equal(303, (await site.Post("/office/jobs/1/stop")).Status);
        Assert.Null(await Runner(site).RunNext(Cancellation));
        Assert.Equal("stopped", Assert.Single(await Jobs(site)).State);
    }

    [Fact]
    public async Task What_a_process_left_is_taken_over_when_it_has_said_nothing_for_a_while_and_not_before()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        await site.Post("/office/jobs/visit-all");
        Assert.NotNull(await site.Get<JobTable>().Claim("one that dies", Cancellation));
        Assert.Null(await Runner(site).RunNext(Cancellation));
        Assert.True(await site.Get<JobTable>().Progress(1, "one that dies", 1, 2));
        Assert.False(await site.Get<JobTable>().Progress(1, "somebody else", 1, 2));
        site.Field.Clock.Advance(JobTable.Hold + TimeSpan.FromSeconds(1));
        Assert.NotNull(await Runner(site).RunNext(Cancellation));
        Assert.Equal("done", Assert.Single(await Jobs(site)).State);
    }

    [Fact]
    public async Task What_never_comes_to_an_end_is_not_begun_for_ever()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        await site.Post("/office/jobs/visit-all");
        for (var i = 0; i < 5; i++)
        {
            Assert.NotNull(await site.Get<JobTable>().Claim("one that dies", Cancellation));
            site.Field.Clock.Advance(JobTable.Hold + TimeSpan.FromSeconds(1));
        }

        Assert.Null(await Runner(site).RunNext(Cancellation));
        Assert.Equal("failed", Assert.Single(await Jobs(site)).State);
    }

    [Fact]
    public async Task A_process_that_ends_gives_its_work_back()
    {
        await using var site = await OfficePagesSite.Start(Feed);
        await site.Post("/office/jobs/visit-all");
        Assert.NotNull(await site.Get<JobTable>().Claim("one that ends", Cancellation));
        await site.Get<JobTable>().GiveBack(1, "one that ends");
        Assert.NotNull(await Runner(site).RunNext(Cancellation));
    }

    private static JobRunner Runner(OfficePagesSite site) => site.Get<JobRunner>();

    private static Task<IReadOnlyList<Job>> Jobs(OfficePagesSite site) => site.Get<JobTable>().List(10, Cancellation);

    private static string Title(OfficePagesSite site) => site.Field.Temporary.Value<string>("SELECT title FROM posts WHERE id = 1");
}
