using Kawaraban.Recipes;

namespace Kawaraban.Tests.Recipes;

public sealed class GlobTests
{
    [Theory]
    [InlineData("/blog/*", "/blog/one", true)]
    [InlineData("/blog/*", "/blog/", true)]
    [InlineData("/blog/*", "/Blog/one/two?x=1", true)]
    [InlineData("/blog/*", "/blogs", false)]
    [InlineData("/blog/", "/blog/", true)]
    [InlineData("/blog/", "/blog/one", false)]
    [InlineData("*/tech/*.html", "/a/tech/b/tech/c.html", true)]
    [InlineData("*/tech/*.html", "/a/tech/c.htm", false)]
    [InlineData("**", "", true)]
    [InlineData("", "x", false)]
    [InlineData("a*b*c", "a-b-b-c-c", true)]
    [InlineData("a.c", "abc", false)]
    public void A_star_stands_for_anything_and_nothing_else_does(string pattern, string text, bool isMatch) => Assert.Equal(isMatch, Glob.IsMatch(pattern, text));

    [Fact]
    public void Many_stars_take_no_time() =>
        Assert.False(Glob.IsMatch(string.Concat(Enumerable.Repeat("a*", 200)) + "b", new string('a', 20_000)));
}
