using System.Text.Json;
using Kawaraban.Fuzz;
using Kawaraban.Tests;

namespace Kawaraban.Feeds.Tests;

/// <summary>Feeds as they are published.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void Every_published_feed_is_read_with_all_its_entries()
    {
        var folder = Corpus.Folder("real");
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "reference.json")));
        var wrong = new List<string>();
        foreach (var feed in reference.RootElement.EnumerateArray())
        {
            var path = Path.Combine(folder, "..", feed.GetProperty("file").GetString()!);
            if (!FeedParser.TryParse(File.ReadAllBytes(path), feed.GetProperty("content_type").GetString(), null, out var read, out var problem))
                wrong.Add($"{path}: {problem.Message}");
            else if (feed.TryGetProperty("items", out var items) && items.GetInt32() != read.Entries.Count)
                wrong.Add($"{path}: {read.Entries.Count} entries in place of {items.GetInt32()}");
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("feedparser")]
    [InlineData("feedvalidator")]
    [InlineData("gofeed")]
    [InlineData("feedsmith")]
    [InlineData("discovery")]
    public void Nothing_is_thrown_whatever_is_read(string set)
    {
        foreach (var path in Directory.EnumerateFiles(Corpus.Folder(set), "*", SearchOption.AllDirectories))
            Assert.True(Law.Broken(File.ReadAllBytes(path), new Uri("https://blog.example.com/")) is null, path);
    }
}
