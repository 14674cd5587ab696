namespace Kawaraban.Recipes;

/// <summary>A text in which * stands for anything: <c>/blog/*</c>.</summary>
internal static class Glob
{
    /// <summary>Whether a text is of that form, without regard to case. Takes no longer than both lengths multiplied.</summary>
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        // Where the last star stood, and how much of the text it has taken so far: only that one is ever tried anew.
        int at = 0, star = -1, taken = 0;
        for (var i = 0; i < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                taken = i;
            }
            else if (at < pattern.Length && char.ToLowerInvariant(pattern[at]) == char.ToLowerInvariant(text[i]))
            {
                at++;
                i++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                i = ++taken;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].Trim('*').IsEmpty;
    }
}
