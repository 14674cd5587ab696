using System.Globalization;
using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>Finds dates that are off by hours: local times that are called UTC, mostly.</summary>
internal static class ShiftedDates
{
    private const int LeastTimes = 8;

    private static readonly TimeSpan Most = TimeSpan.FromHours(14);
    private static readonly TimeSpan Clocks = TimeSpan.FromMinutes(10);

    /// <summary>What moves them back; null when nothing speaks for that.</summary>
    public static FeedFinding? Find(FeedEvidence evidence, IReadOnlyList<PostDraft> drafts, IReadOnlyList<PageFacts?> pages)
    {
        var dates = drafts.Select(draft => draft.PublishedAt).OfType<DateTimeOffset>().ToList();
        if (dates.Count < 2)
            return null;
        return ByPages(drafts, pages) ?? ByZone(evidence, drafts, dates);
    }

    // The page says the same moment with its zone: nothing is surer.
    private static FeedFinding? ByPages(IReadOnlyList<PostDraft> drafts, IReadOnlyList<PageFacts?> pages)
    {
        var differences = drafts.Zip(pages)
            .Where(pair => pair.First.PublishedAt is not null && pair.Second?.PublishedAt is { TimeOfDay.Ticks: > 0 })
            .Select(pair => pair.Second!.PublishedAt!.Value - pair.First.PublishedAt!.Value).ToList();
        if (differences.Count < 2 || differences.Distinct().Count() > 1 || differences[0] == TimeSpan.Zero || differences[0].Duration() > Most || differences[0].Ticks % TimeSpan.TicksPerHour != 0)
            return null;
        return Shift(differences[0], differences.Count > 2 ? 0.95 : 0.85, $"the pages of {differences.Count} posts say times that are {Hours(differences[0].Duration())} {(differences[0] < TimeSpan.Zero ? "earlier" : "later")}, all alike");
    }

    private static FeedFinding? ByZone(FeedEvidence evidence, IReadOnlyList<PostDraft> drafts, List<DateTimeOffset> dates)
    {
        var language = drafts.Select(draft => draft.Language).FirstOrDefault(tag => tag is not null)
            ?? (drafts.Count(draft => DetectedLanguage.Of(draft.Title) == "ja") * 2 > drafts.Count ? "ja" : null);
        if (SourceZone.Of(language, evidence.Url) is not { } zone || !DateText.TryReadZone(zone, out var found)
            || dates.Any(date => date.Offset != TimeSpan.Zero) || dates.TrueForAll(date => date.TimeOfDay == TimeSpan.Zero))
        {
            return null;
        }

        var offset = found!.GetUtcOffset(evidence.Now);
        if (offset <= TimeSpan.Zero)
            return null;
        // Nothing is published after it was retrieved, nor after the server has changed the file.
        var latest = evidence.ChangedAt < evidence.Now ? evidence.ChangedAt.Value : evidence.Now;
        var ahead = dates.Max() - latest;
        var clue = language is "ja" or "ko" ? $"in the language {language}" : $"under .{evidence.Url.Host[(evidence.Url.Host.LastIndexOf('.') + 1)..]}";
        if (ahead > Clocks && ahead <= offset + Clocks)
        {
            return Shift(
                -offset, ahead > TimeSpan.FromHours(1) ? 0.85 : 0.7,
                $"the newest post is dated {Hours(ahead)} after {(latest == evidence.Now ? "now" : "the feed was changed")}, and all dates call themselves UTC; the source is {clue}, where clocks are {Hours(offset)} ahead ({zone})");
        }

        // Written by day, all of them, if it is local time, and by night if it is what it says.
        var times = dates.Where(date => date.TimeOfDay != TimeSpan.Zero).ToList();
        bool IsByDay(TimeSpan time) => time.Hours is >= 8 and < 20;
        if (times.Count < LeastTimes || times.Count(date => IsByDay(date.TimeOfDay)) * 20 < times.Count * 19 || times.Count(date => IsByDay((date + offset).TimeOfDay)) * 2 > times.Count)
            return null;
        return Shift(
            -offset, 0.45,
            string.Create(CultureInfo.InvariantCulture, $"{times.Count} posts call themselves written between {times.Min(date => date.Hour)} and {times.Max(date => date.Hour) + 1} o'clock UTC, which are hours of work in {zone} and of the night if that is so"));
    }

    private static FeedFinding Shift(TimeSpan by, double confidence, string why)
    {
        var text = $"{(by < TimeSpan.Zero ? "-" : "+")}{(int)by.Duration().TotalHours}h";
        return new FeedFinding($"moves dates by {text}", FeedFinding.Step(FieldName.Date, new JsonObject { ["shift"] = text }), confidence, why);
    }

    private static string Hours(TimeSpan span) => span.TotalHours >= 1 && span.Ticks % TimeSpan.TicksPerHour == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} hours")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min");
}
