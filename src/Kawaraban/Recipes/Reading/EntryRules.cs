namespace Kawaraban.Recipes;

/// <summary>Where in a document the entries are, compiled.</summary>
internal sealed class EntryRules
{
    private readonly IReadOnlyList<string> match;
    private readonly IReadOnlyList<string> exclude;

    public EntryRules(
        PageSelector? selector,
        string? selectorText,
        JsonPath? path,
        string? pathText,
        IReadOnlyList<string> match,
        IReadOnlyList<string> exclude,
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
    public bool Fits(Uri url)
    {
        var path = url.PathAndQuery;
        return (match.Count == 0 || match.Any(pattern => Glob.IsMatch(pattern, path))) && !exclude.Any(pattern => Glob.IsMatch(pattern, path));
    }
}
