using Kawaraban.Feeds.Html;

namespace Kawaraban.Feeds.Tests.Html;

public sealed class FirstPictureTests
{
    private static readonly Uri s_base = new("https://example.com/blog/post");

    [Theory]
    [InlineData("<p>text</p><img src='/a.png'><img src='/b.png'>", "https://example.com/a.png")]
    [InlineData("<IMG alt='x>y' SRC=a.png>", "https://example.com/blog/a.png")]
    [InlineData("<img src='//cdn.example.net/a.png?x=1&amp;y=2'>", "https://cdn.example.net/a.png?x=1&y=2")]
    [InlineData("<img src='/写真.png'>", "https://example.com/%E5%86%99%E7%9C%9F.png")]
    [InlineData("<noscript><img src='/a.png'></noscript>", "https://example.com/a.png")]
    public void It_is_the_first_and_its_address_is_absolute(string html, string url) => Assert.Equal(url, HtmlText.FirstPicture(html, s_base));

    [Theory]
    [InlineData("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src='/a.png'>")]
    [InlineData("<img src='/lazy-small.jpg' data-original='/a.png'>")]
    [InlineData("<img src='/spacer.gif' srcset='/s.png 320w, /a.png 800w, /l.png 2000w'>")]
    [InlineData("<img srcset='/a.png'>")]
    [InlineData("<picture><source srcset='/a.webp'><img src='/a.png'></picture>")]
    [InlineData("<picture><source srcset='/a.png 1x, /b.png 2x'></picture>")]
    [InlineData("<picture><source srcset='/a.png'><img src='data:image/gif;base64,x'></picture>")]
    public void Late_and_sized_pictures_are_seen(string html) => Assert.Equal("https://example.com/a.png", HtmlText.FirstPicture(html, s_base));

    [Theory]
    [InlineData("<img src='/t' width=1 height=1>")]
    [InlineData("<img src='/t' width='0px'>")]
    [InlineData("<img src='http://feeds.feedburner.com/~r/x/~4/y'>")]
    [InlineData("<img src='https://pixel.wp.com/b.gif?host=x'>")]
    [InlineData("<img src='https://medium.com/_/stat?event=x'>")]
    [InlineData("<img src='https://www10.a8.net/0.gif?a8mat=x'>")]
    [InlineData("<img src='https://s.w.org/images/core/emoji/14/72x72/1f600.png'>")]
    [InlineData("<img class='wp-smiley' src='/grin.png'>")]
    [InlineData("<img src='https://secure.gravatar.com/avatar/1'>")]
    [InlineData("<img src='https://img.shields.io/badge/x'>")]
    [InlineData("<img src='data:image/png;base64,x'>")]
    [InlineData("<img src='javascript:alert(1)'>")]
    [InlineData("<img src=''><img>")]
    [InlineData("<!-- <img src='/no.png'> --><script>'<img src=/no.png>'</script>")]
    [InlineData("<picture><source srcset='/no.png'><img class=emoji></picture>")]
    public void What_is_no_picture_of_anything_is_passed_over(string html) =>
        Assert.Equal("https://example.com/yes.png", HtmlText.FirstPicture(html + "<img src=/yes.png>", s_base));

    [Theory]
    [InlineData("<img src='/a.png'>", "/a.png")]
    [InlineData("<img src='//cdn.example.net/a.png'>", "https://cdn.example.net/a.png")]
    [InlineData("<img src='http://example.com/a.png'>", "http://example.com/a.png")]
    [InlineData("<img src='file:///etc/passwd'>", null)]
    [InlineData("<img src='x:y'>", null)]
    [InlineData("text", null)]
    public void Without_a_base_an_address_stays_relative(string html, string? url) => Assert.Equal(url, HtmlText.FirstPicture(html, null));
}
