using System.Text;

namespace Kawaraban.Feeds.Tests;

/// <summary>Texts come out as they went in, wherever characters of one, two, three and four bytes meet the steps of the decoder.</summary>
public sealed class TextDecoderTests
{
    private static readonly string[] s_pieces = ["a", "é", "ß", "日", "本", "語", "ア", "。", "한", "€", "\uFFFD", "\uE000", "ࠀ", "😀", "𠮷", "plain text of more than sixteen bytes", "日本語の文章は三バイトずつ"];

    [Fact]
    public void Any_mixture_of_scripts_is_decoded_as_the_platform_decodes_it()
    {
        var random = new Random(20261124);
        for (var round = 0; round < 2000; round++)
        {
            var text = new StringBuilder("x");
            for (var count = random.Next(40); count > 0; count--)
                text.Append(s_pieces[random.Next(s_pieces.Length)]);
            text.Append('x');
            var expected = text.ToString();
            Assert.Equal(expected, Read.Item($"<title>t</title><author>{expected}</author><description>{expected}</description>").ContentHtml);
            Assert.Equal(expected, Read.Item($"<title>t</title><description><![CDATA[{expected}]]></description>").ContentHtml);
        }
    }

    [Theory]
    [InlineData(0x0800)]
    [InlineData(0x3000)]
    [InlineData(0xD000)]
    [InlineData(0xF000)]
    public void Every_character_of_three_bytes_is_decoded(int first)
    {
        var text = new StringBuilder("x");
        for (var value = first; value < Math.Min(first + 0x2000, 0xFFFE); value++)
        {
            if (!char.IsSurrogate((char)value))
                text.Append((char)value);
        }

        var expected = text.Append('x').ToString();
        Assert.Equal(expected, Read.Item($"<title>t</title><description>{expected}</description>").ContentHtml);
    }

    [Theory]
    [InlineData("one\r\ntwo", "one\ntwo")]
    [InlineData("one\u0001two", "onetwo")]
    [InlineData("one\ttwo\u3000", "one\ttwo")]
    [InlineData("one &amp; two", "one &amp; two")]
    public void What_is_mended_in_a_short_literal_text_is_mended_in_a_long_one(string raw, string mended)
    {
        var many = new string('日', 100);
        Assert.Equal(many + mended, Read.Item($"<title>t</title><description><![CDATA[{many}{raw}]]></description>").ContentHtml);
    }
}
