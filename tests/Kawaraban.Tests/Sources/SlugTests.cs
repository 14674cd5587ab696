using Kawaraban.Sources;

namespace Kawaraban.Tests.Sources;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Mercari Engineering", "https://engineering.mercari.com/feed", "mercari-engineering")]
    [InlineData("10X", "https://product.10x.co.jp/feed", "10x")]
    [InlineData("Ｆｕｌｌ　Ｗｉｄｔｈ", "https://example.com/", "full-width")]
    [InlineData("Café Société", "https://example.com/", "cafe-societe")]
    [InlineData("Romes' Musings", "https://example.com/", "romes-musings")]
    [InlineData("  --  ", "https://acme.example/", "acme")]
    [InlineData("メルカリ", "https://engineering.mercari.com/blog/feed.xml", "mercari")]
    [InlineData("株式会社はてな", "https://developer.hatenastaff.com/feed", "hatenastaff")]
    [InlineData("クックパッド", "https://techlife.cookpad.co.jp/feed", "cookpad")]
    [InlineData("アクロ", "https://acro-engineer.hatenablog.com/feed", "acro-engineer")]
    [InlineData("ARMテックブログ", "https://zenn.dev/p/arm_techblog/feed", "arm-techblog")]
    [InlineData("エーアイ", "https://note.com/aiinside_tech/rss", "aiinside-tech")]
    [InlineData("アリガト", "https://medium.com/feed/arigatobank-tech-blog", "arigatobank-tech-blog")]
    [InlineData("デ・ガ", "http://127.0.0.1:8080/feed", "デ-ガ")]
    [InlineData("", "http://127.0.0.1/feed", "company")]
    public void A_company_is_called_what_it_calls_itself(string name, string url, string slug) =>
        Assert.Equal(slug, Slug.Of(name, new Uri(url)).Text);

    [Fact]
    public void A_long_name_is_cut() => Assert.True(Slug.Of(new string('a', 500), new Uri("https://a.example")).Text.Length <= Slug.MaxLength);
}
