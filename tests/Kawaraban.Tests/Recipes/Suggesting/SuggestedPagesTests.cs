using System.Text;
using System.Text.Json;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Recipes.Suggesting;

/// <summary>What is proposed for pages, against what a person sees on them.</summary>
public sealed class SuggestedPagesTests(ITestOutputHelper output)
{
    [Fact]
    public void Of_the_published_pages_four_in_five_are_right_and_none_without_posts_is_read_for_some()
    {
        var folder = Corpus.Folder("discovery");
        var urls = Cases(folder).ToDictionary(page => page.File, page => page.Url);
        Check([.. PageLabel.Read("corpus-pages.json").Select(label =>
        {
            var file = Path.Combine("discovery", "pages", label.File).Replace('\\', '/');
            return label.Judge(Suggest(File.ReadAllBytes(Path.Combine(folder, "pages", label.File)), urls[file]));
        })]);
    }

    [Fact]
    public void Of_our_own_pages_four_in_five_are_right_and_none_without_posts_is_read_for_some() =>
        Check([.. PageLabel.Read("pages.json").Select(label =>
            label.Judge(Suggest(File.ReadAllBytes(Path.Combine(PageLabel.Folder, "Pages", label.File)), new Uri(label.Url ?? "https://acme.example/blog"))))]);

    [Fact]
    public void A_page_that_announces_a_feed_has_it_named_first()
    {
        var folder = Corpus.Folder("discovery");
        foreach (var (file, url, feeds) in Cases(folder))
        {
            var suggested = Suggest(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(folder)!, file)), url);
            if (feeds.Count > 0)
                Assert.Contains(new Uri(suggested.Feeds[0].Url), feeds.Select(feed => new Uri(feed)));
            else
                Assert.DoesNotContain(suggested.Feeds, feed => feed.IsAnnounced);
        }
    }

    private void Check(IReadOnlyList<PageVerdict> verdicts)
    {
        foreach (var verdict in verdicts)
            output.WriteLine($"{verdict.Verdict,-8} {verdict.Confidence:0.00} {verdict.Label.File}: {verdict.Sentence}");
        var (right, unknown) = (verdicts.Count(one => one.Verdict == Verdict.Right), verdicts.Count(one => one.Verdict == Verdict.Unknown));
        output.WriteLine($"{right} of {verdicts.Count} right, {unknown} not known, {verdicts.Count - right - unknown} wrong, {verdicts.Count(one => one.LacksDate)} right but for the date");
        var failures = string.Join("\n", verdicts.Where(one => one.Verdict != Verdict.Right).Select(one => $"{one.Verdict} {one.Label.File}: {one.Sentence}"));
        Assert.True(right * 5 >= verdicts.Count * 4, failures);
        Assert.DoesNotContain(verdicts, one => one.Verdict == Verdict.Wrong && one.Label.Posts is null);
    }

    private static PageSuggestions Suggest(byte[] body, Uri url) => PageSuggester.Of(body, "text/html; charset=utf-8", url, TimeProvider.System);

    private static List<(string File, Uri Url, List<string> Feeds)> Cases(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.discovery.json")));
        return [.. cases.RootElement.EnumerateArray().Select(page => (
            page.GetProperty("file").GetString()!,
            new Uri(page.GetProperty("url").GetString()!),
            page.GetProperty("feeds").EnumerateArray().Select(feed => feed.GetProperty("url").GetString()!).ToList()))];
    }
}
