namespace Kawaraban.Feeds.Formats;

/// <summary>How <see cref="JsonFeedWriter"/> writes.</summary>
public sealed record JsonFeedWriterOptions
{
    /// <summary>Everything sanitised, on one line.</summary>
    public static JsonFeedWriterOptions Default { get; } = new();

    /// <summary>Whether HTML passes through <see cref="Html.SafeHtml"/>. True unless the reader of the output does it.</summary>
    public bool IsSanitised { get; init; } = true;

    /// <summary>Whether the output is spread over lines, for people.</summary>
    public bool IsIndented { get; init; }

    /// <summary>Whether the member <c>_kawaraban</c> is written: format, encoding, repairs, update hints, hubs.</summary>
    public bool HasExtension { get; init; } = true;
}
