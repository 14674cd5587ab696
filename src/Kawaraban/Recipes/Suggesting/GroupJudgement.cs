using System.Globalization;
using System.Text.RegularExpressions;

namespace Kawaraban.Recipes;

/// <summary>Whether a group is a list of posts, and what speaks for it.</summary>
/// <param name="Group">The group.</param>
/// <param name="Score">The greater the likelier.</param>
/// <param name="HasProof">Whether there is something that lists of other things do not have: dates, addresses or names that say so.</param>
/// <param name="Why">What speaks for it, a sentence each.</param>
internal sealed partial record GroupJudgement(EntryGroup Group, double Score, bool HasProof, IReadOnlyList<string> Why)
{
    /// <summary>Below this, nothing is proposed: the point where lists of other things end, on the pages that we know.</summary>
    public const double Enough = 4;

    /// <summary>From 0 to 1.</summary>
    public double Confidence => Math.Clamp(1 / (1 + Math.Exp((Enough - Score) * 0.55)), 0.05, 0.97);

    /// <summary>Whether it is a list of posts, as far as can be told.</summary>
    public bool IsList => HasProof && Score >= Enough;

    /// <summary>Whether one element that stands alone is a post: only where it is marked up as one, or dated.</summary>
    public bool IsSingleEntry => IsList && IsMarked;

    private bool IsMarked { get; init; }

    /// <summary>Judges one.</summary>
    public static GroupJudgement Of(EntryGroup group, PageOutline outline)
    {
        var (judged, all) = (group, group.Items.Count);
        group = group.Sample;
        var (score, why, count) = (0.0, new List<string>(), group.Items.Count);
        string Of(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(share * count)} of {count}");

        var titles = group.Items.Select(item => EntryParts.Title(item)).ToList();
        var texts = titles.Select(title => title?.Text ?? "").ToList();
        var dated = group.Share(item => EntryParts.Dates(item).Any() || item.Nodes.Any(EntryParts.LooksLikeDate) || EntryParts.HasLooseDate(item));
        var datedUrls = group.Share(item => Addresses.HasDate(item.Link.Url));
        var said = group.Share(item => item.Link.Kind == AddressKind.Post);
        var headings = titles.Count(title => title?.IsHeading == true) / (double)count;
        var isNamed = group.Share(item => item.Node.Tag == "article" || item.Node.Classes.Concat(item.Node.Parent?.Classes ?? []).Any(ClassName.IsOfEntries) || IsOfSchema(item.Node));
        var isArticle = group.Share(item => item.Node.Tag == "article" || IsOfSchema(item.Node) || item.Node.Classes.Any(EntryGroups.IsOneEntry));
        var isEntry = group.Share(item => IsOfSchema(item.Node) || item.Node.Classes.Any(EntryGroups.IsOneEntry));
        var own = group.Share(item => outline.IsOwn(item.Link.Url));
        var weight = Middle(titles.Select(title => (double)(title?.TextWeight ?? 0)));
        var words = Middle(group.Items.Select(item => (double)Addresses.WordsAtEnd(item.Link.Url)));
        var distinct = texts.Where(text => text.Length > 0).Distinct().Count() / (double)count;
        var excerpts = group.Items.Where((item, i) => EntryParts.Excerpt(item, titles[i]) is not null).Count() / (double)count;
        var pictures = group.Share(item => EntryParts.Picture(item) is not null);
        var pattern = group.Items.GroupBy(item => Addresses.Pattern(item.Link.Url)).OrderByDescending(same => same.Count()).First();
        var shared = pattern.Count() / (double)count;
        var content = group.Share(item => item.Node.Zone == PageZone.Content);
        var frame = group.Share(item => item.Node.Zone == PageZone.Frame);

        void Add(double points, bool isSo, string? sentence = null)
        {
            if (!isSo)
                return;
            score += points;
            if (sentence is not null)
                why.Add(sentence);
        }

        score += Math.Min(Math.Log2(all), 4) * 0.5;
        why.Add(count == 1 ? "there is one entry, so the structure is a guess" : $"{all} alike elements lead to {all} addresses");
        Add(3 * dated, dated >= 0.5, $"{Of(dated)} have a date");
        Add(2 * datedUrls, datedUrls >= 0.5, $"{Of(datedUrls)} have a date in their address");
        Add(1.5 * said, said >= 0.6 && datedUrls < 0.5, $"{Of(said)} have addresses as posts do ({pattern.Key})");
        Add(1.5 * headings, headings >= 0.6, $"{Of(headings)} have a heading");
        Add(1, isNamed >= 0.7, isArticle >= 0.7 ? "they are marked up as articles" : "their elements are named as those of entries are");
        Add(0.5, isArticle >= 0.7);
        Add(0.5, shared >= 0.8 && count > 2 && pattern.Key is not "/*");
        Add(1, words >= 3, "their addresses are made of titles");
        Add(0.5, group.Share(item => Addresses.IsNumbered(item.Link.Url)) >= 0.8);
        Add(1, weight >= 16);
        Add(0.5, weight >= 30);
        Add(-2, weight < 8);
        Add(-3, distinct < 0.6);
        Add(0.7, excerpts >= 0.6, $"{Of(excerpts)} have a text beside the title");
        Add(0.3, pictures >= 0.6);
        Add(-1.5, content < 0.5 && frame < 0.5);
        Add(-4, frame >= 0.5);
        Add(-1, own < 0.5 && dated >= 0.5);
        Add(-4, own < 0.5 && dated < 0.5);
        Add(-3, group.Share(IsInProse) >= 0.5);
        var isForSale = count > 1 && group.Share(EntryParts.HasPrice) >= 0.5;
        Add(-4, isForSale);
        var heading = Above(group, outline);
        Add(1, heading is not null && Latest().IsMatch(heading), $"the heading above them is \"{heading}\"");
        Add(-1.5, heading is not null && Other().IsMatch(heading));
        // On an article's own page, what stands beside or below it is related to it, and no list of what is new.
        Add(-3, outline.IsArticle && content < 0.5);
        // A list of posts that fills the page is what the page is for.
        var share = judged.Items.Sum(item => (double)item.Node.TextWeight) / Math.Max(outline.Root.TextWeight, 1);
        Add(0.5, share >= 0.3);
        var isOfTitles = count >= 8 && words >= 2 && weight >= 20 && own >= 0.9;
        var proof = dated >= 0.6 || datedUrls >= 0.6
            || (said >= 0.7 && (weight >= 12 || headings >= 0.7))
            // Services and customers are articles, too; a post's theme gives it a class, or its title an address.
            || (isArticle >= 0.7 && headings >= 0.7 && !isForSale && (isEntry >= 0.7 || words >= 3))
            || (isOfTitles && content >= 0.5)
            || (heading is not null && Latest().IsMatch(heading) && weight >= 12 && own >= 0.9);
        return new GroupJudgement(judged, score, proof, why)
        {
            IsMarked = (dated >= 1 || datedUrls >= 1 || (isArticle >= 1 && headings >= 1))
                // The title leads there, or "read more" would do on the page of an article.
                && titles[0] is { } first && group.Items[0].Link.Node is var link
                && (link.Holds(first) || (first.Holds(link) && link.TextWeight * 10 >= first.TextWeight * 6)),
        };
    }

    /// <summary>The heading that the list stands under.</summary>
    private static string? Above(EntryGroup group, PageOutline outline)
    {
        var first = group.Items[0].Node;
        for (var i = first.Order - 1; i >= Math.Max(0, first.Order - 40); i--)
        {
            var node = outline.Nodes[i];
            if ((node.IsHeading || node.Tag is "caption" or "dt" or "strong" || node.Classes.Any(EntryParts.IsTitle))
                && node.TextWeight is >= 2 and <= 60 && !group.Items.Any(item => item.Node.Holds(node)) && !node.Holds(first))
            {
                return node.Text;
            }
        }

        return null;
    }

    private static bool IsOfSchema(PageNode node) =>
        node.Element.GetAttribute("itemtype") is { } type && (type.EndsWith("/BlogPosting", StringComparison.Ordinal) || type.EndsWith("Article", StringComparison.Ordinal));

    // A link in a sentence: around it there is text that is not about it.
    private static bool IsInProse(EntryItem item)
    {
        if (item.Link.Node.Parent is not { Tag: "p" or "li" or "td" or "div" or "em" or "strong" } around || item.Nodes.Any(node => node.IsHeading))
            return false;
        return around.Tag == "p" && around.TextWeight >= item.Link.Node.TextWeight * 2 && around.TextWeight >= 60 && EntryParts.Date(item.Link.Node) is null;
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }

    [GeneratedRegex("\\b(latest|recent|new(est)?|all) (posts?|articles?|entries|news|stories|content|updates?)\\b|^(blog|news|posts|articles|latest|updates|archives?|press releases?|writing|stories)$|\\b(tech(nical)? blog|engineering blog|blog posts)\\b|新着|最新|お知らせ|ニュース|記事一覧|ブログ|更新情報|トピックス|최신|文章列表", RegexOptions.IgnoreCase)]
    private static partial Regex Latest();

    [GeneratedRegex("\\b(popular|trending|most (read|viewed)|ranking|related|recommended|featured products?|partners|friends|links|categories|tags|archives by)\\b|人気|ランキング|関連|おすすめ|多く読まれ|カテゴリ|リンク|가장 많이", RegexOptions.IgnoreCase)]
    private static partial Regex Other();
}
