using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kawaraban.Feeds.Markup;

/// <summary>Long texts in which nothing is to be replaced or left out are decoded where they will stay: counted first, then written into the
/// string itself, without a buffer between.</summary>
internal static class StraightText
{
    /// <summary>Shorter texts, in bytes, are decoded faster than counted.</summary>
    public const int Shortest = 128;

    /// <summary>Decodes a text without white space around it.</summary>
    /// <param name="raw">Valid UTF-8.</param>
    /// <param name="isLiteral">Whether it comes from a CDATA section, where an ampersand is an ampersand.</param>
    /// <returns>Null when it must be decoded character by character.</returns>
    public static string? TryDecode(ReadOnlySpan<byte> raw, bool isLiteral)
    {
        if (raw.Length < Shortest || !IsInk(raw[0]) || !IsInk(raw[^1]) || !TryCount(raw, isLiteral, out var units))
            return null;
        return string.Create(units, raw, static (text, bytes) => TextDecoder.DecodePlain(bytes, text));
    }

    /// <summary>Whether a byte at an end surely is no white space, which beyond ASCII takes a closer look.</summary>
    private static bool IsInk(byte value) => value is > 0x20 and < 0x7F;

    /// <summary>Counts the UTF-16 units; false when there are references, carriage returns or forbidden characters.</summary>
    private static bool TryCount(ReadOnlySpan<byte> raw, bool isLiteral, out int units)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var reference = Vector256.Create(isLiteral ? (byte)'\r' : (byte)'&');
        var newline = Vector256.Create((byte)'\n');
        var tab = Vector256.Create((byte)'\t');
        var lastControl = Vector256.Create((byte)0x1F);
        nuint at = 0, last = (nuint)raw.Length - 32;
        var counted = 0;
        units = 0;
        while (true)
        {
            var chunk = Vector256.LoadUnsafe(ref source, at);
            var isControl = Vector256.Equals(Vector256.Min(chunk, lastControl), chunk)
                & ~(Vector256.Equals(chunk, newline) | Vector256.Equals(chunk, tab));
            if (((isControl | Vector256.Equals(chunk, reference)) != Vector256<byte>.Zero))
                return false;

            // A unit for each byte that begins a character, and a second one for each that begins one of four bytes.
            var begins = Vector256.GreaterThan(chunk.AsSByte(), Vector256.Create((sbyte)-65)).ExtractMostSignificantBits();
            var beginsPair = Vector256.Equals(Vector256.Max(chunk, Vector256.Create((byte)0xF0)), chunk).ExtractMostSignificantBits();
            // The last step looks at some bytes for the second time.
            var fresh = uint.MaxValue << counted;
            units += BitOperations.PopCount(begins & fresh) + BitOperations.PopCount(beginsPair & fresh);
            if (at == last)
                return true;
            var next = Math.Min(at + 32, last);
            counted = (int)(at + 32 - next);
            at = next;
        }
    }
}
