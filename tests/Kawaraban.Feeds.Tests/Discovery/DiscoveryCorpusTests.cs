using System.Text.Json;
using Kawaraban.Feeds.Discovery;

namespace Kawaraban.Feeds.Tests.Discovery;

/// <summary>Pages as published, and the feeds they announce.</summary>
public sealed class DiscoveryCorpusTests
{
    /// <summary>Where we differ, and why.</summary>
    private static readonly Dictionary<string, string> s_reasons = new()
    {
        ["discovery/pages/FreshRSS-simplepie--tests-data-fftests.html"] = RelationFeed,
        ["discovery/pages/simplepie-simplepie--tests-data-fftests.html"] = RelationFeed,
    };

    private const string RelationFeed = "The page is a browser's own test and wants rel=\"feed\" without a type discovered, as we do; the case does not.";

    [Fact]
    public void Every_page_announces_what_it_is_said_to()
    {
        var corpus = Folder();
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(corpus, "discovery", "cases.discovery.json")));
        var failures = new List<string>();
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            var file = one.GetProperty("file").GetString()!;
            var html = File.ReadAllText(Path.Combine(corpus, file));
            var found = FeedDiscovery.Find(html, new Uri(one.GetProperty("url").GetString()!)).Where(link => link.IsAnnounced)
                .Select(link => $"{link.Url} {link.MediaType} {link.Title}".Trim()).ToList();
            var expected = one.GetProperty("feeds").EnumerateArray().Select(feed => Line(feed, found)).ToList();
            if (found.SequenceEqual(expected) == s_reasons.ContainsKey(file))
                failures.Add($"{file}\n  expected {string.Join(" | ", expected)}\n  found    {string.Join(" | ", found)}");
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    /// <summary>An expected feed as a line; where the case says nothing about type and title, anything is right.</summary>
    private static string Line(JsonElement feed, List<string> found)
    {
        var url = new Uri(feed.GetProperty("url").GetString()!).AbsoluteUri;
        var type = feed.GetProperty("type").GetString();
        var title = feed.GetProperty("title").GetString();
        if (type is null && title is null)
            return found.Find(line => line == url || line.StartsWith(url + " ", StringComparison.Ordinal)) ?? url;
        return $"{url} {type} {(title is null ? null : string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))}".Trim();
    }

    private static string Folder()
    {
        var folder = Environment.GetEnvironmentVariable("KAWARABAN_CORPUS");
        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); folder is null && parent is not null; parent = parent.Parent)
        {
            var corpus = Path.Combine(parent.FullName, "shared", "corpus");
            if (Directory.Exists(corpus))
                folder = corpus;
        }

        Assert.SkipUnless(folder is not null, "shared/corpus does not stand beside the repository (KAWARABAN_CORPUS names another place)");
        return folder!;
    }
}
