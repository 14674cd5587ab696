using Kawaraban.Portal;

namespace Kawaraban.Tests.Portal;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("ja", "ja")]
    [InlineData("ja-JP,ja;q=0.9,en;q=0.8", "ja")]
    [InlineData("en-US,en;q=0.9,ja;q=0.8", "en")]
    [InlineData("en;q=0.3, ja;q=0.7", "ja")]
    [InlineData("fr, de;q=0.9, ja;q=0.1", "ja")]
    [InlineData("JA", "ja")]
    [InlineData("jav", "en")]
    [InlineData("ja;q=0", "en")]
    [InlineData("ja;q=nonsense", "en")]
    [InlineData(";;,,q=1,*", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void The_reader_gets_the_language_they_like_best_of_ours(string? header, string language) =>
        Assert.Equal(language, Language.Preferred(header).Tag);
}
