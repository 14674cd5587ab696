using Kawaraban.Catalog;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Catalog;

/// <summary>What speaks for two posts being one article, pair by pair. A wrong merge is worse than a missed one.</summary>
public sealed class TwinEvidenceTests
{
    private const string Japanese =
        "こんにちは、基盤チームの佐藤です。この記事では、決済サービスのデータベースを無停止で移行した方法を紹介します。最初に二重書き込みを始め、"
        + "差分を検証しながら読み取りを段階的に切り替えました。途中で気づいた落とし穴は、時刻の丸めと照合順序の違いです。最後に、切り戻しの手順と監視の設計についても触れます。";

    private const string English =
        "We moved the payment database without stopping it. First every write went to both, then a checker compared what the two had, and only "
        + "when a week had passed without a difference did we turn the reads over, one service at a time. What surprised us was how dates are rounded.";

    private const string OtherJapanese =
        "本日は社内勉強会の様子をお届けします。今回のテーマはアクセシビリティで、フォームの見出しとラベルの関係、色のコントラスト、キーボードだけでの操作を"
        + "全員で試しました。参加者からは、普段気にしていなかった点が多いという声が上がりました。次回は読み上げソフトを使う予定です。";

    private static readonly Dictionary<string, (Likeness Expected, TwinPost One, TwinPost Other)> Pairs = new()
    {
        // One address.
        ["the same address"] = Same(A("https://acme.example/blog/a"), A("https://acme.example/blog/a")),
        ["http and https"] = Same(A("http://acme.example/blog/a"), A("https://acme.example/blog/a")),
        ["with and without www"] = Same(A("https://www.acme.example/blog/a"), A("https://acme.example/blog/a")),
        ["a slash at the end"] = Same(A("https://acme.example/blog/a/"), A("https://acme.example/blog/a")),
        ["tracking parameters"] = Same(A("https://acme.example/blog/a?utm_source=rss&fbclid=1"), A("https://acme.example/blog/a")),
        ["the host in capitals"] = Same(A("https://ACME.example/blog/a"), A("https://acme.example/blog/a")),
        ["a fragment"] = Same(A("https://acme.example/blog/a#more"), A("https://acme.example/blog/a")),
        ["the form for AMP, a directory"] = Same(A("https://acme.example/blog/a/amp/"), A("https://acme.example/blog/a")),
        ["the form for AMP, a parameter"] = Same(A("https://acme.example/blog/a?amp=1"), A("https://acme.example/blog/a")),
        ["the form for telephones"] = Same(A("https://m.acme.example/blog/a"), A("https://www.acme.example/blog/a")),
        ["index.html"] = Same(A("https://acme.example/blog/a/index.html"), A("https://acme.example/blog/a/")),
        ["one address, the title was edited"] = Same(A("https://acme.example/a", title: "無停止移行に手間取り中・・・", text: ""), A("https://acme.example/a", title: "無停止移行に手間取り中 → できました")),
        ["one address, another title, the same text"] = Same(A("https://acme.example/a", title: "Moving it"), A("https://acme.example/a")),
        ["an article that somebody shares with words of their own"] = Unsure(A("https://acme.example/a", title: "今週読んで面白かったもの", text: OtherJapanese), A("https://acme.example/a")),
        ["two feeds that kept the link of the template"] = Unsure(A("https://provider.example/item1.html", title: "Acme Laptop", text: ""), A("https://provider.example/item1.html", title: "Cruise Hawaii", text: English)),
        ["the address in another parameter"] = Other(A("https://acme.example/?p=1", title: "x"), A("https://acme.example/?p=2", title: "y")),
        ["the path in other letters"] = Other(A("https://acme.example/A", title: "x"), A("https://acme.example/a", title: "y")),
        ["another port"] = Other(A("https://acme.example:8443/a", title: "x"), A("https://acme.example/a", title: "y")),
        ["the front page of a site is no article"] = Other(A("https://acme.example/", title: "x"), A("https://acme.example/", title: "y")),
        ["two notes of one page of releases"] = Other(A("https://acme.example/releases#:1.0", title: "x"), A("https://acme.example/releases#:1.1", title: "y")),
        ["m.jp is a name of its own"] = Other(A("https://m.jp/a", title: "x"), A("https://jp/a", title: "y")),

        // Named as the original.
        ["a copy that names the original"] = Same(A("https://zenn.dev/acme/articles/1", original: "https://acme.example/blog/a", title: "別の題"), A("https://acme.example/blog/a?utm_medium=x")),
        ["two copies of one original that we do not have"] = Same(A("https://zenn.dev/x/articles/1", original: "https://acme.example/a"), A("https://note.com/x/n/1", original: "https://acme.example/a", title: "z")),
        ["a translation that names the original as canonical"] = Unsure(
            A("https://acme.example/en/a", original: "https://acme.example.jp/a", language: "en", title: "Moving a database", text: English),
            A("https://acme.example.jp/a", language: "ja")),

        // Title, date and text.
        ["own blog and Zenn, a day apart"] = Same(A("https://acme.example/a"), A("https://zenn.dev/acme/articles/1", day: 1)),
        ["own blog and Qiita, two weeks apart"] = Same(A("https://acme.example/a"), A("https://qiita.com/sato/items/1", day: 14)),
        ["the whole text and its beginning"] = Same(A("https://acme.example/a", text: Japanese + OtherJapanese + English), A("https://zenn.dev/a/articles/1", text: Japanese[..120])),
        ["English, own blog and dev.to"] = Same(A("https://acme.example/a", title: "Moving a database while it runs", text: English), A("https://dev.to/a/b", title: "Moving a Database While It Runs!", text: English)),
        ["full width and half width"] = Same(A("https://acme.example/a", title: "ＡＷＳで無停止移行した話"), A("https://zenn.dev/a/1", title: "AWSで無停止移行した話")),
        ["half-width kana"] = Same(A("https://acme.example/a", title: "ﾃﾞｰﾀﾍﾞｰｽを無停止で移行した話"), A("https://zenn.dev/a/1", title: "データベースを無停止で移行した話")),
        ["a mark in brackets before it"] = Same(A("https://acme.example/a", title: "【転載】データベースを無停止で移行した話"), A("https://zenn.dev/a/1")),
        ["a mark in brackets behind it"] = Same(A("https://acme.example/a", title: "データベースを無停止で移行した話（転載）"), A("https://zenn.dev/a/1")),
        ["a few words edited"] = Same(A("https://acme.example/a"), A("https://zenn.dev/a/1", text: Japanese.Replace("基盤チーム", "決済チーム", StringComparison.Ordinal) + "この記事は転載です。")),
        ["the same title, other authors and texts"] = Other(A("https://acme.example/a", author: "佐藤"), A("https://globex.example/b", author: "鈴木", text: OtherJapanese)),
        ["the same title a year later"] = Other(A("https://acme.example/a"), A("https://zenn.dev/a/1", day: 365)),
        ["the same title, fifteen days apart"] = Other(A("https://acme.example/a"), A("https://zenn.dev/a/1", day: 15)),
        ["the first part and the second"] = Other(A("https://acme.example/a", title: "ドメイン駆動設計の実践入門 (1)"), A("https://zenn.dev/a/1", title: "ドメイン駆動設計の実践入門 (2)")),
        ["the first part in a circle and the second"] = Other(A("https://acme.example/a", title: "ドメイン駆動設計の実践【①】"), A("https://zenn.dev/a/1", title: "ドメイン駆動設計の実践【②】")),
        ["the former half and the latter"] = Other(A("https://acme.example/a", title: "ドメイン駆動設計の実践【前編】"), A("https://zenn.dev/a/1", title: "ドメイン駆動設計の実践【後編】")),
        ["part II and part III"] = Other(A("https://acme.example/a", title: "Domain modelling in practice (II)"), A("https://zenn.dev/a/1", title: "Domain modelling in practice (III)")),
        ["the Japanese edition and the English one"] = Other(A("https://acme.example/a", title: "Domain modelling in practice [日本語版]"), A("https://zenn.dev/a/1", title: "Domain modelling in practice [English]")),
        ["a translation under the same title"] = Other(A("https://acme.example/a", title: "Kubernetes in production", language: "en-US", text: English), A("https://zenn.dev/a/1", title: "Kubernetes in production", language: "ja")),
        ["a translation under the same title, languages unknown"] = Other(A("https://acme.example/a", title: "Kubernetes in production", text: English), A("https://zenn.dev/a/1", title: "Kubernetes in production")),
        ["release notes"] = Other(A("https://acme.example/a", title: "Release notes"), A("https://globex.example/a", title: "Release Notes")),
        ["a version"] = Other(A("https://acme.example/a", title: "v1.2.3"), A("https://globex.example/a", title: "v1.2.3")),
        ["weekly"] = Other(A("https://acme.example/a", title: "Weekly report #12"), A("https://globex.example/a", title: "Weekly Report #12")),
        ["a release of a month"] = Other(A("https://acme.example/a", title: "2026年11月のリリースノート"), A("https://globex.example/a", title: "2026年11月のリリースノート")),
        ["a notice of maintenance"] = Other(A("https://acme.example/a", title: "メンテナンスのお知らせ"), A("https://globex.example/a", title: "メンテナンスのお知らせ")),
        ["we are hiring"] = Other(A("https://acme.example/a", title: "We are hiring!"), A("https://globex.example/a", title: "We are hiring")),
        ["an introduction to one word"] = Other(A("https://acme.example/a", title: "Rust入門"), A("https://globex.example/a", title: "Rust入門")),
        ["one of them without a date"] = Unsure(A("https://acme.example/a"), A("https://zenn.dev/a/1", day: null)),
        ["one of them without a text"] = Unsure(A("https://acme.example/a"), A("https://zenn.dev/a/1", text: "")),
        ["both with one sentence"] = Unsure(A("https://acme.example/a", text: "移行した話です。"), A("https://zenn.dev/a/1", text: "移行した話です。")),
        ["half of the text"] = Unsure(A("https://acme.example/a"), A("https://zenn.dev/a/1", text: Japanese[..80] + OtherJapanese[..90])),
        ["another title, the same text"] = Other(A("https://acme.example/a"), A("https://zenn.dev/a/1", title: "決済基盤の移行プロジェクトを振り返る")),
        ["within one source"] = Other(A("https://acme.example/a"), A("https://acme.example/b") with { SourceId = 1 }),
    };

    public static TheoryData<string> Names => [.. Pairs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_places_are_one_article_or_not(string pair)
    {
        var (expected, one, other) = Pairs[pair];
        other = other.SourceId == 1 && pair != "within one source" ? other with { Id = 2, SourceId = 2, CompanyId = 2 } : other;
        var evidence = TwinEvidence.Weigh(one, other);
        Assert.True(expected == evidence.Likeness, $"{pair}: {evidence}");
        Assert.Equal(evidence, TwinEvidence.Weigh(other, one));
    }

    [Fact]
    public void There_are_more_pairs_that_must_not_be_one_than_a_few() =>
        Assert.True(Pairs.Values.Count(pair => pair.Expected == Likeness.Same) >= 15 && Pairs.Values.Count(pair => pair.Expected != Likeness.Same) >= 15);

    [Theory]
    [InlineData("データベースを無停止で移行した話", true)]
    [InlineData("Moving a database while it runs", true)]
    [InlineData("第3回 社内勉強会", false)]
    [InlineData("2026-11-24", false)]
    [InlineData("Hello, world", false)]
    [InlineData("はじめまして", false)]
    [InlineData("リリースのお知らせ", false)]
    [InlineData("[日報] 2026年11月24日", false)]
    [InlineData("", false)]
    [InlineData("!!!", false)]
    [InlineData("【】", false)]
    [InlineData("()", false)]
    [InlineData("((((((", false)]
    public void A_title_tells_an_article_or_says_too_little(string title, bool isTelling) => Assert.Equal(isTelling, TitleKey.Of(title) is not null);

    [Fact]
    public void Pages_of_one_host_have_keys_side_by_side_and_those_of_others_do_not()
    {
        long Key(string url) => PageAddress.Key(url) ?? throw new InvalidOperationException(url);
        var keys = Enumerable.Range(0, 1000).Select(i => Key($"https://acme.example/{i}")).ToList();
        Assert.Equal(1000, keys.Distinct().Count());
        Assert.Single(keys.Select(key => key >> 40).Distinct());
        Assert.NotEqual(keys[0] >> 40, Key("https://globex.example/0") >> 40);
        Assert.Equal(Key("https://acme.example?p=1") >> 40, keys[0] >> 40);
    }

    [Fact]
    public void Nothing_that_a_publisher_writes_breaks_a_key()
    {
        var luck = new Random(1);
        const string Signs = "()[]【】（）　 /?#:.%&=@!ab1いア漢\u0000\ud83d\ude00\ufffd\u202e\u0301";
        for (var i = 0; i < 20_000; i++)
        {
            // Half of a surrogate pair among them.
            var text = new string(luck.GetItems<char>(Signs, luck.Next(40)));
            _ = (TitleKey.Of(text), PageAddress.Key(text), PageAddress.Key("https://" + text), PageAddress.Key("https://a.example/" + text), PageAddress.IsAtPlatform("https://" + text));
        }
    }

    [Fact]
    public void Brackets_around_the_whole_title_stay() => Assert.Equal("無停止移行", TitleKey.Normal("【無停止移行】"));

    [Fact]
    public void The_publisher_s_own_site_stands_before_a_platform_and_the_original_before_what_names_it()
    {
        TwinPost own = A("https://acme.example/a", day: 3) with { Id = 1 }, zenn = A("https://zenn.dev/a/1") with { Id = 2 };
        Assert.Equal([1L, 2], new[] { zenn, own }.Order(TwinPost.ByRank).Select(post => post.Id));
        Assert.Equal([2L, 1], new[] { zenn, own with { IsGone = true } }.Order(TwinPost.ByRank).Select(post => post.Id));
        var copy = A("https://globex.example/b", original: "https://zenn.dev/a/1") with { Id = 3 };
        Assert.Equal([1L, 2, 3], new[] { copy, zenn, own }.Order(TwinPost.ByRank).Select(post => post.Id));
        var later = A("https://initech.example/c", day: 5) with { Id = 0 };
        Assert.Equal([1L, 0], new[] { later, own }.Order(TwinPost.ByRank).Select(post => post.Id));
        Assert.Equal([0L, 1], new[] { own, later with { PublishedAt = own.PublishedAt } }.Order(TwinPost.ByRank).Select(post => post.Id));
    }

    private static (Likeness, TwinPost, TwinPost) Same(TwinPost one, TwinPost other) => (Likeness.Same, one, other);

    private static (Likeness, TwinPost, TwinPost) Unsure(TwinPost one, TwinPost other) => (Likeness.Unsure, one, other);

    private static (Likeness, TwinPost, TwinPost) Other(TwinPost one, TwinPost other) => (Likeness.Other, one, other);

    private static TwinPost A(
        string url, string title = "データベースを無停止で移行した話", string text = Japanese, int? day = 0, string? language = null, string? author = null, string? original = null)
    {
        // What holds the entries of one page apart is in the canonical address alone.
        var canonical = url.Contains("#:", StringComparison.Ordinal) ? url : CanonicalUrl.Of(new Uri(url));
        var key = PageAddress.Key(original is null ? canonical : CanonicalUrl.Of(new Uri(original)));
        var searched = Kawaraban.Search.SearchText.Normalize(SearchedText.Head(title, [], author) + "\n" + text);
        return new TwinPost(
            1, 1, 1, "ACME", url, canonical, title, author, language, "", day is { } days ? Shelf.Noon.AddDays(days).ToUnixTimeMilliseconds() : null,
            Shelf.Noon.ToUnixTimeMilliseconds(), 1, null, false, key, TitleKey.Of(title), false, searched);
    }
}
