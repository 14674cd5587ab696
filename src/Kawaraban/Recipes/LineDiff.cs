namespace Kawaraban.Recipes;

/// <summary>What differs between two texts, line by line, with some lines around it.</summary>
internal static class LineDiff
{
    private const int Around = 3;

    // The table has a place for each pair of lines. Recipes have some hundred lines; of longer texts all of both is shown.
    private const int MostPairs = 4_000_000;

    /// <summary>The lines, with <c>-</c>, <c>+</c> or a space before them; nothing when the texts are the same.</summary>
    public static IReadOnlyList<string> Of(string before, string after)
    {
        var (old, young) = (Lines(before), Lines(after));
        if ((long)old.Length * young.Length > MostPairs)
            return before == after ? [] : [.. old.Select(line => "- " + line), .. young.Select(line => "+ " + line)];

        // The length of the longest common end, from each pair of lines on (Wagner and Fischer, 1974); recipes are short.
        var common = new int[old.Length + 1, young.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = young.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == young[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        List<string> lines = [];
        var (a, b) = (0, 0);
        while (a < old.Length || b < young.Length)
        {
            if (a < old.Length && b < young.Length && old[a] == young[b])
                (a, b) = (a + 1, Add(lines, " ", young[b], b));
            else if (a < old.Length && (b == young.Length || common[a + 1, b] >= common[a, b + 1]))
                a = Add(lines, "-", old[a], a);
            else
                b = Add(lines, "+", young[b], b);
        }

        return [.. lines.Where((_, i) => lines.Skip(i - Around).Take(Math.Min(i, Around) + 1 + Around).Any(line => line[0] != ' '))];
    }

    private static int Add(List<string> lines, string sign, string line, int at)
    {
        lines.Add(sign + " " + line);
        return at + 1;
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');
}
