namespace Kawaraban.Feeds.Tests;

/// <summary>What modules add to an entry or a feed, and that they never overrule the feed's own words.</summary>
public sealed class ModuleTests
{
    [Fact]
    public void Dublin_Core_fills_what_the_item_leaves_open()
    {
        var entry = Read.Item("<dc:title>t</dc:title><dc:description>d</dc:description><dc:creator>Hanako</dc:creator><dc:subject>tag</dc:subject><dc:date>2026-11-23T00:00:00Z</dc:date><dc:language>ja</dc:language>");
        Assert.Equal(("t", "d", "ja"), (entry.Title, entry.ContentHtml, entry.Language));
        Assert.Equal([new Author("Hanako")], entry.Authors);
        Assert.Equal(["tag"], entry.Tags);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), entry.PublishedAt);
    }

    [Fact]
    public void The_items_own_words_count_more_than_Dublin_Cores()
    {
        var entry = Read.Item("<dc:title>other</dc:title><title>own</title><dc:date>2020-01-01T00:00:00Z</dc:date><pubDate>Mon, 23 Nov 2026 00:00:00 GMT</pubDate>");
        Assert.Equal(("own", 2026), (entry.Title, entry.PublishedAt!.Value.Year));
    }

    [Fact]
    public void Dublin_Cores_terms_say_when_an_item_was_changed()
    {
        var entry = Read.Item("<title>t</title><dcterms:modified>2026-11-23T00:00:00Z</dcterms:modified><dcterms:created>2026-11-22T00:00:00Z</dcterms:created>");
        Assert.Equal((23, 22), (entry.ModifiedAt!.Value.Day, entry.PublishedAt!.Value.Day));
    }

    [Fact]
    public void Media_RSS_brings_pictures_files_titles_and_tags()
    {
        var entry = Read.Item("""
            <media:group><media:title>t</media:title><media:description>d</media:description><media:thumbnail url="https://a.example/t.png"/>
            <media:content url="https://a.example/v.mp4" type="video/mp4" fileSize="1000" duration="61"><media:keywords>one, two</media:keywords></media:content></media:group>
            """);
        Assert.Equal(("t", "d", "https://a.example/t.png"), (entry.Title, entry.ContentHtml, entry.ImageUrl));
        Assert.Equal([new Attachment("https://a.example/v.mp4", "video/mp4", null, 1000, 61)], entry.Attachments);
        Assert.Equal(["one", "two"], entry.Tags);
    }

    [Fact]
    public void A_picture_among_the_media_is_the_entrys() =>
        Assert.Equal("https://a.example/p.jpg", Read.Item("<title>t</title><media:content url='https://a.example/p.jpg' medium='image'/>").ImageUrl);

    [Fact]
    public void The_same_file_is_attached_once() =>
        Assert.Single(Read.Item("<enclosure url='https://a.example/1.mp3' type='audio/mpeg'/><media:content url='https://a.example/1.mp3'/>").Attachments);

    [Theory]
    [InlineData("90", 90)]
    [InlineData("1:30", 90)]
    [InlineData("1:00:01", 3601)]
    [InlineData("01:01:01:01", null)]
    [InlineData("an hour", null)]
    public void An_episode_plays_as_long_as_iTunes_says(string duration, int? seconds)
    {
        var entry = Read.Item($"<enclosure url='https://a.example/1.mp3' type='audio/mpeg'/><itunes:duration>{duration}</itunes:duration>");
        Assert.Equal(seconds, Assert.Single(entry.Attachments).DurationInSeconds);
    }

    [Fact]
    public void An_episode_has_iTunes_author_picture_summary_and_keywords()
    {
        var entry = Read.Item("<itunes:author>Hanako</itunes:author><itunes:image href='https://a.example/e.png'/><itunes:summary>s</itunes:summary><itunes:keywords>one,two</itunes:keywords>");
        Assert.Equal(("Hanako", "https://a.example/e.png", "s"), (entry.Authors[0].Name, entry.ImageUrl, entry.ContentHtml));
        Assert.Equal(["one", "two"], entry.Tags);
    }

    [Fact]
    public void A_podcast_has_iTunes_picture_and_author()
    {
        var feed = Read.Channel("<itunes:image href='https://a.example/p.png'/><itunes:author>Hanako</itunes:author><itunes:summary>s</itunes:summary>");
        Assert.Equal(("https://a.example/p.png", "Hanako", "s"), (feed.IconUrl, Assert.Single(feed.Authors).Name, feed.Description));
    }

    [Fact]
    public void A_licence_is_the_notice_of_rights_where_there_is_no_other()
    {
        Assert.Equal("https://cc.example/by", Read.Channel("<cc:license>https://cc.example/by</cc:license>").Rights);
        Assert.Equal("© us", Read.Channel("<cc:license>https://cc.example/by</cc:license><copyright>© us</copyright>").Rights);
    }

    [Fact]
    public void Hatena_names_the_picture_of_an_entry() =>
        Assert.Equal("https://a.example/h.png", Read.Item("<title>t</title><hatena:imageurl>https://a.example/h.png</hatena:imageurl>").ImageUrl);

    [Fact]
    public void XHTML_in_an_item_is_its_content() =>
        Assert.Equal("<p>a</p>", Read.Item("<body xmlns='http://www.w3.org/1999/xhtml'><p>a</p></body>").ContentHtml);

    [Fact]
    public void Atom_in_an_item_fills_what_it_leaves_open()
    {
        var entry = Read.Item("<atom:updated>2026-11-23T00:00:00Z</atom:updated><atom:author><atom:name>Hanako</atom:name></atom:author><atom:summary>s</atom:summary>");
        Assert.Equal(("Hanako", "s", 23), (entry.Authors[0].Name, entry.ContentText, entry.ModifiedAt!.Value.Day));
    }

    [Theory]
    [InlineData("<ttl>90</ttl>", 90)]
    [InlineData("<ttl> 15 </ttl>", 15)]
    [InlineData("<ttl>0</ttl>", null)]
    [InlineData("<ttl>-5</ttl>", null)]
    [InlineData("<ttl>soon</ttl>", null)]
    [InlineData("<ttl>99999999999</ttl>", null)]
    public void The_time_to_live_is_in_minutes(string ttl, int? minutes) =>
        Assert.Equal(minutes, (int?)Read.Channel(ttl).Update.TimeToLive?.TotalMinutes);

    [Fact]
    public void Hours_and_days_to_skip_are_sorted_and_sensible()
    {
        var update = Read.Channel("""
            <skipHours><hour>3</hour><hour>24</hour><hour>1</hour><hour>3</hour><hour>99</hour><hour>night</hour></skipHours>
            <skipDays><day>Sunday</day><day>saturday</day><day>Holiday</day><day>3</day></skipDays>
            """).Update;
        Assert.Equal([0, 1, 3], update.SkipHours);
        Assert.Equal([DayOfWeek.Sunday, DayOfWeek.Saturday], update.SkipDays);
    }

    [Fact]
    public void The_syndication_module_says_how_often_a_feed_changes()
    {
        var update = Read.Channel("<sy:updatePeriod> Hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency><sy:updateBase>2026-01-01T00:00:00Z</sy:updateBase>").Update;
        Assert.Equal(("hourly", 2, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), (update.Period, update.Frequency, update.Base));
    }

    [Fact]
    public void Without_hints_there_are_none() =>
        Assert.Same(UpdateHints.None, Read.Channel("<sy:updatePeriod>whenever</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>").Update);

    [Fact]
    public void CDF_is_read_from_its_attributes_and_abstracts()
    {
        var feed = Read.Fixture("cdf-channel.xml");
        Assert.Equal((FeedFormat.Cdf, "Channel", "About it", "https://a.example/"), (feed.Format, feed.Title, feed.Description, feed.HomePageUrl));
        Assert.Equal("https://a.example/logo.gif", feed.IconUrl);
        Assert.Equal(["https://a.example/1", "https://a.example/2"], feed.Entries.Select(entry => entry.Url));
        Assert.Equal(("One", "First"), (feed.Entries[0].Title, feed.Entries[0].Summary));
    }
}
