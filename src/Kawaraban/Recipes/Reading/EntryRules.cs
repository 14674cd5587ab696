using System.Text.RegularExpressions;

namespace Kawaraban.Recipes;

/// <summary>Where in a document the entries are, compiled.</summary>
internal sealed class EntryRules
{
    private readonly IReadOnlyList<Pattern> match;
    private readonly IReadOnlyList<Pattern> exclude;

    public EntryRules(
        PageSelector? selector,
        string? selectorText,
        JsonPath? path,
        string? pathText,
        IReadOnlyList<Pattern> match,
        IReadOnlyList<Pattern> exclude,
        IReadOnlyDictionary<string, CompiledExtractor> fields,
        CompiledExtractor? next)
    {
        (Selector, SelectorText, Path, PathText, Fields, Next) = (selector, selectorText, path, pathText, fields, next);
        (this.match, this.exclude) = (match, exclude);
    }

    public PageSelector? Selector { get; }

    public string? SelectorText { get; }

    public JsonPath? Path { get; }

    public string? PathText { get; }

    public IReadOnlyDictionary<string, CompiledExtractor> Fields { get; }

    /// <summary>The link to the next page.</summary>
    public CompiledExtractor? Next { get; }

    /// <summary>Whether an address may be an entry's.</summary>
    public bool Fits(Uri url) =>
        (match.Count == 0 || match.Any(pattern => pattern.IsMatch(url.PathAndQuery) != false))
        && !exclude.Any(pattern => pattern.IsMatch(url.PathAndQuery) == true);

    /// <summary>A path with stars as a pattern.</summary>
    public static string Glob(string text) => $"^{Regex.Escape(text).Replace(@"\*", ".*", StringComparison.Ordinal)}$";
}
