using System.Text;

namespace Kawaraban.Feeds.Tests;

/// <summary>The bytes decide, then the header, then the declaration, then detection (RFC 7303 §3, the WHATWG Encoding Standard, and practice).</summary>
public sealed class EncodingTests
{
    // Long enough to be detected by its bytes alone.
    private const string Japanese = "日本の技術ブログを集めて読みやすくする試みについて説明します。今日は東京で勉強会がありました。カタカナとひらがなと漢字が混ざった普通の文章です。";
    private const string Chinese = "我们在这里介绍一个收集技术博客的程序。今天在北京举行了一次会议，大家讨论了搜索引擎的实现方法。这是一段普通的中文文字。";
    private const string Russian = "Сегодня мы расскажем о том, как собирать технические блоги и читать их на одной странице. Это обычный русский текст.";

    [Theory]
    [InlineData("shift_jis", "shift_jis")]
    [InlineData("Windows-31J", "shift_jis")]
    [InlineData("x-sjis", "shift_jis")]
    [InlineData("euc-jp", "euc-jp")]
    [InlineData("EUC_JP", "euc-jp")]
    [InlineData("iso-2022-jp", "iso-2022-jp")]
    public void Japanese_is_read_as_the_declaration_says(string declared, string label)
    {
        var feed = Read.Encoded(Document(Japanese, declared), label);
        Assert.Equal((Japanese, label), (feed.Title, feed.Encoding));
        Assert.Empty(feed.Repairs);
    }

    [Theory]
    [InlineData("shift_jis")]
    [InlineData("euc-jp")]
    [InlineData("iso-2022-jp")]
    public void Japanese_is_read_as_the_header_says(string label)
    {
        var feed = Read.Encoded(Document(Japanese, null), label, $"text/xml; charset={label}");
        Assert.Equal((Japanese, label), (feed.Title, feed.Encoding));
        Assert.Empty(feed.Repairs);
    }

    [Theory]
    [InlineData("shift_jis")]
    [InlineData("euc-jp")]
    [InlineData("iso-2022-jp")]
    public void Japanese_is_detected_where_nothing_is_said(string label)
    {
        var feed = Read.Encoded(Document(Japanese, null), label);
        Assert.Equal((Japanese, label), (feed.Title, feed.Encoding));
        Read.HasRepair(feed, "missing-encoding");
    }

    [Theory]
    [InlineData("shift_jis", "utf-8")]
    [InlineData("euc-jp", "utf-8")]
    [InlineData("euc-jp", "shift_jis")]
    public void Japanese_is_detected_where_the_declaration_is_wrong(string label, string declared)
    {
        var feed = Read.Encoded(Document(Japanese, declared), label);
        Assert.Equal((Japanese, label), (feed.Title, feed.Encoding));
        Read.HasRepair(feed, "wrong-encoding");
    }

    [Theory]
    [InlineData("①㈱髙﨑ⅷ")]
    [InlineData("～－∥")]
    public void Shift_JIS_includes_the_characters_of_Windows(string text) =>
        Assert.Equal(text, Read.Encoded(Document(text, "Shift_JIS"), "shift_jis").Title);

    [Theory]
    [InlineData("gb2312", "gb18030")]
    [InlineData("GBK", "gb18030")]
    [InlineData("gb18030", "gb18030")]
    public void Chinese_is_read_with_the_superset_of_what_is_declared(string declared, string label)
    {
        var feed = Read.Encoded(Document(Chinese, declared), "gb18030");
        Assert.Equal((Chinese, label), (feed.Title, feed.Encoding));
    }

    [Theory]
    [InlineData("big5", "big5", "繁體中文的技術部落格")]
    [InlineData("euc-kr", "euc-kr", "한국어 기술 블로그")]
    [InlineData("koi8-r", "koi8-r", Russian)]
    [InlineData("windows-1251", "windows-1251", Russian)]
    [InlineData("windows-1250", "windows-1250", "Příliš žluťoučký kůň")]
    [InlineData("iso-8859-2", "iso-8859-2", "Zażółć gęślą jaźń")]
    [InlineData("windows-1252", "windows-1252", "It’s “naïve” – 5 €")]
    [InlineData("windows-1253", "windows-1253", "Ελληνικά")]
    [InlineData("windows-1255", "windows-1255", "עברית")]
    [InlineData("windows-1256", "windows-1256", "العربية")]
    [InlineData("windows-874", "windows-874", "ภาษาไทย")]
    public void Other_encodings_are_read_as_declared(string encoding, string label, string text)
    {
        var feed = Read.Encoded(Document(text, encoding), encoding == "euc-kr" ? "ks_c_5601-1987" : encoding);
        Assert.Equal((text, label), (feed.Title, feed.Encoding));
    }

    [Fact]
    public void Latin_1_is_what_Windows_calls_it()
    {
        var feed = Read.Encoded(Document("“naïve”", "iso-8859-1"), "windows-1252");
        Assert.Equal(("“naïve”", "windows-1252"), (feed.Title, feed.Encoding));
    }

    [Theory]
    [InlineData("utf-16", true, "utf-16le")]
    [InlineData("utf-16BE", true, "utf-16be")]
    [InlineData("utf-16", false, "utf-16le")]
    [InlineData("utf-16BE", false, "utf-16be")]
    [InlineData("utf-32", true, "utf-32le")]
    [InlineData("utf-32BE", true, "utf-32be")]
    [InlineData("utf-32", false, "utf-32le")]
    [InlineData("utf-32BE", false, "utf-32be")]
    public void Wide_encodings_are_known_by_their_mark_or_their_zeros(string encoding, bool hasMark, string label)
    {
        var charset = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. hasMark ? charset.GetPreamble() : [], .. charset.GetBytes(Document(Japanese, "utf-16"))];
        var feed = FeedParser.Parse(bytes);
        Assert.Equal((Japanese, label), (feed.Title, feed.Encoding));
    }

    [Fact]
    public void A_byte_order_mark_counts_more_than_header_and_declaration()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Document(Japanese, "shift_jis"))];
        var feed = FeedParser.Parse(bytes, "text/xml; charset=euc-jp");
        Assert.Equal((Japanese, "utf-8"), (feed.Title, feed.Encoding));
    }

    [Fact]
    public void The_header_counts_more_than_the_declaration()
    {
        var feed = Read.Encoded(Document(Russian, "windows-1252"), "koi8-r", "text/xml; charset=koi8-r");
        Assert.Equal((Russian, "koi8-r"), (feed.Title, feed.Encoding));
    }

    [Fact]
    public void A_servers_Western_default_counts_less_than_the_declaration()
    {
        var feed = Read.Encoded(Document(Japanese, "euc-jp"), "euc-jp", "text/xml; charset=ISO-8859-1");
        Assert.Equal((Japanese, "euc-jp"), (feed.Title, feed.Encoding));
    }

    [Theory]
    [InlineData("text/xml; charset=shift_jis")]
    [InlineData("text/xml;charset=\"Shift_JIS\"")]
    [InlineData("text/xml; version=1; CHARSET = 'shift_jis'; q=1")]
    [InlineData("charset=shift_jis")]
    public void The_header_is_read_however_it_is_quoted(string contentType) =>
        Assert.Equal("shift_jis", Read.Encoded(Document(Japanese, null), "shift_jis", contentType).Encoding);

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("windows-1251")]
    [InlineData("shift_jis")]
    public void UTF_8_proves_itself_whatever_is_declared(string declared)
    {
        var feed = Read.Text(Document(Japanese, declared));
        Assert.Equal((Japanese, "utf-8"), (feed.Title, feed.Encoding));
        Read.HasRepair(feed, "wrong-encoding");
    }

    [Fact]
    public void An_encoding_that_does_not_exist_is_told()
    {
        var feed = Read.Text(Document(Japanese, "utf-eight"));
        Assert.Equal(Japanese, feed.Title);
        Read.HasRepair(feed, "unknown-encoding");
    }

    [Fact]
    public void A_few_bytes_of_Windows_in_UTF_8_are_read_as_such_and_told()
    {
        var bytes = Encoding.UTF8.GetBytes(Document($"{Japanese} It#s", "utf-8"));
        bytes[Array.LastIndexOf(bytes, (byte)'#')] = 0x92;
        var feed = FeedParser.Parse(bytes);
        Assert.Equal(($"{Japanese} It’s", "utf-8"), (feed.Title, feed.Encoding));
        Read.HasRepair(feed, "undecodable-bytes");
    }

    [Fact]
    public void UTF_8_that_was_encoded_twice_is_decoded_twice()
    {
        var twice = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("日本語ブログ"));
        var feed = Read.Text(Document(twice, "utf-8"));
        Assert.Equal("日本語ブログ", feed.Title);
        Read.HasRepair(feed, "double-encoded");
    }

    [Theory]
    [InlineData("shift_jis")]
    [InlineData("euc-jp")]
    [InlineData("iso-2022-jp")]
    [InlineData("gb18030")]
    [InlineData("big5")]
    [InlineData("euc-kr")]
    public void A_byte_that_means_nothing_in_its_encoding_is_told_and_reading_comes_to_an_end(string label)
    {
        var bytes = Encoding.GetEncoding(label).GetBytes(Document(string.Concat(Enumerable.Repeat("漢字#", 300)), label));
        bytes[Array.LastIndexOf(bytes, (byte)'#')] = 0xFF;
        var feed = FeedParser.Parse(bytes);
        Assert.StartsWith("漢字#漢字#", feed.Title, StringComparison.Ordinal);
        Assert.Equal(label, feed.Encoding);
    }

    [Theory]
    [InlineData("us-ascii", "windows-1252")]
    [InlineData("utf-8", "utf-8")]
    [InlineData(null, "utf-8")]
    public void Plain_ASCII_is_in_whatever_encoding_it_says(string? declared, string label) =>
        Assert.Equal(label, Read.Text(Document("plain", declared)).Encoding);

    private static string Document(string title, string? declared) =>
        $"<?xml version=\"1.0\"{(declared is null ? "" : $" encoding=\"{declared}\"")}?>\n<rss version=\"2.0\"><channel><title>{title}</title></channel></rss>\n";
}
