using System.Buffers;
using System.Runtime.CompilerServices;

namespace Kawaraban.Feeds.Markup;

/// <summary>What a token of a document is.</summary>
internal enum TokenKind : byte
{
    /// <summary>There is nothing more.</summary>
    End,

    /// <summary>A start tag, or the tag of an empty element.</summary>
    StartTag,

    /// <summary>An end tag.</summary>
    EndTag,

    /// <summary>Text between tags, references not yet replaced.</summary>
    Text,

    /// <summary>The inside of a CDATA section, to be taken literally.</summary>
    CData,
}

/// <summary>Cuts UTF-8 bytes into tags and text, whatever state they are in.</summary>
/// <remarks>
/// A pull tokenizer for documents that should be XML 1.0 (<see href="https://www.w3.org/TR/xml/"/>) and often are not: it never throws,
/// never allocates, never looks at a byte more than a fixed number of times, and keeps no stack, so that nothing in the input decides
/// about time, memory or recursion. Comments, processing instructions and document type declarations are passed over; no declared entity
/// is ever expanded. Whether tags match is the business of <see cref="ElementCursor"/>.
/// </remarks>
internal ref struct MarkupReader(ReadOnlySpan<byte> bytes, RepairLog repairs)
{
    private static readonly SearchValues<byte> s_tagStops = SearchValues.Create("<>\"'"u8);
    private static readonly SearchValues<byte> s_declarationStops = SearchValues.Create("[<>\"'"u8);
    private static readonly SearchValues<byte> s_subsetStops = SearchValues.Create("]\"'"u8);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly RepairLog _repairs = repairs;

    // What was looked for in vain is not looked for again: a document full of openings stays linear.
    private bool _isWithoutCommentEnd;
    private bool _isWithoutSubsetEnd;

    /// <summary>How many bytes have been gone over, those looked at ahead included.</summary>
    public long BytesRead;

    /// <summary>The offset of the first byte not yet read. May be set back to a place where a token began.</summary>
    public int Position;

    /// <summary>What was read last.</summary>
    public TokenKind Kind;

    /// <summary>Where the token began.</summary>
    public int TokenStart;

    /// <summary>Where a tag's name begins.</summary>
    public int NameStart;

    /// <summary>How many bytes a tag's name has.</summary>
    public int NameLength;

    /// <summary>Where a tag's attributes end (they begin after its name).</summary>
    public int AttributesEnd;

    /// <summary>Whether the tag closes itself.</summary>
    public bool IsEmptyElement;

    /// <summary>Where text or the inside of a CDATA section begins.</summary>
    public int TextStart;

    /// <summary>How many bytes of text there are.</summary>
    public int TextLength;

    public readonly ReadOnlySpan<byte> Bytes => _bytes;

    public readonly ReadOnlySpan<byte> Name => _bytes.Slice(NameStart, NameLength);

    public readonly ReadOnlySpan<byte> Attributes => _bytes[(NameStart + NameLength)..AttributesEnd];

    /// <summary>Reads the next token.</summary>
    /// <returns>False at the end.</returns>
    public bool Read()
    {
        while (Position < _bytes.Length)
        {
            TokenStart = Position;
            var isToken = ReadToken();
            BytesRead += Position - TokenStart;
            if (isToken)
                return true;
        }

        TokenStart = Position = _bytes.Length;
        Kind = TokenKind.End;
        return false;
    }

    /// <returns>False when it was something that is passed over.</returns>
    private bool ReadToken()
    {
        if (_bytes[Position] != '<' || !IsMarkup(Position))
        {
            ReadText();
            return true;
        }

        switch (_bytes[Position + 1])
        {
            case (byte)'/':
                ReadEndTag();
                return true;
            case (byte)'!':
                if (_bytes[Position..].StartsWith("<![CDATA["u8))
                {
                    ReadCData();
                    return true;
                }

                SkipDeclaration();
                return false;
            case (byte)'?':
                SkipInstruction();
                return false;
            default:
                ReadStartTag();
                return true;
        }
    }

    /// <summary>The offset of the next <c>&lt;</c> that begins markup, at or after <paramref name="from"/>; the length when there is none.</summary>
    public readonly int NextMarkup(int from)
    {
        while (from < _bytes.Length)
        {
            var found = _bytes[from..].IndexOf((byte)'<');
            if (found < 0)
                break;
            from += found;
            if (IsMarkup(from))
                return from;
            _repairs.Note(RepairKind.BareLessThan, from);
            from++;
        }

        return _bytes.Length;
    }

    /// <summary>Whether the <c>&lt;</c> at <paramref name="at"/> begins a tag, a comment or the like, rather than being text.</summary>
    private readonly bool IsMarkup(int at)
    {
        if (at + 1 >= _bytes.Length)
            return false;
        var next = _bytes[at + 1];
        if (IsNameStart(next))
            return true;
        if (next == '/')
            return at + 2 < _bytes.Length && (IsNameStart(_bytes[at + 2]) || _bytes[at + 2] is (byte)'>' or (byte)' ');
        if (next == '!')
            return at + 2 < _bytes.Length && (_bytes[at + 2] is (byte)'-' or (byte)'[' or (byte)'>' || IsNameStart(_bytes[at + 2]));
        return next == '?';
    }

    private static bool IsNameStart(byte value) => value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_' or (byte)':' or >= 0x80;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private void ReadText()
    {
        var end = NextMarkup(Position);
        Kind = TokenKind.Text;
        TextStart = Position;
        TextLength = end - Position;
        Position = end;
    }

    private void ReadCData()
    {
        Kind = TokenKind.CData;
        TextStart = Position + 9;
        var end = _bytes[TextStart..].IndexOf("]]>"u8);
        if (end < 0)
        {
            _repairs.Note(RepairKind.UnclosedCData, Position);
            TextLength = _bytes.Length - TextStart;
            Position = _bytes.Length;
            return;
        }

        TextLength = end;
        Position = TextStart + end + 3;
    }

    private void ReadEndTag()
    {
        Kind = TokenKind.EndTag;
        NameStart = Position + 2;
        while (NameStart < _bytes.Length && IsSpace(_bytes[NameStart]))
            NameStart++;
        var at = NameStart;
        while (at < _bytes.Length && _bytes[at] is not ((byte)'>' or (byte)'<' or (byte)'/') && !IsSpace(_bytes[at]))
            at++;
        NameLength = at - NameStart;
        while (at < _bytes.Length && _bytes[at] is not ((byte)'>' or (byte)'<'))
            at++;
        AttributesEnd = NameStart + NameLength;
        IsEmptyElement = false;
        if (at >= _bytes.Length || _bytes[at] == '<')
        {
            _repairs.Note(RepairKind.UnclosedTag, Position);
            Position = at;
        }
        else
        {
            Position = at + 1;
        }
    }

    private void ReadStartTag()
    {
        Kind = TokenKind.StartTag;
        NameStart = Position + 1;
        var at = NameStart;
        while (at < _bytes.Length && _bytes[at] is not ((byte)'>' or (byte)'<' or (byte)'/') && !IsSpace(_bytes[at]))
            at++;
        NameLength = at - NameStart;
        var nameEnd = at;
        while (true)
        {
            var found = at < _bytes.Length ? _bytes[at..].IndexOfAny(s_tagStops) : -1;
            if (found < 0)
            {
                _repairs.Note(RepairKind.Truncated, TokenStart);
                AttributesEnd = Position = _bytes.Length;
                IsEmptyElement = false;
                return;
            }

            at += found;
            if (_bytes[at] == '>')
                break;
            if (_bytes[at] == '<')
            {
                _repairs.Note(RepairKind.UnclosedTag, TokenStart);
                AttributesEnd = Position = at;
                IsEmptyElement = false;
                return;
            }

            at = BeginsValue(at, nameEnd) ? AfterValue(at) : at + 1;
        }

        Position = at + 1;
        IsEmptyElement = at > nameEnd && _bytes[at - 1] == '/';
        AttributesEnd = IsEmptyElement ? at - 1 : at;
    }

    /// <summary>A quotation mark opens a value only after an equals sign; elsewhere it is dirt.</summary>
    private readonly bool BeginsValue(int at, int nameEnd)
    {
        do
            at--;
        while (at > nameEnd && IsSpace(_bytes[at]));
        return _bytes[at] == '=';
    }

    /// <summary>The offset after the quoted value that opens at <paramref name="at"/>, or the <c>&gt;</c> that ends the tag when the closing
    /// quotation mark was forgotten.</summary>
    private int AfterValue(int at)
    {
        var value = _bytes[(at + 1)..];
        var length = value.IndexOf(_bytes[at]);
        BytesRead += length < 0 ? value.Length : length;
        if (length >= 0)
        {
            var after = length + 1;
            var isFollowedWell = after >= value.Length || value[after] is (byte)'>' or (byte)'/' or (byte)'?' || IsSpace(value[after]);
            if (isFollowedWell || value[..length].IndexOf((byte)'>') < 0)
                return at + 1 + after;
            value = value[..length];
        }

        var end = value.IndexOfAny((byte)'>', (byte)'<');
        _repairs.Note(RepairKind.UnclosedQuotation, at);
        return end < 0 ? _bytes.Length : at + 1 + end;
    }

    private void SkipDeclaration()
    {
        var rest = _bytes[Position..];
        if (rest.StartsWith("<!--"u8))
        {
            var end = _isWithoutCommentEnd ? -1 : rest[4..].IndexOf("-->"u8);
            if (end >= 0)
            {
                Position += 4 + end + 3;
                return;
            }

            // Without its end, a comment would swallow the rest: it ends with the next ">" instead.
            _isWithoutCommentEnd = true;
            _repairs.Note(RepairKind.UnclosedComment, Position);
            end = rest.IndexOf((byte)'>');
            Position = end < 0 ? _bytes.Length : Position + end + 1;
            return;
        }

        SkipDocumentType();
    }

    /// <summary>Passes over <c>&lt;!DOCTYPE … [ … ]&gt;</c> without reading any of it (XML 1.0 §2.8).</summary>
    private void SkipDocumentType()
    {
        var at = Position + 2;
        while (at < _bytes.Length)
        {
            var found = _bytes[at..].IndexOfAny(s_declarationStops);
            if (found < 0)
                break;
            at += found;
            switch (_bytes[at])
            {
                case (byte)'>':
                    Position = at + 1;
                    return;
                case (byte)'<':
                    Position = at;
                    _repairs.Note(RepairKind.UnclosedTag, TokenStart);
                    return;
                case (byte)'[':
                    at = AfterSubset(at + 1);
                    break;
                default:
                    // A literal with a tag in it is one whose closing quotation mark was forgotten.
                    var end = _bytes[(at + 1)..].IndexOfAny(_bytes[at], (byte)'<');
                    at = end < 0 || _bytes[at + 1 + end] == '<' ? at + 1 : at + end + 2;
                    break;
            }
        }

        Position = _bytes.Length;
    }

    private int AfterSubset(int at)
    {
        var begin = at;
        if (_isWithoutSubsetEnd)
            return begin;
        while (at < _bytes.Length)
        {
            var found = _bytes[at..].IndexOfAny(s_subsetStops);
            if (found < 0)
                break;
            at += found;
            if (_bytes[at] == ']')
                return at + 1;
            var end = _bytes[(at + 1)..].IndexOf(_bytes[at]);
            at = end < 0 ? at + 1 : at + end + 2;
        }

        _isWithoutSubsetEnd = true;
        return begin;
    }

    private void SkipInstruction()
    {
        var rest = _bytes[Position..];
        var end = rest.IndexOf((byte)'>');
        if (end > 0 && rest[end - 1] != '?')
        {
            // A ">" may stand inside an instruction, but an unclosed instruction is likelier when a tag begins before "?>".
            var tag = rest[2..].IndexOf((byte)'<');
            var closed = (tag < 0 ? rest : rest[..(tag + 2)]).IndexOf("?>"u8);
            if (closed >= 0)
                end = closed + 1;
            else
                _repairs.Note(RepairKind.UnclosedTag, Position);
        }

        Position = end < 0 ? _bytes.Length : Position + end + 1;
    }
}
