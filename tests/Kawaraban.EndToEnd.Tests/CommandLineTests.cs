using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Kawaraban.Tests;

namespace Kawaraban.EndToEnd.Tests;

/// <summary>What scripts and newcomers meet first: exit codes, messages, help.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> WrongCalls => new()
    {
        { "fly", "fly" },
        { "serve --height 3", "--height" },
        { "serve --roles web,pilot", "pilot" },
        { "serve --urls nowhere", "web.urls" },
        { "crawl --set crawling.paralel=3", "did you mean crawling.parallel" },
        { "crawl --set crawling.parallel=many", "crawling.parallel" },
        { "crawl --all 7", "exclude" },
        { "sources", "required" },
        { "sources add ftp://files.example/feed", "neither http nor https" },
        { "sources list --health well", "well" },
        { "sources request 1", "--clear" },
        { "sources request 1 --header Host:a.example", "Host is ours to send" },
        { "sources request 1 --proxy ftp://user:secret@proxy.example", "begins with none of" },
        { "crawl --set fetching.proxy=ftp://user:secret@proxy.example", "ftp://***@proxy.example" },
        { "crawl --set push.hub=https://hub.example", "web.public-url" },
        { "dead-letters redrive", "--all" },
        { "dead-letters drop 1 --all", "--all" },
        { "sources schedule 1 hourly", "every 6h" },
        { "recipe", "required" },
        { "recipe test", "--all" },
        { "recipe test 1 --all", "--all" },
        { "recipe apply 1", "--stored" },
        { "recipe suggest", "required" },
        { "recipe suggest 1 --only 1 --json", "--only" },
        { "recipe suggest page.html --base-url nowhere", "--base-url" },
        { "search", "required" },
    };

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public async Task A_wrong_call_ends_with_2_and_says_what_is_wrong(string call, string expected)
    {
        var ended = await Run(call.Split(' '));
        Assert.Equal(2, ended.Code);
        Assert.Contains(expected, ended.Messages, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", ended.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", ended.Messages, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
        Assert.False(Directory.Exists(Path.Combine(folder.Name, "data")), "a wrong call must not create anything");
    }

    [Fact]
    public async Task Run_from_its_sources_the_program_works_in_the_folder_it_was_called_from()
    {
        var run = new ProcessStartInfo("dotnet", ["run", "--no-build", "--project", Path.Combine(RepositoryFolder.Path, "src", "Kawaraban"), "--", "migrate"])
        {
            WorkingDirectory = folder.Name,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var cancellation = TestContext.Current.CancellationToken;
        using var process = Process.Start(run) ?? throw new InvalidOperationException("dotnet did not start");
        var messages = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, await messages);
        Assert.True(File.Exists(folder.Database), "the README's command keeps its data somewhere else");
    }

    [Fact]
    public async Task An_unknown_setting_in_the_environment_is_named()
    {
        await using var program = KawarabanProcess.Start(folder.Name, new Dictionary<string, string> { ["KAWARABAN_CRAWLNG_GAP"] = "1" }, "migrate");
        var ended = await program.End();
        Assert.Equal(2, ended.Code);
        Assert.Contains("KAWARABAN_CRAWLNG_GAP", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_setting_in_the_file_is_named()
    {
        folder.File("kawaraban.json", """{ "web": { "nmae": "Tech" } }""");
        var ended = await Run("migrate");
        Assert.Equal(2, ended.Code);
        Assert.Contains("web.nmae", ended.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve --help")]
    [InlineData("crawl --help")]
    [InlineData("parse --help")]
    [InlineData("doctor --help")]
    [InlineData("sources --help")]
    [InlineData("sources add --help")]
    [InlineData("sources import --help")]
    [InlineData("sources adopt --help")]
    [InlineData("sources request --help")]
    [InlineData("dead-letters --help")]
    [InlineData("dead-letters redrive --help")]
    [InlineData("sources schedule --help")]
    [InlineData("recipe --help")]
    [InlineData("recipe set --help")]
    [InlineData("recipe preview --help")]
    [InlineData("recipe suggest --help")]
    [InlineData("recipe test --help")]
    [InlineData("recipe apply --help")]
    [InlineData("search --help")]
    [InlineData("migrate --help")]
    public async Task Every_verb_explains_itself(string call)
    {
        var ended = await Run(call.Split(' '));
        Assert.Equal(0, ended.Code);
        Assert.Contains("Usage:", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_source_is_asked_with_is_shown_without_its_secrets_and_taken_back()
    {
        await Run("sources", "add", "https://a.example/feed", "--unchecked", "--title", "Acme");
        Assert.Equal(0, (await Run("sources", "request", "Acme", "--header", "X-Key: secret", "--header", "Accept: text/xml", "--user-agent", "Friend/1", "--proxy", "socks5://user:secret@proxy.example")) is var requested ? requested.Code : -1);
        Assert.DoesNotContain("secret", requested.Output, StringComparison.Ordinal);
        foreach (var call in (string[][])[["sources", "show", "1"], ["sources", "show", "1", "--json"], ["sources", "list", "--json"]])
        {
            var shown = await Run(call);
            Assert.Contains("X-Key", shown.Output, StringComparison.Ordinal);
            Assert.Contains("socks5://***@proxy.example:1080", shown.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", shown.Output, StringComparison.Ordinal);
        }

        await Run("sources", "request", "1", "--clear");
        Assert.DoesNotContain("X-Key", (await Run("sources", "show", "1")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_proposed_and_nothing_has_died_the_verbs_say_so()
    {
        await Run("sources", "add", "https://a.example/feed", "--unchecked");
        var adopted = await Run("sources", "adopt", "1");
        Assert.Equal((1, ""), (adopted.Code, adopted.Output));
        Assert.Contains("no other address is proposed for it", adopted.Messages, StringComparison.Ordinal);
        var shown = await Run("dead-letters", "show", "1");
        Assert.Equal((1, ""), (shown.Code, shown.Output));
        Assert.Contains("1 has no dead letter", shown.Messages, StringComparison.Ordinal);
        Assert.Equal("[]", (await Run("dead-letters", "list", "--json")).Output.Trim());
        Assert.Equal(0, (await Run("dead-letters", "redrive", "--all")).Code);
    }

    [Fact]
    public async Task A_port_in_use_is_said_in_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var ended = await Run("serve", "--urls", $"http://{taken.LocalEndpoint}");
        Assert.Equal(1, ended.Code);
        Assert.Contains("--urls", ended.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_as_it_is()
    {
        var path = folder.File("notes.txt", string.Concat(Enumerable.Repeat("not a database\n", 100)));
        var before = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var ended = await Run("sources", "list", "--database", path);
        Assert.Equal(1, ended.Code);
        Assert.Contains("not a database", ended.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Messages, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_named()
    {
        var ended = await Run("crawl", "no-such-company");
        Assert.Equal(1, ended.Code);
        Assert.Contains("no-such-company", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importing_a_list_twice_adds_nothing_and_an_export_holds_it()
    {
        var list = folder.File("list.opml", """
            <opml version="2.0"><body>
              <outline text="株式会社あおば" xmlUrl="https://aoba.example/feed"/>
              <outline text="Otter" xmlUrl="https://otter.example/rss"/>
              <outline text="Otter again" xmlUrl="https://otter.example/rss"/>
              <outline text="Nowhere" type="rss"/>
            </body></opml>
            """);
        var first = await Run("sources", "import", list);
        Assert.Equal(0, first.Code);
        Assert.Contains("2 added, 0 there already, 2 skipped", first.Output, StringComparison.Ordinal);
        Assert.Contains("skipped Otter again: it is in the list twice", first.Output, StringComparison.Ordinal);
        Assert.Contains("skipped Nowhere: it names no address", first.Output, StringComparison.Ordinal);

        var second = await Run("sources", "import", list);
        Assert.Contains("0 added, 2 there already, 2 skipped", second.Output, StringComparison.Ordinal);

        var export = await Run("sources", "export");
        Assert.Contains("xmlUrl=\"https://aoba.example/feed\"", export.Output, StringComparison.Ordinal);
        Assert.Contains("株式会社あおば", export.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_is_given_a_schedule_and_shows_it()
    {
        await Run("sources", "add", "--unchecked", "--company", "Aoba", "https://aoba.example/feed");
        Assert.Contains("daily 06:00 (as the installation)", (await Run("sources", "show", "1")).Output, StringComparison.Ordinal);

        var ended = await Run("sources", "schedule", "Aoba", "every 90m");
        Assert.Equal((0, ""), (ended.Code, ended.Messages));
        Assert.StartsWith("source 1 is visited every 90m, next at ", ended.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await Run("sources", "list", "--json")).Output);
        Assert.Equal("every 90m", Assert.Single(json.RootElement.EnumerateArray()).GetProperty("schedule").GetString());

        Assert.Contains("visited daily 06:00, as the installation", (await Run("sources", "schedule", "1", "usual")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_sources_has_the_names_that_scripts_rely_on()
    {
        await Run("sources", "add", "--unchecked", "--company", "Aoba", "https://aoba.example/feed");
        var ended = await Run("sources", "list", "--json");
        using var json = JsonDocument.Parse(ended.Output);
        var source = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal("https://aoba.example/feed", source.GetProperty("url").GetString());
        Assert.Equal("Aoba", source.GetProperty("company").GetString());
        Assert.Equal("new", source.GetProperty("health").GetString());
        Assert.Equal(JsonValueKind.Null, source.GetProperty("lastSuccessAt").ValueKind);
        Assert.Equal(JsonValueKind.Null, source.GetProperty("lastError").ValueKind);
        Assert.True(source.GetProperty("nextCrawlAt").TryGetDateTimeOffset(out _));
        Assert.True(source.GetProperty("id").GetInt64() > 0);
        Assert.Equal("aoba.example", source.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_feed_is_printed_as_a_JSON_Feed()
    {
        var file = folder.File("feed.xml", "<rss version='2.0'><channel><title>設計 & more</title></channel></rss>");
        var ended = await Run("parse", file);
        Assert.Equal(0, ended.Code);
        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal("https://jsonfeed.org/version/1.1", json.RootElement.GetProperty("version").GetString());
        Assert.Equal("設計 & more", json.RootElement.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_feed_is_examined_as_by_a_compiler()
    {
        var ended = await Run("doctor", folder.File("feed.xml", "<rss version='2.0'><channel>\n<title>設計 & more &bogus; end</title>\n</channel></rss>"));
        Assert.Equal(0, ended.Code);
        Assert.Contains("feed.xml:2:11: warning: ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("rss-2.0 in utf-8, 0 entries", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_feed_is_said_to_be_none()
    {
        var ended = await Run("parse", folder.File("page.html", "<!DOCTYPE html><html><body>hello</body></html>"));
        Assert.Equal(1, ended.Code);
        Assert.Contains("page.html", ended.Messages, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
    }

    public void Dispose() => folder.Dispose();

    private Task<KawarabanProcess.Ended> Run(params string[] arguments) => KawarabanProcess.Run(folder.Name, arguments);
}
