namespace Kawaraban.Feeds.Tests;

/// <summary>What is not well-formed is read as it was meant, and told.</summary>
public sealed class TokenizerRepairTests
{
    /// <summary>Each fixture is a feed of two entries, "First post" and "Second post", with one kind of damage.</summary>
    [Theory]
    [InlineData("rss2-junk-before-root.xml", "junk-before-root")]
    [InlineData("rss2-undefined-entity.xml", "undefined-entity")]
    [InlineData("rss2-bare-ampersand.xml", "bare-ampersand")]
    [InlineData("rss2-bare-less-than.xml", "bare-less-than")]
    [InlineData("rss2-control-characters.xml", "control-character")]
    [InlineData("rss2-crossed-tags.xml", "unclosed-element")]
    [InlineData("rss2-unclosed-element.xml", "unclosed-element")]
    [InlineData("rss2-unclosed-item.xml", "unclosed-element")]
    [InlineData("rss2-stray-end-tag.xml", "stray-end-tag")]
    [InlineData("rss2-unclosed-tag.xml", "unclosed-tag")]
    [InlineData("rss2-unclosed-quotation.xml", "unclosed-quotation")]
    [InlineData("rss2-unclosed-comment.xml", "unclosed-comment")]
    [InlineData("rss2-undeclared-prefix.xml", "undeclared-prefix")]
    [InlineData("rss2-wrong-namespace.xml", "wrong-namespace")]
    [InlineData("rss2-markup-in-text.xml", "markup-in-text")]
    [InlineData("rss2-double-escaped.xml", "double-escaped")]
    [InlineData("rss2-windows-character.xml", "windows-character")]
    [InlineData("rss2-entries-after-root.xml", "junk-after-root")]
    [InlineData("rss2-no-version.xml", "missing-version")]
    [InlineData("rss2-no-root.xml", "missing-root")]
    [InlineData("atom10-crossed-tags.xml", "crossed-tags")]
    [InlineData("atom10-truncated.xml", "truncated")]
    public void A_damaged_feed_keeps_both_entries_and_says_what_was_mended(string fixture, string code)
    {
        var feed = Read.Fixture(fixture);

        Assert.Equal(["First post", "Second post"], feed.Entries.Select(entry => entry.Title));
        Assert.Equal(["https://blog.example.com/1", "https://blog.example.com/2"], feed.Entries.Select(entry => entry.Url));
        var repair = feed.Repairs.FirstOrDefault(repair => repair.Code == code);
        Assert.True(repair is not null, $"no {code}, but: {string.Join(", ", feed.Repairs.Select(other => other.Code))}");
        Assert.InRange(repair.Position, 0, Read.Bytes(fixture).Length);
        Assert.EndsWith(".", repair.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sound_feed_needs_no_repair() => Assert.Empty(Read.Fixture("rss2-sound.xml").Repairs);

    [Theory]
    [InlineData("rss2-full-channel.xml")]
    [InlineData("atom10-full.xml")]
    [InlineData("atom03-full.xml")]
    [InlineData("rss10-sound.xml")]
    [InlineData("rss2-modules-sound.xml")]
    public void Elements_that_hold_others_need_no_repair(string fixture) => Assert.Empty(Read.Fixture(fixture).Repairs);

    [Fact]
    public void A_repair_names_the_byte_at_which_the_damage_stands()
    {
        const string document = "<rss version=\"2.0\"><channel><item><title>Tea & cake</title></item></channel></rss>";
        var repair = Assert.Single(Read.Text(document).Repairs);
        Assert.Equal(("bare-ampersand", document.IndexOf('&')), (repair.Code, repair.Position));
    }

    [Fact]
    public void A_position_counts_the_byte_order_mark()
    {
        var repair = Assert.Single(Read.Text("\uFEFF<rss version='2.0'><channel><title>a & b</title></channel></rss>").Repairs);
        Assert.Equal(3 + "<rss version='2.0'><channel><title>a ".Length, repair.Position);
    }

    [Fact]
    public void Of_each_kind_of_damage_only_the_first_twenty_are_told()
    {
        var feed = Read.Channel(string.Concat(Enumerable.Repeat("<item><title>a & b</title></item>", 500)));
        Assert.Equal(500, feed.Entries.Count);
        Assert.Equal(20, feed.Repairs.Count(repair => repair.Code == "bare-ampersand"));
    }

    [Fact]
    public void Repairs_are_told_in_the_order_of_the_document()
    {
        var positions = Read.Channel("<item><title>a & b</title></i><guid>x</guid></item><item><title>c &nbsp; d</title></item>").Repairs.Select(repair => repair.Position).ToArray();
        Assert.Equal(positions.Order(), positions);
        Assert.Equal(3, positions.Length);
    }

    [Theory]
    [InlineData("a &amp; b", "a & b")]
    [InlineData("a & b", "a & b")]
    [InlineData("AT&T", "AT&T")]
    [InlineData("caf&eacute;", "café")]
    [InlineData("&hellip;", "…")]
    [InlineData("&#12354;&#x3044;", "あい")]
    [InlineData("&#X41;", "A")]
    [InlineData("&#65 cars", "A cars")]
    [InlineData("&unheardof;", "&unheardof;")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")]
    [InlineData("bell\u0007gone", "bellgone")]
    [InlineData("&#7;gone", "gone")]
    [InlineData("&#x1F600;", "😀")]
    [InlineData("&#xD800;", "\uFFFD")]
    [InlineData("&#99999999999;", "\uFFFD")]
    [InlineData("<![CDATA[a & b]]>", "a & b")]
    [InlineData("one <![CDATA[& two]]> three", "one & two three")]
    [InlineData("line\r\nbreak", "line break")]
    [InlineData("&#147;quoted&#148;", "“quoted”")]
    [InlineData("<!-- said -->unsaid", "unsaid")]
    [InlineData("<?php echo 1 ?>unsaid", "unsaid")]
    public void References_and_stray_signs_in_a_title_are_read_as_they_are_meant(string written, string meant) =>
        Assert.Equal(meant, Read.Item($"<title>{written}</title>").Title);

    [Theory]
    [InlineData("<enclosure url=https://a.example/x.mp3 length=12 type=audio/mpeg />")]
    [InlineData("<enclosure url='https://a.example/x.mp3' length='12' type='audio/mpeg'></enclosure>")]
    [InlineData("<enclosure  url = \"https://a.example/x.mp3\"\n length =\"12\" type= \"audio/mpeg\"/>")]
    [InlineData("<ENCLOSURE URL=\"https://a.example/x.mp3\" LENGTH=\"12\" TYPE=\"audio/mpeg\"/>")]
    [InlineData("<enclosure url=\"https://a.example/x.mp3\"length=\"12\"type=\"audio/mpeg\"/>")]
    [InlineData("<enclosure url=\"https://a.example/x.mp3\" hidden length=\"12\" type=\"audio/mpeg\">")]
    public void Attributes_are_read_however_they_are_quoted(string enclosure)
    {
        var attachment = Assert.Single(Read.Item($"<title>t</title>{enclosure}").Attachments);
        Assert.Equal(new Attachment("https://a.example/x.mp3", "audio/mpeg", null, 12), attachment);
    }

    [Fact]
    public void A_greater_than_sign_in_an_attribute_does_not_end_the_tag() =>
        Assert.Equal("https://a.example/?a>b", Read.AtomEntry("<link href=\"https://a.example/?a>b\"/>").Url);

    [Fact]
    public void End_tags_in_another_case_close_their_elements()
    {
        var entry = Read.Item("<Title>mixed</TITLE><LINK>https://a.example/</Link>");
        Assert.Equal(("mixed", "https://a.example/"), (entry.Title, entry.Url));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<?xml version='1.0'?>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-8\">")]
    [InlineData("<?xml encoding=\"utf-8\"?>\n\n")]
    [InlineData("\n\n <?xml version=\"1.0\"?>")]
    [InlineData("<b>Warning</b>: something on line <b>3</b><br />\n<?xml version=\"1.0\"?>")]
    [InlineData("<?xml version=\"1.0\"?><?xml-stylesheet href=\"a.xsl\"?><!-- made by hand -->")]
    [InlineData("<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/publish/formats/rss-0.91.dtd\">")]
    [InlineData("<!DOCTYPE rss [<!ENTITY copy \"&#169;\"> <!ENTITY q \"]>\">]>")]
    public void Whatever_stands_before_the_root_does_not_hide_it(string before) =>
        Assert.Equal("found", Read.Text(before + "<rss version=\"2.0\"><channel><title>found</title></channel></rss>").Title);

    [Fact]
    public void The_complete_entries_of_a_feed_cut_anywhere_survive()
    {
        var whole = Read.Bytes("rss2-sound.xml");
        var text = System.Text.Encoding.UTF8.GetString(whole);
        var firstEnds = text.IndexOf("</item>", StringComparison.Ordinal) + "</item>".Length;
        for (var length = System.Text.Encoding.UTF8.GetByteCount(text[..firstEnds]); length < whole.Length; length++)
        {
            var feed = FeedParser.Parse(whole.AsMemory(0, length));
            Assert.Equal("First post", feed.Entries[0].Title);
            Assert.Equal("https://blog.example.com/1", feed.Entries[0].Url);
        }
    }

    [Fact]
    public void An_unclosed_CDATA_section_ends_with_the_document()
    {
        var feed = Read.Text("<rss version='2.0'><channel><item><title>one</title></item><item><title>two</title><description><![CDATA[the end is miss");
        Assert.Equal(["one", "two"], feed.Entries.Select(entry => entry.Title));
        Assert.Equal("the end is miss", feed.Entries[1].ContentHtml);
        Read.HasRepair(feed, "unclosed-cdata");
    }
}
