namespace Kawaraban.Recipes;

/// <summary>An entry, shaped into what we would keep; not stored yet.</summary>
/// <param name="Identity">What makes it the same post next time: the entry's id, else its canonical address.</param>
/// <param name="Url">The page at the publisher's, absolute http(s).</param>
/// <param name="CanonicalUrl">The same without what does not matter (tracking parameters, fragment, default port).</param>
/// <param name="Title">Plain text, never empty.</param>
/// <param name="Excerpt">Plain text for listings.</param>
/// <param name="Text">The whole text, plain, for search alone.</param>
/// <param name="PictureUrl">Absolute http(s), or null.</param>
/// <param name="Author">Names, joined by a comma.</param>
/// <param name="Language">Language tag.</param>
/// <param name="PublishedAt">As published; null is unknown.</param>
/// <param name="UpdatedAt">As published.</param>
/// <param name="ReadingMinutes">Null when the feed holds too little of the text to say.</param>
/// <param name="Tags">As published, without repetition.</param>
public sealed record PostDraft(
    string Identity,
    string Url,
    string CanonicalUrl,
    string Title,
    string Excerpt,
    string Text,
    string? PictureUrl,
    string? Author,
    string? Language,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? UpdatedAt,
    int? ReadingMinutes,
    IReadOnlyList<string> Tags)
{
    /// <summary>The entry as published, which is kept beside the post so that another recipe can be applied to it; null keeps none.</summary>
    public Kawaraban.Feeds.Entry? Entry { get; init; }

    /// <summary>The address at another site that the post's own page names as the original, as <see cref="Recipes.CanonicalUrl"/> gives it; null when it was not read or
    /// names none.</summary>
    public string? Original { get; init; }
}
