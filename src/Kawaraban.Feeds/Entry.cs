namespace Kawaraban.Feeds;

/// <summary>An item of a feed, as published.</summary>
public sealed record Entry
{
    /// <summary>The identity the publisher gave it (RSS <c>guid</c>, Atom <c>id</c>, JSON Feed <c>id</c>); null when there is none.</summary>
    public string? Id { get; init; }

    /// <summary>The address of the entry's page.</summary>
    public string? Url { get; init; }

    /// <summary>The address of a page elsewhere that the entry is about (JSON Feed <c>external_url</c>, Atom <c>rel="related"</c>).</summary>
    public string? ExternalUrl { get; init; }

    /// <summary>The title, as plain text.</summary>
    public string? Title { get; init; }

    /// <summary>The title as HTML, <b>not sanitised</b>, only where it has no text at all (a picture, say), so that <see cref="Title"/> is null.</summary>
    public string? TitleHtml { get; init; }

    /// <summary>The whole content as HTML, <b>not sanitised</b>: pass it through <c>Sanitize</c> before showing it to anybody.</summary>
    public string? ContentHtml { get; init; }

    /// <summary>The whole content as plain text, where the publisher sent plain text.</summary>
    public string? ContentText { get; init; }

    /// <summary>A short description as HTML, <b>not sanitised</b>; what was published as plain text is escaped where it must be.</summary>
    public string? Summary { get; init; }

    /// <summary>The address of the entry's main picture.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>When it was first published. Null is unknown: a date that could not be read never becomes "now".</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>Who wrote it.</summary>
    public IReadOnlyList<Author> Authors { get; init; } = [];

    /// <summary>What it is about, as published, without repetition.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The language tag of the entry where it differs from the feed's.</summary>
    public string? Language { get; init; }

    /// <summary>Files that come with it (RSS <c>enclosure</c>, Atom <c>rel="enclosure"</c>, Media RSS).</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];
}
