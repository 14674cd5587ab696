using System.Globalization;
using System.Text;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Recipes.Suggesting;

/// <summary>However large a page is and whatever is on it, the search for its posts ends.</summary>
public sealed class HostileSuggestTests(ITestOutputHelper output)
{
    // The last thing begun ends after the budget; a test machine may be slow.
    private static readonly TimeSpan Longest = PageSuggester.Budget * 2;

    public static TheoryData<string> Shapes => ["twenty thousand elements", "a megabyte of links", "deep", "all alike", "all different", "classes without end", "one long text", "dates everywhere", "nested lists"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_ends_within_its_time(string shape)
    {
        var page = Encoding.UTF8.GetBytes(Write(shape));
        var began = TimeProvider.System.GetTimestamp();
        var suggested = PageSuggester.Of(page, "text/html; charset=utf-8", new Uri("https://acme.example/blog"), TimeProvider.System);
        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine($"{shape}: {page.Length} bytes, {took.TotalSeconds:0.0} s, {suggested.Proposals.Count} proposals {suggested.Declined}");
        Assert.True(took < Longest, $"{shape}: {page.Length} bytes took {took.TotalSeconds:0.0} s");
        Assert.True(suggested.Proposals.Count > 0 || suggested.Declined is { Length: > 0 }, "it says neither what nor why not");
    }

    [Fact]
    public void A_list_of_four_thousand_is_a_list()
    {
        var suggested = PageSuggester.Of(Encoding.UTF8.GetBytes(Write("twenty thousand elements")), "text/html; charset=utf-8", new Uri("https://acme.example/blog"), TimeProvider.System);
        Assert.Equal((1000, "The post number 0 of many"), (suggested.Proposals[0].Posts.Count, suggested.Proposals[0].Posts[0].Title));
    }

    [Fact]
    public void A_page_that_is_too_large_or_no_page_is_declined_in_a_sentence()
    {
        Assert.Contains("bytes", PageSuggester.Of(new byte[4_000_000], "text/html", new Uri("https://acme.example/"), TimeProvider.System).Declined, StringComparison.Ordinal);
        Assert.Contains("no links", PageSuggester.Of(Encoding.UTF8.GetBytes("%PDF-1.7 \0\u0001"), null, new Uri("https://acme.example/"), TimeProvider.System).Declined, StringComparison.Ordinal);
        Assert.NotNull(PageSuggester.Of(Array.Empty<byte>(), null, new Uri("https://acme.example/"), TimeProvider.System).Declined);
    }

    private static string Write(string shape)
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=ja><body>");
        switch (shape)
        {
            case "twenty thousand elements":
                for (var i = 0; i < 4_000; i++)
                    html.Append(CultureInfo.InvariantCulture, $"<div class=\"item n{i % 7}\"><h2><a href=\"/blog/post-number-{i}\">The post number {i} of many</a></h2><p>Some words about it that are long enough to be an excerpt of it.</p><time>2026-11-{(i % 28) + 1:00}</time></div>");
                break;
            case "a megabyte of links":
                for (var i = 0; i < 19_000; i++)
                    html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"/blog/{i}\">Title of {i}, 2026</a>");
                break;
            case "deep":
                for (var i = 0; i < 280; i++)
                    html.Append(CultureInfo.InvariantCulture, $"<div class=c{i % 3}><a href=\"/blog/title-{i}\">A title at depth {i}</a> 2026-11-23");
                break;
            case "all alike":
                for (var i = 0; i < 15_000; i++)
                    html.Append("<div><a href=\"/blog/the-same\">The same</a></div>");
                break;
            case "all different":
                for (var i = 0; i < 9_000; i++)
                    html.Append(CultureInfo.InvariantCulture, $"<div class=\"a{Letters(i)}\"><p class=\"b{Letters(i * 7)}\"><a href=\"/blog/x-{i / 2}\">Link {i / 2}</a></p></div>");
                break;
            case "classes without end":
                for (var i = 0; i < 200; i++)
                    html.Append(CultureInfo.InvariantCulture, $"<div class=\"{string.Join(' ', Enumerable.Range(0, 400).Select(Letters))}\"><a href=\"/news/title-of-{i}\">A title of {i}</a></div>");
                break;
            case "one long text":
                for (var i = 0; i < 30; i++)
                    html.Append(CultureInfo.InvariantCulture, $"<article><h2><a href=\"/blog/a-title-{i}\">A title of {i}</a></h2>").Append("<p>").Append('x', 30_000).Append("</p></article>");
                break;
            case "dates everywhere":
                for (var i = 0; i < 300; i++)
                    html.Append(CultureInfo.InvariantCulture, $"<article><a href=\"/2026/11/23/{i}/\">{i}</a>").Append(string.Concat(Enumerable.Repeat("<i>2026年11月23日</i><b>令和8年11月23日(月)</b>", 30))).Append("</article>");
                break;
            default:
                for (var i = 0; i < 60; i++)
                    html.Append("<ul>").Append(string.Concat(Enumerable.Range(0, 100).Select(j => $"<li class=entry><a href=\"/blog/{i}-{j}\">Entry {i} {j} of it</a>")));
                break;
        }

        return html.ToString();
    }

    private static string Letters(int number) => string.Concat($"{number}".Select(digit => (char)('a' + digit - '0')));
}
