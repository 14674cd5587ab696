using CsCheck;
using Kawaraban.Search;
using Kawaraban.Storage;
using Kawaraban.Tests.Catalog;

namespace Kawaraban.Tests.Search;

public sealed class SearchQueryTests
{
    // Titles are the names of the posts, the texts what is searched; a comes before b in every listing.
    private static readonly (string Name, string Text)[] Posts =
    [
        ("a", "Kubernetesの設計方針と運用について。C#で書いた。"),
        ("b", "方針を設計する。Kubernetes は使わない。サーバー構築"),
        ("c", "The quick brown fox. ASP.NET, Node.js and C++."),
        ("d", "A brown, quick fox; the CI/CD of .NET. 図"),
        ("e", "ﾊﾝｶｸｶﾀｶﾅ の テスト 地図帳"),
    ];

    [Theory]
    [InlineData("設計", "a b")]
    [InlineData("設計方針", "a")]
    [InlineData("方針 設計", "a b")]
    [InlineData("計方", "a")]
    [InlineData("kubernetes", "a b")]
    [InlineData("KUBERNETES　設計", "a b")]
    [InlineData("kubernetesの設計", "a")]
    [InlineData("設計 -運用", "b")]
    [InlineData("設計 -設計方針", "b")]
    [InlineData("-設計", "")]
    [InlineData("quick", "c d")]
    [InlineData("\"quick brown\"", "c")]
    [InlineData("\"brown quick\"", "d")]
    [InlineData("quick -\"quick brown\"", "d")]
    [InlineData("quic", "")]
    [InlineData("c#", "a")]
    [InlineData("c++", "c")]
    [InlineData(".net", "d")]
    [InlineData("asp.net", "c")]
    [InlineData("node.js", "c")]
    [InlineData("ci/cd", "d")]
    [InlineData("半角", "")]
    [InlineData("カタカナ", "e")]
    [InlineData("ハンカク", "e")]
    [InlineData("ﾊﾝｶｸ", "e")]
    [InlineData("サーバー", "b")]
    [InlineData("図", "d e")]
    [InlineData("帳", "e")]
    [InlineData("地", "e")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("\"", "")]
    [InlineData("“quick brown”", "c")]
    [InlineData("quick OR nothing", "")]
    [InlineData("NEAR(quick brown)", "")]
    [InlineData("words:quick", "")]
    [InlineData("quick*", "c d")]
    [InlineData("AND", "c")]
    [InlineData("設計\" OR \"1", "")]
    public async Task Words_are_found(string query, string names)
    {
        await using var shelf = new Shelf();
        var source = await shelf.Source();
        await shelf.Keep(source, [.. Posts.Select((post, i) => Shelf.Draft(post.Name, i, text: post.Text))]);
        Assert.Equal(names, await shelf.Search(query));
    }

    [Fact]
    public async Task Every_piece_of_a_text_finds_it()
    {
        await using var shelf = new Shelf();
        const string text = "マイクロサービスの設計では、境界づけられたコンテキストを先に決める。Go と gRPC を使う。";
        await shelf.Keep(await shelf.Source(), Shelf.Draft("x", text: text));
        for (var start = 0; start < text.Length; start++)
        {
            for (var length = 1; length <= 6 && start + length <= text.Length; length++)
            {
                var piece = text.Substring(start, length);
                if (piece.Any(char.IsAscii) || SearchQuery.Parse(piece).IsEmpty)
                    continue;
                Assert.True(await shelf.Search(piece) == "x", $"\"{piece}\" does not find the text it is from");
            }
        }
    }

    [Fact]
    public async Task No_query_is_wrong()
    {
        await using var shelf = new Shelf();
        await shelf.Keep(await shelf.Source(), Shelf.Draft("x", text: "text"));
        var queries = Gen.OneOf(Gen.String, Gen.String["\"-*()^:+.#'ab設 \u3000\0{}[]\\"]).Array[200].Single();
        foreach (var query in queries)
            await shelf.Search(query);
    }

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public void A_long_query_is_read_in_part(Dialect dialect) =>
        Assert.True(SearchQuery.Parse(string.Join(' ', Enumerable.Range(0, 10_000))).Match(dialect).Length < 2000);

    [Theory]
    [InlineData("設計方針 図 -運用", "(\"設計\" AND \"計方\" AND \"方針\" AND \"図\"*) NOT \"運用\"", "'設計' & '計方' & '方針' & '図':* & !'運用'")]
    [InlineData("C++ it's", "(\"c++\" AND \"it\" AND \"s\")", "'c++' & 'it' & 's'")]
    public void The_same_words_are_asked_for_in_both_languages(string text, string fts5, string textQuery)
    {
        var query = SearchQuery.Parse(text);
        Assert.Equal((fts5, textQuery), (query.Match(Dialect.Sqlite), query.Match(Dialect.Postgres)));
    }
}
