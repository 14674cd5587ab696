namespace Kawaraban.Recipes;

/// <summary>The kinds of documents that entries are found in.</summary>
internal static class SourceKind
{
    public const string Feed = "feed";
    public const string Page = "page";
    public const string Sitemap = "sitemap";
    public const string Json = "json";
    public const string Ical = "ical";
}

/// <summary>What makes a post the same next time.</summary>
internal enum IdentityField
{
    /// <summary>The id its publisher gives it, else its address.</summary>
    Guid,

    /// <summary>Its address as readers see it.</summary>
    Url,

    /// <summary>Its address without what does not matter.</summary>
    CanonicalUrl,

    /// <summary>Title and date.</summary>
    TitleAndDate,
}

/// <summary>A recipe that is ready to run. Safe to use from any number of threads.</summary>
public sealed class CompiledRecipe
{
    internal CompiledRecipe(Recipe document) => Document = document;

    /// <summary>The recipe that changes nothing.</summary>
    public static CompiledRecipe Empty { get; } = new(new Recipe());

    /// <summary>As it was written.</summary>
    public Recipe Document { get; }

    internal string Kind => Document.Source?.Kind ?? SourceKind.Feed;

    /// <summary>Whether it is fetched as pages are: where robots.txt lets us, with their gaps.</summary>
    internal bool IsOfPages => Kind is SourceKind.Page or SourceKind.Json or SourceKind.Sitemap;

    internal EntryRules Entries { get; init; } = new(null, null, null, null, [], [], new Dictionary<string, CompiledExtractor>(), null);

    internal IReadOnlyList<FieldRules> Fields { get; init; } = [];

    internal Filters Filters { get; init; } = new([], [], "keep");

    internal UrlRules? Url { get; init; }

    internal PageRules? Page { get; init; }

    internal ICodeStep? Code { get; init; }

    internal TagRules? Tags { get; init; }

    internal IdentityField Identity { get; init; }

    /// <summary>Whether entries become posts as they are.</summary>
    internal bool ShapesNothing =>
        Fields.Count == 0 && Filters.IsEmpty && Url is null && Page is null && Code is null && Tags is null && Identity == IdentityField.Guid;
}
