using Kawaraban.Search;

namespace Kawaraban.Tests.Search;

public sealed class BigramsTests
{
    [Theory]
    [InlineData(" 設計 ", "設計 計 ")]
    [InlineData(" 設計方針 ", "設計 計方 方針 針 ")]
    [InlineData(" 図 ", "図 ")]
    [InlineData(" kubernetes の設計 ", "kubernetes の設 設計 計 ")]
    [InlineData(" 𠮷野家 ", "𠮷野 野家 家 ")]
    [InlineData(" ああああ a a ", "ああ あ a ")]
    [InlineData("", "")]
    public void Runs_are_cut_into_pairs_each_once(string normalized, string words) => Assert.Equal(words, Bigrams.Cut(normalized));

    [Theory]
    [InlineData("設計方針", "設計,計方,方針")]
    [InlineData("設計", "設計")]
    [InlineData("図", "図")]
    [InlineData("𠮷", "𠮷")]
    public void A_query_asks_for_the_pairs_alone(string run, string pairs) => Assert.Equal(pairs, string.Join(',', Bigrams.Pairs(run)));
}
