using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Kawaraban.Feeds.Markup;

/// <summary>Turns the bytes of a text into characters: references replaced, line ends normalised, forbidden characters left out.</summary>
/// <remarks>One pass, 16 bytes at a step as long as they are plain ASCII. The bytes must be valid UTF-8.</remarks>
internal static class TextDecoder
{
    /// <summary>Room that is needed beyond one unit a byte, because whole vectors are written.</summary>
    public const int Slack = 16;

    private static readonly Encoding s_windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Decodes a text.</summary>
    /// <param name="raw">Valid UTF-8.</param>
    /// <param name="target">At least as many units as there are bytes, and <see cref="Slack"/>.</param>
    /// <param name="isLiteral">Whether it comes from a CDATA section, where an ampersand is an ampersand.</param>
    /// <param name="position">Where the text stands in the document.</param>
    /// <param name="repairs">What was mended is noted here.</param>
    /// <param name="hasC1">Set when the text came to hold a character from U+0080 to U+009F by reference.</param>
    /// <returns>The number of units written.</returns>
    public static int Decode(ReadOnlySpan<byte> raw, Span<char> target, bool isLiteral, int position, RepairLog repairs, ref bool hasC1)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        ref var destination = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(target));
        if (target.Length < raw.Length + Slack)
            throw new ArgumentException("too small", nameof(target));
        var reference = isLiteral ? (byte)'\r' : (byte)'&';
        var ampersands = Vector128.Create(reference);
        var newlines = Vector128.Create((sbyte)'\n');
        var spaces = Vector128.Create((sbyte)' ');
        nuint at = 0, to = 0, length = (nuint)raw.Length;
        while (at < length)
        {
            if (at + 16 <= length)
            {
                var chunk = Vector128.LoadUnsafe(ref source, at);
                // Signed comparison: what is not ASCII counts as less than a space, like the control characters.
                var special = (Vector128.LessThan(chunk.AsSByte(), spaces) & ~Vector128.Equals(chunk.AsSByte(), newlines)).AsByte()
                    | Vector128.Equals(chunk, ampersands);
                var (lower, upper) = Vector128.Widen(chunk);
                lower.StoreUnsafe(ref destination, to);
                upper.StoreUnsafe(ref destination, to + 8);
                if (special == Vector128<byte>.Zero)
                {
                    at += 16;
                    to += 16;
                    continue;
                }

                var plain = (nuint)BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
                at += plain;
                to += plain;
            }

            var value = Unsafe.Add(ref source, at);
            if (value < 0x80)
            {
                if (value >= 0x20 && value != reference || value is (byte)'\n' or (byte)'\t')
                {
                    Unsafe.Add(ref destination, to++) = value;
                    at++;
                }
                else if (value == '&')
                {
                    at += (nuint)DecodeReference(raw, (int)at, target, ref to, position, repairs, ref hasC1);
                }
                else
                {
                    at++;
                    if (value == '\r')
                    {
                        if (at >= length || Unsafe.Add(ref source, at) != '\n')
                            Unsafe.Add(ref destination, to++) = '\n';
                    }
                    else
                    {
                        repairs.Note(RepairKind.ControlCharacter, position + (int)at - 1, $"U+{(int)value:X4}");
                    }
                }

                continue;
            }

            to += DecodeBeyondAscii(raw, ref at, ref Unsafe.Add(ref destination, to), (nuint)target.Length - to);
        }

        return (int)to;
    }

    /// <summary>Decodes a text in which nothing is to be replaced or left out.</summary>
    /// <param name="raw">Valid UTF-8.</param>
    /// <param name="target">Exactly as many units as there come out.</param>
    public static void DecodePlain(ReadOnlySpan<byte> raw, Span<char> target)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        ref var destination = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(target));
        nuint at = 0, to = 0, length = (nuint)raw.Length, room = (nuint)target.Length;
        while (at < length)
        {
            if (at + 16 <= length && to + 16 <= room)
            {
                var chunk = Vector128.LoadUnsafe(ref source, at);
                var (lower, upper) = Vector128.Widen(chunk);
                lower.StoreUnsafe(ref destination, to);
                upper.StoreUnsafe(ref destination, to + 8);
                var plain = (nuint)BitOperations.TrailingZeroCount(chunk.ExtractMostSignificantBits() | 0x10000);
                at += plain;
                to += plain;
                if (plain == 16)
                    continue;
            }

            var value = Unsafe.Add(ref source, at);
            if (value < 0x80)
            {
                Unsafe.Add(ref destination, to++) = value;
                at++;
            }
            else
            {
                to += DecodeBeyondAscii(raw, ref at, ref Unsafe.Add(ref destination, to), room - to);
            }
        }
    }

    /// <summary>Decodes characters beyond ASCII up to the next one that is not.</summary>
    /// <param name="raw">The text.</param>
    /// <param name="at">The first byte of such a character; afterwards the first byte that is not of one.</param>
    /// <param name="destination">Where the units go.</param>
    /// <param name="room">How many units may be written there.</param>
    /// <returns>How many came out.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint DecodeBeyondAscii(ReadOnlySpan<byte> raw, ref nuint at, ref ushort destination, nuint room)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        nuint from = at, to = 0, length = (nuint)raw.Length;
        var value = Unsafe.Add(ref source, from);
        do
        {
            if (value is >= 0xE0 and < 0xF0)
            {
                if (Avx2.IsSupported && from + 31 <= length && to + 13 <= room)
                {
                    var count = DecodeTriples(
                        Vector256.Create(Vector128.LoadUnsafe(ref source, from), Vector128.LoadUnsafe(ref source, from + 15)), out var units);
                    // The second half only counts behind a first that is full.
                    units.GetLower().StoreUnsafe(ref destination, to);
                    units.GetUpper().StoreUnsafe(ref destination, to + 5);
                    from += 3 * count;
                    to += count;
                }
                else if (Ssse3.IsSupported && from + 16 <= length && to + 8 <= room)
                {
                    var count = DecodeTriples(Vector128.LoadUnsafe(ref source, from), out var units);
                    units.StoreUnsafe(ref destination, to);
                    from += 3 * count;
                    to += count;
                }
                else
                {
                    Unsafe.Add(ref destination, to++) =
                        (ushort)(((value & 0xF) << 12) | ((Unsafe.Add(ref source, from + 1) & 0x3F) << 6) | (Unsafe.Add(ref source, from + 2) & 0x3F));
                    from += 3;
                }
            }
            else if (value >= 0xF0)
            {
                var rune = ((value & 0x7) << 18) | ((Unsafe.Add(ref source, from + 1) & 0x3F) << 12)
                    | ((Unsafe.Add(ref source, from + 2) & 0x3F) << 6) | (Unsafe.Add(ref source, from + 3) & 0x3F);
                Unsafe.Add(ref destination, to++) = (ushort)(0xD7C0 + (rune >> 10));
                Unsafe.Add(ref destination, to++) = (ushort)(0xDC00 | (rune & 0x3FF));
                from += 4;
            }
            else
            {
                Unsafe.Add(ref destination, to++) = (ushort)(((value & 0x1F) << 6) | (Unsafe.Add(ref source, from + 1) & 0x3F));
                from += 2;
            }
        }
        while (from < length && (value = Unsafe.Add(ref source, from)) >= 0x80);

        at = from;
        return to;
    }

    /// <summary>As below, of 31 bytes, of which the middle one stands in both halves: up to ten at once.</summary>
    private static nuint DecodeTriples(Vector256<byte> bytes, out Vector256<ushort> units)
    {
        var bits = bytes & Vector256.Create(
            0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0,
            0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0);
        var marks = Vector256.Create(
            0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xFF,
            0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xFF);
        // Bits 15 and 31 are always set: they stand for the byte after five characters, which the comparison leaves out.
        var wrong = ~Vector256.Equals(bits, marks).ExtractMostSignificantBits();
        var lower = (uint)BitOperations.TrailingZeroCount(wrong & 0xFFFF) / 3;
        var count = lower < 5 ? lower : 5 + ((uint)BitOperations.TrailingZeroCount(wrong >> 16) / 3);
        var first = Avx2.Shuffle(bytes, Vector256.Create(
            0, 0xFF, 3, 0xFF, 6, 0xFF, 9, 0xFF, 12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0, 0xFF, 3, 0xFF, 6, 0xFF, 9, 0xFF, 12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)).AsUInt16();
        var second = Avx2.Shuffle(bytes, Vector256.Create(
            1, 0xFF, 4, 0xFF, 7, 0xFF, 10, 0xFF, 13, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            1, 0xFF, 4, 0xFF, 7, 0xFF, 10, 0xFF, 13, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)).AsUInt16();
        var third = Avx2.Shuffle(bytes, Vector256.Create(
            2, 0xFF, 5, 0xFF, 8, 0xFF, 11, 0xFF, 14, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            2, 0xFF, 5, 0xFF, 8, 0xFF, 11, 0xFF, 14, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)).AsUInt16();
        var six = Vector256.Create((ushort)0x3F);
        units = (first << 12) | ((second & six) << 6) | (third & six);
        return Math.Max(1, count);
    }

    /// <summary>Decodes the characters of three bytes each, Japanese for the most part, that stand together at the beginning of 16 bytes: up to five
    /// at once.</summary>
    /// <returns>How many there are; at least one, as the first is known to be one.</returns>
    private static nuint DecodeTriples(Vector128<byte> bytes, out Vector128<ushort> units)
    {
        var bits = bytes & Vector128.Create(0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0);
        var marks = Vector128.Create(0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0);
        var count = (uint)BitOperations.TrailingZeroCount(~Vector128.Equals(bits, marks).ExtractMostSignificantBits()) / 3;
        // An index with its highest bit set makes a zero. Shifting the first byte by 12 pushes its mark out.
        var first = Ssse3.Shuffle(bytes, Vector128.Create(0, 0xFF, 3, 0xFF, 6, 0xFF, 9, 0xFF, 12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)).AsUInt16();
        var second = Ssse3.Shuffle(bytes, Vector128.Create(1, 0xFF, 4, 0xFF, 7, 0xFF, 10, 0xFF, 13, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)).AsUInt16();
        var third = Ssse3.Shuffle(bytes, Vector128.Create(2, 0xFF, 5, 0xFF, 8, 0xFF, 11, 0xFF, 14, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)).AsUInt16();
        var six = Vector128.Create((ushort)0x3F);
        units = (first << 12) | ((second & six) << 6) | (third & six);
        return Math.Max(1, count);
    }

    private static int DecodeReference(
        ReadOnlySpan<byte> raw, int at, Span<char> target, ref nuint to, int position, RepairLog repairs, ref bool hasC1)
    {
        var rest = raw[at..];
        if (!CharacterReferences.TryRead(rest, target[(int)to..], out var used, out var written, out var isXml))
        {
            NoteAmpersand(rest, position + at, repairs);
            target[(int)to++] = '&';
            return 1;
        }

        if (!isXml)
            repairs.Note(RepairKind.UndefinedEntity, position + at, rest[1..(used - 1)]);
        else if (written == 0)
            repairs.Note(RepairKind.ControlCharacter, position + at);
        if (written == 1 && target[(int)to] is >= '\u0080' and <= '\u009F')
            hasC1 = true;
        to += (nuint)written;
        return used;
    }

    private static void NoteAmpersand(ReadOnlySpan<byte> rest, int position, RepairLog repairs)
    {
        var name = 1;
        while (name < rest.Length && name <= CharacterReferences.LongestName && char.IsAsciiLetterOrDigit((char)rest[name]))
            name++;
        if (name > 1 && name < rest.Length && rest[name] == ';')
            repairs.Note(RepairKind.UndefinedEntity, position, rest[1..name]);
        else
            repairs.Note(RepairKind.BareAmpersand, position);
    }

    /// <summary>Mends a text that holds C1 control characters: UTF-8 that was taken for Latin-1, or Windows-1252 taken for Unicode.</summary>
    /// <returns>The new number of units.</returns>
    public static int MendC1(Span<char> text, int position, RepairLog repairs)
    {
        if (!text.ContainsAnyInRange('\u0080', '\u009F'))
            return text.Length;
        if (!text.ContainsAnyExceptInRange('\0', '\u00FF') && TryUndoDoubleEncoding(text, out var length))
        {
            repairs.Note(RepairKind.DoubleEncoded, position);
            return length;
        }

        repairs.Note(RepairKind.WindowsCharacter, position);
        Span<byte> one = stackalloc byte[1];
        foreach (ref var unit in text)
        {
            if (unit is < '\u0080' or > '\u009F')
                continue;
            one[0] = (byte)unit;
            s_windows1252.GetChars(one, MemoryMarshal.CreateSpan(ref unit, 1));
        }

        return text.Length;
    }

    private static bool TryUndoDoubleEncoding(Span<char> text, out int length)
    {
        var rented = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var bytes = rented.AsSpan(0, Encoding.Latin1.GetBytes(text, rented));
            length = 0;
            if (!System.Text.Unicode.Utf8.IsValid(bytes))
                return false;
            length = Encoding.UTF8.GetChars(bytes, text);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
