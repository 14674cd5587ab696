using System.Text;

namespace Kawaraban.Search;

/// <summary>Cuts a normalised text into the words of the index: words as they are, CJK runs into overlapping pairs of characters.</summary>
/// <remarks>
/// Japanese has no spaces and many words of two characters; pairs find them all without a dictionary that would have to know them. The
/// last character of a run is a word too: with it, every character begins some word, and a single one is found by its beginning.
/// </remarks>
public static class Bigrams
{
    // Longer pieces are keys, hashes and long addresses; nobody types them, and their beginning finds them.
    private const int MaxWord = 64;

    /// <summary>The words of a text, each once (the index keeps no positions), parted by spaces.</summary>
    /// <param name="normalized">A text as <see cref="SearchText.Normalize"/> gives it.</param>
    public static string Cut(string normalized)
    {
        // Each character of a run begins a pair, and a space follows each.
        var words = new DistinctWords((normalized.Length * 3) + 1);
        try
        {
            var rest = normalized.AsSpan();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf(' ');
                var piece = end < 0 ? rest : rest[..end];
                rest = rest[Math.Min(piece.Length + 1, rest.Length)..];
                if (piece.IsEmpty)
                    continue;
                if (piece[0] < 0x80 || !SearchText.IsCjkRun(piece))
                {
                    words.Add(Word(piece));
                    continue;
                }

                while (!piece.IsEmpty)
                {
                    var (first, both) = Pair(piece);
                    words.Add(piece[..both]);
                    piece = piece[first..];
                }
            }

            return words.ToString();
        }
        finally
        {
            words.Dispose();
        }
    }

    /// <summary>The pairs of a run, without the last character alone; one character for a run of one.</summary>
    public static List<string> Pairs(ReadOnlySpan<char> run)
    {
        List<string> pairs = [];
        var (first, both) = Pair(run);
        do
        {
            pairs.Add(run[..both].ToString());
            run = run[first..];
            (first, both) = Pair(run);
        }
        while (both > first);
        return pairs;
    }

    /// <summary>A word as the index has it.</summary>
    public static ReadOnlySpan<char> Word(ReadOnlySpan<char> piece) => piece.Length <= MaxWord ? piece : piece[..MaxWord];

    // The lengths, in UTF-16 units, of the first character and of the first two: characters beyond the first plane have two units.
    private static (int First, int Both) Pair(ReadOnlySpan<char> run)
    {
        if (run.Length > 1 && !char.IsSurrogate(run[0]) && !char.IsSurrogate(run[1]))
            return (1, 2);
        Rune.DecodeFromUtf16(run, out _, out var first);
        if (first == run.Length)
            return (first, first);
        Rune.DecodeFromUtf16(run[first..], out _, out var second);
        return (first, first + second);
    }
}
