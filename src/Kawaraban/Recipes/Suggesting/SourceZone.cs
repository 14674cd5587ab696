namespace Kawaraban.Recipes;

/// <summary>The time zone that a source's clocks show, where its language or its country has but one.</summary>
internal static class SourceZone
{
    /// <summary>The zone's name; null when there is more than one, or nothing to tell.</summary>
    /// <param name="language">The source's language; null when it does not say.</param>
    /// <param name="url">Its address.</param>
    public static string? Of(string? language, Uri url)
    {
        var country = url.Host[(url.Host.LastIndexOf('.') + 1)..];
        return Language(language) switch
        {
            "ja" => "Asia/Tokyo",
            "ko" => "Asia/Seoul",
            _ => country switch
            {
                "jp" => "Asia/Tokyo",
                "kr" => "Asia/Seoul",
                "tw" => "Asia/Taipei",
                _ => null,
            },
        };
    }

    private static string? Language(string? tag) => tag is { Length: >= 2 } && (tag.Length == 2 || tag[2] is '-' or '_') ? tag[..2].ToLowerInvariant() : null;
}
