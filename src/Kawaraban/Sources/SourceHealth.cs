using System.Globalization;

namespace Kawaraban.Sources;

/// <summary>How a source is, by its own measure.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Sentence">What that means for this source, for a person.</param>
public sealed record SourceHealth(string Name, string Sentence)
{
    // Shorter than that, silence is a holiday.
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromDays(30);

    private const int SilentGaps = 4;

    /// <summary>
    /// <c>new</c>: not visited yet. <c>healthy</c>. <c>quiet</c>: well, but without a post for much longer than is its custom; no error, a
    /// claim about its publisher. <c>moved</c>: well, and redirecting for good to elsewhere, which is not believed yet. <c>failing</c>.
    /// <c>blocked</c>: not broken, but closed to us, by a bot wall, a robots.txt, a 403 or an address that we do not go to.
    /// <c>throttled</c>: its server has asked us to wait. <c>gone</c>: its server says so (410).
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = ["new", "healthy", "quiet", "moved", "failing", "blocked", "throttled", "gone"];

    /// <summary>Judges it.</summary>
    /// <param name="found">What the last visit found: one of the names, without <c>quiet</c> and <c>moved</c>.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="now">The time: silence grows by itself.</param>
    internal static SourceHealth Of(string found, SourceFacts facts, DateTimeOffset now) => found switch
    {
        "new" => new(found, "it has not been visited yet"),
        "healthy" when facts.Move is { } move => new("moved", $"it is well, and its server redirects for good to {move.To}, seen {Times(move.Seen)} since {Day(move.Since)}"),
        "healthy" when facts.LatestPostAt is { } latest && now - latest > LongestSilence(facts.PostsGap) =>
            new("quiet", $"it is well, but has posted nothing since {Day(latest)}{Custom(facts.PostsGap)}; its publisher may have moved or stopped"),
        "healthy" => new(found, facts.LatestPostAt is { } latest ? $"it is well; its newest post is of {Day(latest)}{Custom(facts.PostsGap)}" : "it is well"),
        "blocked" => new(found, "its site does not let us in, which says nothing of the feed itself: ask its operator to allow our user agent"),
        "throttled" => new(found, "its server has asked us to wait"),
        "gone" => new(found, "its server says that it is gone for good (410)"),
        _ => new(found, $"{(facts.Failures == 1 ? "its last visit" : $"its last {facts.Failures} visits")} failed; it was {(facts.LastSuccessAt is { } at ? $"last well on {Day(at)}" : "never well")}"),
    };

    private static TimeSpan LongestSilence(TimeSpan? gap) => gap * SilentGaps is { } gaps && gaps > ShortestSilence ? gaps : ShortestSilence;

    private static string Custom(TimeSpan? gap) => gap switch
    {
        null => "",
        { TotalHours: < 36 } => ", where one a day or more is usual",
        { } span => string.Create(CultureInfo.InvariantCulture, $", where one every {span.TotalDays:0} days is usual"),
    };

    private static string Times(int count) => count == 1 ? "once" : count == 2 ? "twice" : $"{count} times";

    private static string Day(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What the health of a source hangs on.</summary>
/// <param name="Failures">How many visits have failed in a row.</param>
/// <param name="LastSuccessAt">When a visit last went well.</param>
/// <param name="LatestPostAt">When it last posted; null while unknown.</param>
/// <param name="PostsGap">The typical time between two of its posts; null while unknown.</param>
/// <param name="Move">The permanent redirect that is being observed.</param>
internal sealed record SourceFacts(int Failures, DateTimeOffset? LastSuccessAt, DateTimeOffset? LatestPostAt, TimeSpan? PostsGap, Move? Move);
