using Kawaraban.Feeds.Discovery;

namespace Kawaraban.Recipes;

/// <summary>Proposes recipes for a page: looks for what is repeated on it, and runs what it would propose before it does.</summary>
/// <remarks>
/// It rather says that it does not know than guesses: a list of products read as posts fills a portal with what nobody asked for. Nothing here
/// talks to anybody; what it takes of time is bounded as what a recipe takes is.
/// </remarks>
public static class PageSuggester
{
    /// <summary>How long it may take: some pages of ten thousand links, many selectors tried on each.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    private const int MostProposals = 3;
    private const int MostTried = 8;

    /// <summary>Proposes.</summary>
    /// <param name="body">The page as it came.</param>
    /// <param name="contentType">The header it came with.</param>
    /// <param name="url">Where from.</param>
    /// <param name="clock">Tells how long it takes.</param>
    public static PageSuggestions Of(ReadOnlyMemory<byte> body, string? contentType, Uri url, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(clock);
        if (!HtmlPage.TryRead(body, contentType, url, new Deadline(clock, Budget), out var page, out var problem))
            return new PageSuggestions([], [], problem);
        var feeds = Feeds(page);
        var outline = PageOutline.Of(page, [.. feeds.Select(feed => feed.Url)]);
        var judged = Judged(EntryGroups.Find(outline), outline);
        var proposals = Propose(judged.Where(one => one.IsList), outline);
        // A list that has but one entry today; on the page of an article, what looks like one is something that the article mentions.
        if (proposals.Count == 0 && !outline.IsArticle)
            proposals = Propose(Judged(EntryGroups.Single(outline), outline).Where(one => one.IsSingleEntry).Take(1), outline);

        return new PageSuggestions(feeds, proposals, proposals.Count > 0 ? null : Declined(outline, judged));
    }

    private static List<GroupJudgement> Judged(IEnumerable<EntryGroup> groups, PageOutline outline)
    {
        List<GroupJudgement> judged = [];
        foreach (var group in groups)
        {
            if (outline.Page.Deadline.IsOver)
                break;
            judged.Add(GroupJudgement.Of(group, outline));
        }

        return [.. judged.OrderByDescending(one => one.Score).ThenByDescending(one => one.Group.Items.Count)];
    }

    private static List<RecipeProposal> Propose(IEnumerable<GroupJudgement> judged, PageOutline outline)
    {
        List<(RecipeProposal Proposal, HashSet<string> Keys)> found = [];
        foreach (var one in judged.Take(MostTried))
        {
            if (outline.Page.Deadline.IsOver || found.Count == MostProposals)
                break;
            // What a better one finds already is no other proposal.
            if (found.Any(other => one.Group.Keys.Count(other.Keys.Contains) * 5 >= one.Group.Keys.Count * 4))
                continue;
            if (PageRecipe.Write(one, outline) is { } proposal)
                found.Add((proposal, [.. one.Group.Keys, .. proposal.Posts.Select(post => post.CanonicalUrl)]));
        }

        return [.. found.Select(one => one.Proposal).OrderByDescending(proposal => proposal.Confidence)];
    }

    // Those that it announces, and those that it links to; not what only might be there.
    private static List<FeedLink> Feeds(HtmlPage page)
    {
        List<FeedLink> feeds = [];
        HashSet<string>? linked = null;
        foreach (var feed in FeedDiscovery.Find(page.Text, page.Url))
        {
            linked ??= [.. page.Document.QuerySelectorAll("a[href]").Select(link => CanonicalUrl.Web(link.GetAttribute("href"), page.BaseUrl)?.AbsoluteUri).OfType<string>()];
            if (feed.IsAnnounced || linked.Contains(feed.Url))
                feeds.Add(feed);
        }

        return feeds;
    }

    private static string Declined(PageOutline outline, List<GroupJudgement> judged)
    {
        const string Nothing = "no repeated structure of posts was found: ";
        if (outline.Page.Deadline.IsOver)
            return $"looking for posts took longer than {outline.Page.Deadline.Name} and was stopped";
        if (outline.Links.Count + outline.Pagers.Count == 0)
            return Nothing + "the page has no links in its markup; if a browser shows some, a script fetches them: look for the JSON it fetches, and make a recipe of the kind json";
        if (judged.Count == 0)
            return Nothing + $"of its {outline.Links.Count} links no two that stand in alike elements lead to what may be posts";
        var best = judged[0];
        var titles = string.Join(", ", best.Group.Items.Take(3).Select(item => EntryParts.Title(item)?.Text).OfType<string>().Select(text => $"\"{(text.Length <= 40 ? text : text[..40] + "…")}\""));
        return Nothing + (best.HasProof
            ? $"what comes nearest are {best.Group.Items.Count} links ({titles}), and too much speaks against them"
            : $"what comes nearest are {best.Group.Items.Count} links ({titles}), which have no dates and no addresses or names as posts have them");
    }
}
