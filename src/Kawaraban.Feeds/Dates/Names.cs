using System.Collections.Frozen;

namespace Kawaraban.Feeds.Dates;

/// <summary>Words that stand for numbers, found without regard to case, by spans.</summary>
internal readonly struct Names
{
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers;

    /// <param name="first">The number of the first line.</param>
    /// <param name="lines">For each number in turn its words, folded as <see cref="FoldedText"/> does, parted by spaces.</param>
    public Names(int first, params ReadOnlySpan<string> lines)
    {
        var numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            foreach (var word in line.Split(' '))
                numbers.Add(word, first);
            first++;
        }

        _numbers = numbers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>All the words.</summary>
    public IReadOnlyCollection<string> Words => _numbers.Dictionary.Keys;

    public bool TryFind(ReadOnlySpan<char> word, out int number) => _numbers.TryGetValue(word, out number);
}
