using System.Text.Json;
using System.Text.RegularExpressions;
using Kawaraban.Recipes;

namespace Kawaraban.Tests.Recipes.Suggesting;

/// <summary>What a person sees on a page: its posts, or that it has none. Written by reading the page, not by running anything.</summary>
/// <param name="File">The page.</param>
/// <param name="Posts">What the addresses of its posts match; null when it has none.</param>
/// <param name="Count">How many posts there are.</param>
/// <param name="May">Addresses that do no harm if they are taken for posts.</param>
/// <param name="Title">The title of the first post.</param>
/// <param name="Date">Its day, where the page shows one.</param>
/// <param name="Url">Where the page comes from, where that matters.</param>
/// <param name="Feed">The feed that it names.</param>
/// <param name="Next">Where older posts are.</param>
public sealed record PageLabel(string File, string? Posts, int Count, string? May, string? Title, string? Date, string? Url, string? Feed, string? Next)
{
    /// <summary>Reads a table of labels.</summary>
    public static IReadOnlyList<PageLabel> Read(string file)
    {
        using var table = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(Folder, file)));
        return [.. table.RootElement.EnumerateArray().Select(row =>
        {
            string? Text(string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;
            return new PageLabel(
                Text("file")!, Text("posts"), row.TryGetProperty("count", out var count) ? count.GetInt32() : 0, Text("may"), Text("title"), Text("date"), Text("url"), Text("feed"), Text("next"));
        })];
    }

    /// <summary>Where the tables are.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryFolder.Path, "tests", "Kawaraban.Tests", "Recipes", "Suggesting");

    /// <summary>Compares what is proposed with what a person sees.</summary>
    public PageVerdict Judge(PageSuggestions suggested)
    {
        var best = suggested.Proposals.Count == 0 ? null : suggested.Proposals[0];
        var found = best?.Posts.Select(post => Uri.UnescapeDataString(post.Url)).ToList() ?? [];
        bool Fits(string? pattern, string url) => pattern is not null && Regex.IsMatch(url, pattern);
        var foreign = found.Where(url => !Fits(Posts, url) && !Fits(May, url)).ToList();
        var right = found.Where(url => Fits(Posts, url)).Distinct().Count();
        if (Posts is null)
        {
            return best is null ? new PageVerdict(this, Verdict.Right, "nothing proposed, as there is nothing")
                : foreign.Count == 0 ? new PageVerdict(this, Verdict.Right, "only what does no harm")
                : new PageVerdict(this, Verdict.Wrong, $"proposed {found.Count} where there is nothing, such as {foreign[0]}: {best.Recipe}");
        }

        if (best is null)
            return new PageVerdict(this, Verdict.Unknown, suggested.Declined ?? "");
        if (foreign.Count * 10 > found.Count || right * 10 < Count * 9 || right > Count)
            return new PageVerdict(this, Verdict.Wrong, $"found {right} of {Count}, and {foreign.Count} others{(foreign.Count > 0 ? $" such as {foreign[0]}" : "")}: {best.Recipe}");
        var first = best.Posts.First(post => Fits(Posts, Uri.UnescapeDataString(post.Url)));
        if (Title is not null && best.Posts.All(post => post.Title != Title))
            return new PageVerdict(this, Verdict.Wrong, $"the first is called \"{first.Title}\", not \"{Title}\": {best.Recipe}");
        var titled = best.Posts.First(post => Title is null || post.Title == Title);
        var day = titled.PublishedAt?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        if (day is not null && day != Date)
            return new PageVerdict(this, Verdict.Wrong, $"\"{titled.Title}\" is of {day}, not of {Date ?? "no day"}: {best.Recipe}");
        if (Next is not null && !best.More.Any(url => url.EndsWith(Next, StringComparison.Ordinal)) && !best.Recipe.Contains($"\"template\": \"{Next}\"", StringComparison.Ordinal))
            return new PageVerdict(this, Verdict.Wrong, $"older posts are at {Next}: {best.Recipe}");
        return new PageVerdict(this, Verdict.Right, $"{right} of {Count}{(Date is null ? "" : day is null ? ", without the date" : ", with the date")}") { LacksDate = Date is not null && day is null, Confidence = best.Confidence };
    }
}

/// <summary>How a page came out.</summary>
public enum Verdict
{
    /// <summary>As a person sees it.</summary>
    Right,

    /// <summary>There are posts, and it said that it does not know.</summary>
    Unknown,

    /// <summary>Something else.</summary>
    Wrong,
}

/// <summary>How a page came out, and in what.</summary>
public sealed record PageVerdict(PageLabel Label, Verdict Verdict, string Sentence)
{
    /// <summary>Whether the page shows a date that was not found.</summary>
    public bool LacksDate { get; init; }

    /// <summary>How sure it was.</summary>
    public double Confidence { get; init; }
}
