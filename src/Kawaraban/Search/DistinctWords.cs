using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Kawaraban.Search;

/// <summary>Words, each once, written one after the other with a space after each; nothing is allocated for a word.</summary>
internal ref struct DistinctWords
{
    private const int FewSlots = 256;
    private const int ManySlots = 16_384;

    // They differ from start to start: nobody can write a text whose words all meet.
    private static readonly ulong s_first = Odd();
    private static readonly ulong s_second = Odd();

    // Above, a piece of the word's hash; below, where in the text it begins, plus one. 0 is free.
    private ulong[] slots;
    private int mask;
    private char[] text;
    private int length;
    private int count;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">How many characters all words and their spaces take at most.</param>
    public DistinctWords(int capacity)
    {
        text = ArrayPool<char>.Shared.Rent(capacity);
        slots = Slots((int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(capacity / 3, FewSlots, ManySlots)), out mask);
    }

    /// <summary>Adds a word that is not there yet.</summary>
    public void Add(ReadOnlySpan<char> word)
    {
        var hash = Hash(word);
        var at = (int)hash & mask;
        for (; slots[at] is var slot and not 0; at = (at + 1) & mask)
        {
            if ((slot ^ hash) >> 32 == 0 && Is((int)slot - 1, word))
                return;
        }

        slots[at] = hash & 0xFFFF_FFFF_0000_0000 | (uint)(length + 1);
        word.CopyTo(text.AsSpan(length));
        length += word.Length;
        text[length++] = ' ';
        if (++count * 2 > mask)
            Grow();
    }

    /// <summary>All of them.</summary>
    public override readonly string ToString() => new(text, 0, length);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(text);
        ArrayPool<ulong>.Shared.Return(slots);
        (text, slots) = ([], []);
    }

    // Four characters at a time, each time multiplied to twice the width and folded (as wyhash does). Place and piece of the hash are the same
    // 32 bits twice, so that a table grows without reading its words.
    private static ulong Hash(ReadOnlySpan<char> word)
    {
        var hash = s_first ^ (uint)word.Length;
        for (; word.Length > 4; word = word[4..])
            hash = Fold(hash ^ MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(word)));
        var rest = 0UL;
        foreach (var unit in word)
            rest = rest << 16 | unit;
        var half = (uint)(Fold(hash ^ rest) >> 16);
        return (ulong)half << 32 | half;
    }

    private static ulong Fold(ulong value)
    {
        var high = Math.BigMul(value, s_second, out var low);
        return high ^ low;
    }

    private static ulong Odd() => BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    private readonly bool Is(int begin, ReadOnlySpan<char> word) =>
        begin + word.Length < length && text[begin + word.Length] == ' ' && text.AsSpan(begin, word.Length).SequenceEqual(word);

    private static ulong[] Slots(int size, out int mask)
    {
        var slots = ArrayPool<ulong>.Shared.Rent(size);
        slots.AsSpan(0, size).Clear();
        mask = size - 1;
        return slots;
    }

    private void Grow()
    {
        var (before, size) = (slots, mask + 1);
        slots = Slots(size * 2, out mask);
        foreach (var slot in before.AsSpan(0, size))
        {
            if (slot == 0)
                continue;
            var at = (int)(slot >> 32) & mask;
            while (slots[at] != 0)
                at = (at + 1) & mask;
            slots[at] = slot;
        }

        ArrayPool<ulong>.Shared.Return(before);
    }
}
