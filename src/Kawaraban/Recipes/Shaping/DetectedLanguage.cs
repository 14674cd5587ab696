namespace Kawaraban.Recipes;

/// <summary>The language of a text, by its letters alone.</summary>
internal static class DetectedLanguage
{
    // Product names in kana stand in English texts too.
    private const int LeastShareOfKana = 20;

    /// <summary>
    /// <c>ja</c>, <c>ko</c>, <c>zh</c>; <c>en</c> for Latin letters, which may be any other language that has them; null when there is too little text.
    /// </summary>
    public static string? Of(ReadOnlySpan<char> text)
    {
        int kana = 0, hangul = 0, ideographs = 0, latin = 0;
        foreach (var character in text)
        {
            switch (character)
            {
                case (>= '\u3041' and <= '\u30FA') or (>= '\uFF66' and <= '\uFF9D'):
                    kana++;
                    break;
                case >= '\uAC00' and <= '\uD7A3':
                    hangul++;
                    break;
                case >= '\u4E00' and <= '\u9FFF':
                    ideographs++;
                    break;
                default:
                    latin += char.IsAsciiLetter(character) ? 1 : 0;
                    break;
            }
        }

        var letters = kana + hangul + ideographs + latin;
        return letters < 3 ? null
            : hangul * LeastShareOfKana > letters ? "ko"
            : kana * LeastShareOfKana > letters ? "ja"
            : ideographs * 4 > letters ? "zh"
            : latin * 2 > letters ? "en"
            : null;
    }
}
