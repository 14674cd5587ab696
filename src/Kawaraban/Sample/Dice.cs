namespace Kawaraban.Sample;

/// <summary>Dice that always fall the same way for the same word: the sample is invented once, not at every start.</summary>
/// <remarks>FNV-1a for the seed and Marsaglia's xorshift for the throws; neither has to be good, only stable over versions of .NET.</remarks>
internal struct Dice(string word)
{
    private ulong state = Seed(word);

    /// <summary>A whole number from 0 up to, not including, <paramref name="sides"/>.</summary>
    public int Throw(int sides)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (int)((state >> 11) % (ulong)sides);
    }

    /// <summary>A whole number between the two, both included.</summary>
    public int Between(int low, int high) => low + Throw(high - low + 1);

    /// <summary>One of the choices.</summary>
    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Throw(choices.Length)];

    private static ulong Seed(string word)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in word)
            hash = (hash ^ c) * 1099511628211UL;
        return hash | 1;
    }
}
