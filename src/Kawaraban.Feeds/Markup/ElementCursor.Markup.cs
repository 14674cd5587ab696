using System.Buffers;
using System.Text;
using Kawaraban.Feeds.Formats;

namespace Kawaraban.Feeds.Markup;

/// <summary>Elements inside a content, written out again as HTML.</summary>
internal ref partial struct ElementCursor
{
    private const int BaseLimit = 16;

    private record struct InnerBase(int Depth, Uri? Url);

    /// <summary>Writes the tokens between two places as HTML: without prefixes and namespaces, empty elements as HTML has them, addresses
    /// resolved where an inner <c>xml:base</c> rules.</summary>
    private Content WriteMarkup(int begin, int end, scoped in Element element, bool isXHtml)
    {
        _reader.Position = begin;
        _markupLength = 0;
        _markupLimit = RelativeLinks.Limit(end - begin);
        var bases = default(InnerBase[]);
        int depth = 0, baseCount = 0, tokens = 0;
        int innerBegin = -1, innerEnd = -1;
        while (_reader.Position < end && _reader.Read() && _reader.TokenStart < end)
        {
            switch (_reader.Kind)
            {
                case TokenKind.Text:
                    var text = _reader.Bytes.Slice(_reader.TextStart, Math.Min(_reader.TextLength, end - _reader.TextStart));
                    if (innerEnd >= 0 && !text.Trim(" \n\r\t"u8).IsEmpty)
                        innerBegin = -1;
                    if (tokens == 0 && text.Trim(" \n\r\t"u8).IsEmpty)
                        continue;
                    Write(text);
                    break;
                case TokenKind.CData:
                    if (innerEnd >= 0)
                        innerBegin = -1;
                    WriteEscaped(_reader.Bytes.Slice(_reader.TextStart, Math.Min(_reader.TextLength, end - _reader.TextStart)));
                    break;
                case TokenKind.StartTag:
                    if (innerEnd >= 0)
                        innerBegin = -1;
                    var isBase = WriteStartTag(baseCount > 0 ? bases![baseCount - 1].Url : null, element.Base, out var inner, out var isBare);
                    if (_reader.IsEmptyElement)
                        break;
                    if (tokens == 0 && isXHtml && isBare && Names.AreEqual(Local(_reader.Name), "div"u8))
                        innerBegin = _markupLength;
                    depth++;
                    if (isBase && baseCount < BaseLimit)
                        (bases ??= new InnerBase[BaseLimit])[baseCount++] = new InnerBase(depth, inner);
                    break;
                case TokenKind.EndTag:
                    if (baseCount > 0 && bases![baseCount - 1].Depth == depth)
                        baseCount--;
                    depth = Math.Max(0, depth - 1);
                    if (depth == 0 && innerBegin >= 0 && innerEnd < 0)
                        innerEnd = _markupLength;
                    Write("</"u8);
                    Write(Local(_reader.Name));
                    Write(">"u8);
                    break;
            }

            tokens++;
        }

        // The div of XHTML is not part of the content (RFC 4287 §3.1.1.3).
        if (innerBegin >= 0 && innerEnd >= innerBegin)
            return Made(innerBegin, innerEnd - innerBegin, begin, element);
        return Made(0, _markupLength, begin, element);
    }

    private static Content Made(int start, int length, int position, scoped in Element element) =>
        length == 0 ? default : new Content(ContentKind.Markup, start, length, position, element.Base);

    private static ReadOnlySpan<byte> Local(ReadOnlySpan<byte> name) => name[(name.IndexOf((byte)':') + 1)..];

    /// <returns>Whether the tag sets a base of its own.</returns>
    private bool WriteStartTag(Uri? innerBase, Uri? outerBase, out Uri? ownBase, out bool isBare)
    {
        var name = Local(_reader.Name);
        ownBase = innerBase;
        var isBase = false;
        isBare = true;
        if (_reader.Attributes.IndexOf("xml:base"u8) >= 0)
        {
            var scan = new AttributeReader(_reader.Attributes);
            while (scan.Read())
            {
                if (!scan.Name.SequenceEqual("xml:base"u8))
                    continue;
                ownBase = Resolve(scan.Value, innerBase ?? outerBase);
                isBase = ownBase is not null;
            }
        }

        Write("<"u8);
        Write(name);
        var attributes = new AttributeReader(_reader.Attributes);
        while (attributes.Read())
        {
            var attribute = attributes.Name;
            if (attribute.StartsWith("xml"u8) && (attribute.Length == 5 || attribute.Length > 5 && attribute[5] == ':') || attribute.SequenceEqual("xml:base"u8))
                continue;
            isBare = false;
            WriteAttribute(attribute.StartsWith("xml:"u8) ? attribute[4..] : attribute, attributes.Value, isBase ? ownBase : innerBase);
        }

        Write(_reader.IsEmptyElement ? HtmlElements.IsVoid(name) ? " />"u8 : "></"u8 : ">"u8);
        if (_reader.IsEmptyElement && !HtmlElements.IsVoid(name))
        {
            Write(name);
            Write(">"u8);
        }

        return isBase;
    }

    private void WriteAttribute(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Uri? innerBase)
    {
        Write(" "u8);
        Write(name);
        var quote = value.Contains((byte)'"') ? "'"u8 : "\""u8;
        Write("="u8);
        Write(quote);
        if (innerBase is not null && _markupLength < _markupLimit && HtmlElements.IsAddress(name) && !value.IsEmpty && value[0] != '#'
            && Resolve(value, innerBase) is { } absolute)
            WriteEscaped(Encoding.UTF8.GetBytes(absolute.AbsoluteUri));
        else
            Write(value);
        Write(quote);
    }

    private void WriteEscaped(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var found = text.IndexOfAny((byte)'&', (byte)'<', (byte)'>');
            if (found < 0)
            {
                Write(text);
                return;
            }

            Write(text[..found]);
            Write(text[found] switch { (byte)'&' => "&amp;"u8, (byte)'<' => "&lt;"u8, _ => "&gt;"u8 });
            text = text[(found + 1)..];
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (_markup.Length - _markupLength < bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(4096, Math.Max(_markupLength * 2, _markupLength + bytes.Length)));
            _markup.AsSpan(0, _markupLength).CopyTo(larger);
            if (_markup.Length > 0)
                ArrayPool<byte>.Shared.Return(_markup);
            _markup = larger;
        }

        bytes.CopyTo(_markup.AsSpan(_markupLength));
        _markupLength += bytes.Length;
    }
}
