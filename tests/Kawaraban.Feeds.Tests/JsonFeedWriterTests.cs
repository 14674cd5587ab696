using System.Buffers;
using System.Text;
using System.Text.Json;
using Kawaraban.Feeds.Formats;

namespace Kawaraban.Feeds.Tests;

/// <summary>What is written as JSON Feed 1.1 is read again as it was.</summary>
public sealed class JsonFeedWriterTests
{
    private static readonly JsonFeedWriterOptions AsItIs = new() { IsSanitised = false };

    [Theory]
    [InlineData("rss2-full-channel.xml")]
    [InlineData("atom10-full.xml")]
    [InlineData("atom03-full.xml")]
    [InlineData("json-feed-full.json")]
    [InlineData("rss2-markup-in-text.xml")]
    public void A_feed_comes_back_from_its_JSON(string fixture)
    {
        var feed = Read.Fixture(fixture);
        var again = FeedParser.Parse(Write(feed, AsItIs));
        Assert.Equal(FeedFormat.JsonFeed11, again.Format);
        Assert.Equal((feed.Title, feed.Description, feed.HomePageUrl, feed.FeedUrl), (again.Title, again.Description, again.HomePageUrl, again.FeedUrl));
        Assert.Equal((feed.IconUrl, feed.FaviconUrl, feed.Language), (again.IconUrl, again.FaviconUrl, again.Language));
        Assert.Equal(feed.Hubs, again.Hubs);
        Assert.Equal(feed.Entries.Count, again.Entries.Count);
        foreach (var (one, other) in feed.Entries.Zip(again.Entries))
        {
            Assert.Equal((one.Id ?? one.Url, one.Url, one.ExternalUrl, one.Title), (other.Id, other.Url, other.ExternalUrl, other.Title));
            Assert.Equal((one.ContentHtml, one.ContentText, one.ImageUrl, one.Language), (other.ContentHtml, other.ContentText, other.ImageUrl, other.Language));
            Assert.Equal((one.PublishedAt, one.ModifiedAt), (other.PublishedAt, other.ModifiedAt));
            Assert.Equal(one.Tags, other.Tags);
            Assert.Equal(one.Attachments, other.Attachments);
            Assert.Equal(one.Authors.Select(author => author.Name), other.Authors.Select(author => author.Name));
        }
    }

    [Fact]
    public void Mail_addresses_are_not_written_beside_a_name()
    {
        var json = Encoding.UTF8.GetString(Write(Read.Fixture("rss2-full-channel.xml"), AsItIs));
        Assert.DoesNotContain("taro@example.com", json, StringComparison.Ordinal);
        Assert.Contains("Taro", json, StringComparison.Ordinal);
    }

    [Fact]
    public void The_extension_tells_format_encoding_repairs_and_update_hints()
    {
        var feed = Read.Channel("<ttl>90</ttl><skipHours><hour>3</hour></skipHours><skipDays><day>Sunday</day></skipDays><copyright>c</copyright><item><title>a & b</title></item>");
        using var json = JsonDocument.Parse(Write(feed, AsItIs));
        var extension = json.RootElement.GetProperty("_kawaraban");
        Assert.Equal(("rss-2.0", "utf-8", "c"), (extension.GetProperty("format").GetString(), extension.GetProperty("encoding").GetString(), extension.GetProperty("rights").GetString()));
        Assert.Equal("bare-ampersand", extension.GetProperty("repairs")[0].GetProperty("code").GetString());
        Assert.True(extension.GetProperty("repairs")[0].GetProperty("position").GetInt32() > 0);
        var update = extension.GetProperty("update");
        Assert.Equal((90, 3, "Sunday"), (update.GetProperty("ttl_minutes").GetInt32(), update.GetProperty("skip_hours")[0].GetInt32(), update.GetProperty("skip_days")[0].GetString()));
    }

    [Fact]
    public void The_extension_can_be_left_out()
    {
        using var json = JsonDocument.Parse(Write(Read.Fixture("rss2-sound.xml"), AsItIs with { HasExtension = false }));
        Assert.False(json.RootElement.TryGetProperty("_kawaraban", out _));
    }

    [Fact]
    public void Indented_output_says_the_same()
    {
        var feed = Read.Fixture("json-feed-full.json");
        byte[] flat = Write(feed, AsItIs), indented = Write(feed, AsItIs with { IsIndented = true });
        Assert.Contains((byte)'\n', indented);
        Assert.DoesNotContain((byte)'\n', flat);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(flat).RootElement, JsonDocument.Parse(indented).RootElement));
    }

    [Fact]
    public void Japanese_stays_legible() =>
        Assert.Contains("日本語", Encoding.UTF8.GetString(Write(Read.Fixture("rss2-sound.xml"), AsItIs)), StringComparison.Ordinal);

    [Fact]
    public void A_plain_summary_is_written_as_plain_text()
    {
        var feed = Read.AtomFeed("<entry><summary>R &amp; D &lt; all</summary><content>x</content></entry>");
        using var json = JsonDocument.Parse(Write(feed, AsItIs));
        Assert.Equal("R & D < all", json.RootElement.GetProperty("items")[0].GetProperty("summary").GetString());
    }

    internal static byte[] Write(Feed feed, JsonFeedWriterOptions options)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonFeedWriter.Write(output, feed, options);
        return output.WrittenSpan.ToArray();
    }
}
