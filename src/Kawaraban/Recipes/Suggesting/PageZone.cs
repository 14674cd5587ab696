namespace Kawaraban.Recipes;

/// <summary>What a part of a page is for.</summary>
internal enum PageZone
{
    /// <summary>What the page is about.</summary>
    Content,

    /// <summary>What stands beside it.</summary>
    Beside,

    /// <summary>What stands on every page of the site: menus, head and foot.</summary>
    Frame,
}

/// <summary>Tells by names what a part of a page is for.</summary>
internal static class PageZones
{
    private static readonly HashSet<string> FrameWords =
    [
        "nav", "navi", "navbar", "navigation", "gnav", "gnavi", "globalnav", "menu", "megamenu", "menus", "submenu", "footer", "breadcrumb", "breadcrumbs",
        "pankuzu", "topicpath", "pagination", "pager", "paging", "pagenav", "cookie", "modal", "drawer", "sns", "share", "social", "toolbar", "masthead", "login",
    ];

    private static readonly HashSet<string> BesideWords =
    [
        "sidebar", "side", "aside", "widget", "widgets", "related", "recommend", "recommended", "popular", "ranking", "tagcloud", "tagging", "blogroll", "ad", "ads",
        "banner", "comments", "toc",
    ];

    /// <summary>Of an element within a zone.</summary>
    public static PageZone Of(PageNode node, PageZone around)
    {
        if (around == PageZone.Frame)
            return around;
        var role = node.Element.GetAttribute("role");
        // A header within a post holds its title; one of the page holds the menu.
        if (node.Tag is "nav" or "footer" && !IsInEntry(node) || role is "navigation" or "contentinfo" or "search" or "dialog" || node.Tag == "form")
            return PageZone.Frame;
        if (node.Tag == "header" && node.Depth <= 4 && !IsInEntry(node) && node.Parent is { Tag: not ("main" or "section") })
            return PageZone.Frame;
        // Where the body or the whole page bears such a word, it speaks of the layout ("has-sidebar").
        if (node.Depth >= 2 && node.Tag is not ("main" or "body" or "article"))
        {
            if (Names(node).Any(FrameWords.Contains))
                return PageZone.Frame;
            if (node.Tag == "aside" || role == "complementary" || Names(node).Any(BesideWords.Contains))
                return PageZone.Beside;
        }

        return around;
    }

    private static bool IsInEntry(PageNode node) => node.Around().Any(outer => outer.Tag is "article" or "li" or "main");

    // The words of class and id, but of those with a prefix that speaks of what the element has ("has-sidebar", "with-nav").
    private static IEnumerable<string> Names(PageNode node)
    {
        foreach (var name in node.Classes.Append(node.Element.Id ?? ""))
        {
            var words = ClassName.Words(name);
            if (words.Count == 0 || words[0] is "has" or "with" or "no" or "is")
                continue;
            // What is called "blog-menu-wrapper" is a menu; what is called "side-by-side-cards" is not at the side.
            for (var i = 0; words.Count <= 3 && i < words.Count; i++)
            {
                // Builders of pages call everything a widget; what begins with it is one.
                if (i == 0 || words[i] is not ("widget" or "widgets"))
                    yield return words[i];
            }
        }
    }
}
