using Microsoft.Playwright;

namespace Kawaraban.EndToEnd.Tests;

/// <summary><c>serve --sample</c> with all its blogs crawled, and a browser to look at it; started once for all tests of a class.</summary>
public sealed class SampleSite : IAsyncLifetime
{
    private const int Blogs = 12;

    private readonly TemporaryFolder folder = new();
    private KawarabanProcess? program;
    private IPlaywright? playwright;

    public string Url { get; private set; } = "";

    /// <summary>Where the program works: other calls there see the same database.</summary>
    public string Folder => folder.Name;

    /// <summary>The file that the program works on.</summary>
    public string Database => folder.Database;

    // Set before any test runs.
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>Where pictures of the pages are put, to be looked at.</summary>
    public static string Screenshots { get; } =
        Directory.CreateDirectory(Environment.GetEnvironmentVariable("SCREENSHOTS_FOLDER") ?? Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        program = KawarabanProcess.Start(folder.Name, "serve", "--sample", "--urls", "http://127.0.0.1:0");
        var greeting = await program.Message("Kawaraban is at", cancellation);
        Url = greeting.Split(' ')[3].TrimEnd(';');
        for (var visited = 0; visited < Blogs;)
        {
            if ((await program.NextMessage(cancellation))?.Contains("new posts", StringComparison.Ordinal) == true)
                visited++;
        }

        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public Task<IPage> Page(int width = 1280, int height = 900, string language = "en", ColorScheme colors = ColorScheme.Light) =>
        Browser.NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = Url,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = language,
            ColorScheme = colors,
            JavaScriptEnabled = true,
            TimezoneId = "Asia/Tokyo",
        });

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        playwright?.Dispose();
        if (program is not null)
            await program.DisposeAsync();
        folder.Dispose();
    }
}
