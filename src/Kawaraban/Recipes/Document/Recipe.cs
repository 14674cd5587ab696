using System.Text.Json.Serialization;

namespace Kawaraban.Recipes;

/// <summary>The rules that turn a source's entries into posts, as a person writes them. What each member means stands in the schema.</summary>
public sealed record Recipe
{
    /// <summary>The version of the format.</summary>
    public const int Format = 1;

    /// <inheritdoc cref="Format"/>
    public int Version { get; init; } = Format;

    /// <summary>For people.</summary>
    public string? Note { get; init; }

    /// <summary>The built-in recipe it builds on; null for the one that fits, <c>none</c> for none.</summary>
    public string? Platform { get; init; }

    /// <summary>What is fetched.</summary>
    public SourceSection? Source { get; init; }

    /// <summary>Where in it the entries are.</summary>
    public EntriesSection? Entries { get; init; }

    /// <summary>What becomes of their fields, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FieldStep>>? Fields { get; init; }

    /// <summary>Which become posts.</summary>
    public IReadOnlyList<FilterRule>? Keep { get; init; }

    /// <summary>Which do not.</summary>
    public IReadOnlyList<FilterRule>? Drop { get; init; }

    /// <summary>What becomes of their addresses.</summary>
    public UrlSection? Url { get; init; }

    /// <summary>What is taken from their own pages.</summary>
    public PageSection? Page { get; init; }

    /// <summary>A step in code.</summary>
    public string? Code { get; init; }

    /// <summary>What becomes of their tags.</summary>
    public TagsSection? Tags { get; init; }

    /// <summary>What makes a post the same next time.</summary>
    public string? Identity { get; init; }
}

/// <summary>What is fetched.</summary>
public sealed record SourceSection(string? Kind = null, string? Address = null, string? Title = null, string? Language = null, PagingSection? Paging = null);

/// <summary>How older entries are found.</summary>
public sealed record PagingSection(Extractor? Next = null, string? Template = null, int? From = null, int? Pages = null);

/// <summary>Where in a document a value stands.</summary>
public sealed record Extractor(
    string? Select = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Attribute = null,
    string? Path = null,
    bool All = false,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Format = null,
    string? Zone = null);

/// <summary>Where in a document the entries are.</summary>
public sealed record EntriesSection(
    string? Select = null,
    string? Path = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Match = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Exclude = null,
    IReadOnlyDictionary<string, Extractor>? Fields = null);

/// <summary>One thing done to a field.</summary>
public sealed record FieldStep(
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Take = null,
    string? Regex = null,
    string? Replace = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? TrimPrefix = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? TrimSuffix = null,
    string? Template = null,
    string? Default = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Format = null,
    string? Zone = null,
    string? Shift = null);

/// <summary>One thing asked of an entry.</summary>
public sealed record FilterRule(
    string? Field = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Is = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Contains = null,
    string? Regex = null,
    bool? Empty = null,
    string? OlderThan = null);

/// <summary>What becomes of addresses.</summary>
public sealed record UrlSection(
    string? Tracking = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Remove = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Keep = null,
    string? Fragment = null,
    bool Https = false,
    IReadOnlyList<Replacement>? Replace = null);

/// <summary>A pattern and what comes in its place.</summary>
public sealed record Replacement(string Regex, string Replace);

/// <summary>What is taken from a post's own page.</summary>
public sealed record PageSection(
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Fill = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Replace = null,
    IReadOnlyDictionary<string, Extractor>? Select = null,
    IReadOnlyDictionary<string, IReadOnlyList<FieldStep>>? Fields = null,
    IReadOnlyList<FilterRule>? Keep = null,
    IReadOnlyList<FilterRule>? Drop = null,
    int? PerVisit = null);

/// <summary>What becomes of tags.</summary>
public sealed record TagsSection(
    IReadOnlyDictionary<string, string>? Map = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Add = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Only = null,
    IReadOnlyList<TopicRule>? Topics = null);

/// <summary>A tag that a post has when it is about something.</summary>
public sealed record TopicRule(
    string Tag,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? In = null,
    [property: JsonConverter(typeof(TextsConverter))] IReadOnlyList<string>? Contains = null,
    string? Regex = null);
