using System.Text;
using System.Text.Json;
using Kawaraban.Feeds.Formats;

namespace Kawaraban.Feeds.Tests;

/// <summary>Modules that say something of an entry which no format has a place for.</summary>
public sealed class EntryModuleTests
{
    private const string Everything = """
        <title>t</title><comments>https://a.example/1#comments</comments><slash:comments>7</slash:comments><slash:department>car-talks</slash:department>
        <wfw:commentRss>https://a.example/1/feed</wfw:commentRss><hatena:bookmarkcount>42</hatena:bookmarkcount>
        <thr:in-reply-to ref="tag:a.example,2026:0" href="https://a.example/0"/><georss:point>35.68 139.76</georss:point>
        <georss:featureName>Tokyo</georss:featureName>
        <podcast:transcript url="https://a.example/1.vtt" type="text/vtt"/><podcast:chapters url="https://a.example/1.json" type="application/json+chapters"/>
        """;

    [Fact]
    public void Comments_have_a_page_a_feed_and_a_number()
    {
        var entry = Read.Item(Everything);
        Assert.Equal(("https://a.example/1#comments", "https://a.example/1/feed", 7), (entry.CommentsUrl, entry.CommentsFeedUrl, entry.CommentCount));
        Assert.Equal(("car-talks", 42), (entry.Department, entry.BookmarkCount));
    }

    [Fact]
    public void An_answer_names_the_identity_of_what_it_answers() => Assert.Equal("tag:a.example,2026:0", Read.Item(Everything).InReplyTo);

    [Theory]
    [InlineData("<slash:comments>many</slash:comments>")]
    [InlineData("<slash:comments>-1</slash:comments>")]
    [InlineData("<slash:comments/>")]
    public void What_is_no_number_counts_no_comments(string comments) => Assert.Null(Read.Item("<title>t</title>" + comments).CommentCount);

    [Fact]
    public void Replies_of_Atom_are_a_page_or_a_feed_by_their_type()
    {
        var entry = Read.AtomFeed("""
            <entry><title>t</title>
            <link rel="replies" type="application/atom+xml" href="https://a.example/1/comments.atom" thr:count="3"/>
            <link rel="replies" type="text/html" href="https://a.example/1#comments"/></entry>
            """).Entries[0];
        Assert.Equal(("https://a.example/1/comments.atom", "https://a.example/1#comments", 3), (entry.CommentsFeedUrl, entry.CommentsUrl, entry.CommentCount));
        Assert.Null(entry.Url);
    }

    [Fact]
    public void The_total_of_answers_counts_more_than_that_of_a_link() =>
        Assert.Equal(9, Read.AtomFeed("<entry><link rel='replies' href='https://a.example/r' thr:count='3'/><thr:total>9</thr:total></entry>").Entries[0].CommentCount);

    [Theory]
    [InlineData("<georss:point>35.5 139.25</georss:point>")]
    [InlineData("<georss:point> 35.5,  139.25 </georss:point>")]
    [InlineData("<geo:lat>35.5</geo:lat><geo:long>139.25</geo:long>")]
    [InlineData("<geo:Point><geo:lat>35.5</geo:lat><geo:long>139.25</geo:long></geo:Point>")]
    [InlineData("<georss:where><gml:Point><gml:pos>35.5 139.25</gml:pos></gml:Point></georss:where>")]
    public void A_place_is_written_in_many_ways(string place) => Assert.Equal(new Location(35.5, 139.25), Read.Item("<title>t</title>" + place).Location);

    [Theory]
    [InlineData("<georss:point>135.5 39.25</georss:point>")]
    [InlineData("<georss:point>35.5</georss:point>")]
    [InlineData("<georss:point> </georss:point>")]
    [InlineData("<geo:lat>35.5</geo:lat>")]
    [InlineData("<geo:lat>NaN</geo:lat><geo:long>1</geo:long>")]
    [InlineData("<georss:box>1 2 3 4</georss:box>")]
    public void What_is_not_on_Earth_or_no_point_is_no_place(string place) => Assert.Null(Read.Item("<title>t</title>" + place).Location);

    [Fact]
    public void Nothing_of_one_entry_is_left_for_the_next()
    {
        var entries = Read.Channel($"<item>{Everything}</item><item><title>t</title></item>").Entries;
        Assert.Equal(new Entry { Title = "t" }, entries[1] with { Authors = new Entry().Authors, Tags = new Entry().Tags, Attachments = new Entry().Attachments });
    }

    [Fact]
    public void An_entry_of_note_has_its_picture_as_text_and_its_author_with_a_face()
    {
        var entry = Read.Item("""
            <title>t</title><media:thumbnail>https://a.example/eyecatch.png</media:thumbnail>
            <note:creatorImage>https://a.example/face.png</note:creatorImage><note:creatorName>花子</note:creatorName>
            """);
        Assert.Equal("https://a.example/eyecatch.png", entry.ImageUrl);
        Assert.Equal(new Author("花子", null, "https://a.example/face.png"), Assert.Single(entry.Authors));
    }

    [Fact]
    public void The_modules_stand_in_the_extension_of_the_item()
    {
        using var json = JsonDocument.Parse(JsonFeedWriterTests.Write(Read.Channel($"<item>{Everything}</item><item><title>t</title></item>"), new JsonFeedWriterOptions()));
        var items = json.RootElement.GetProperty("items");
        var extension = items[0].GetProperty("_kawaraban");
        Assert.Equal((7, 42), (extension.GetProperty("comment_count").GetInt32(), extension.GetProperty("bookmark_count").GetInt32()));
        Assert.Equal((35.68, "Tokyo"), (extension.GetProperty("location").GetProperty("latitude").GetDouble(), extension.GetProperty("location").GetProperty("name").GetString()));
        Assert.Equal("https://a.example/1.vtt", extension.GetProperty("transcript_url").GetString());
        Assert.False(items[1].TryGetProperty("_kawaraban", out _), "an item without modules has no extension");
    }

    [Theory]
    [InlineData("""{"content_text": "plain", "content_html": "<p>rich</p>"}""", "<p>rich</p>", null)]
    [InlineData("""{"content_html": "<p>rich</p>", "content_text": "plain"}""", "<p>rich</p>", null)]
    [InlineData("""{"content_html": "", "content_text": "plain", "title": "t"}""", null, "plain")]
    [InlineData("""{"content_text": {"no": "text"}, "title": "t"}""", null, null)]
    public void Of_a_JSON_content_that_stands_there_twice_the_HTML_is_taken(string item, string? html, string? text)
    {
        var entry = FeedParser.Parse(Encoding.UTF8.GetBytes($$"""{"version": "https://jsonfeed.org/version/1.1", "items": [{{item}}, {"id": "2"}]}""")).Entries[0];
        Assert.Equal((html, text), (entry.ContentHtml, entry.ContentText));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/posts/1")]
    [InlineData("/posts/1?page=2#top")]
    [InlineData("/a//b/")]
    [InlineData("/a/../b")]
    [InlineData("/a/.hidden")]
    [InlineData("/a.b/c.html")]
    [InlineData("//other.example/x")]
    [InlineData("/~user_1/-x")]
    [InlineData("/?q=/../x")]
    public void A_path_from_the_root_is_joined_as_the_platform_joins_it(string path)
    {
        foreach (var text in new[] { "https://A.example:443/dir/page?x#y", "http://user@a.example:8080/", "http://日本.example/dir/", "ftp://a.example/dir/" })
        {
            var baseUrl = new Uri(text);
            Assert.True(Uri.TryCreate(path, UriKind.Relative, out var relative));
            var expected = new Uri(baseUrl, relative).AbsoluteUri;
            var feed = FeedParser.Parse(Encoding.UTF8.GetBytes($"<rss version='2.0'><channel><item><link>{path}</link><description><![CDATA[<a href=\"{path}\">x</a>]]></description></item></channel></rss>"), null, baseUrl);
            Assert.Equal(expected, feed.Entries[0].Url);
            Assert.Equal($"<a href=\"{expected}\">x</a>", feed.Entries[0].ContentHtml);
        }
    }
}
