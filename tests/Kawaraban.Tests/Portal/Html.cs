using System.Net;
using System.Text.RegularExpressions;

namespace Kawaraban.Tests.Portal;

/// <summary>Looks at pages: our own markup is regular enough for it.</summary>
internal static partial class Html
{
    private static readonly HashSet<string> Void = ["meta", "link", "img", "input", "br", "hr"];

    /// <summary>What is wrong with the nesting of the elements; null when nothing is.</summary>
    public static string? Problem(string page)
    {
        if (!page.TrimStart().StartsWith("<!DOCTYPE html>", StringComparison.Ordinal))
            return "no doctype";
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(page))
        {
            var name = tag.Groups["name"].Value;
            if (tag.Groups["close"].Length > 0)
            {
                if (open.Count == 0 || open.Pop() != name)
                    return $"</{name}> closes nothing at: {page[Math.Max(0, tag.Index - 80)..(tag.Index + tag.Length)]}";
            }
            else if (!Void.Contains(name))
            {
                open.Push(name);
            }
        }

        return open.Count == 0 ? null : $"<{open.Peek()}> is not closed";
    }

    /// <summary>The headlines of the cards, in their order.</summary>
    public static List<string> Headlines(string page) => [.. Headline().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    /// <summary>Where the links with this relation lead.</summary>
    public static List<string> Links(string page, string relation) =>
        [.. Related().Matches(page).Where(match => match.Groups["rel"].Value == relation).Select(match => WebUtility.HtmlDecode(match.Groups["href"].Value))];

    [GeneratedRegex("""<(?<close>/)?(?<name>[a-z][a-z0-9]*)(?:\s+[a-z:-]+(?:="[^"<>]*")?)*\s*>""")]
    private static partial Regex Tag();

    [GeneratedRegex("""<h2 class="headline"[^>]*><a [^>]*>([^<]*)</a>""")]
    private static partial Regex Headline();

    [GeneratedRegex("""<link rel="(?<rel>[^"]*)"[^>]* href="(?<href>[^"]*)">""")]
    private static partial Regex Related();
}
