using System.Buffers;

namespace Kawaraban.Search;

/// <summary>Words, each once, written one after the other with a space after each; nothing is allocated for a word.</summary>
internal ref struct DistinctWords
{
    private const int FewSlots = 256;

    // Where in the text a word begins, plus one; 0 is free.
    private int[] slots;
    private char[] text;
    private int length;
    private int count;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">How many characters all words and their spaces take at most.</param>
    public DistinctWords(int capacity)
    {
        text = ArrayPool<char>.Shared.Rent(capacity);
        slots = Slots(FewSlots);
    }

    /// <summary>Adds a word that is not there yet.</summary>
    public void Add(ReadOnlySpan<char> word)
    {
        ref var slot = ref SlotOf(word);
        if (slot != 0)
            return;
        slot = length + 1;
        word.CopyTo(text.AsSpan(length));
        length += word.Length;
        text[length++] = ' ';
        if (++count * 2 > slots.Length)
            Grow();
    }

    /// <summary>All of them.</summary>
    public override readonly string ToString() => new(text, 0, length);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(text);
        ArrayPool<int>.Shared.Return(slots);
        (text, slots) = ([], []);
    }

    private static int[] Slots(int least)
    {
        var slots = ArrayPool<int>.Shared.Rent(least);
        slots.AsSpan().Clear();
        return slots;
    }

    // The runtime's hash differs from start to start: nobody can write a text whose words all meet.
    private readonly ref int SlotOf(ReadOnlySpan<char> word)
    {
        for (var at = (uint)string.GetHashCode(word) % (uint)slots.Length; ; at = at + 1 == slots.Length ? 0 : at + 1)
        {
            ref var slot = ref slots[at];
            if (slot == 0 || Is(slot - 1, word))
                return ref slot;
        }
    }

    private readonly bool Is(int begin, ReadOnlySpan<char> word) =>
        begin + word.Length < length && text[begin + word.Length] == ' ' && text.AsSpan(begin, word.Length).SequenceEqual(word);

    private void Grow()
    {
        var before = slots;
        slots = Slots(before.Length * 2);
        ArrayPool<int>.Shared.Return(before);
        for (var begin = 0; begin < length;)
        {
            var word = text.AsSpan(begin, text.AsSpan(begin, length - begin).IndexOf(' '));
            SlotOf(word) = begin + 1;
            begin += word.Length + 1;
        }
    }
}
