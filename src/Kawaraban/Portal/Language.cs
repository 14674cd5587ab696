using System.Globalization;

namespace Kawaraban.Portal;

/// <summary>Finds out in which language to speak to a reader.</summary>
public static class Language
{
    /// <summary>The words of a language tag such as <c>ja</c> or <c>ja-JP</c>; null when we do not speak it.</summary>
    public static Words? Find(ReadOnlySpan<char> tag)
    {
        foreach (var words in Words.All)
        {
            if (tag.StartsWith(words.Tag, StringComparison.OrdinalIgnoreCase) && (tag.Length == words.Tag.Length || tag[words.Tag.Length] == '-'))
                return words;
        }

        return null;
    }

    /// <summary>The language a reader prefers among ours (RFC 9110 §12.5.4).</summary>
    /// <param name="acceptLanguage">The header, as sent; may be missing or nonsense.</param>
    public static Words Preferred(string? acceptLanguage)
    {
        var best = Words.All[0];
        var bestQuality = 0d;
        foreach (var range in acceptLanguage.AsSpan().Split(','))
        {
            var item = acceptLanguage.AsSpan(range).Trim();
            var semicolon = item.IndexOf(';');
            var tag = semicolon < 0 ? item : item[..semicolon].TrimEnd();
            var quality = semicolon < 0 ? 1 : Quality(item[(semicolon + 1)..].Trim());

            // Of equals the first named wins.
            if (quality > bestQuality && Find(tag) is { } words)
                (best, bestQuality) = (words, quality);
        }

        return best;
    }

    private static double Quality(ReadOnlySpan<char> parameter) =>
        parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
        && double.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality)
            ? quality
            : 0;
}
