namespace Kawaraban.Catalog;

/// <summary>Which posts a listing shows. At most one member is set; none means all.</summary>
/// <param name="CompanySlug">Those of one company.</param>
/// <param name="Tag">Those with one tag (normalised: see <c>TagName</c>).</param>
/// <param name="Query">Those the search finds.</param>
public sealed record PostFilter(string? CompanySlug = null, string? Tag = null, string? Query = null)
{
    /// <summary>All posts.</summary>
    public static PostFilter All { get; } = new();
}

/// <summary>A place in a listing: the last post of the page before. Keyset, so page 500 costs what page 1 costs.</summary>
/// <param name="SortAt">Its <see cref="PostCard.SortAt"/>, Unix milliseconds.</param>
/// <param name="Id">Its <see cref="PostCard.Id"/>.</param>
public readonly record struct PostCursor(long SortAt, long Id)
{
    /// <summary>As it stands in an address: <c>?before=1732406400000-42</c>.</summary>
    public override string ToString() => $"{SortAt}-{Id}";

    /// <summary>Reads <see cref="ToString"/> back.</summary>
    public static bool TryParse(string? text, out PostCursor cursor)
    {
        cursor = default;
        var dash = text?.LastIndexOf('-') ?? -1;
        if (dash <= 0 || !long.TryParse(text.AsSpan(0, dash), out var sortAt) || !long.TryParse(text.AsSpan(dash + 1), out var id))
            return false;
        cursor = new PostCursor(sortAt, id);
        return true;
    }
}

/// <summary>One page of a listing.</summary>
/// <param name="Posts">The posts, newest first.</param>
/// <param name="Next">Where the next, older page begins; null on the last one.</param>
public sealed record PostPage(IReadOnlyList<PostCard> Posts, PostCursor? Next);

/// <summary>A company as a listing shows it.</summary>
public sealed record CompanyCard(string Slug, string Name, string? SiteUrl, string? LogoUrl, int PostCount, DateTimeOffset? LatestAt);

/// <summary>A tag and how many posts carry it.</summary>
/// <param name="Slug">As it stands in <c>/tags/{tag}</c>, normalised.</param>
/// <param name="Name">As it is shown: the commonest spelling.</param>
public sealed record TagCard(string Slug, string Name, int PostCount);
