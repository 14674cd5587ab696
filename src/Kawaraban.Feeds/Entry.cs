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

    /// <summary>The address of the page where readers comment (RSS <c>comments</c>, Atom <c>rel="replies"</c>, RFC 4685 §4).</summary>
    public string? CommentsUrl { get; init; }

    /// <summary>The address of a feed of the comments (<c>wfw:commentRss</c>, Atom <c>rel="replies"</c> of an XML type).</summary>
    public string? CommentsFeedUrl { get; init; }

    /// <summary>How many comments there were when the feed was written (<c>slash:comments</c>, <c>thr:total</c>, <c>thr:count</c>).</summary>
    public int? CommentCount { get; init; }

    /// <summary>The identity, or else the address, of what the entry answers (<c>thr:in-reply-to</c>, RFC 4685 §3).</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The department it comes from, often a joke (<c>slash:department</c>).</summary>
    public string? Department { get; init; }

    /// <summary>How many had bookmarked it at Hatena when the feed was written (<c>hatena:bookmarkcount</c>).</summary>
    public int? BookmarkCount { get; init; }

    /// <summary>The place it is about (GeoRSS points, <c>geo:lat</c> and <c>geo:long</c>).</summary>
    public Location? Location { get; init; }

    /// <summary>The address of the transcript of an episode (<c>podcast:transcript</c>; the first, where there are several).</summary>
    public string? TranscriptUrl { get; init; }

    /// <summary>The address of the chapters of an episode (<c>podcast:chapters</c>).</summary>
    public string? ChaptersUrl { get; init; }
}
