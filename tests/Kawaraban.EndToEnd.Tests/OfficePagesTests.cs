using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Kawaraban.EndToEnd.Tests;

/// <summary>An operator's day in a real browser.</summary>
public sealed class OfficePagesTests(SampleSite site) : IClassFixture<SampleSite>
{
    private const string Shouting = """{ "fields": { "title": [{ "template": "{title}!" }] } }""";

    public static TheoryData<string, string> Pages => new()
    {
        { "office-source", "/office/sources/1" },
        { "office-recipe", "/office/sources/1/recipe" },
        { "office-history", "/office/sources/1/recipe/history" },
        { "office-samples", "/office/sources/1/samples" },
        { "office-request", "/office/sources/1/request" },
        { "office-notes", "/office/sources/1/notes" },
        { "office-jobs", "/office/jobs" },
        { "office-apply", "/office/sources/1/recipe/apply" },
        { "office-add", "/office/sources/add" },
        { "office-import", "/office/sources/import" },
        { "office-companies", "/office/companies" },
        { "office-company", "/office/companies/1" },
        { "office-tags", "/office/tags" },
        { "office-posts", "/office/posts" },
        { "office-hidden", "/office/posts?which=hidden" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_and_fits_a_phone_and_a_desk(string name, string path)
    {
        foreach (var (width, colors) in new[] { (390, ColorScheme.Light), (1280, ColorScheme.Dark) })
        {
            var page = await OperatorAtWork.Page(site, width, colors: colors);
            await page.GotoAsync(path);
            await Look(page, $"{name}-{width}");
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task A_preview_follows_what_is_typed()
    {
        var page = await OperatorAtWork.Page(site);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync("/office/sources/2/recipe");
        await page.GetByLabel("The recipe, as JSON").FillAsync(Shouting);
        await page.Locator("#preview ins").First.WaitForAsync();
        Assert.EndsWith("!", await page.Locator("#preview ins").First.InnerTextAsync(), StringComparison.Ordinal);
        await Look(page, "office-recipe-preview-1280");

        await page.GetByLabel("The recipe, as JSON").FillAsync("""{ "fields": { "titel": [] } }""");
        await page.Locator("#preview .wrong").First.WaitForAsync();
        Assert.Contains("did you mean title?", await page.Locator("#preview").InnerTextAsync(), StringComparison.Ordinal);
        await Look(page, "office-recipe-wrong-1280");

        // The answer to what cannot be a recipe is a 422, which the browser notes.
        Assert.All(complaints, complaint => Assert.Contains("422", complaint, StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_hidden_post_is_gone_from_the_portal_and_a_list_is_gone_through_by_the_keyboard()
    {
        var page = await OperatorAtWork.Page(site);
        await page.GotoAsync("/office/posts");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        var title = await page.Locator("[data-row]").First.InnerTextAsync();
        Assert.Equal(title, await page.EvaluateAsync<string>("document.activeElement.innerText"));
        await page.Keyboard.PressAsync("/");
        Assert.Equal("q", await page.EvaluateAsync<string>("document.activeElement.name"));

        await page.GetByRole(AriaRole.Button, new() { Name = $"Hide {title}" }).ClickAsync();
        Assert.Contains(title, await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        await page.GotoAsync("/office/posts?which=hidden");
        await Look(page, "office-hidden-one-1280");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Show again: {title}" }).ClickAsync();
        Assert.Contains("seen by readers again", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Work_that_takes_long_is_watched_until_it_is_done()
    {
        var page = await OperatorAtWork.Page(site);
        await page.GotoAsync("/office/jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Visit all sources now" }).ClickAsync();
        await page.Locator("td .health.healthy").First.WaitForAsync();
        Assert.Contains("sources are due", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await Look(page, "office-jobs-done-1280");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_blog_is_added_by_the_address_of_its_front_page()
    {
        var page = await OperatorAtWork.Page(site, 390);
        await page.GotoAsync("/office/sources/4");
        var blog = await page.Locator(".facts dd").Nth(2).InnerTextAsync();
        await page.GotoAsync("/office/sources/add");
        await page.GetByLabel("Any address of it").FillAsync(blog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Look", Exact = true }).ClickAsync();
        Assert.Contains("It is there already", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await Look(page, "office-add-found-390");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_recipe_is_previewed_and_saved_without_a_script_and_nobody_elses_work_is_lost()
    {
        var page = await OperatorAtWork.Page(site, 390, hasScript: false);
        await page.GotoAsync("/office/sources/3/recipe");
        var other = await OperatorAtWork.Page(site);
        await other.GotoAsync("/office/sources/3/recipe");

        await page.GetByLabel("The recipe, as JSON").FillAsync(Shouting);
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview", Exact = true }).ClickAsync();
        Assert.True(await page.Locator("#preview ins").CountAsync() > 0, "nothing changes in the preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        Assert.Contains("Version 1 is saved", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);

        await other.GetByLabel("The recipe, as JSON").FillAsync("""{ "note": "mine" }""");
        await other.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        Assert.Contains("{title}!", await other.Locator("#meanwhile").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("mine", await other.GetByLabel("The recipe, as JSON").InputValueAsync(), StringComparison.Ordinal);
        await Look(other, "office-recipe-meanwhile-1280");
        await page.GotoAsync("/office/sources/3/recipe/history");
        await Look(page, "office-history-390", isScripted: false);
        await page.Context.CloseAsync();
        await other.Context.CloseAsync();
    }

    // axe needs a script of its own on the page.
    private static async Task Look(IPage page, string name, bool isScripted = true)
    {
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(SampleSite.Screenshots, $"{name}.png"), FullPage = true });
        if (!isScripted)
            return;
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{page.Url} is {overflow} px too wide");
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help} ({violation.Nodes[0].Html})"));
    }
}
