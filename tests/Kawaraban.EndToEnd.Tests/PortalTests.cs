using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Kawaraban.EndToEnd.Tests;

/// <summary>A reader clicks through the portal in a real browser.</summary>
public sealed class PortalTests(SampleSite site) : IClassFixture<SampleSite>
{
    private static readonly string[] Companies =
    [
        "Bramblehook", "Lanternbuoy Labs", "Otterway", "Parcelwing", "Rootwhistle & Daughters", "Tidewright Instruments",
        "三日月書林", "星屑システムズ", "月見運輸", "浜風ソフト", "猫柳ゲームズ", "青葉問診",
    ];

    public static TheoryData<string, string> Pages => new()
    {
        { "front", "/" },
        { "companies", "/companies" },
        { "company", "/companies/otterway" },
        { "tags", "/tags" },
        { "search", "/search?q=設計" },
        { "nothing-found", "/search?q=zzzzqqqq" },
        { "post", "/posts/1" },
        { "not-found", "/companies/nobody" },
    };

    [Fact]
    public async Task The_front_page_lists_posts_of_all_sample_blogs()
    {
        var page = await site.Page();
        await page.GotoAsync("/");
        var shown = await page.Locator("article").AllInnerTextsAsync();
        Assert.All(Companies, company => Assert.Contains(shown, article => article.Contains(company, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_reader_comes_from_a_post_to_its_company_its_tag_a_search_and_a_feed()
    {
        var page = await site.Page();
        await page.GotoAsync("/");
        var company = page.Locator("article a[href^='/companies/']").First;
        var name = await company.InnerTextAsync();
        await company.ClickAsync();
        Assert.Contains("/companies/", page.Url, StringComparison.Ordinal);
        Assert.Contains(name, await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);

        var tag = page.Locator("article a[href^='/tags/']").First;
        var topic = await tag.InnerTextAsync();
        await tag.ClickAsync();
        Assert.Contains("/tags/", page.Url, StringComparison.Ordinal);
        Assert.Contains(topic.TrimStart('#'), await page.Locator("h1").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);

        var box = page.GetByRole(AriaRole.Searchbox).First;
        await box.FillAsync("設計");
        await box.PressAsync("Enter");
        Assert.Contains("設計", Uri.UnescapeDataString(page.Url), StringComparison.Ordinal);
        Assert.True(await page.Locator("article").CountAsync() > 0, "the search for 設計 finds nothing");

        var feed = await page.Locator("link[rel=alternate][type='application/atom+xml']").First.GetAttributeAsync("href");
        var answer = await page.APIRequest.GetAsync(new Uri(new Uri(page.Url), feed).AbsoluteUri);
        Assert.Equal(200, answer.Status);
        Assert.Contains("<entry", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_and_fits_a_phone_and_a_desk_by_day_and_by_night(string name, string path)
    {
        foreach (var (width, language) in new[] { (390, "ja"), (1280, "en") })
        {
            foreach (var colors in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                var page = await site.Page(width, language: language, colors: colors);
                await page.GotoAsync(path);
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(SampleSite.Screenshots, $"{name}-{width}-{colors}.png"), FullPage = true });
                var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                Assert.True(overflow <= 0, $"{path} is {overflow} px too wide at {width} px");
                var violations = (await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help} ({violation.Nodes[0].Html})");
                Assert.Empty(violations);
                await page.CloseAsync();
            }
        }
    }

    [Fact]
    public async Task Everything_works_without_JavaScript()
    {
        await using var context = await site.Browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = site.Url, JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/?lang=ja");
        await page.GetByRole(AriaRole.Searchbox).First.FillAsync("設計");
        await page.GetByRole(AriaRole.Searchbox).First.PressAsync("Enter");
        Assert.True(await page.Locator("article").CountAsync() > 0, "the search for 設計 finds nothing");
        Assert.Equal("ja", await page.Locator("html").GetAttributeAsync("lang"));
    }

    [Fact]
    public async Task No_page_asks_another_site_for_anything_but_pictures()
    {
        var page = await site.Page();
        List<string> asked = [];
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.Url, StringComparison.Ordinal) && request.ResourceType != "image")
                asked.Add(request.Url);
        };
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync("/", new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        Assert.Empty(asked);
        Assert.Empty(complaints);
    }
}
