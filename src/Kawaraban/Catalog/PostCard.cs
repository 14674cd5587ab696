namespace Kawaraban.Catalog;

/// <summary>A post as a listing shows it.</summary>
/// <param name="Id">Our number for it; stands in <c>/posts/{id}</c>.</param>
/// <param name="Url">The page at the publisher's, where the reader is sent.</param>
/// <param name="Title">The title, plain text, never empty (falls back to the excerpt, then the address).</param>
/// <param name="Excerpt">The beginning of the text, plain; may be empty.</param>
/// <param name="PictureUrl">A picture at the publisher's, absolute http(s).</param>
/// <param name="CompanyName">Who publishes it.</param>
/// <param name="CompanySlug">Their place under <c>/companies/</c>.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Language">The language tag, such as <c>ja</c>.</param>
/// <param name="PublishedAt">When the publisher says it appeared; null when unknown.</param>
/// <param name="SortAt">What listings sort by, newest first: published, or first seen when that is unknown or in the future.</param>
/// <param name="UpdatedAt">When the publisher says it last changed.</param>
/// <param name="ReadingMinutes">Minutes to read it; null when we hold too little of it to say.</param>
/// <param name="Tags">The tags, as shown.</param>
public sealed record PostCard(
    long Id,
    string Url,
    string Title,
    string Excerpt,
    string? PictureUrl,
    string CompanyName,
    string CompanySlug,
    string? Author,
    string? Language,
    DateTimeOffset? PublishedAt,
    DateTimeOffset SortAt,
    DateTimeOffset? UpdatedAt,
    int? ReadingMinutes,
    IReadOnlyList<string> Tags)
{
    /// <summary>The post that stands for it, since the article stands at more than one place; null when it stands for itself.</summary>
    public long? TwinOf { get; init; }

    /// <summary>The number of the page about it: where another stands for it, that one's.</summary>
    public long PageId => TwinOf ?? Id;
}
