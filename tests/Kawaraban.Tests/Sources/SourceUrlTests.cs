using Kawaraban.Sources;

namespace Kawaraban.Tests.Sources;

public sealed class SourceUrlTests
{
    [Theory]
    [InlineData("https://Example.COM/feed#top", "https://example.com/feed")]
    [InlineData(" http://example.com ", "http://example.com/")]
    [InlineData("https://example.com:443/a?b=c", "https://example.com/a?b=c")]
    [InlineData("feed://example.com/rss", "http://example.com/rss")]
    [InlineData("feed:https://example.com/rss", "https://example.com/rss")]
    [InlineData("example.com/feed", "https://example.com/feed")]
    [InlineData("https://例え.jp/feed", "https://例え.jp/feed")]
    [InlineData("https://ＥＸＡＭＰＬＥ.com/feed", "https://example.com/feed")]
    public void An_address_is_read_as_people_write_it(string text, string url)
    {
        Assert.True(SourceUrl.TryParse(text, out var parsed, out var problem), problem);
        Assert.Equal(new Uri(url).AbsoluteUri, parsed.AbsoluteUri);
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("", "is missing")]
    [InlineData("nonsense", "cannot be read")]
    [InlineData("https://℀.example.com/", "cannot be read")]
    [InlineData("/etc/passwd", "cannot be read")]
    [InlineData("file:///etc/passwd", "cannot be read")]
    [InlineData("ftp://example.com/feed", "neither http nor https")]
    [InlineData("javascript:alert(1)", "cannot be read")]
    [InlineData("https://user:secret@example.com/", "password")]
    [InlineData("http://", "cannot be read")]
    public void What_is_no_address_is_told_why(string? text, string why)
    {
        Assert.False(SourceUrl.TryParse(text, out _, out var problem));
        Assert.Contains(why, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }
}
