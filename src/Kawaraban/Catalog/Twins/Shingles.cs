namespace Kawaraban.Catalog;

/// <summary>The pieces of some characters that a text consists of, to say how much of one text stands in another.</summary>
/// <remarks>
/// Containment, as A. Broder defines it beside resemblance ("On the resemblance and containment of documents", Compression and Complexity of
/// Sequences, 1997): the share of one set of shingles that is in the other. Resemblance would not do, since a platform's feed often has the
/// first lines where the publisher's has the whole article. Broder's shingles are words; Japanese has none that stand apart, and five
/// characters of it are about two; of a title, pairs. Sets are compared whole: it happens once for two posts of the same title, so that no sketch (nor
/// M. Charikar's "Similarity estimation techniques from rounding algorithms", STOC 2002) pays.
/// </remarks>
internal sealed class Shingles
{
    /// <summary>The length of the pieces of a text.</summary>
    public const int OfText = 5;

    /// <summary>The length of the pieces of a title.</summary>
    public const int OfTitle = 2;

    // Of the longest articles the beginning.
    private const int MaxText = 20_000;

    private readonly HashSet<ulong> set = [];

    /// <summary>Of a text as the search keeps it: words and runs parted by spaces.</summary>
    public Shingles(string normalized, int length = OfText)
    {
        Span<char> window = stackalloc char[length];
        var read = 0;
        foreach (var character in normalized.AsSpan(0, Math.Min(normalized.Length, MaxText)))
        {
            if (character == ' ')
                continue;
            window[1..].CopyTo(window);
            window[^1] = character;
            if (++read >= length)
                set.Add(Hash(window));
        }
    }

    /// <summary>How many there are, each once.</summary>
    public int Count => set.Count;

    /// <summary>How much of the smaller of two stands in the larger: 0 to 1.</summary>
    public static double Containment(Shingles one, Shingles other)
    {
        var (small, large) = one.Count <= other.Count ? (one.set, other.set) : (other.set, one.set);
        return small.Count == 0 ? 0 : (double)small.Count(large.Contains) / small.Count;
    }

    // FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/. Whoever makes texts whose pieces meet makes two posts one, in vain.
    private static ulong Hash(ReadOnlySpan<char> window)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in window)
            hash = (hash ^ character) * 1099511628211UL;
        return hash;
    }
}
