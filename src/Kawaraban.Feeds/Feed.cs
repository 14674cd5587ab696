namespace Kawaraban.Feeds;

/// <summary>A feed as its publisher meant it, whatever the format it came in.</summary>
/// <remarks>
/// The shape follows JSON Feed 1.1 (<see href="https://www.jsonfeed.org/version/1.1/"/>): RSS and Atom are read into it, and what they say
/// beyond it (update hints, hubs, repairs) stands beside. Texts are plain unless the name says <c>Html</c>; addresses are absolute when
/// the document or its base made that possible.
/// </remarks>
public sealed record Feed
{
    /// <summary>The format the document is written in, as read, not as announced.</summary>
    public required FeedFormat Format { get; init; }

    /// <summary>The encoding the bytes were read with: a WHATWG label in lower case, such as <c>utf-8</c> or <c>shift_jis</c>.</summary>
    public required string Encoding { get; init; }

    /// <summary>The name of the feed.</summary>
    public string? Title { get; init; }

    /// <summary>What the feed is about.</summary>
    public string? Description { get; init; }

    /// <summary>The address of the site the feed belongs to.</summary>
    public string? HomePageUrl { get; init; }

    /// <summary>The address the feed gives itself (Atom <c>rel="self"</c>, JSON Feed <c>feed_url</c>).</summary>
    public string? FeedUrl { get; init; }

    /// <summary>The language tag of the feed (RFC 5646), as published.</summary>
    public string? Language { get; init; }

    /// <summary>A large square picture of the feed.</summary>
    public string? IconUrl { get; init; }

    /// <summary>A small square picture of the feed.</summary>
    public string? FaviconUrl { get; init; }

    /// <summary>The rights notice of the feed.</summary>
    public string? Rights { get; init; }

    /// <summary>The program that wrote the feed.</summary>
    public string? Generator { get; init; }

    /// <summary>When the feed as a whole last changed, by its own account.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Who publishes the feed.</summary>
    public IReadOnlyList<Author> Authors { get; init; } = [];

    /// <summary>The entries, in document order.</summary>
    public IReadOnlyList<Entry> Entries { get; init; } = [];

    /// <summary>Addresses of WebSub hubs (W3C WebSub §4, JSON Feed <c>hubs</c>).</summary>
    public IReadOnlyList<string> Hubs { get; init; } = [];

    /// <summary>How often the publisher asks us to come back.</summary>
    public UpdateHints Update { get; init; } = UpdateHints.None;

    /// <summary>What was wrong with the document and has been mended, in the order it was found.</summary>
    public IReadOnlyList<Repair> Repairs { get; init; } = [];
}
