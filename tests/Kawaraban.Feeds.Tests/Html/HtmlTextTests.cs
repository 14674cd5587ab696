using System.Text;
using CsCheck;
using Kawaraban.Feeds.Html;

namespace Kawaraban.Feeds.Tests.Html;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>Two</p>", "One Two")]
    [InlineData("<ul><li>One<li>Two</ul>three", "One Two three")]
    [InlineData("a<br>b<hr/>c", "a b c")]
    [InlineData("un<b>believ</b><em>able</em>", "unbelievable")]
    [InlineData("<td>1</td><td>2</td>", "1 2")]
    [InlineData("<my-card>a</my-card>b", "ab")]
    public void Elements_that_begin_a_line_part_words_and_others_do_not(string html, string text) => Assert.Equal(text, HtmlText.Extract(html));

    [Theory]
    [InlineData("Tom &amp; Jerry &lt;3 &quot;x&quot; &apos;", "Tom & Jerry <3 \"x\" '")]
    [InlineData("caf&eacute; &hellip; &Omega; &#8217; &#x2014;", "café … Ω ’ —")]
    [InlineData("&NotEqualTilde;", "≂̸")]
    [InlineData("don&#146;t &#150; really", "don’t – really")]
    [InlineData("a&nbsp;&nbsp;b&nbsp", "a b")]
    [InlineData("AT&amp T, R&D, ?a=1&copy=2 &nonsense; & &", "AT& T, R&D, ?a=1&copy=2 &nonsense; & &")]
    [InlineData("&#x1F600; &#55357; &#1114112;", "😀 \uFFFD \uFFFD")]
    public void References_become_characters(string html, string text) => Assert.Equal(text, HtmlText.Extract(html));

    [Theory]
    [InlineData("a<script>if (1 < 2) alert('</p>')</script>b", "ab")]
    [InlineData("a<SCRIPT src=x>x</SCRIPT >b", "ab")]
    [InlineData("a<style>p { }</style>b<!-- no --><!-->c<!--->d<!-- x --!>e", "abcde")]
    [InlineData("a<![CDATA[ <b>no</b> ]]>b<!DOCTYPE html><?php echo 1 ?>c", "abc")]
    [InlineData("a<template><p>no</p></template>b<noscript>Turn on JavaScript</noscript>c", "a b c")]
    [InlineData("a<svg><title>no</title><text>no</text></svg>b", "a b")]
    [InlineData("a<video controls>Your browser is old<video>x</video>!</video>b", "a b")]
    [InlineData("a<script>b", "a")]
    [InlineData("a<script src='x'/>b", "ab")]
    [InlineData("a<iframe src='x'/>b<iframe>no</iframe>c", "a b c")]
    [InlineData("a<title>Page</title>b<textarea><b>x</textarea>c", "abc")]
    public void What_is_not_for_readers_is_left_out(string html, string text) => Assert.Equal(text, HtmlText.Extract(html));

    [Theory]
    [InlineData("The <video> element", "The element")]
    [InlineData("The <title> of a page and <title> again", "The of a page and again")]
    [InlineData("<noscript>a<video>b", "a b")]
    [InlineData("a<!-- - >b", "ab")]
    [InlineData("a<!' b <? c", "a<!' b <? c")]
    [InlineData("a<!DOCTYPE", "a<!DOCTYPE")]
    public void An_element_that_is_never_closed_hides_nothing(string html, string text) => Assert.Equal(text, HtmlText.Extract(html));

    [Theory]
    [InlineData("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>を読む", "漢字を読む")]
    [InlineData("<ruby>漢<rt>かん<rb>字<rt>じ</ruby>を読む", "漢字を読む")]
    [InlineData("<p><ruby>漢<rt>かん</p><p>字</p>", "漢 字")]
    public void Pronunciation_is_left_out_so_that_the_word_is_found(string html, string text) => Assert.Equal(text, HtmlText.Extract(html));

    [Theory]
    [InlineData("<a title=\"a > b\" href='x>y'>text</a>", "text")]
    [InlineData("<p don't>text</p>", "text")]
    [InlineData("<a href=\"x>text</a> more", "text more")]
    [InlineData("text <a href=\"http://example.com/lo", "text")]
    [InlineData("text </p", "text")]
    [InlineData("text <im", "text")]
    [InlineData("if a < b && b > c", "if a < b && b > c")]
    [InlineData("if a <b then c", "if a <b then c")]
    [InlineData("I <3 HTML </> <//> <", "I <3 HTML <")]
    [InlineData("plain text stays", "plain text stays")]
    public void Broken_markup_is_read_as_it_was_meant(string html, string text) => Assert.Equal(text, HtmlText.Extract(html));

    [Theory]
    [InlineData("  a \r\n\t b　c\u2003d\u0085e ", "a b c d e")]
    [InlineData("<pre>a\n    b\n</pre>", "a b")]
    [InlineData("a\u0000b\u001Bc\u007Fd\u0090e&#0;f&#8;g", "abcdefg")]
    [InlineData("rep\u00ADre&shy;sent\uFEFF \u202Eevil", "represent evil")]
    [InlineData("👩‍💻 می‌خواهم", "👩‍💻 می‌خواهم")]
    public void White_space_is_one_space_and_control_characters_are_none(string html, string text) => Assert.Equal(text, HtmlText.Extract(html));

    [Theory]
    [InlineData("abc def", 3, "abc")]
    [InlineData("abc def", 4, "abc")]
    [InlineData("abc def", 5, "abc d")]
    [InlineData("ab😀", 3, "ab")]
    [InlineData("ab😀", 4, "ab😀")]
    [InlineData("abc", 0, "")]
    [InlineData("abc", -1, "")]
    public void Reading_stops_at_the_limit(string html, int limit, string text) => Assert.Equal(text, HtmlText.Extract(html, limit));

    [Theory]
    [InlineData("Short.", 10, "Short.")]
    [InlineData("First sentence here. Second one is long.", 28, "First sentence here.…")]
    [InlineData("Version 3.14 of example.com stands", 28, "Version 3.14 of example.com…")]
    [InlineData("一つ目の文です。二つ目の文はとても長い", 12, "一つ目の文です。…")]
    [InlineData("「一つ目の文です。」二つ目の文は長い", 13, "「一つ目の文です。」…")]
    [InlineData("一つ目の文がとても長くて終わらない", 10, "一つ目の文がとても…")]
    [InlineData("東京で API を作る Kubernetes の話", 16, "東京で API を作る…")]
    [InlineData("Several words without an end to them", 22, "Several words without…")]
    public void An_excerpt_ends_where_a_reader_would_pause(string html, int length, string excerpt)
    {
        var cut = HtmlText.Excerpt(html, length);
        Assert.Equal(excerpt, cut.Length > length ? $"longer than {length}: {cut}" : cut);
    }

    [Theory]
    [InlineData("ああ👩‍👩‍👧‍👦ああああ", 8, "ああ…")]
    [InlineData("ああe\u0301ああああ", 4, "ああ…")]
    [InlineData("😀😀😀", 4, "😀…")]
    [InlineData("か\u3099か\u3099か\u3099", 4, "か\u3099…")]
    [InlineData("abc", 1, "…")]
    public void An_excerpt_never_splits_a_character(string html, int length, string excerpt) => Assert.Equal(excerpt, HtmlText.Excerpt(html, length));

    [Fact]
    public void An_excerpt_of_one_endless_character_is_still_short() => Assert.Equal(10, HtmlText.Excerpt("a" + new string('\u0301', 1000), 10).Length);

    [Fact]
    public void Reading_time_counts_characters_in_japanese_and_words_elsewhere()
    {
        Assert.Equal(1, HtmlText.ReadingMinutes(""));
        Assert.Equal(4, HtmlText.ReadingMinutes(new string('字', 2000)));
        Assert.Equal(2, HtmlText.ReadingMinutes(string.Concat(Enumerable.Repeat("don't ", 460))));
        Assert.Equal(3, HtmlText.ReadingMinutes(new string('か', 1000) + string.Concat(Enumerable.Repeat(" word", 230))));
    }

    [Fact]
    public void Whatever_the_input_the_text_is_clean() => Hostile.Html.Sample(html =>
    {
        var text = HtmlText.Extract(html);
        Assert.DoesNotContain(text, char.IsControl);
        Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        Assert.Equal(text.Trim(), text);
        Assert.True(HtmlText.Excerpt(html, 20).Length <= 20);
        for (var limit = 0; limit < text.Length; limit += 7)
            Assert.StartsWith(HtmlText.Extract(html, limit), text, StringComparison.Ordinal);
        _ = HtmlText.FirstPicture(html, new Uri("https://example.com/"));
    });

    [Theory]
    [InlineData("<")]
    [InlineData("<a ")]
    [InlineData("<a<")]
    [InlineData("<a=")]
    [InlineData("</")]
    [InlineData("<!")]
    [InlineData("<!--")]
    [InlineData("<!-- --!>")]
    [InlineData("<![CDATA[")]
    [InlineData("<![CDATA[>")]
    [InlineData("<?")]
    [InlineData("<a href=\"")]
    [InlineData("<a href='>")]
    [InlineData("<a =\">")]
    [InlineData("<a b=\"\" '>")]
    [InlineData("<title>")]
    [InlineData("<iframe>")]
    [InlineData("<textarea></")]
    [InlineData("<script></scrip>")]
    [InlineData("<video>")]
    [InlineData("<rt>")]
    [InlineData("<a                     \">")]
    [InlineData("&")]
    [InlineData("&#1")]
    [InlineData("<div>")]
    public void Twice_the_input_takes_twice_the_steps(string pattern)
    {
        var once = Steps(Repeat(pattern, 2_000));
        var twice = Steps(Repeat(pattern, 4_000));
        Assert.True(twice <= 2 * once + 100, $"{once} steps, then {twice}");
        Assert.True(once <= 2_000 * (pattern.Length + 1) * 4, $"{once} steps");
    }

    private static string Repeat(string pattern, int times) => new StringBuilder().Insert(0, pattern, times).ToString();

    private static long Steps(string html)
    {
        var scanner = new TagScanner(html);
        while (scanner.Read())
        {
        }

        return scanner.Looked;
    }
}
