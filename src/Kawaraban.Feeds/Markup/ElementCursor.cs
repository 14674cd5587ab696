using System.Buffers;

namespace Kawaraban.Feeds.Markup;

/// <summary>Walks over the elements of a document that need not be well-formed: children of the element it is in, and their contents.</summary>
/// <remarks>
/// <para>The formats enter the few elements that hold others (feed, entry, author…) and read or leave out the rest; the stack is theirs and
/// never deeper than <see cref="DepthLimit"/>, whatever the input nests. An element that is not closed ends where an outer one ends, where the
/// next entry begins or (<see cref="ClosesLeaf"/>) where a neighbour begins.</para>
/// <para>Every byte is read once, or twice when an element turns out to be unclosed or to hold markup; a container in which that happened is read
/// without looking for the ends of unknown elements any more. So time stays linear.</para>
/// </remarks>
internal ref partial struct ElementCursor
{
    private const int DepthLimit = 12;

    private readonly RepairLog _repairs;
    private readonly bool _mayHoldC1;
    private readonly Frame[] _frames = new Frame[DepthLimit];
    private MarkupReader _reader;
    private Namespaces _namespaces;
    private int _depth;
    private Element _pending;
    private bool _hasPending;
    private bool _isOutsideTransparent;

    // How many elements in the current one were looked through and are still open: their end tags close nothing, and rightly so.
    private int _lookedThrough;
    private char[] _characters = [];
    private byte[] _markup = [];
    private int _markupLength;
    private int _markupLimit;

    /// <summary>Begins at the start of a document.</summary>
    /// <param name="bytes">The document in valid UTF-8.</param>
    /// <param name="baseUrl">What relative addresses refer to.</param>
    /// <param name="repairs">What is mended is noted here.</param>
    /// <param name="mayHoldC1">Whether C1 control characters occur in the bytes.</param>
    public ElementCursor(ReadOnlySpan<byte> bytes, Uri? baseUrl, RepairLog repairs, bool mayHoldC1)
    {
        _reader = new MarkupReader(bytes, repairs);
        _namespaces = new Namespaces(bytes, repairs);
        _repairs = repairs;
        _mayHoldC1 = mayHoldC1;
        Base = baseUrl;
    }

    private struct Frame
    {
        public Element Element;
        public Uri? OuterBase;
        public bool IsTransparent;
        public int LookedThrough;
        public int TextStart;
        public int TextLength;
    }

    /// <summary>What relative addresses refer to here.</summary>
    public Uri? Base { get; private set; }

    /// <summary>The repairs of this document.</summary>
    public readonly RepairLog Repairs => _repairs;

    /// <summary>Where the reader stands, in bytes.</summary>
    public readonly int Position => _reader.Position;

    /// <summary>Goes to the next element in the one that was entered last (or, outside of all, in the document).</summary>
    /// <returns>False when there is none: the element ends here.</returns>
    public bool NextChild(out Element child)
    {
        if (_hasPending)
            SkipPending();
        while (_reader.Read())
        {
            if (_reader.Kind == TokenKind.StartTag)
            {
                Open(out child);
                if (IsBoundary(child))
                {
                    _repairs.Note(RepairKind.UnclosedElement, child.Start, NameOf(_frames[_depth - 1].Element));
                    StepBack(child);
                    return false;
                }

                if (!child.IsEmpty)
                {
                    _pending = child;
                    _hasPending = true;
                }

                return true;
            }

            if (_reader.Kind == TokenKind.EndTag)
            {
                if (EndsHere())
                    break;
            }
            else if (_depth > 0 && _frames[_depth - 1].TextLength == 0)
            {
                var text = _reader.Bytes.Slice(_reader.TextStart, _reader.TextLength);
                if (!text.Trim(" \n\r\t"u8).IsEmpty)
                    (_frames[_depth - 1].TextStart, _frames[_depth - 1].TextLength) = (_reader.TextStart, _reader.TextLength);
            }
        }

        child = default;
        if (_reader.Kind == TokenKind.End && _depth > 0)
            _repairs.Note(RepairKind.Truncated, _reader.Position);
        return false;
    }

    /// <summary>Goes into the child that was read last.</summary>
    /// <returns>False when it has no content or lies too deep; then there is nothing to leave.</returns>
    public bool Enter(scoped in Element child)
    {
        if (!_hasPending || _depth == DepthLimit)
            return false;
        _hasPending = false;
        _frames[_depth++] = new Frame { Element = child, OuterBase = Base, LookedThrough = _lookedThrough };
        _lookedThrough = 0;
        Base = child.Base;
        return true;
    }

    /// <summary>Forgets that the child that was read last has content: what is in it is read as if its tag were not there.</summary>
    public void LookThrough()
    {
        if (_hasPending)
            _lookedThrough++;
        _hasPending = false;
    }

    /// <summary>The first text that stood directly in the element that was entered last, between its children.</summary>
    public ReadOnlySpan<char> DirectText()
    {
        ref readonly var frame = ref _frames[_depth - 1];
        return Decode(_reader.Bytes.Slice(frame.TextStart, frame.TextLength));
    }

    /// <summary>Leaves the element that was entered last.</summary>
    public void Leave()
    {
        if (_hasPending)
            SkipPending();
        ref var frame = ref _frames[--_depth];
        Base = frame.OuterBase;
        _lookedThrough = frame.LookedThrough;
        _namespaces.Count = frame.Element.Declarations;
    }

    /// <summary>Makes the namespace of the format's root that of the format.</summary>
    public void AdoptCore(scoped ref Element root)
    {
        _namespaces.AdoptCore(NameOf(root));
        root.Vocabulary = Vocabulary.Core;
        if (_hasPending)
            _pending.Vocabulary = Vocabulary.Core;
    }

    /// <summary>The name of an element as written.</summary>
    public readonly ReadOnlySpan<byte> NameOf(scoped in Element element) => _reader.Bytes.Slice(element.NameStart, element.NameLength);

    /// <summary>The attributes of an element.</summary>
    public readonly AttributeReader AttributesOf(scoped in Element element) =>
        new(_reader.Bytes[(element.NameStart + element.NameLength)..element.AttributesEnd]);

    /// <summary>The value of an attribute by its local name, whatever its prefix, as written; empty when there is none.</summary>
    public readonly ReadOnlySpan<byte> RawAttribute(scoped in Element element, Name name)
    {
        var attributes = AttributesOf(element);
        while (attributes.Read())
        {
            var attribute = attributes.Name;
            if (Names.Find(attribute[(attribute.IndexOf((byte)':') + 1)..]) == name && !attribute.StartsWith("xmlns"u8))
                return attributes.Value;
        }

        return default;
    }

    /// <summary>The value of an attribute, without white space around it. Valid until the next characters are asked for.</summary>
    public ReadOnlySpan<char> Attribute(scoped in Element element, Name name) => Decode(RawAttribute(element, name));

    /// <summary>Gives back what was borrowed.</summary>
    public void Dispose()
    {
        _repairs.BytesRead += _reader.BytesRead;
        _reader.BytesRead = 0;
        if (_characters.Length > 0)
            ArrayPool<char>.Shared.Return(_characters);
        if (_markup.Length > 0)
            ArrayPool<byte>.Shared.Return(_markup);
        _characters = [];
        _markup = [];
    }

    private void Open(out Element element)
    {
        element = default;
        element.Start = _reader.TokenStart;
        element.NameStart = _reader.NameStart;
        element.NameLength = _reader.NameLength;
        element.AttributesEnd = _reader.AttributesEnd;
        element.IsEmpty = _reader.IsEmptyElement;
        element.Declarations = _namespaces.Count;
        element.Base = Base;
        var name = _reader.Name;
        if (element.AttributesEnd - element.NameStart - element.NameLength > 8 && _reader.Attributes.IndexOf("xml"u8) >= 0)
            ReadScope(ref element);
        element.Vocabulary = _namespaces.Resolve(name, element.Start, out var prefixLength);
        element.Name = Names.Find(name[prefixLength..]);
        // Declarations of an element without content end with its tag.
        if (element.IsEmpty)
            _namespaces.Count = element.Declarations;
    }

    private void ReadScope(scoped ref Element element)
    {
        var attributes = new AttributeReader(_reader.Attributes);
        while (attributes.Read())
        {
            var name = attributes.Name;
            if (name.StartsWith("xmlns"u8) && (name.Length == 5 || name[5] == ':'))
                _namespaces.Declare(name.Length == 5 ? default : name[6..], attributes.Value);
            else if (name.SequenceEqual("xml:base"u8))
                element.Base = Resolve(attributes.Value, Base);
        }
    }

    private void StepBack(scoped in Element element)
    {
        _reader.Position = element.Start;
        _namespaces.Count = element.Declarations;
    }

    /// <summary>Whether an element begins the next entry while one is still open.</summary>
    private readonly bool IsBoundary(scoped in Element element)
    {
        if (element.Vocabulary != Vocabulary.Core || element.Name is not (Name.Item or Name.Entry))
            return false;
        for (var i = _depth - 1; i >= 0; i--)
        {
            if (_frames[i].Element.Vocabulary == Vocabulary.Core && _frames[i].Element.Name == element.Name)
                return true;
        }

        return false;
    }

    /// <summary>Whether the end tag that was read ends the current element; if it ends an outer one, it is read again there.</summary>
    private bool EndsHere()
    {
        var frame = FrameOf(_reader.Name);
        if (frame == _depth - 1 && frame >= 0)
            return true;
        if (frame < 0)
        {
            if (_lookedThrough > 0)
                _lookedThrough--;
            else
                _repairs.Note(RepairKind.StrayEndTag, _reader.TokenStart, _reader.Name);
            return false;
        }

        _repairs.Note(RepairKind.CrossedTags, _reader.TokenStart, _reader.Name);
        _reader.Position = _reader.TokenStart;
        return true;
    }

    private readonly int FrameOf(ReadOnlySpan<byte> name)
    {
        for (var i = _depth - 1; i >= 0; i--)
        {
            if (Names.AreEqual(NameOf(_frames[i].Element), name))
                return i;
        }

        return -1;
    }

    private void SkipPending()
    {
        _hasPending = false;
        var begin = _reader.Position;
        if (_depth > 0 ? _frames[_depth - 1].IsTransparent : _isOutsideTransparent)
            return;
        if (TrySkip(_pending))
        {
            _namespaces.Count = _pending.Declarations;
            return;
        }

        // It is never closed: go on with what is in it, as if its tag were not there.
        _repairs.Note(RepairKind.UnclosedElement, _pending.Start, NameOf(_pending));
        _reader.Position = begin;
        if (_depth > 0)
            _frames[_depth - 1].IsTransparent = true;
        else
            _isOutsideTransparent = true;
    }

    private bool TrySkip(scoped in Element element)
    {
        var name = NameOf(element);
        var same = 0;
        while (_reader.Read())
        {
            if (_reader.Kind == TokenKind.StartTag)
            {
                if (!_reader.IsEmptyElement && Names.AreEqual(_reader.Name, name))
                    same++;
                else if (IsBoundaryName(_reader.Name))
                    return false;
            }
            else if (_reader.Kind == TokenKind.EndTag)
            {
                if (Names.AreEqual(_reader.Name, name))
                {
                    if (same-- == 0)
                        return true;
                }
                else if (FrameOf(_reader.Name) >= 0)
                {
                    return false;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a name as written is that of the entry we are in.</summary>
    private readonly bool IsBoundaryName(ReadOnlySpan<byte> name)
    {
        for (var i = _depth - 1; i >= 0; i--)
        {
            if (_frames[i].Element is { Vocabulary: Vocabulary.Core, Name: Name.Item or Name.Entry })
                return Names.AreEqual(NameOf(_frames[i].Element), name);
        }

        return false;
    }
}
