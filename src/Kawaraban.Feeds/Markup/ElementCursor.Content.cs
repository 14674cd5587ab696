using System.Buffers;
using System.Text;

namespace Kawaraban.Feeds.Markup;

/// <summary>The contents of elements: found without copying, decoded when asked for.</summary>
internal ref partial struct ElementCursor
{
    /// <summary>Reads the content of the child that was read last.</summary>
    /// <param name="element">That child.</param>
    /// <param name="isMarkup">Whether it is XHTML: then text stays escaped, and what comes out is HTML in any case.</param>
    public Content ReadContent(scoped in Element element, bool isMarkup = false)
    {
        if (!_hasPending)
            return default;
        _hasPending = false;
        var content = isMarkup ? ReadPieces(element, true) : ReadPlain(element);
        _namespaces.Count = element.Declarations;
        return content;
    }

    /// <summary>Reads the content of a child as a string without white space around it; null when there is none.</summary>
    public string? ReadText(scoped in Element element) => Text(ReadContent(element));

    /// <summary>A content as a string without white space around it; null when there is none.</summary>
    public string? Text(scoped in Content content)
    {
        if (TryStraight(content) is { } straight)
            return straight;
        var characters = Characters(content);
        return characters.IsEmpty ? null : new string(characters);
    }

    /// <summary>The characters of a content without white space around them. Valid until the next ones are asked for.</summary>
    public ReadOnlySpan<char> Characters(scoped in Content content)
    {
        switch (content.Kind)
        {
            case ContentKind.Empty:
                return default;
            case ContentKind.Characters:
                return _characters.AsSpan(content.Start, content.Length).Trim();
            case ContentKind.Markup:
                return Decode(_markup.AsSpan(content.Start, content.Length), true, content.Position);
            default:
                return Decode(_reader.Bytes.Slice(content.Start, content.Length), content.Kind == ContentKind.Literal, content.Start);
        }
    }

    /// <summary>A long content as a string, when it can be had without a detour; null otherwise.</summary>
    public readonly string? TryStraight(scoped in Content content)
    {
        if (content.Length < StraightText.Shortest || _mayHoldC1 || content.Kind is not (ContentKind.Escaped or ContentKind.Literal))
            return null;
        return StraightText.TryDecode(_reader.Bytes.Slice(content.Start, content.Length).Trim(" \n\r\t"u8), content.Kind == ContentKind.Literal);
    }

    /// <summary>The bytes of a content when it is the plain text they are, for comparing; empty otherwise.</summary>
    public readonly ReadOnlySpan<byte> PlainBytes(scoped in Content content)
    {
        if (content.Kind is not (ContentKind.Escaped or ContentKind.Literal))
            return default;
        var bytes = _reader.Bytes.Slice(content.Start, content.Length);
        return content.Kind == ContentKind.Escaped && bytes.Contains((byte)'&') ? default : bytes;
    }

    /// <summary>The characters of some text of the document. Valid until the next ones are asked for.</summary>
    public ReadOnlySpan<char> Decode(scoped ReadOnlySpan<byte> raw, bool isLiteral = false, int position = -1)
    {
        raw = raw.Trim(" \n\r\t"u8);
        if (raw.IsEmpty)
            return default;
        if (position < 0 && !_reader.Bytes.Overlaps(raw, out position))
            position = 0;
        EnsureCharacters(raw.Length);
        return _characters.AsSpan(0, DecodeTo(0, raw, isLiteral, position)).Trim();
    }

    private int DecodeTo(int at, scoped ReadOnlySpan<byte> raw, bool isLiteral, int position)
    {
        var hasC1 = _mayHoldC1;
        var target = _characters.AsSpan(at);
        var length = TextDecoder.Decode(raw, target, isLiteral, position, _repairs, ref hasC1);
        return hasC1 ? TextDecoder.MendC1(target[..length], position, _repairs) : length;
    }

    private void EnsureCharacters(int length, int keep = 0)
    {
        if (_characters.Length >= length + TextDecoder.Slack)
            return;
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(4096, Math.Max(length + TextDecoder.Slack, keep * 2)));
        _characters.AsSpan(0, keep).CopyTo(larger);
        if (_characters.Length > 0)
            ArrayPool<char>.Shared.Return(_characters);
        _characters = larger;
    }

    /// <summary>The usual cases without tokens: one text or one CDATA section, and the end tag.</summary>
    private Content ReadPlain(scoped in Element element)
    {
        var bytes = _reader.Bytes;
        var begin = _reader.Position;
        var found = bytes[begin..].IndexOf((byte)'<');
        if (found >= 0)
        {
            var at = begin + found;
            if (EndTagLength(bytes[at..], element) is var length and > 0)
            {
                _reader.Position = at + length;
                return found == 0 ? default : new Content(ContentKind.Escaped, begin, found, begin, element.Base);
            }

            if (bytes[at..].StartsWith("<![CDATA["u8) && bytes[begin..at].Trim(" \n\r\t"u8).IsEmpty)
            {
                at += 9;
                found = bytes[at..].IndexOf("]]>"u8);
                if (found >= 0)
                {
                    var after = at + found + 3;
                    after += bytes[after..].IndexOfAnyExcept(" \n\r\t"u8) is var spaces and > 0 ? spaces : 0;
                    length = EndTagLength(bytes[after..], element);
                    if (length > 0)
                    {
                        _reader.Position = after + length;
                        return new Content(ContentKind.Literal, at, found, at, element.Base);
                    }
                }
            }
        }

        return ReadPieces(element, false);
    }

    /// <summary>The length of the end tag of an element at the beginning of some bytes; 0 when there is something else.</summary>
    private readonly int EndTagLength(ReadOnlySpan<byte> bytes, scoped in Element element)
    {
        var end = element.NameLength + 2;
        if (bytes.Length <= end || bytes[1] != '/' || bytes[0] != '<' || !bytes.Slice(2, element.NameLength).SequenceEqual(NameOf(element)))
            return 0;
        while (end < bytes.Length && bytes[end] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            end++;
        return end < bytes.Length && bytes[end] == '>' ? end + 1 : 0;
    }

    /// <summary>All other cases: finds the end, then puts the pieces together.</summary>
    private Content ReadPieces(scoped in Element element, bool isMarkup)
    {
        var begin = _reader.Position;
        var hasElements = FindEnd(element, out var end);
        var after = _reader.Position;
        var content = hasElements || isMarkup ? WriteMarkup(begin, end, element, isMarkup) : JoinTexts(begin, end, element);
        if (hasElements && !isMarkup)
            _repairs.Note(RepairKind.MarkupInText, element.Start, NameOf(element));
        _reader.Position = after;
        return content;
    }

    /// <summary>Finds where an element ends or must be taken to end, and whether it holds elements.</summary>
    private bool FindEnd(scoped in Element element, out int end)
    {
        var name = NameOf(element);
        var hasElements = false;
        int same = 0, open = 0;
        while (_reader.Read())
        {
            end = _reader.TokenStart;
            if (_reader.Kind == TokenKind.StartTag)
            {
                if (open == 0 && ClosesLeaf(element) || IsBoundaryName(_reader.Name))
                {
                    _repairs.Note(RepairKind.UnclosedElement, element.Start, name);
                    _reader.Position = end;
                    return hasElements;
                }

                hasElements = true;
                if (_reader.IsEmptyElement || HtmlElements.IsVoid(_reader.Name))
                    continue;
                open++;
                if (Names.AreEqual(_reader.Name, name))
                    same++;
            }
            else if (_reader.Kind == TokenKind.EndTag)
            {
                if (Names.AreEqual(_reader.Name, name))
                {
                    if (same-- == 0)
                        return hasElements;
                    open--;
                }
                else if (FrameOf(_reader.Name) >= 0)
                {
                    _repairs.Note(RepairKind.UnclosedElement, element.Start, name);
                    _reader.Position = end;
                    return hasElements;
                }
                else if (open > 0)
                {
                    open--;
                }
            }
        }

        _repairs.Note(RepairKind.Truncated, _reader.Position);
        end = _reader.Position;
        return hasElements;
    }

    /// <summary>Whether the start tag just read cannot be content of the element, so that the element was not closed.</summary>
    private readonly bool ClosesLeaf(scoped in Element element)
    {
        var name = _reader.Name;
        if (Names.AreEqual(name, NameOf(element)))
            return true;
        var colon = name.IndexOf((byte)':');
        var own = NameOf(element).IndexOf((byte)':');
        if (colon != own && colon < 0)
            return false;
        var local = Names.Find(name[(colon + 1)..]);
        if (colon > 0)
        {
            return Vocabularies.OfPrefix(name[..colon]) is not (Vocabulary.Unknown or Vocabulary.XHtml or Vocabulary.Svg or Vocabulary.Rss or Vocabulary.Atom)
                || colon == own && name[..colon].SequenceEqual(NameOf(element)[..own]) && IsFeedOnly(local);
        }

        // HTML has <title>, <link>, <source> and the like too: these close only what surely holds no HTML.
        return IsFeedOnly(local)
            || local is Name.Link or Name.Title or Name.Author or Name.Source or Name.Summary or Name.Content or Name.Id
                && element.Name is Name.Title or Name.Link or Name.Guid or Name.Id or Name.PubDate or Name.Published or Name.Updated or Name.Author
                    or Name.NameOf or Name.Category or Name.Comments;
    }

    private static bool IsFeedOnly(Name name) => name is Name.Description or Name.Guid or Name.PubDate or Name.Enclosure or Name.Comments
        or Name.Category or Name.Published or Name.Updated or Name.Issued or Name.Modified or Name.LastBuildDate or Name.ManagingEditor;

    private Content JoinTexts(int begin, int end, scoped in Element element)
    {
        _reader.Position = begin;
        var length = 0;
        while (_reader.Position < end && _reader.Read() && _reader.TokenStart < end)
        {
            if (_reader.Kind is not (TokenKind.Text or TokenKind.CData))
                continue;
            var text = _reader.Bytes.Slice(_reader.TextStart, Math.Min(_reader.TextLength, end - _reader.TextStart));
            if (length == 0)
                text = text.TrimStart(" \n\r\t"u8);
            EnsureCharacters(length + text.Length, length);
            length += DecodeTo(length, text, _reader.Kind == TokenKind.CData, _reader.TextStart);
        }

        return length == 0 ? default : new Content(ContentKind.Characters, 0, length, begin, element.Base);
    }
}
