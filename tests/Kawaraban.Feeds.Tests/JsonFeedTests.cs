using System.Text;

namespace Kawaraban.Feeds.Tests;

/// <summary>JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), and what calls itself so.</summary>
public sealed class JsonFeedTests
{
    [Theory]
    [InlineData("https://jsonfeed.org/version/1", FeedFormat.JsonFeed10)]
    [InlineData("https://jsonfeed.org/version/1.0/", FeedFormat.JsonFeed10)]
    [InlineData("http://jsonfeed.org/version/1.1", FeedFormat.JsonFeed11)]
    [InlineData("https://jsonfeed.org/version/9", FeedFormat.JsonFeed11)]
    [InlineData("1.0", FeedFormat.JsonFeed10)]
    public void The_version_is_the_one_named(string version, FeedFormat format) =>
        Assert.Equal(format, Read.Json($$"""{"version":"{{version}}","items":[]}""").Format);

    [Fact]
    public void A_feed_says_everything_about_itself()
    {
        var feed = Read.Fixture("json-feed-full.json");
        Assert.Equal((FeedFormat.JsonFeed11, "Engineering", "What we build"), (feed.Format, feed.Title, feed.Description));
        Assert.Equal(("https://blog.example.com/", "https://blog.example.com/feed.json", "ja"), (feed.HomePageUrl, feed.FeedUrl, feed.Language));
        Assert.Equal(("https://blog.example.com/icon.png", "https://blog.example.com/favicon.ico"), (feed.IconUrl, feed.FaviconUrl));
        Assert.Equal([new Author("Hanako", "https://blog.example.com/hanako", "https://blog.example.com/hanako.png")], feed.Authors);
        Assert.Equal(["https://hub.example.com/"], feed.Hubs);
        Assert.Empty(feed.Repairs);
    }

    [Fact]
    public void An_item_says_everything_about_itself()
    {
        var entry = Assert.Single(Read.Fixture("json-feed-full.json").Entries);
        Assert.Equal(("1", "https://blog.example.com/1", "https://elsewhere.example.com/"), (entry.Id, entry.Url, entry.ExternalUrl));
        Assert.Equal(("Faster feeds", "<p>The whole text</p>", "Short"), (entry.Title, entry.ContentHtml, entry.Summary));
        Assert.Equal("https://blog.example.com/1.png", entry.ImageUrl);
        Assert.Equal(["feeds", "speed"], entry.Tags);
        Assert.Equal([new Attachment("https://blog.example.com/1.mp3", "audio/mpeg", "Listen", 1000, 61.5)], entry.Attachments);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.FromHours(9)), entry.PublishedAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), entry.ModifiedAt);
    }

    [Theory]
    [InlineData("\"id\":7", "7")]
    [InlineData("\"id\":7.50", "7.50")]
    [InlineData("\"id\":true", "true")]
    [InlineData("\"id\":null", null)]
    [InlineData("\"id\":\"  \"", null)]
    [InlineData("\"id\":{\"a\":[1,2]}", null)]
    public void An_id_that_is_no_string_becomes_one(string member, string? id) => Assert.Equal(id, Read.JsonItem(member).Id);

    [Theory]
    [InlineData("\"author\":{\"name\":\"Hanako\"}")]
    [InlineData("\"authors\":[{\"name\":\"Hanako\"}]")]
    [InlineData("\"authors\":{\"name\":\"Hanako\"}")]
    [InlineData("\"author\":\"Hanako\"")]
    [InlineData("\"authors\":[\"Hanako\"]")]
    [InlineData("\"authors\":[null,{\"name\":\"Hanako\"},{}]")]
    [InlineData("\"author\":{\"name\":\"Hanako\"},\"authors\":[{\"name\":\"Hanako\"}]")]
    public void Authors_are_read_in_every_shape(string member) => Assert.Equal([new Author("Hanako")], Read.JsonItem(member).Authors);

    [Theory]
    [InlineData("\"tags\":[\"a\",\"b\",\"a\"]")]
    [InlineData("\"tags\":\"a, b\"")]
    [InlineData("\"tags\":[\"a\",null,{\"x\":1},\"b\"]")]
    public void Tags_are_read_in_every_shape(string member) => Assert.Equal(["a", "b"], Read.JsonItem(member).Tags);

    [Fact]
    public void Members_nobody_knows_are_passed_over() =>
        Assert.Equal("t", Read.JsonItem("\"_ext\":{\"title\":\"no\",\"items\":[[{}]]},\"title\":\"t\"").Title);

    [Fact]
    public void Comments_and_trailing_commas_do_no_harm() =>
        Assert.Equal("t", Assert.Single(Read.Json("{/* hi */\"items\":[{\"title\":\"t\",},],}").Entries).Title);

    [Fact]
    public void Complete_items_of_damaged_JSON_survive_and_the_damage_is_told()
    {
        var feed = Read.Fixture("json-feed-truncated.json");
        Assert.Equal(["one", "two"], feed.Entries.Select(entry => entry.Title));
        Read.HasRepair(feed, "bad-json");
    }

    [Fact]
    public void Half_a_surrogate_pair_in_an_escape_does_not_stop_the_reading()
    {
        var feed = Read.Json("""{"items":[{"title":"a\ud83d b"},{"title":"c"}]}""");
        Assert.Equal(["a\uFFFD b", "c"], feed.Entries.Select(entry => entry.Title));
        Read.HasRepair(feed, "control-character");
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm() => Assert.Single(Read.Json("\uFEFF{\"items\":[{\"id\":\"1\"}]}").Entries);

    [Fact]
    public void Relative_addresses_refer_to_where_the_feed_came_from()
    {
        var entry = Read.Json("""{"items":[{"url":"/1","image":"i.png","content_html":"<a href=\"b\">b</a>"}]}""", "https://a.example/x/feed.json").Entries[0];
        Assert.Equal(("https://a.example/1", "https://a.example/x/i.png", "<a href=\"https://a.example/x/b\">b</a>"), (entry.Url, entry.ImageUrl, entry.ContentHtml));
    }

    [Theory]
    [InlineData("\"size_in_bytes\":-1", null, null)]
    [InlineData("\"size_in_bytes\":\"12\"", 12L, null)]
    [InlineData("\"size_in_bytes\":1e300", null, null)]
    [InlineData("\"duration_in_seconds\":1.5", null, 1.5)]
    [InlineData("\"duration_in_seconds\":-1", null, null)]
    public void Sizes_that_cannot_be_are_left_out(string member, long? size, double? duration)
    {
        var attachment = Assert.Single(Read.JsonItem($"\"attachments\":[{{\"url\":\"https://a.example/f\",{member}}},{{\"mime_type\":\"no/address\"}}]").Attachments);
        Assert.Equal((size, duration), (attachment.SizeInBytes, attachment.DurationInSeconds));
    }

    [Fact]
    public void JSON_nested_deeper_than_any_feed_keeps_what_came_before()
    {
        var feed = Read.Json("{\"items\":[{\"title\":\"t\"}],\"_x\":" + new string('[', 1_000_000));
        Assert.Equal("t", Assert.Single(feed.Entries).Title);
    }
}
