using System.Text.RegularExpressions;

namespace Kawaraban.Recipes;

/// <summary>Judges class names: whether they will be the same at the next build of the site, and whether they say what an element is.</summary>
internal static partial class ClassName
{
    private static readonly HashSet<string> EntryWords =
    [
        "post", "posts", "entry", "entries", "article", "articles", "blog", "news", "hentry", "story", "stories", "item", "items", "card", "cards", "list", "teaser",
        "archive", "feed", "press", "topic", "topics", "release", "summary", "preview", "media", "column", "record", "tile",
    ];

    private static readonly HashSet<string> Utilities =
    [
        "flex", "grid", "block", "inline", "hidden", "relative", "absolute", "fixed", "sticky", "static", "container", "row", "col", "clearfix", "active", "current",
        "first", "last", "odd", "even", "fade", "wow", "animated", "reset", "left", "right", "center", "hide", "show", "open", "lazy", "lazyload", "uppercase",
        "truncate", "underline", "italic", "group", "antialiased", "clear", "pkg",
    ];

    /// <summary>Whether it can stand in a selector and is likely to stay.</summary>
    public static bool IsStable(string name) => IsUsable(name) && !IsOfOne(name) && !IsUtility(name);

    /// <summary>Whether it can stand in a selector at least, though it says only what the element looks like: it stays until the site looks different.</summary>
    public static bool IsUsable(string name) => name.Length is >= 2 and <= 60 && Plain().IsMatch(name) && ModulePrefix(name) is null && !IsHashed(name);

    /// <summary>Whether it says that the element is one of what we look for.</summary>
    public static bool IsOfEntries(string name) => Words(name).Any(EntryWords.Contains);

    /// <summary>The part of a CSS module's class name that stays when its hash changes: <c>Card_card__</c> of <c>Card_card__3x9Zk</c>; null of another one.</summary>
    public static string? ModulePrefix(string name) =>
        Module().Match(name) is { Success: true } match && LooksRandom(match.Groups[2].Value) ? match.Groups[1].Value : null;

    /// <summary>The words in a name: <c>post-list__item</c>, <c>postListItem</c>.</summary>
    public static IReadOnlyList<string> Words(string name) =>
        name.Length > 100 ? [] : [.. Word().Matches(name).Select(match => match.Value.ToLowerInvariant())];

    // css-1a2b3c, sc-bdVaJa, jsx-123456, svelte-1x2y3z, astro-J7PV25F6, _3fA9z.
    private static bool IsHashed(string name) =>
        Generated().IsMatch(name) || (name.Length >= 5 && name.IndexOf('-', StringComparison.Ordinal) < 0 && name.IndexOf('_', StringComparison.Ordinal) <= 0 && LooksRandom(name.TrimStart('_')));

    // post-123, category-tech, menu-item-42: they tell entries apart, which is what a selector must not.
    private static bool IsOfOne(string name) => One().IsMatch(name);

    private static bool IsUtility(string name) => Utilities.Contains(name) || Utility().IsMatch(name);

    // Digits between letters, or capitals in the middle of nowhere: no word that a person has written.
    private static bool LooksRandom(string text)
    {
        if (text.Length < 4)
            return false;
        int digits = 0, turns = 0;
        for (var i = 0; i < text.Length; i++)
        {
            digits += char.IsAsciiDigit(text[i]) ? 1 : 0;
            turns += i > 0 && Kind(text[i]) != Kind(text[i - 1]) ? 1 : 0;
        }

        return (digits > 0 && turns >= 2) || turns * 2 >= text.Length;
    }

    private static int Kind(char character) => char.IsAsciiDigit(character) ? 0 : char.IsAsciiLetterUpper(character) ? 1 : 2;

    [GeneratedRegex("^-?[A-Za-z_][A-Za-z0-9_-]*$")]
    private static partial Regex Plain();

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9]*[_-]{1,2}[A-Za-z][A-Za-z0-9_-]*?_{1,2})([A-Za-z0-9+_-]{4,10})$")]
    private static partial Regex Module();

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")]
    private static partial Regex Word();

    [GeneratedRegex("^(css|sc|jsx|svelte|astro|emotion|chakra|e)-[A-Za-z0-9]{5,}$|^_[A-Za-z0-9]{4,8}$|^[a-z]+-[0-9a-f]{6,}$|^data-v-")]
    private static partial Regex Generated();

    [GeneratedRegex("[0-9]{2,}|^(category|tag|author|format|status|type|postid|page)-|-[0-9]+$")]
    private static partial Regex One();

    // pt-8, text-gray-500, justify-between: what it looks like. p-list and text-block say what it is.
    [GeneratedRegex("^-?(m|p)[trblxyse]?-([0-9]|auto$|px$|\\[)|^(d|g|is|js|u|has|no|wow|animate|sm|md|lg)-|^(w|h|z|gap|top|left|right|bottom|inset|order|basis|grow|shrink|opacity|duration|delay|ease|leading|tracking|rounded|shadow|border|divide|space|justify|items|content|self|place|object|overflow|cursor|select|transition|transform|scale|rotate|translate|max|min|col|row|text|font|bg|fill|stroke|ring|flex|grid)-(.*-)?([0-9.]+|auto|full|screen|px|center|start|end|between|around|evenly|stretch|left|right|top|bottom|middle|xs|sm|md|lg|xl|[0-9]xl|none|hidden|visible|wrap|nowrap|col|row|reverse|bold|semibold|medium|light|normal|thin|tight|snug|relaxed|wide|white|black|transparent|current|fit|min|max|cover|contain|solid|pointer|all|colors|x|y|t|b|l|r|reverse)$")]
    private static partial Regex Utility();
}
