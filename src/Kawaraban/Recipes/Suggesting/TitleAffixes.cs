using System.Globalization;
using System.Text.Json.Nodes;

namespace Kawaraban.Recipes;

/// <summary>Finds what all titles of a feed end in, or begin with: the company's name, mostly, which stands beside each post anyway.</summary>
internal static class TitleAffixes
{
    private const int Most = 60;

    // With the name in it, most titles are enough; without, it may be what the posts are about.
    private const double LeastWithName = 0.6;
    private const double LeastWithout = 0.9;
    private const int LeastTitlesWithout = 5;

    private static readonly string[] Separators = [" | ", " ｜ ", "｜", "|", " - ", " – ", " — ", " ― ", " :: ", " » ", " « ", " ・ ", " @ ", " / ", " ／ "];
    private static readonly (char Open, char Close)[] Brackets = [('[', ']'), ('【', '】'), ('(', ')'), ('（', '）'), ('「', '」'), ('〔', '〕'), ('<', '>')];

    /// <summary>The likeliest suffix and the likeliest prefix, where there are such.</summary>
    public static IEnumerable<FeedFinding> Find(IReadOnlyList<string> titles, SourceNames names)
    {
        if (Best(titles, Suffixes, names, (title, affix) => title.EndsWith(affix, StringComparison.Ordinal)) is { } suffix)
            yield return Finding("trimSuffix", "end in", suffix.Affix, suffix.Count, titles.Count, names);
        if (Best(titles, Prefixes, names, (title, affix) => title.StartsWith(affix, StringComparison.Ordinal)) is { } prefix)
            yield return Finding("trimPrefix", "begin with", prefix.Affix, prefix.Count, titles.Count, names);
    }

    private static FeedFinding Finding(string step, string how, string affix, int count, int all, SourceNames names)
    {
        var share = (double)count / all;
        var name = names.In(affix);
        var why = string.Create(CultureInfo.InvariantCulture, $"{count} of {all} titles {how} \"{affix}\"{(name is null ? "" : $", which is what {name} is called")}");
        return new FeedFinding(
            $"takes \"{affix}\" off the {(step == "trimSuffix" ? "end" : "beginning")} of titles",
            FeedFinding.Step(FieldName.Title, new JsonObject { [step] = affix }),
            Math.Min(0.97, (name is null ? 0.1 : 0.55) + (0.45 * share) - (all < 5 ? 0.1 : 0)),
            why);
    }

    private static (string Affix, int Count)? Best(
        IReadOnlyList<string> titles, Func<string, IEnumerable<string>> of, SourceNames names, Func<string, string, bool> has)
    {
        (string Affix, int Count)? best = null;
        foreach (var affix in titles.SelectMany(of).Distinct())
        {
            var having = titles.Where(title => has(title, affix)).ToList();
            var isNamed = names.In(affix) is not null;
            if (having.Count < 3 || having.Count < titles.Count * (isNamed ? LeastWithName : LeastWithout) || (!isNamed && titles.Count < LeastTitlesWithout))
                continue;
            // What is left has to be titles still.
            if (having.Any(title => title.Length - affix.Length < 2) || having.Select(title => title.Length).Distinct().Count() < 2 && having.Distinct().Count() < having.Count)
                continue;
            if (best is null || having.Count > best.Value.Count || (having.Count == best.Value.Count && affix.Length > best.Value.Affix.Length))
                best = (affix, having.Count);
        }

        return best;
    }

    private static IEnumerable<string> Suffixes(string title)
    {
        foreach (var separator in Separators)
        {
            for (var at = title.IndexOf(separator, 1, StringComparison.Ordinal); at > 0; at = title.IndexOf(separator, at + 1, StringComparison.Ordinal))
            {
                if (title.Length - at <= Most && title.Length - at > separator.Length)
                    yield return title[at..];
            }
        }

        foreach (var (open, close) in Brackets)
        {
            if (title.EndsWith(close) && title.LastIndexOf(open) is > 0 and var at && title.Length - at <= Most)
                yield return title[(title[at - 1] == ' ' ? at - 1 : at)..];
        }
    }

    private static IEnumerable<string> Prefixes(string title)
    {
        foreach (var separator in Separators.Append(": ").Append("："))
        {
            var at = title.IndexOf(separator, StringComparison.Ordinal);
            if (at > 0 && at + separator.Length <= Most)
                yield return title[..(at + separator.Length)];
        }

        foreach (var (open, close) in Brackets)
        {
            if (title.StartsWith(open) && title.IndexOf(close) is > 1 and var at && at < Most)
                yield return title[..(at + 1 < title.Length && title[at + 1] == ' ' ? at + 2 : at + 1)];
        }
    }
}
