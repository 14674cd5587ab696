using System.Text;
using System.Text.Json;
using Kawaraban.Bench;
using Kawaraban.Bench.Origin;

namespace Kawaraban.EndToEnd.Tests;

/// <summary>Two sources, one article, on the command line: found, parted, joined again.</summary>
public sealed class PostsCommandTests : IDisposable
{
    private const string Title = "決済サービスを無停止で移行した話";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Two_sources_one_article_and_by_hand_two_and_one_again()
    {
        await using var origin = await LoopbackOrigin.Start([Feed("acme.xml", "https://acme.example/a", Title), Feed("zenn.xml", "https://zenn.dev/sato/articles/1", Title)], 0, TimeSpan.Zero);
        await Run("sources", "add", origin.Feeds[0].Url.AbsoluteUri, "--company", "Acme", "--unchecked");
        await Run("sources", "add", origin.Feeds[1].Url.AbsoluteUri, "--company", "Sato", "--unchecked");
        Assert.Equal(0, (await Run("crawl", "--all", "--allow-private-networks")).Code);
        Assert.Single((await Run("search", "二重書き込み")).Output.Split('\n'), line => line.Contains(Title, StringComparison.Ordinal));

        var shown = await Run("posts", "show", "https://zenn.dev/sato/articles/1?utm_source=x");
        Assert.True(shown.Code == 0, shown.Messages);
        Assert.Matches(@"(?s)^\d\t2026-11-24\tAcme\t.*\n  also \d\t2026-11-24\tSato\t.*kawaraban merged . and .: the same title, 0\.0 days between, 100\s?% of the text the same", shown.Output);
        var id = (await Json("posts", "show", "https://zenn.dev/sato/articles/1")).RootElement.GetProperty("posts")[1].GetProperty("id").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(1, (await Json("posts", "twins")).RootElement.GetArrayLength());

        var split = await Run("posts", "split", id, "--who", "Sato", "--why", "second edition");
        Assert.Contains($"post {id} is an article of its own; it was parted from ", split.Output, StringComparison.Ordinal);
        Assert.Contains("every article stands at one place", (await Run("posts", "twins")).Messages, StringComparison.Ordinal);
        await Run("crawl", "--all", "--allow-private-networks");
        Assert.Contains("Sato split", (await Run("posts", "show", id)).Output, StringComparison.Ordinal);
        Assert.Contains("no two posts look as if they might be one article", (await Run("posts", "candidates")).Messages, StringComparison.Ordinal);

        var merged = await Run("posts", "merge", "1", "2", "--who", "Sato");
        Assert.Contains("(second edition)", merged.Output, StringComparison.Ordinal);
        Assert.Contains("Sato merged 1 and 2: by hand", merged.Output, StringComparison.Ordinal);
        Assert.Contains("0 posts looked at, 0 joined with another", (await Run("posts", "merge", "--stored")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "there is no post 7", "posts", "show", "7")]
    [InlineData(1, "there is no post 7", "posts", "split", "7")]
    [InlineData(1, "of the posts 7, 8 one does not exist; nothing was joined", "posts", "merge", "7", "8")]
    [InlineData(1, "post 7 is one; name two that are one article", "posts", "merge", "7", "7")]
    [InlineData(1, "\"nothing\" is neither the number of a post nor the address of an article", "posts", "show", "nothing")]
    [InlineData(1, "no post has the address https://acme.example/a", "posts", "show", "https://acme.example/a")]
    [InlineData(2, "which posts are one article? Name two, or --stored to look through all", "posts", "merge", "7")]
    [InlineData(2, "--count is between 1 and 1000", "posts", "twins", "--count", "0")]
    public async Task Who_names_what_is_not_there_is_told(int code, string sentence, params string[] arguments)
    {
        var ended = await Run(arguments);
        Assert.Equal((code, ""), (ended.Code, ended.Output));
        Assert.Contains(sentence, ended.Messages, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static FeedFile Feed(string name, string url, string title) => new(
        name,
        Encoding.UTF8.GetBytes($"""
            <?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title><link>{new Uri(url).GetLeftPart(UriPartial.Authority)}/</link><description>d</description>
            <item><guid isPermaLink="false">{url}</guid><link>{url}</link><title>{title}</title><pubDate>Tue, 24 Nov 2026 03:00:00 GMT</pubDate>
            <description>この記事では、決済サービスのデータベースを無停止で移行した方法を紹介します。最初に二重書き込みを始め、差分を検証しながら読み取りを段階的に切り替えました。落とし穴は時刻の丸めです。</description></item>
            </channel></rss>
            """),
        "application/rss+xml");

    private async Task<JsonDocument> Json(params string[] arguments) => JsonDocument.Parse((await Run([.. arguments, "--json"])).Output);

    private Task<KawarabanProcess.Ended> Run(params string[] arguments) => KawarabanProcess.Run(folder.Name, [.. arguments, "--set", "crawling.gap=0.1"]);
}
