using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kawaraban.Recipes;

/// <summary>Finds where older entries are.</summary>
internal static partial class NextPage
{
    private const int Pages = 3;

    private static readonly string[] Selectors =
    [
        "a[rel=next]", "link[rel=next]", "a.next", ".next a", "a.next-page", ".nav-next a", ".nav-previous a", ".pagination .next", ".pagination-next", "a.pagination-next",
        "a.extend.next", "a.older", ".older a", "a.older-posts", ".pager .next a", ".pager-next a",
    ];

    /// <summary>Whether a link leads to another page of the same list.</summary>
    public static bool IsPager(PageNode link, string rel)
    {
        if (rel.Contains("next", StringComparison.OrdinalIgnoreCase) || rel.Contains("prev", StringComparison.OrdinalIgnoreCase))
            return true;
        return link.TextWeight <= 30 && (Number().IsMatch(link.Text) || Older().IsMatch(link.Text) || Newer().IsMatch(link.Text));
    }

    /// <summary>The <c>paging</c> of a recipe, and a sentence about it; null when there is no next page.</summary>
    public static (JsonObject Paging, string Why)? Find(PageOutline outline)
    {
        foreach (var text in Selectors)
        {
            if (PageSelector.TryCreate(text, out var selector, out _) && outline.Page.First(selector) is { } element
                && CanonicalUrl.Web(element.GetAttribute("href"), outline.Page.BaseUrl) is { } next && IsFurther(outline, next))
            {
                return (Next(text), $"older entries are behind \"{Shown(next)}\", which {text} finds");
            }
        }

        foreach (var pager in outline.Pagers.Where(pager => Older().IsMatch(pager.Node.Text) && IsFurther(outline, pager.Url)))
        {
            foreach (var text in Named(pager.Node))
            {
                if (PageSelector.TryCreate(text, out var selector, out _) && outline.Page.First(selector) == pager.Node.Element)
                    return (Next(text), $"older entries are behind \"{pager.Node.Text}\"");
            }
        }

        // The second page by its number, if the number is all that the address adds.
        foreach (var pager in outline.Pagers)
        {
            if (IsFurther(outline, pager.Url) && Second().Match(pager.Url.PathAndQuery) is { Success: true } match)
            {
                var path = pager.Url.PathAndQuery;
                var template = $"{path[..match.Groups[1].Index]}{{page}}{path[(match.Groups[1].Index + match.Groups[1].Length)..]}";
                return (new JsonObject { ["template"] = template, ["pages"] = Pages }, $"older entries are on numbered pages, such as {path}");
            }
        }

        return null;
    }

    private static IEnumerable<string> Named(PageNode link) =>
        SelectorWriter.Parts(link).Where(part => part.IsTelling).Select(part => part.Text)
            .Concat(link.Parent is { } around ? SelectorWriter.Parts(around).Where(part => part.IsTelling).Select(part => $"{part.Text} > a") : []);

    private static JsonObject Next(string selector) => new() { ["next"] = new JsonObject { ["select"] = selector }, ["pages"] = Pages };

    private static bool IsFurther(PageOutline outline, Uri next) =>
        outline.IsOwn(next) && CanonicalUrl.Of(next) != CanonicalUrl.Of(outline.Page.Url) && LooksLikePage().IsMatch(next.PathAndQuery);

    private static string Shown(Uri url) => url.PathAndQuery.Length <= 60 ? url.PathAndQuery : string.Create(CultureInfo.InvariantCulture, $"{url.PathAndQuery.AsSpan(0, 60)}…");

    [GeneratedRegex("^[«‹<(\\[ ]*[0-9]{1,4}[ )\\]>›»]*$")]
    private static partial Regex Number();

    [GeneratedRegex("^\\W*(next|next page|older|older posts|older entries|more posts|load more|次へ|次のページ|次の(記事|[0-9]+件).*|次|古い記事.*|過去の記事|もっと(見る|読む)|下一页|下一頁|다음|suivant|weiter|siguiente)\\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Older();

    [GeneratedRegex("^\\W*(prev|previous|previous page|newer|newer posts|first|last|random|前へ|前のページ|前|最初|最後|新しい記事.*|上一页|이전)\\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Newer();

    [GeneratedRegex("(?:/page[/_-]?|[?&](?:page|paged|p|pg)=|/p|/)(2)(?:/|\\.html?|&|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Second();

    [GeneratedRegex("page|[?&](p|pg|offset|start|paged|cursor|before|until|max-results)=|/[0-9]{1,4}/?$|[0-9]{1,4}\\.html?$|older|next", RegexOptions.IgnoreCase)]
    private static partial Regex LooksLikePage();
}
