namespace Kawaraban.Feeds.Tests;

/// <summary>RSS 0.90 to 2.0 (https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec).</summary>
public sealed class RssTests
{
    [Theory]
    [InlineData("<rss version=\"0.91\">", FeedFormat.Rss091)]
    [InlineData("<rss version=\"0.92\">", FeedFormat.Rss092)]
    [InlineData("<rss version=\"0.93\">", FeedFormat.Rss093)]
    [InlineData("<rss version=\"0.94\">", FeedFormat.Rss094)]
    [InlineData("<rss version=\"2.0\">", FeedFormat.Rss20)]
    [InlineData("<rss version=\"2.0.1\">", FeedFormat.Rss20)]
    [InlineData("<rss version=\" 2.0 \">", FeedFormat.Rss20)]
    [InlineData("<RSS VERSION='0.91'>", FeedFormat.Rss091)]
    public void The_version_is_the_one_that_the_root_names(string root, FeedFormat format) =>
        Assert.Equal(format, Read.Text($"{root}<channel><title>t</title></channel></rss>").Format);

    [Theory]
    [InlineData("http://purl.org/rss/1.0/", FeedFormat.Rss10)]
    [InlineData("http://my.netscape.com/rdf/simple/0.9/", FeedFormat.Rss090)]
    public void RDF_is_read_with_its_items_beside_the_channel(string uri, FeedFormat format)
    {
        var feed = Read.Text($"""
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{uri}" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel rdf:about="https://a.example/feed"><title>t</title><link>https://a.example/</link><description>d</description>
            <items><rdf:Seq><rdf:li resource="https://a.example/1"/></rdf:Seq></items></channel>
            <image><title>i</title><url>https://a.example/i.png</url></image>
            <item rdf:about="https://a.example/1"><title>one</title><link>https://a.example/1</link><description>text</description><dc:date>2026-11-23T10:00:00+09:00</dc:date></item>
            <item rdf:about="https://a.example/2"><title>two</title></item>
            </rdf:RDF>
            """);
        Assert.Equal((format, "t", "https://a.example/", "d", "https://a.example/i.png"), (feed.Format, feed.Title, feed.HomePageUrl, feed.Description, feed.IconUrl));
        Assert.Equal(["one", "two"], feed.Entries.Select(entry => entry.Title));
        Assert.Equal(("https://a.example/1", "https://a.example/1", "text"), (feed.Entries[0].Id, feed.Entries[0].Url, feed.Entries[0].ContentHtml));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(9)), feed.Entries[0].PublishedAt);
    }

    [Fact]
    public void A_channel_says_everything_about_itself()
    {
        var feed = Read.Fixture("rss2-full-channel.xml");
        Assert.Equal("Engineering & more", feed.Title);
        Assert.Equal("https://blog.example.com/", feed.HomePageUrl);
        Assert.Equal("https://blog.example.com/feed.xml", feed.FeedUrl);
        Assert.Equal("What we build, and how.", feed.Description);
        Assert.Equal("ja-JP", feed.Language);
        Assert.Equal("© 2026 Example", feed.Rights);
        Assert.Equal("handwritten", feed.Generator);
        Assert.Equal("https://blog.example.com/logo.png", feed.IconUrl);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 1, 2, 3, TimeSpan.Zero), feed.UpdatedAt);
        Assert.Equal([new Author("Hanako", null, null, "editor@example.com")], feed.Authors);
        Assert.Equal(["https://hub.example.com/"], feed.Hubs);
        Assert.Empty(feed.Repairs);
    }

    [Fact]
    public void An_item_says_everything_about_itself()
    {
        var entry = Assert.Single(Read.Fixture("rss2-full-channel.xml").Entries);
        Assert.Equal("https://blog.example.com/1", entry.Url);
        Assert.Equal("post-1", entry.Id);
        Assert.Equal("Faster feeds", entry.Title);
        Assert.Equal("<p>The <b>whole</b> text.</p>", entry.ContentHtml);
        Assert.Equal("The beginning.", entry.Summary);
        Assert.Equal(["feeds", "speed"], entry.Tags);
        Assert.Equal([new Author("Taro", null, null, "taro@example.com")], entry.Authors);
        Assert.Equal([new Attachment("https://blog.example.com/1.mp3", "audio/mpeg", null, 123456)], entry.Attachments);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.FromHours(9)), entry.PublishedAt);
    }

    [Fact]
    public void A_lone_description_is_the_content()
    {
        var entry = Read.Item("<description>&lt;p&gt;all&lt;/p&gt;</description>");
        Assert.Equal(("<p>all</p>", null), (entry.ContentHtml, entry.Summary));
    }

    [Theory]
    [InlineData("<description>short</description><content:encoded>&lt;p&gt;long&lt;/p&gt;</content:encoded>")]
    [InlineData("<content:encoded><![CDATA[<p>long</p>]]></content:encoded><description>short</description>")]
    public void Beside_a_content_the_description_is_the_summary(string item)
    {
        var entry = Read.Item(item);
        Assert.Equal(("<p>long</p>", "short"), (entry.ContentHtml, entry.Summary));
    }

    [Theory]
    [InlineData("<guid>https://a.example/1</guid>", "https://a.example/1")]
    [InlineData("<guid isPermaLink=\"true\">https://a.example/1</guid>", "https://a.example/1")]
    [InlineData("<guid isPermaLink=\"false\">https://a.example/1</guid>", null)]
    [InlineData("<guid isPermaLink=\"FALSE\">https://a.example/1</guid>", null)]
    [InlineData("<guid>post-1</guid>", null)]
    [InlineData("<guid>https://a.example/guid</guid><link>https://a.example/1</link>", "https://a.example/1")]
    [InlineData("<link/><guid>https://a.example/1</guid>", "https://a.example/1")]
    [InlineData("<atom:link href=\"https://a.example/1\"/>", "https://a.example/1")]
    [InlineData("<atom:link href=\"https://a.example/other\"/><link>https://a.example/1</link>", "https://a.example/1")]
    [InlineData("<link href=\"https://a.example/1\"/>", "https://a.example/1")]
    [InlineData("<link>\n   https://a.example/1\n </link>", "https://a.example/1")]
    [InlineData("<link><![CDATA[https://a.example/1?a=1&b=2]]></link>", "https://a.example/1?a=1&b=2")]
    public void The_address_is_the_link_and_else_a_permanent_guid(string item, string? url) => Assert.Equal(url, Read.Item(item).Url);

    [Theory]
    [InlineData("taro@example.com (Taro Yamada)", "Taro Yamada", "taro@example.com")]
    [InlineData("Taro Yamada &lt;taro@example.com&gt;", "Taro Yamada", "taro@example.com")]
    [InlineData("taro@example.com", null, "taro@example.com")]
    [InlineData("Taro Yamada", "Taro Yamada", null)]
    [InlineData("mailto:taro@example.com (Taro)", "Taro", "taro@example.com")]
    [InlineData("(Taro)", "Taro", null)]
    public void An_author_is_read_in_every_way_that_is_in_use(string written, string? name, string? mail) =>
        Assert.Equal(new Author(name, null, null, mail), Assert.Single(Read.Item($"<author>{written}</author>").Authors));

    [Fact]
    public void Relative_addresses_refer_to_where_the_feed_came_from()
    {
        var entry = Read.Item("<link>/posts/1</link><description>&lt;img src=\"a.png\"&gt; &lt;a href='../b'&gt;b&lt;/a&gt; src=\"c.png\"</description>", "https://a.example/blog/feed.xml");
        Assert.Equal("https://a.example/posts/1", entry.Url);
        Assert.Equal("<img src=\"https://a.example/blog/a.png\"> <a href='https://a.example/b'>b</a> src=\"c.png\"", entry.ContentHtml);
    }

    [Fact]
    public void An_enclosure_with_a_size_that_is_none_is_kept_without_it()
    {
        var item = "<enclosure url='https://a.example/1.mp3' length='-1' type='audio/mpeg'/><enclosure url='https://a.example/2.mp3' length='large'/><enclosure/>";
        Assert.Equal([new Attachment("https://a.example/1.mp3", "audio/mpeg"), new Attachment("https://a.example/2.mp3")], Read.Item(item).Attachments);
    }

    [Fact]
    public void A_title_that_is_only_a_picture_is_kept_as_HTML()
    {
        var entry = Read.Item("<title>&lt;img src=\"https://a.example/t.png\"&gt;</title>");
        Assert.Equal((null, "<img src=\"https://a.example/t.png\">"), (entry.Title, entry.TitleHtml));
    }

    [Fact]
    public void Items_are_read_wherever_they_stand()
    {
        var feed = Read.Text("""
            <rss version="2.0"><item><title>before</title></item>
            <channel><title>t</title><items><item><title>in a list</title></item></items></channel>
            <item><title>after</title></item></rss>
            """);
        Assert.Equal(["before", "in a list", "after"], feed.Entries.Select(entry => entry.Title));
    }

    [Fact]
    public void An_unreadable_date_stays_unknown_and_is_told()
    {
        var feed = Read.Channel("<item><title>t</title><pubDate>the day after tomorrow</pubDate></item>");
        Assert.Null(feed.Entries[0].PublishedAt);
        Assert.Contains("the day after tomorrow", Assert.Single(feed.Repairs).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_entries_are_kept_than_are_wanted()
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(Read.InChannel("<item><title>1</title></item><item><title>2</title></item><item><title>3</title></item>"));
        Assert.True(FeedParser.TryParse(bytes, null, null, new FeedParserOptions { EntryLimit = 2 }, out var feed, out _));
        Assert.Equal(["1", "2"], feed.Entries.Select(entry => entry.Title));
    }
}
