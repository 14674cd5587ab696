namespace Kawaraban.Recipes;

/// <summary>What a source and its company are called, to know these names again where they stand in titles and in place of authors.</summary>
internal sealed class SourceNames
{
    private static readonly string[] LegalForms =
    [
        "株式会社", "有限会社", "合同会社", "(株)", "（株）", "㈱", "inc.", "inc", "co.,", "co.", "ltd.", "ltd", "llc", "gmbh", "corporation", "corp.", "corp", "k.k.", "limited", "the",
    ];

    // They stand in the names of blogs, and say nothing about whose it is.
    private static readonly string[] Kinds =
    [
        "technology", "tech", "engineering", "engineers", "engineer", "developers", "developer", "development", "dev", "blog", "official", "news", "team", "テックブログ", "技術ブログ",
        "エンジニアブログ", "開発者ブログ", "エンジニア", "ブログ", "公式",
    ];

    private readonly Dictionary<string, string> names = [];

    /// <param name="names">Of the company, of the source, of the feed.</param>
    /// <param name="url">Where it is: the host's own label is a name, too.</param>
    public SourceNames(IEnumerable<string?> names, Uri url)
    {
        foreach (var name in names.OfType<string>())
        {
            Add(name, name);
            Add(Strip(name), name);
        }

        var domain = Fetching.PublicSuffixes.RegistrableDomain(url.Host);
        var dot = domain.IndexOf('.');
        if (dot > 3 && domain[..dot] is not ("github" or "note" or "zenn" or "medium" or "hatenablog"))
            Add(domain[..dot].ToString(), url.Host);
    }

    /// <summary>The name that a text is made of, and of nothing much besides; null when there is none in it.</summary>
    public string? In(string text)
    {
        var bare = Letters(Strip(text));
        if (bare.Length == 0)
            return IsKind(text) ? null : names.GetValueOrDefault(Letters(text));
        foreach (var (name, shown) in names)
        {
            if (bare == name || (name.Length >= 3 && bare.Contains(name, StringComparison.Ordinal) && bare.Length <= name.Length * 2) || (bare.Length >= 4 && name.StartsWith(bare, StringComparison.Ordinal)))
                return shown;
        }

        return null;
    }

    private void Add(string name, string shown)
    {
        if (Letters(name) is { Length: >= 2 } letters)
            names.TryAdd(letters, shown);
    }

    private static bool IsKind(string text) => Letters(text).Length == 0;

    private static string Strip(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', '　', '|', '｜', '-', '–', '—', ':', '[', ']', '【', '】', '(', ')', '（', '）', '/', ',', '@', '・'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !LegalForms.Contains(word) && !Kinds.Contains(word)).ToList();
        var stripped = string.Join(' ', words);
        foreach (var part in LegalForms.Concat(Kinds).Where(part => part[0] > 127))
            stripped = stripped.Replace(part, "", StringComparison.Ordinal);
        return stripped;
    }

    private static string Letters(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));
}
