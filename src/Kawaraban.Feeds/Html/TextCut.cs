using System.Globalization;

namespace Kawaraban.Feeds.Html;

/// <summary>Finds where a text may be cut.</summary>
internal static class TextCut
{
    /// <summary>How many units beyond the cut are worth knowing: what is cut may be one character of several.</summary>
    public const int LookAhead = 32;

    private const int LongestWord = 12;
    private const string Closings = "」』）】》〉”’\")]";

    /// <summary>Where to cut: behind a sentence in the last third, else behind a word in the last fifth (or twelve units), else between two characters.
    /// Languages without spaces may be cut behind any character.</summary>
    /// <param name="text">A text with no more than one space in a row.</param>
    /// <param name="most">How many units may be kept.</param>
    public static int Before(ReadOnlySpan<char> text, int most)
    {
        for (var end = most; end > 0 && end >= most - most / 3; end--)
        {
            if (IsSentence(text, end))
                return end;
        }

        for (var end = most; end > 0 && end >= most - Math.Max(most / 5, LongestWord); end--)
        {
            if (text[end] == ' ')
                return end;
            if (HtmlText.IsCjk(text[end]) || HtmlText.IsCjk(text[end - 1]))
                return BetweenCharacters(text, end);
        }

        return BetweenCharacters(text, most);
    }

    /// <summary>Whether a sentence ends before a place.</summary>
    private static bool IsSentence(ReadOnlySpan<char> text, int end)
    {
        var sentence = text[..end].TrimEnd(Closings);
        if (sentence.IsEmpty || end < text.Length && Closings.Contains(text[end], StringComparison.Ordinal))
            return false;
        return sentence[^1] switch
        {
            '。' or '！' or '？' => true,
            '．' => end >= text.Length || !char.IsDigit(text[end]),
            // Not "3.14", not "example.com".
            '.' or '!' or '?' => end >= text.Length || text[end] == ' ',
            _ => false,
        };
    }

    private static int BetweenCharacters(ReadOnlySpan<char> text, int most)
    {
        var end = 0;
        while (end < most)
        {
            var next = StringInfo.GetNextTextElementLength(text[end..]);
            if (end + next > most)
                break;
            end += next;
        }

        // One that is longer than everything wanted (letters can bear any number of marks) is cut nevertheless.
        if (end == 0)
            end = most > 1 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end].TrimEnd(' ').Length;
    }
}
