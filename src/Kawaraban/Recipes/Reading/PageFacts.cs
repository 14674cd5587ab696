using System.Text.Json.Serialization;

namespace Kawaraban.Recipes;

/// <summary>What a post's own page says of it.</summary>
public sealed record PageFacts
{
    /// <summary>Its title.</summary>
    public string? Title { get; init; }

    /// <summary>Its canonical address, on the same site.</summary>
    public string? Url { get; init; }

    /// <summary>Its canonical address, where that is at another site: the page is a copy by its own account.</summary>
    public string? Original { get; init; }

    /// <summary>Who wrote it.</summary>
    public string? Author { get; init; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When it was changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Its picture.</summary>
    public string? Picture { get; init; }

    /// <summary>Its language.</summary>
    public string? Language { get; init; }

    /// <summary>A description.</summary>
    public string? Excerpt { get; init; }

    /// <summary>What it is about.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Its whole text, plain.</summary>
    public string? Text { get; init; }

    /// <summary>Whether it was read for another recipe, which may have looked elsewhere: it counts until it has been read again.</summary>
    [JsonIgnore]
    public bool IsStale { get; init; }
}
