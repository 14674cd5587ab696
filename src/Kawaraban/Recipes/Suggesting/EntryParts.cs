using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Kawaraban.Feeds.Dates;

namespace Kawaraban.Recipes;

/// <summary>Finds in an element what an entry consists of.</summary>
internal static partial class EntryParts
{
    private static readonly char[] Punctuation = [' ', '\n', '\r', '\t', ':', '：', '-', '–', '—', '|', '・', '(', ')', '[', ']', '（', '）', '【', '】', '»', '/'];

    /// <summary>Where its title stands: in a heading, in what is called a title, in the link.</summary>
    public static PageNode? Title(EntryItem item)
    {
        // A heading that leads to the post is its title; of others the first, or what is called a title before it: those behind are within the text.
        var headings = item.Nodes.Where(node => node.IsHeading && node.TextWeight >= 2).ToList();
        var link = item.Link.Node;
        if (headings.Find(node => node.Holds(link)) is { } leading)
            return leading;
        var called = item.Nodes.FirstOrDefault(node => node.TextWeight is >= 4 and <= 400 && node.Classes.Any(IsTitle) && Date(node) is null);
        var heading = headings.Find(link.Holds) ?? headings.FirstOrDefault();
        if ((heading ?? called) is { } either)
            return called is null || (heading is not null && heading.Order < called.Order) || called.Holds(either) ? either : called;
        var texts = item.Nodes.Where(node => node.Tag == "a" && node.TextWeight >= 4 && !IsCall(node.Text)
            && (node == link || node.Element.GetAttribute("href") == link.Element.GetAttribute("href")));
        var longest = texts.MaxBy(node => Math.Min(node.TextWeight, 60));
        // A card that is a link holds a title and more: the text of its own that stands first.
        if (longest is { Children.Count: > 0, TextWeight: > 0 })
        {
            var inner = longest.All().Skip(1).Where(node => node.Children.Count == 0 && node.TextWeight >= 4 && Date(node) is null && !IsLabel(node)).ToList();
            if (inner.Count > 0 && inner.Sum(node => node.TextWeight) * 10 >= longest.TextWeight * 6)
                return inner.FirstOrDefault(node => node.TextWeight >= 12) ?? inner.MaxBy(node => node.TextWeight);
        }

        return longest;
    }

    /// <summary>Elements whose whole text, or whose attribute, is a date.</summary>
    public static IEnumerable<PageNode> Dates(EntryItem item) => item.Nodes.Where(node => Date(node) is not null);

    /// <summary>The date that an element is; null when it is none.</summary>
    public static DateTimeOffset? Date(PageNode node)
    {
        if (node.Element.GetAttribute("datetime") is { Length: > 0 } written && FeedDate.TryParse(written, null, out var stamped))
            return Plausible(stamped);
        if (node.TextWeight is < 6 or > 60 || (node.Children.Count > 0 && node.Tag is not "time"))
            return null;
        var text = node.Text;
        return Numbers(text) >= 2 && FeedDate.TryParse(text, null, out var read) ? Plausible(read) : null;
    }

    /// <summary>Text that has the shape of a date but more than one reading: 11/12/2026.</summary>
    public static bool LooksLikeDate(PageNode node) => node.Children.Count == 0 && node.TextWeight is >= 8 and <= 12 && Ambiguous().IsMatch(node.Text);

    /// <summary>Whether a date stands between the elements of an entry, where no selector reaches it.</summary>
    public static bool HasLooseDate(EntryItem item)
    {
        foreach (var node in item.Nodes.Take(20))
        {
            foreach (var child in node.Element.ChildNodes)
            {
                if (child is IText { Data.Length: >= 8 and <= 60 } text && text.Data.Trim(Punctuation) is { Length: >= 8 } bare && Numbers(bare) >= 2
                    && FeedDate.TryParse(bare, null, out var read) && Plausible(read) is not null)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>What tells about it: a text that is longer than its title.</summary>
    public static PageNode? Excerpt(EntryItem item, PageNode? title) => item.Nodes.FirstOrDefault(node =>
        node.TextWeight >= 40 && node != title && node.Tag is "p" or "div" or "span" or "dd" && (title is null || (!node.Holds(title) && !title.Holds(node)))
        && node.LinkWeight * 2 < Math.Max(node.TextWeight, 1) + (item.Node.Tag == "a" || item.Link.Node.Holds(node) ? node.TextWeight * 2 : 0)
        && !node.Children.Any(child => child.Tag is "p" or "div" or "ul" or "section" or "article"));

    /// <summary>Its picture.</summary>
    public static PageNode? Picture(EntryItem item) => item.Nodes.FirstOrDefault(node => node.Tag == "img" && !IsSmall(node));

    /// <summary>Its tags.</summary>
    public static IEnumerable<PageNode> Tags(EntryItem item) => item.Nodes.Where(node =>
        node.TextWeight is >= 2 and <= 40 && node != item.Link.Node && ((node.Tag == "a" && IsTagLink(node)) || (node.Children.Count == 0 && node.Classes.Any(IsTagClass))));

    /// <summary>Whether a text calls to click rather than says what is there.</summary>
    public static bool IsCall(string text) => Call().IsMatch(text);

    /// <summary>Whether an entry is for sale.</summary>
    public static bool HasPrice(EntryItem item) => item.Node.TextWeight <= 600 && Price().IsMatch(item.Node.Text);

    /// <summary>Whether a class is that of a title.</summary>
    public static bool IsTitle(string name) => ClassName.Words(name).Any(word => word is "title" or "sidetitle" or "ttl" or "tit" or "headline" or "heading" or "subject");

    private static bool IsTagLink(PageNode node) =>
        node.Element.GetAttribute("rel")?.Contains("tag", StringComparison.OrdinalIgnoreCase) == true || TagPath().IsMatch(node.Element.GetAttribute("href") ?? "");

    private static bool IsTagClass(string name) => ClassName.Words(name) is var words && words.Any(word => word is "tag" or "tags" or "category" or "cat" or "label") && !words.Contains("list");

    // A category, a number of minutes: what stands above a title in capitals.
    private static bool IsLabel(PageNode node) => node.Classes.Any(name => IsTagClass(name) || ClassName.Words(name).Any(word => word is "date" or "meta" or "badge" or "time" or "eyebrow" or "kicker" or "author"));

    private static bool IsSmall(PageNode node) =>
        int.TryParse(node.Element.GetAttribute("width"), out var width) && width is > 0 and < 48
        || node.Classes.Any(name => ClassName.Words(name).Any(word => word is "avatar" or "icon" or "logo" or "emoji"));

    private static DateTimeOffset? Plausible(DateTimeOffset date) => date.Year is >= 1995 and < 2100 ? date : null;

    private static int Numbers(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
            count += char.IsDigit(text[i]) && (i == 0 || !char.IsDigit(text[i - 1])) ? 1 : 0;
        return count;
    }

    [GeneratedRegex("^\\W*(read|read more|more|continue reading|continue|view|view more|view post|learn more|see more|details?|full story|here|続きを読む|続き|もっと見る|もっと読む|詳細|詳しく.*|記事を読む|全文を読む|阅读全文|阅读更多|閱讀更多|더보기|lire la suite|weiterlesen|leer más|comments?( \\([0-9]+\\))?|[0-9]+ comments?|share|permalink|[0-9]+)\\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Call();

    [GeneratedRegex("[¥￥$€£] ?[0-9]|[0-9] ?(円|USD|EUR)\\b|[0-9]円|税込|add to cart|カートに", RegexOptions.IgnoreCase)]
    private static partial Regex Price();

    [GeneratedRegex("/(tags?|categor(y|ies)|topics?|labels?|keywords?)/", RegexOptions.IgnoreCase)]
    private static partial Regex TagPath();

    [GeneratedRegex("^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}$|^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}$")]
    private static partial Regex Ambiguous();
}
