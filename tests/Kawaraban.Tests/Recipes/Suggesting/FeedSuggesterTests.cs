using Kawaraban.Feeds;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Recipes.Suggesting;

/// <summary>What is proposed for a feed, and what is not where the evidence is thin.</summary>
public sealed class FeedSuggesterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_companys_name_at_the_end_of_titles_is_taken_off()
    {
        var proposal = First(Of(["Queues | ACME Tech Blog", "Caches | ACME Tech Blog", "Locks | ACME Tech Blog", "Clocks"]) with { Names = ["Acme Inc."] });
        Assert.Equal("""takes " | ACME Tech Blog" off the end of titles""", proposal.What);
        Assert.Equal("""3 of 4 titles end in " | ACME Tech Blog", which is what Acme Inc. is called""", proposal.Why[0]);
        Assert.Equal(["Queues", "Caches", "Locks", "Clocks"], proposal.Posts.Select(post => post.Title));
    }

    [Theory]
    [InlineData("【アクメ】キューの話", "【アクメ】時計の話", "【アクメ】鍵の話", "アクメ株式会社", "【アクメ】")]
    [InlineData("[Acme] Queues", "[Acme] Clocks", "[Acme] Locks", "Acme", "[Acme] ")]
    [InlineData("Acme: Queues", "Acme: Clocks", "Acme: Locks", "Acme", "Acme: ")]
    public void So_it_is_at_the_beginning(string one, string two, string three, string company, string prefix)
    {
        var proposal = First(Of([one, two, three]) with { Names = [company] });
        Assert.Contains($"\"{prefix}\"", proposal.What, StringComparison.Ordinal);
        Assert.All(proposal.Posts, post => Assert.DoesNotContain(prefix.Trim(), post.Title, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Queues | Backend", "Clocks | Frontend", "Locks | Backend", "Caches | Backend")]
    [InlineData("Queues - part one", "Clocks - part two", "Locks - part three", "Caches - part four")]
    [InlineData("Queues", "Clocks", "Locks", "Caches")]
    [InlineData("Acme and the queues", "How Acme keeps time", "Locks at Acme", "Caches")]
    public void What_tells_titles_apart_stays(params string[] titles) =>
        Assert.DoesNotContain(FeedSuggester.Of(Of(titles) with { Names = ["Acme"] }, TimeProvider.System).Proposals, proposal => proposal.What.Contains("titles", StringComparison.Ordinal));

    [Fact]
    public void Without_the_name_in_it_a_common_end_has_to_be_that_of_nearly_all_and_is_less_sure()
    {
        string[] some = ["One | Log", "Two | Log", "Three | Log", "Four", "Five | Log", "Six"];
        Assert.DoesNotContain(FeedSuggester.Of(Of(some), TimeProvider.System).Proposals, proposal => proposal.What.Contains("titles", StringComparison.Ordinal));
        var all = FeedSuggester.Of(Of(["One | Log", "Two | Log", "Three | Log", "Four | Log", "Five | Log"]), TimeProvider.System).Proposals;
        Assert.InRange(Assert.Single(all, proposal => proposal.What.Contains("titles", StringComparison.Ordinal)).Confidence, 0.3, 0.6);
    }

    [Fact]
    public void What_the_sources_recipe_does_already_is_not_proposed_again_and_what_is_stays_in_it()
    {
        var evidence = Of(["[A] One | Acme", "[A] Two | Acme", "[A] Three | Acme"]) with { Names = ["Acme"], Recipe = """{"fields": {"title": [{"trimPrefix": "[A]"}]}, "tags": {"add": "x"}}""" };
        var proposal = First(evidence);
        Assert.Equal(["One", "Two", "Three"], proposal.Posts.Select(post => post.Title));
        Assert.Contains("\"add\": \"x\"", proposal.Recipe, StringComparison.Ordinal);
        Assert.DoesNotContain(FeedSuggester.Of(evidence with { Recipe = proposal.Recipe }, TimeProvider.System).Proposals, again => again.What.Contains("titles", StringComparison.Ordinal));
    }

    [Fact]
    public void A_newest_post_that_is_ahead_by_hours_shows_local_times_that_call_themselves_UTC()
    {
        var feed = Feed(["今朝のこと", "昨日のこと", "おとといのこと"], "ja", i => Now.AddHours(6.5 - (26 * i)));
        var proposal = First(new FeedEvidence(feed, new Uri("https://acme.example/feed"), Now));
        Assert.Equal(("moves dates by -9h", Now.AddHours(-2.5)), (proposal.What, proposal.Posts[0].PublishedAt));
        Assert.Contains("6 h 30 min after now", proposal.Why[0], StringComparison.Ordinal);
        Assert.Contains("Asia/Tokyo", proposal.Why[0], StringComparison.Ordinal);
    }

    [Fact]
    public void So_does_one_that_is_later_than_the_feed_was_changed() =>
        Assert.Contains("after the feed was changed", First(new FeedEvidence(Feed(["a", "b", "c"], "ja", i => Now.AddDays(-i)), new Uri("https://acme.example/feed"), Now.AddDays(3)) { ChangedAt = Now.AddHours(-9) }).Why[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("en", 6.5)]
    [InlineData("ja", -1)]
    [InlineData("ja", 30)]
    public void Where_the_zone_is_not_known_or_the_dates_are_past_or_far_ahead_they_stay(string language, double hours)
    {
        var feed = Feed(["a post", "b post", "c post"], language, i => Now.AddHours(hours - (26 * i)));
        Assert.DoesNotContain(FeedSuggester.Of(new FeedEvidence(feed, new Uri("https://acme.example/feed"), Now), TimeProvider.System).Proposals, proposal => proposal.What.Contains("dates", StringComparison.Ordinal));
    }

    [Fact]
    public void Times_of_work_are_a_hint_and_no_more()
    {
        var feed = Feed([.. Enumerable.Range(0, 10).Select(i => $"その{i}")], "ja", i => Now.AddDays(-i - 1).AddHours((i % 5) - 2));
        var proposal = Assert.Single(
            FeedSuggester.Of(new FeedEvidence(feed, new Uri("https://acme.example/feed"), Now), TimeProvider.System).Proposals, one => one.What.Contains("dates", StringComparison.Ordinal));
        Assert.InRange(proposal.Confidence, 0.2, 0.5);
    }

    [Fact]
    public void Pages_that_say_the_same_moment_with_its_zone_are_the_surest_evidence()
    {
        var evidence = Of(["a post", "b post", "c post"]);
        evidence = evidence with { Pages = Pages(evidence, entry => new PageFacts { PublishedAt = entry.PublishedAt!.Value.AddHours(-9) }) };
        var proposal = First(evidence);
        Assert.Equal("moves dates by -9h", proposal.What);
        Assert.Equal("the pages of 3 posts say times that are 9 hours earlier, all alike", proposal.Why[0]);
    }

    [Fact]
    public void Pictures_authors_and_text_are_taken_from_pages_that_have_them()
    {
        var evidence = Of(["a post", "b post", "c post"], author: "Acme") with { Names = ["Acme株式会社"] };
        evidence = evidence with
        {
            Pages = Pages(evidence, entry => new PageFacts { Picture = $"{entry.Url}.png", Author = "Sato", Text = new string('x', 900) }),
        };
        var all = First(evidence);
        Assert.StartsWith("all that is likely: takes pictures from posts' pages; takes the author", all.What, StringComparison.Ordinal);
        Assert.Equal(("Sato", "https://acme.example/0.png", 900), (all.Posts[0].Author, all.Posts[0].Picture, all.Posts[0].TextLength));
        Assert.True(RecipeReader.TryRead(all.Recipe, out var recipe, out _));
        Assert.Equal(("picture, text", "author"), (string.Join(", ", recipe.Document.Page!.Fill!.Order(StringComparer.Ordinal)), string.Join(", ", recipe.Document.Page.Replace!)));
    }

    [Fact]
    public void A_logo_that_all_pages_name_is_no_picture_and_a_page_without_more_text_is_not_read()
    {
        var evidence = Of(["a post", "b post", "c post"], author: "Sato");
        evidence = evidence with { Pages = Pages(evidence, _ => new PageFacts { Picture = "https://acme.example/logo.png", Text = "short" }) };
        var suggested = FeedSuggester.Of(evidence, TimeProvider.System);
        Assert.Empty(suggested.Proposals);
        Assert.StartsWith("nothing odd was found: 3 titles", suggested.Declined, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_has_looked_at_pages_it_is_a_guess_and_says_so()
    {
        var proposals = FeedSuggester.Of(Of(["a post", "b post", "c post"]), TimeProvider.System).Proposals;
        Assert.NotEmpty(proposals);
        Assert.All(proposals, proposal => Assert.True(proposal.Confidence < 0.5 && proposal.Why[0].Contains("not looked at", StringComparison.Ordinal), proposal.What));
    }

    [Fact]
    public void Of_two_posts_nothing_can_be_told() =>
        Assert.Contains("from fewer than 3 nothing can be told", FeedSuggester.Of(Of(["a | Acme", "b | Acme"]), TimeProvider.System).Declined, StringComparison.Ordinal);

    private static RecipeProposal First(FeedEvidence evidence)
    {
        var suggested = FeedSuggester.Of(evidence, TimeProvider.System);
        Assert.True(suggested.Proposals.Count > 0, suggested.Declined);
        Assert.All(suggested.Proposals, proposal => Assert.True(RecipeReader.TryRead(proposal.Recipe, out _, out var problems), string.Join("; ", problems)));
        return suggested.Proposals[0];
    }

    private static FeedEvidence Of(string[] titles, string? author = null) => new(Feed(titles, "en", i => Now.AddDays(-1 - i), author), new Uri("https://acme.example/feed"), Now);

    private static Feed Feed(string[] titles, string language, Func<int, DateTimeOffset> date, string? author = null) => new()
    {
        Format = FeedFormat.Rss20,
        Encoding = "utf-8",
        Language = language,
        Entries = [.. titles.Select((title, i) => new Entry
        {
            Id = $"{i}",
            Url = $"https://acme.example/{i}",
            Title = title,
            Summary = "a few words",
            PublishedAt = date(i),
            Authors = author is null ? [] : [new Author(author)],
        })],
    };

    private static Dictionary<string, PageFacts?> Pages(FeedEvidence evidence, Func<Entry, PageFacts> facts) =>
        evidence.Feed.Entries.ToDictionary(entry => CanonicalUrl.Of(new Uri(entry.Url!)), entry => (PageFacts?)facts(entry));
}
