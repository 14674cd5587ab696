using Kawaraban.Sources;

namespace Kawaraban.Tests.Sources;

public sealed class SourceHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    // What the last visit found; days since the newest post and between posts (0 unknown); what that makes of it.
    [InlineData("new", 0, 0, "new")]
    [InlineData("healthy", 0, 0, "healthy")]
    [InlineData("healthy", 29, 0, "healthy")]
    [InlineData("healthy", 31, 0, "quiet")]
    [InlineData("healthy", 29, 1, "healthy")]
    [InlineData("healthy", 31, 1, "quiet")]
    [InlineData("healthy", 31, 8, "healthy")]
    [InlineData("healthy", 33, 8, "quiet")]
    [InlineData("healthy", 350, 90, "healthy")]
    [InlineData("healthy", 370, 90, "quiet")]
    [InlineData("failing", 999, 1, "failing")]
    [InlineData("blocked", 999, 1, "blocked")]
    [InlineData("throttled", 999, 1, "throttled")]
    [InlineData("gone", 999, 1, "gone")]
    public void A_source_is_judged_by_its_own_rhythm(string found, int silent, int gap, string name)
    {
        var facts = new SourceFacts(2, Now.AddDays(-1), silent == 0 ? null : Now.AddDays(-silent), gap == 0 ? null : TimeSpan.FromDays(gap), null);
        var health = SourceHealth.Of(found, facts, Now);
        Assert.Equal(name, health.Name);
        Assert.Contains(name, SourceHealth.Names);
        Assert.Equal(name, SourceHealth.Of(found, facts with { Move = null }, Now).Name);
        Assert.Equal(found == "healthy" ? "moved" : found, SourceHealth.Of(found, facts with { Move = new Move(new Uri("https://new.example/"), Now, 1) }, Now).Name);
    }

    [Fact]
    public void The_sentence_says_what_is_usual()
    {
        var facts = new SourceFacts(0, Now, Now.AddDays(-60), TimeSpan.FromDays(5), null);
        Assert.Equal(
            "it is well, but has posted nothing since 2026-09-25, where one every 5 days is usual; its publisher may have moved or stopped",
            SourceHealth.Of("healthy", facts, Now).Sentence);
        Assert.Equal("it is well; its newest post is of 2026-11-23", SourceHealth.Of("healthy", new SourceFacts(0, Now, Now.AddDays(-1), null, null), Now).Sentence);
        Assert.Equal("its last 3 visits failed; it was last well on 2026-11-24", SourceHealth.Of("failing", facts with { Failures = 3 }, Now).Sentence);
        Assert.Equal(
            "it is well, and its server redirects for good to https://new.example/, seen twice since 2026-11-24",
            SourceHealth.Of("healthy", facts with { Move = new Move(new Uri("https://new.example/"), Now, 2) }, Now).Sentence);
    }
}
