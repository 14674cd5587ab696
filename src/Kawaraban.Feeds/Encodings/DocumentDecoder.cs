using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Kawaraban.Feeds.Markup;
using UtfUnknown;

namespace Kawaraban.Feeds.Encodings;

/// <summary>A document in UTF-8, and what it was in before.</summary>
/// <param name="Bytes">Valid UTF-8 without a byte order mark.</param>
/// <param name="Label">The WHATWG label of the encoding it was read with.</param>
/// <param name="Rented">The array to give back to the pool, when one was needed.</param>
internal readonly record struct DecodedDocument(ReadOnlyMemory<byte> Bytes, string Label, byte[]? Rented) : IDisposable
{
    /// <summary>Gives back the array.</summary>
    public void Dispose()
    {
        if (Rented is not null)
            ArrayPool<byte>.Shared.Return(Rented);
    }
}

/// <summary>Finds out which encoding a document is in, and brings it into UTF-8.</summary>
/// <remarks>
/// RFC 7303 §3: byte order mark, then the charset of the Content-Type, then the XML declaration. Practice adds: a declaration is believed
/// only as long as the bytes agree. UTF-8 proves itself, because text in other encodings is hardly ever valid UTF-8; what cannot be decoded as
/// declared is detected.
/// </remarks>
internal static class DocumentDecoder
{
    // One wrong byte in this many is dirt, more is a wrong encoding.
    private const int DirtRatio = 200;

    /// <summary>Decodes a document.</summary>
    public static DecodedDocument Decode(ReadOnlyMemory<byte> document, string? contentType, RepairLog repairs)
    {
        var bytes = document.Span;
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            repairs.Offset = 3;
            return FromUtf8(document[3..], repairs);
        }

        if (FindWide(bytes, out var set, out var mark))
            return Transcode(bytes[mark..], set, repairs);

        var declared = Declarations.OfContentType(contentType);
        var inside = Declarations.OfDocument(bytes);
        var hasHttp = CharacterSet.TryFind(declared, out var http) && !http.IsWide;
        var hasOwn = CharacterSet.TryFind(inside, out var own) && !own.IsWide;
        if (inside is not null && own.Label is null)
            repairs.Note(RepairKind.UnknownEncoding, 0, inside);

        var isAscii = Ascii.IsValid(bytes);
        if (isAscii && bytes.Contains((byte)0x1B) && (bytes.IndexOf("\u001b$"u8) >= 0 || bytes.IndexOf("\u001b("u8) >= 0))
            return FromEscapes(bytes, hasHttp ? http : own, repairs);
        if (isAscii)
            return new DecodedDocument(document, (hasHttp ? http.Label : hasOwn ? own.Label : null) ?? CharacterSet.Utf8.Label, null);

        // A server that adds its Western default to everything knows less than the document.
        if (hasHttp && hasOwn && http.IsWestern && !own.IsWestern)
            hasHttp = false;
        var choice = hasHttp ? http : own;
        if (choice.Label is null || choice.CodePage == CharacterSet.Utf8.CodePage)
            return FromUnknown(document, choice.Label is not null, repairs);
        if (Utf8.IsValid(bytes) && IsRatherUtf8(bytes, choice))
        {
            repairs.Note(RepairKind.WrongEncoding, 0, CharacterSet.Utf8.Label);
            return new DecodedDocument(document, CharacterSet.Utf8.Label, null);
        }

        if (hasHttp && hasOwn && own != http && CountErrors(bytes, http) > 0 && CountErrors(bytes, own) == 0)
        {
            repairs.Note(RepairKind.WrongEncoding, 0, own.Label);
            choice = own;
        }

        return FromDeclared(bytes, choice, repairs);
    }

    private static DecodedDocument FromDeclared(ReadOnlySpan<byte> bytes, CharacterSet declared, RepairLog repairs)
    {
        if (declared.IsSingleByte)
            return Transcode(bytes, declared, repairs);
        var errors = CountErrors(bytes, declared);
        if (errors > 0 && errors > CountNotAscii(bytes) / DirtRatio && Detect(bytes) is { } detected && detected != declared
            && CountErrors(bytes, detected) < errors)
        {
            repairs.Note(RepairKind.WrongEncoding, 0, detected.Label);
            return Transcode(bytes, detected, repairs);
        }

        return Transcode(bytes, declared, repairs);
    }

    /// <summary>What declares nothing, or UTF-8.</summary>
    private static DecodedDocument FromUnknown(ReadOnlyMemory<byte> document, bool isDeclared, RepairLog repairs)
    {
        var bytes = document.Span;
        if (Utf8.IsValid(bytes))
            return new DecodedDocument(document, CharacterSet.Utf8.Label, null);
        var (good, bad) = CountUtf8(bytes);
        if (good >= bad * 4)
            return FromDirtyUtf8(bytes, repairs);
        if (Detect(bytes) is not { } detected)
            return FromDirtyUtf8(bytes, repairs);
        repairs.Note(isDeclared ? RepairKind.WrongEncoding : RepairKind.MissingEncoding, 0, detected.Label);
        return Transcode(bytes, detected, repairs);
    }

    private static DecodedDocument FromUtf8(ReadOnlyMemory<byte> document, RepairLog repairs) =>
        Utf8.IsValid(document.Span) ? new DecodedDocument(document, CharacterSet.Utf8.Label, null) : FromDirtyUtf8(document.Span, repairs);

    private static DecodedDocument FromEscapes(ReadOnlySpan<byte> bytes, CharacterSet declared, RepairLog repairs)
    {
        CharacterSet.TryFind("iso-2022-jp", out var set);
        if (declared != set)
            repairs.Note(declared.Label is null ? RepairKind.MissingEncoding : RepairKind.WrongEncoding, 0, set.Label);
        return Transcode(bytes, set, repairs);
    }

    /// <summary>UTF-8 with single bytes that are not: these are read as Windows-1252, from where they mostly come.</summary>
    private static DecodedDocument FromDirtyUtf8(ReadOnlySpan<byte> bytes, RepairLog repairs)
    {
        var western = CharacterSet.Windows1252.ToEncoding(DecoderFallback.ReplacementFallback);
        var target = ArrayPool<byte>.Shared.Rent(bytes.Length * 3);
        Span<char> characters = stackalloc char[4];
        int at = 0, to = 0;
        while (at < bytes.Length)
        {
            var rest = bytes[at..];
            var valid = ValidLength(rest);
            rest[..valid].CopyTo(target.AsSpan(to));
            at += valid;
            to += valid;
            if (at >= bytes.Length)
                break;
            Rune.DecodeFromUtf8(bytes[at..], out _, out var wrong);
            if (at + wrong < bytes.Length || wrong == 1 && bytes[at] < 0xC0)
            {
                repairs.Note(RepairKind.UndecodableBytes, at, CharacterSet.Utf8.Label);
                for (var i = 0; i < wrong; i++)
                {
                    var length = western.GetChars(bytes.Slice(at + i, 1), characters);
                    to += Encoding.UTF8.GetBytes(characters[..length], target.AsSpan(to));
                }
            }

            at += wrong;
        }

        return new DecodedDocument(target.AsMemory(0, to), CharacterSet.Utf8.Label, target);
    }

    /// <summary>How many bytes at the beginning are valid UTF-8. Stops early rather than looking at anything twice.</summary>
    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var ascii = bytes[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0)
                return bytes.Length;
            at += ascii;
            while (at < bytes.Length && bytes[at] >= 0x80)
            {
                if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != OperationStatus.Done)
                    return at;
                at += length;
            }
        }

        return at;
    }

    private static (int Good, int Bad) CountUtf8(ReadOnlySpan<byte> bytes)
    {
        int good = 0, bad = 0;
        while (true)
        {
            var at = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (at < 0)
                return (good, bad);
            bytes = bytes[at..];
            if (Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.Done)
                good++;
            else
                bad++;
            bytes = bytes[length..];
        }
    }

    private static int CountNotAscii(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var value in bytes)
            count += value >> 7;
        return count;
    }

    /// <summary>Whether valid UTF-8 is meant to be UTF-8 although something else is declared.</summary>
    private static bool IsRatherUtf8(ReadOnlySpan<byte> bytes, CharacterSet declared)
    {
        // In a single-byte encoding, valid UTF-8 would be a row of odd letters and signs. In the others it can be chance when it is short.
        if (declared.IsSingleByte)
            return true;
        var (good, _) = CountUtf8(bytes);
        return good >= 8 || CountErrors(bytes, declared) > 0;
    }

    private static int CountErrors(ReadOnlySpan<byte> bytes, CharacterSet set)
    {
        var fallback = new CountingFallback();
        var decoder = set.ToEncoding(fallback).GetDecoder();
        var buffer = ArrayPool<char>.Shared.Rent(8192);
        // A sample is enough: what is wrong is wrong from the start.
        bytes = bytes[..Math.Min(bytes.Length, 1 << 18)];
        while (!bytes.IsEmpty)
        {
            decoder.Convert(bytes, buffer, false, out var used, out _, out _);
            bytes = bytes[used..];
        }

        ArrayPool<char>.Shared.Return(buffer);
        return fallback.Count;
    }

    private static CharacterSet? Detect(ReadOnlySpan<byte> bytes)
    {
        var sample = Sample(bytes);
        var result = CharsetDetector.DetectFromBytes(sample);
        CharacterSet? best = null;
        foreach (var detail in result.Details)
        {
            if (!CharacterSet.TryFind(detail.EncodingName, out var set) || set.IsWide || set.CodePage == CharacterSet.Utf8.CodePage)
                continue;
            if (set.IsSingleByte || CountErrors(bytes, set) <= CountNotAscii(bytes) / DirtRatio)
                return set;
            best ??= set;
        }

        return best ?? (bytes.ContainsAnyInRange((byte)0x80, (byte)0xFF) ? CharacterSet.Windows1252 : null);
    }

    /// <summary>What a detector should see: the lines that are not ASCII, up to 128 KiB of them.</summary>
    private static byte[] Sample(ReadOnlySpan<byte> bytes)
    {
        const int Limit = 128 * 1024;
        if (bytes.Length <= Limit)
            return bytes.ToArray();
        var sample = new byte[Limit];
        var length = 0;
        while (length < Limit)
        {
            var at = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (at < 0)
                break;
            var piece = bytes.Slice(at, Math.Min(Math.Min(512, bytes.Length - at), Limit - length));
            var tag = piece.IndexOf((byte)'<');
            if (tag > 0)
                piece = piece[..tag];
            piece.CopyTo(sample.AsSpan(length));
            length += piece.Length;
            bytes = bytes[(at + piece.Length)..];
        }

        return length == Limit ? sample : sample[..length];
    }

    /// <summary>UTF-16 and UTF-32, by their mark or by the zero bytes of the first characters (XML 1.0 appendix F).</summary>
    private static bool FindWide(ReadOnlySpan<byte> bytes, out CharacterSet set, out int mark)
    {
        mark = 0;
        set = default;
        if (bytes.Length < 4)
            return false;
        if (bytes is [0xFF, 0xFE, 0, 0, ..])
            (set, mark) = (new("utf-32le", 12000), 4);
        else if (bytes is [0, 0, 0xFE, 0xFF, ..])
            (set, mark) = (new("utf-32be", 12001), 4);
        else if (bytes is [0xFF, 0xFE, ..])
            (set, mark) = (new("utf-16le", 1200), 2);
        else if (bytes is [0xFE, 0xFF, ..])
            (set, mark) = (new("utf-16be", 1201), 2);
        else if (bytes is [0, 0, 0, not 0, ..])
            set = new("utf-32be", 12001);
        else if (bytes is [not 0, 0, 0, 0, ..])
            set = new("utf-32le", 12000);
        else if (bytes is [0, not 0, 0, not 0, ..])
            set = new("utf-16be", 1201);
        else if (bytes is [not 0, 0, not 0, 0, ..])
            set = new("utf-16le", 1200);
        return set.Label is not null;
    }

    private static DecodedDocument Transcode(ReadOnlySpan<byte> bytes, CharacterSet set, RepairLog repairs)
    {
        var fallback = new CountingFallback();
        var decoder = set.ToEncoding(fallback).GetDecoder();
        var characters = ArrayPool<char>.Shared.Rent(16384);
        var target = ArrayPool<byte>.Shared.Rent(Math.Max(1024, bytes.Length + bytes.Length / 2));
        var encoder = Encoding.UTF8.GetEncoder();
        var to = 0;
        bool isDone;
        do
        {
            decoder.Convert(bytes, characters, true, out var used, out var count, out isDone);
            bytes = bytes[used..];
            if (target.Length - to < count * 3 + 8)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(target.Length * 2, to + count * 3 + 8));
                target.AsSpan(0, to).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(target);
                target = larger;
            }

            to += encoder.GetBytes(characters.AsSpan(0, count), target.AsSpan(to), isDone && bytes.IsEmpty);
        }
        while (!isDone || !bytes.IsEmpty);

        ArrayPool<char>.Shared.Return(characters);
        if (fallback.Count > 0)
            repairs.Note(RepairKind.UndecodableBytes, 0, set.Label);
        return new DecodedDocument(target.AsMemory(0, to), set.Label, target);
    }

    /// <summary>Writes U+FFFD for what cannot be read, and counts.</summary>
    private sealed class CountingFallback : DecoderFallback
    {
        public int Count { get; private set; }

        public override int MaxCharCount => 1;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

        private sealed class Buffer(CountingFallback owner) : DecoderFallbackBuffer
        {
            private int _left;

            public override int Remaining => _left;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                owner.Count++;
                _left = 1;
                return true;
            }

            // Never below zero: a decoder that finds something else than nothing remaining says that it is not done, for ever.
            public override char GetNextChar()
            {
                if (_left == 0)
                    return '\0';
                _left--;
                return '\uFFFD';
            }

            public override bool MovePrevious() => false;

            public override void Reset() => _left = 0;
        }
    }
}
