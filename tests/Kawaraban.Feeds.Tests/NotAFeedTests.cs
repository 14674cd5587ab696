using System.Text;

namespace Kawaraban.Feeds.Tests;

/// <summary>What is no feed is told apart, in a sentence that says what it is.</summary>
public sealed class NotAFeedTests
{
    [Theory]
    [InlineData("", NotAFeedReason.Empty, "empty")]
    [InlineData(" \r\n\t ", NotAFeedReason.Empty, "empty")]
    [InlineData("\uFEFF", NotAFeedReason.Empty, "empty")]
    [InlineData("<!DOCTYPE html><html><head><title>Blog</title></head><body><p>hi</p></body></html>", NotAFeedReason.Html, "HTML page")]
    [InlineData("<html lang=\"ja\"><body>", NotAFeedReason.Html, "HTML page")]
    [InlineData("\n\n<!-- x --><HTML><BODY>404", NotAFeedReason.Html, "HTML page")]
    [InlineData("<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>https://a.example/</loc></url></urlset>", NotAFeedReason.OtherXml, "<urlset>")]
    [InlineData("<opml version=\"2.0\"><body><outline text=\"a\"/></body></opml>", NotAFeedReason.OtherXml, "<opml>")]
    [InlineData("{\"message\":\"not found\"}", NotAFeedReason.OtherJson, "JSON")]
    [InlineData("[1,2,3]", NotAFeedReason.OtherJson, "JSON")]
    [InlineData("{", NotAFeedReason.OtherJson, "JSON")]
    [InlineData("Service unavailable", NotAFeedReason.Text, "text")]
    [InlineData("if a < b then c", NotAFeedReason.Text, "text")]
    public void A_document_that_is_no_feed_is_called_what_it_is(string document, NotAFeedReason reason, string word)
    {
        var problem = Read.Problem(Encoding.UTF8.GetBytes(document));
        Assert.Equal(reason, problem.Reason);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("89504E470D0A1A0A0000000D49484452", "PNG")]
    [InlineData("FFD8FFE000104A464946000101000001", "JPEG")]
    [InlineData("474946383961010001008000", "GIF")]
    [InlineData("524946462400000057454250565038", "WebP")]
    [InlineData("255044462D312E370A", "PDF")]
    [InlineData("504B0304140000000800", "ZIP")]
    [InlineData("1F8B0800000000000003", "gzip")]
    [InlineData("0000001866747970697336", "film")]
    [InlineData("7F454C46020101000000000000000000", "binary")]
    public void A_file_of_another_kind_is_called_by_its_name(string hex, string word)
    {
        var problem = Read.Problem(Convert.FromHexString(hex), "application/rss+xml");
        Assert.Equal(NotAFeedReason.Binary, problem.Reason);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_throws_what_TryParse_returns()
    {
        var problem = Assert.Throws<NotAFeedException>(() => FeedParser.Parse("nothing"u8.ToArray()));
        Assert.Equal(NotAFeedReason.Text, problem.Reason);
    }

    [Fact]
    public void A_feed_is_a_feed_even_when_it_is_announced_as_a_page() =>
        Assert.Equal("t", Read.Text("<rss version='2.0'><channel><title>t</title></channel></rss>", "text/html").Title);

    [Fact]
    public void A_feed_without_entries_is_a_feed() => Assert.Empty(Read.Text("<rss version='2.0'><channel/></rss>").Entries);

    [Fact]
    public void A_document_larger_than_any_feed_is_refused_in_words()
    {
        // Never touched, so that it costs address space alone.
        var problem = Read.Problem(GC.AllocateUninitializedArray<byte>((512 << 20) + 1));
        Assert.Equal((NotAFeedReason.TooLarge, "The document is larger than 512 MiB; no feed is."), (problem.Reason, problem.Message));
    }
}
