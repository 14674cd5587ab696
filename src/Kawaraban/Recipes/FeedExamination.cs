using Kawaraban.Feeds;
using Kawaraban.Feeds.Encodings;

namespace Kawaraban.Recipes;

/// <summary>Something wrong with a feed.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in it, from 1.</param>
/// <param name="Code">A stable name.</param>
/// <param name="Sentence">What was wrong and what was done.</param>
public sealed record Finding(int Line, int Column, string Code, string Sentence);

/// <summary>What had to be mended in a feed, as its publisher is told.</summary>
/// <param name="Feed">What was read of it; null when it is none.</param>
/// <param name="Problem">Why it is none; null when it is one.</param>
/// <param name="Findings">What had to be mended, in the order of its lines.</param>
public sealed record FeedExamination(Feed? Feed, string? Problem, IReadOnlyList<Finding> Findings)
{
    /// <summary>Examines a document.</summary>
    /// <param name="bytes">As it came.</param>
    /// <param name="contentType">The HTTP header it came with.</param>
    public static FeedExamination Of(ReadOnlyMemory<byte> bytes, string? contentType)
    {
        if (!FeedParser.TryParse(bytes, contentType, null, out var feed, out var problem))
            return new FeedExamination(null, problem.Message, []);
        var places = DocumentText.Locate(bytes, contentType, feed.Repairs);
        return new FeedExamination(
            feed, null,
            [.. feed.Repairs
                .Select((repair, i) => new Finding(places[i].Line, places[i].Column, repair.Code, repair.Sentence))
                .OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)]);
    }
}
