using CsCheck;
using Kawaraban.Search;

namespace Kawaraban.Tests.Search;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("The Quick-Brown fox.", " the quick brown fox ")]
    [InlineData("Kubernetesの設計、入門", " kubernetes の設計 入門 ")]
    [InlineData("ｶﾞｲﾄﾞ　ＡＢＣ１２３", " ガイド abc123 ")]
    [InlineData("データ・ベース", " データ ベース ")]
    [InlineData("C# and C++17, F#!", " c# and c++ 17 f# ")]
    [InlineData("C## Go", " c# go ")]
    [InlineData(".NET vs ASP.NET, end.Next ...dots", " .net vs asp net end next dots ")]
    [InlineData("page#top a+b x+ #tag", " page top a b x tag ")]
    [InlineData("node.js 3.14", " node js 3 14 ")]
    [InlineData("𠮷野家", " 𠮷野家 ")]
    [InlineData("한국어 검색", " 한국어 검색 ")]
    [InlineData("Привет, café", " привет café ")]
    [InlineData("人々〆切", " 人々〆切 ")]
    [InlineData("", "")]
    [InlineData("・、。 !?", "")]
    [InlineData("a\ud800b", " a b ")]
    public void Text_is_folded_to_words_and_runs(string text, string normalized) => Assert.Equal(normalized, SearchText.Normalize(text));

    [Fact]
    public void Normalising_twice_changes_nothing_and_no_text_fails() =>
        Gen.String.Sample(text =>
        {
            var once = SearchText.Normalize(text);
            return SearchText.Normalize(once) == once && Bigrams.Cut(once) is not null;
        });
}
