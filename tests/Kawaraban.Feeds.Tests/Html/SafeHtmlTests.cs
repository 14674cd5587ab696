using System.Text;
using CsCheck;
using Kawaraban.Feeds.Html;

namespace Kawaraban.Feeds.Tests.Html;

public sealed class SafeHtmlTests
{
    private static readonly Uri s_base = new("https://example.com/blog/post");

    [Theory]
    [InlineData("<h2>A</h2><p>b <strong>c</strong> <code class=\"language-csharp\">d</code></p>")]
    [InlineData("<figure><img src=\"https://example.com/a.png\" alt=\"a\"><figcaption>b</figcaption></figure>")]
    [InlineData("<table><thead><tr><th scope=\"col\">a</th></tr></thead><tbody><tr><td colspan=\"2\">b</td></tr></tbody></table>")]
    [InlineData("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>")]
    [InlineData("<details open=\"\"><summary>a</summary>b</details>")]
    [InlineData("<ul><li>a<ul><li>b</li></ul></li></ul>")]
    [InlineData("<a href=\"https://example.com/?a=1&amp;b=2\" rel=\"nofollow noopener noreferrer\">a</a>")]
    [InlineData("<video src=\"https://example.com/a.mp4\" controls=\"\"></video>")]
    [InlineData("plain text, 1 > 0 & more")]
    [InlineData("&lt;script&gt;")]
    public void What_is_harmless_stays_as_it_is(string html) => Assert.Equal(html.Replace("> 0 &", "&gt; 0 &amp;", StringComparison.Ordinal), Same(html));

    [Theory]
    [InlineData("a<script>alert(1)</script>b", "ab")]
    [InlineData("<scr<script>x</script>ipt>alert(1)</script>", "xipt>alert(1)")]
    [InlineData("<p onclick=\"x()\" style=\"color:red\" class=\"c\" id=\"i\">a</p>", "<p>a</p>")]
    [InlineData("a<iframe src=\"//x\"></iframe><object data=x></object><embed src=x>b", "ab")]
    [InlineData("a<form action=x><input name=a><button>b</button></form>c", "a b c")]
    [InlineData("<svg onload=x><a href=\"javascript:x\">b</a></svg>a", "<svg></svg><a rel=\"nofollow noopener noreferrer\">b</a>a")]
    [InlineData("<svg><style>x</style><script>x</script><use href=x /><animate attributeName=x /><rect width=\"3\" fill=\"url(//x)\" /></svg>", "<svg><rect width=\"3\"></rect></svg>")]
    [InlineData("<circle r=3>a", "a")]
    [InlineData("<math><mi>x</mi><annotation>tex</annotation></math>", "x")]
    [InlineData("<base href=\"//evil\"><meta http-equiv=refresh><link rel=stylesheet href=x>a", "a")]
    [InlineData("<!-- a --><![CDATA[b]]><?c?>d", "d")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>a", "a")]
    public void What_runs_styles_submits_or_reaches_out_is_gone(string html, string safe) => Assert.Equal(safe, SafeHtml.Sanitize(html));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData(" JavaScript:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("java&#9;script:alert(1)")]
    [InlineData("&#1;javascript:alert(1)")]
    [InlineData("java&#0;script:alert(1)")]
    [InlineData("&#106;avascript&colon;alert(1)")]
    [InlineData("vbscript:x")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("feed:javascript:x")]
    public void An_address_that_does_something_is_gone(string address)
    {
        Assert.DoesNotContain("href", SafeHtml.Sanitize($"<a href=\"{address}\">a</a>", s_base), StringComparison.Ordinal);
        Assert.DoesNotContain("src", SafeHtml.Sanitize($"<img src=\"{address}\" srcset=\"{address} 2x\">"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<img src=\"/a.png\">", "<img src=\"https://example.com/a.png\">")]
    [InlineData("<img srcset=\"a.png 1x, //b.example/b.png 2x\">", "<img srcset=\"https://example.com/blog/a.png 1x, https://b.example/b.png 2x\">")]
    [InlineData("<img src=\"data:image/gif;base64,x\" data-src=\"b.png\">", "<img src=\"https://example.com/blog/b.png\">")]
    [InlineData("<blockquote cite=\"?q\">a</blockquote>", "<blockquote cite=\"https://example.com/blog/post?q\">a</blockquote>")]
    public void Relative_addresses_become_absolute(string html, string safe) => Assert.Equal(safe, SafeHtml.Sanitize(html, s_base));

    [Theory]
    [InlineData("<p>a<p>b", "<p>a</p><p>b</p>")]
    [InlineData("<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul>c")]
    [InlineData("<table><tr><td>a<td>b<tr><td>c</table>", "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>")]
    [InlineData("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>")]
    [InlineData("<b><i>a</b>b</i>", "<b><i>a</i></b>b")]
    [InlineData("a</p>b</div>c</br>d", "abc<br>d")]
    [InlineData("<div><table><tr><td></div>a</td></tr></table>", "<div><table><tbody><tr><td>a</td></tr></tbody></table></div>")]
    [InlineData("1 < 2 <3", "1 &lt; 2 &lt;3")]
    [InlineData("<a href=\"https://example.com/>a</a> b", "<a href=\"https://example.com/\" rel=\"nofollow noopener noreferrer\">a</a> b")]
    [InlineData("<html><head><title>t</title><body><p>a", "<p>a</p>")]
    [InlineData("a<svg><path d=\"M1 2\">b<p>c", "a<svg><path d=\"M1 2\"></path>b</svg><p>c</p>")]
    public void Broken_markup_is_mended(string html, string safe) => Assert.Equal(safe, SafeHtml.Sanitize(html));

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<span><div></span>")]
    [InlineData("<font size=1><p>")]
    [InlineData("<table><td>")]
    [InlineData("<div></x>")]
    [InlineData("<a><table></a>")]
    [InlineData("<ruby>")]
    [InlineData("<ul><li>")]
    public void Twenty_thousand_nested_elements_are_no_deeper_than_the_limit(string pattern)
    {
        var tidy = TidyHtml.Write(new StringBuilder().Insert(0, pattern, 20_000).Append("text").ToString(), null);
        Assert.EndsWith("text", HtmlText.Extract(tidy), StringComparison.Ordinal);
        Assert.True(DepthOf(tidy) <= TidyHtml.MostDepth);
    }

    [Fact]
    public void A_hundred_thousand_nested_elements_keep_their_text() =>
        Assert.Contains("text", SafeHtml.Sanitize(new StringBuilder().Insert(0, "<div>", 100_000).Append("text").ToString()), StringComparison.Ordinal);

    [Fact]
    public void Whatever_the_input_nothing_dangerous_comes_out_and_nothing_changes_a_second_time() => Hostile.Html.Sample(
        html =>
        {
            var safe = SafeHtml.Sanitize(html, s_base);
            string[] dangers = ["<script", "<style", "<iframe", "<use", "<animate", "<image", "<foreignobject", "<math", "<form", "<base", "<link", "<template",
                "<noscript", "<title", "<textarea", "<!--"];
            foreach (var danger in dangers)
                Assert.DoesNotContain(danger, safe, StringComparison.OrdinalIgnoreCase);
            var scanner = new TagScanner(safe);
            while (scanner.Read())
            {
                if (scanner.Piece != HtmlPiece.StartTag)
                    continue;
                Assert.Null(scanner.Attributes["onerror"]);
                Assert.False(scanner.Attributes["href"]?.StartsWith("javascript", StringComparison.OrdinalIgnoreCase) ?? false);
            }

            Assert.Equal(safe, SafeHtml.Sanitize(safe, s_base));
        },
        iter: 2_000);

    private static string Same(string html) => SafeHtml.Sanitize(html, s_base);

    private static int DepthOf(string html)
    {
        int depth = 0, most = 0;
        var scanner = new TagScanner(html);
        while (scanner.Read())
        {
            if (scanner.Piece == HtmlPiece.EndTag)
                depth--;
            else if (scanner.Piece == HtmlPiece.StartTag)
                most = Math.Max(most, ++depth);
        }

        return most;
    }
}
