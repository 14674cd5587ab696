using Kawaraban.Feeds;

namespace Kawaraban.Recipes;

/// <summary>What a source's document holds.</summary>
/// <param name="Feed">Its entries. Of what is no feed, the format that stands there is the nearest one.</param>
/// <param name="More">Where older or further entries are: the next page, the parts of a sitemap.</param>
/// <param name="Notes">Rules that failed.</param>
internal sealed record Reading(Feed Feed, IReadOnlyList<Uri> More, RuleNotes Notes)
{
    /// <summary>The greatest number of entries that are read of one document.</summary>
    public const int MostEntries = 1_000;

    /// <summary>Entries found by a recipe, as a feed.</summary>
    public static Feed AsFeed(IReadOnlyList<Entry> entries, string? title, Uri home, string? language) => new()
    {
        Format = FeedFormat.JsonFeed11,
        Encoding = "utf-8",
        Title = string.IsNullOrWhiteSpace(title) ? null : title.Trim(),
        HomePageUrl = home.AbsoluteUri,
        Language = language,
        Entries = entries,
    };
}

/// <summary>How reading a document ended: with a reading, or with a sentence that says why there is none.</summary>
internal sealed record ReadingOutcome(Reading? Reading, string? Problem)
{
    public static ReadingOutcome Of(Reading reading) => new(reading, null);

    public static ReadingOutcome None(string problem) => new(null, problem);
}
