namespace Kawaraban.Feeds.Tests;

/// <summary>Atom 1.0 (RFC 4287) and 0.3.</summary>
public sealed class AtomTests
{
    [Theory]
    [InlineData("<feed xmlns=\"http://www.w3.org/2005/Atom\">", FeedFormat.Atom10)]
    [InlineData("<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\">", FeedFormat.Atom03)]
    [InlineData("<feed version=\"0.3\">", FeedFormat.Atom03)]
    [InlineData("<feed>", FeedFormat.Atom10)]
    public void The_version_is_known_by_namespace_or_attribute(string root, FeedFormat format) =>
        Assert.Equal(format, Read.Text($"{root}<title>t</title></feed>").Format);

    [Fact]
    public void A_feed_says_everything_about_itself()
    {
        var feed = Read.Fixture("atom10-full.xml");
        Assert.Equal(("Engineering", "What we build", "en", "© Example"), (feed.Title, feed.Description, feed.Language, feed.Rights));
        Assert.Equal(("https://blog.example.com/", "https://blog.example.com/atom.xml"), (feed.HomePageUrl, feed.FeedUrl));
        Assert.Equal(("https://blog.example.com/logo.png", "https://blog.example.com/favicon.ico"), (feed.IconUrl, feed.FaviconUrl));
        Assert.Equal(["https://hub.example.com/"], feed.Hubs);
        Assert.Equal([new Author("Hanako", "https://blog.example.com/hanako", null, "hanako@example.com")], feed.Authors);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 1, 2, 3, TimeSpan.Zero), feed.UpdatedAt);
        Assert.Empty(feed.Repairs);
    }

    [Fact]
    public void An_entry_says_everything_about_itself()
    {
        var entry = Read.Fixture("atom10-full.xml").Entries[0];
        Assert.Equal(("tag:blog.example.com,2026:1", "https://blog.example.com/1", "https://elsewhere.example.com/"), (entry.Id, entry.Url, entry.ExternalUrl));
        Assert.Equal(("Faster feeds", "<p>Hello</p>", "Short"), (entry.Title, entry.ContentHtml, entry.Summary));
        Assert.Equal(["feeds", "Speed"], entry.Tags);
        Assert.Equal([new Attachment("https://blog.example.com/1.mp3", "audio/mpeg", "Listen", 1000)], entry.Attachments);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), entry.PublishedAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.FromHours(9)), entry.ModifiedAt);
        Assert.Equal([new Author("Taro"), new Author("Jiro")], entry.Authors);
        Assert.Equal("ja", entry.Language);
    }

    [Fact]
    public void The_source_of_an_entry_is_not_the_entry()
    {
        // RFC 4287 §4.2.11: the metadata of the feed that the entry was copied from.
        var entry = Read.AtomEntry("<source><title>Elsewhere</title><id>urn:feed</id><link href='https://b.example/'/><updated>2020-01-01T00:00:00Z</updated></source><title>mine</title><id>urn:1</id>");
        Assert.Equal(("mine", "urn:1", null, null), (entry.Title, entry.Id, entry.Url, entry.ModifiedAt));
    }

    [Theory]
    [InlineData("<title>a &lt;b&gt; c</title>", "a <b> c")]
    [InlineData("<title type='text'>1 &lt; 2 &amp;amp; 3</title>", "1 < 2 &amp; 3")]
    [InlineData("<title type='html'>&lt;i&gt;a&lt;/i&gt; &amp;amp; b</title>", "a & b")]
    [InlineData("<title type='html'><![CDATA[<i>a</i> &amp; b]]></title>", "a & b")]
    [InlineData("<title type='text/html' mode='escaped'>&lt;i&gt;a&lt;/i&gt;</title>", "a")]
    [InlineData("<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><i>a</i> &amp; b</div></title>", "a & b")]
    [InlineData("<title type='application/xhtml+xml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'>a <x:b>b</x:b></x:div></title>", "a b")]
    [InlineData("<title mode='base64'>44GC44GE</title>", "あい")]
    public void A_title_is_text_whatever_its_type(string title, string text) => Assert.Equal(text, Read.AtomEntry(title).Title);

    [Theory]
    [InlineData("<content type='html'>&lt;p&gt;a &amp;amp; b&lt;/p&gt;</content>", "<p>a &amp; b</p>", null)]
    [InlineData("<content type='html'><![CDATA[<p>a</p>]]></content>", "<p>a</p>", null)]
    [InlineData("<content type='text'>a &lt;b&gt; &amp;amp;</content>", null, "a <b> &amp;")]
    [InlineData("<content>plain</content>", null, "plain")]
    [InlineData("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>a<br/>b</p></div></content>", "<p>a<br />b</p>", null)]
    [InlineData("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a &lt;b&gt; c</div></content>", "a &lt;b&gt; c", null)]
    [InlineData("<content type='xhtml'><h:div xmlns:h='http://www.w3.org/1999/xhtml'><h:p>a</h:p></h:div></content>", "<p>a</p>", null)]
    [InlineData("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><script/></div></content>", "<script></script>", null)]
    [InlineData("<content type='text/html' mode='base64'>PHA+YTwvcD4=</content>", "<p>a</p>", null)]
    [InlineData("<content type='html' mode='xml'><p>a</p></content>", "<p>a</p>", null)]
    public void A_content_is_what_its_type_says(string content, string? html, string? text)
    {
        var entry = Read.AtomEntry(content);
        Assert.Equal((html, text), (entry.ContentHtml, entry.ContentText));
    }

    [Fact]
    public void Base64_that_is_none_is_taken_as_text_and_told()
    {
        var feed = Read.AtomFeed("<entry><content type='text/plain' mode='base64'>not base64!</content></entry>");
        Assert.Equal("not base64!", feed.Entries[0].ContentText);
        Read.HasRepair(feed, "bad-base64");
    }

    [Fact]
    public void A_content_elsewhere_is_the_address_of_an_entry_without_one() =>
        Assert.Equal("https://a.example/v.html", Read.AtomEntry("<content src='https://a.example/v.html' type='text/html'/>").Url);

    [Fact]
    public void Addresses_refer_to_the_innermost_base()
    {
        var feed = Read.Text("""
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/one/">
            <link href="home"/>
            <entry xml:base="two/"><link href="post"/><content type="html" xml:base="three/">&lt;img src="i.png"&gt;</content></entry>
            <entry><link href="post"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p xml:base="/four/"><a href="x">x</a></p><a href="y">y</a></div></content></entry>
            </feed>
            """);
        Assert.Equal("https://a.example/one/home", feed.HomePageUrl);
        Assert.Equal(["https://a.example/one/two/post", "https://a.example/one/post"], feed.Entries.Select(entry => entry.Url));
        Assert.Equal("<img src=\"https://a.example/one/two/three/i.png\">", feed.Entries[0].ContentHtml);
        Assert.Equal("<p><a href=\"https://a.example/four/x\">x</a></p><a href=\"https://a.example/one/y\">y</a>", feed.Entries[1].ContentHtml);
    }

    [Theory]
    [InlineData("<link href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel='alternate' href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel='alternate' type='application/json' href='https://a.example/j'/><link rel='alternate' type='text/html' href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel='edit' href='https://a.example/e'/><link rel='self' href='https://a.example/s'/><link href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel='http://www.iana.org/assignments/relation/alternate' href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel='ALTERNATE' href='https://a.example/loud'/><link rel='alternate' href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel='ALTERNATE' href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link>https://a.example/1</link>", "https://a.example/1")]
    [InlineData("<link rel='replies' href='https://a.example/r'/>", null)]
    public void The_address_is_the_alternate_page(string links, string? url) => Assert.Equal(url, Read.AtomEntry(links).Url);

    [Fact]
    public void Atom_0_3_has_other_names_for_the_same_things()
    {
        var feed = Read.Fixture("atom03-full.xml");
        Assert.Equal((FeedFormat.Atom03, "Old blog", "From before 2005", "© Example"), (feed.Format, feed.Title, feed.Description, feed.Rights));
        var entry = Assert.Single(feed.Entries);
        Assert.Equal(("Old post", "https://blog.example.com/old"), (entry.Title, entry.Url));
        Assert.Equal("<p>Inline <b>markup</b></p>", entry.ContentHtml);
        Assert.Equal(new DateTimeOffset(2004, 1, 2, 3, 4, 5, TimeSpan.Zero), entry.PublishedAt);
        Assert.Equal(new DateTimeOffset(2004, 2, 3, 4, 5, 6, TimeSpan.Zero), entry.ModifiedAt);
    }

    [Fact]
    public void A_lone_entry_is_a_feed_of_one() =>
        Assert.Equal("alone", Assert.Single(Read.Text("<entry xmlns='http://www.w3.org/2005/Atom'><title>alone</title><id>urn:1</id></entry>").Entries).Title);

    [Fact]
    public void Markup_that_should_have_been_escaped_is_kept_as_HTML()
    {
        var feed = Read.AtomFeed("<entry><summary>a <em>strong</em> word</summary></entry>");
        Assert.Equal("a <em>strong</em> word", feed.Entries[0].Summary);
        Read.HasRepair(feed, "markup-in-text");
    }

    [Fact]
    public void An_empty_entry_is_an_entry() => Assert.Equal(2, Read.AtomFeed("<entry/><entry></entry>").Entries.Count);
}
