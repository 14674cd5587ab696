using System.Text;

namespace Kawaraban.Feeds.Html;

/// <summary>What a <see cref="TagScanner"/> stands on.</summary>
internal enum HtmlPiece
{
    Text,
    StartTag,
    EndTag,
}

/// <summary>Walks over HTML piece by piece without building anything: text, start tags and end tags. Comments, declarations and what is not
/// markup (scripts, styles) are passed over.</summary>
/// <remarks>Follows the tokenization of <see href="https://html.spec.whatwg.org/multipage/parsing.html#tokenization"/>, but forgives where a
/// browser would swallow the rest of the document for a missing quote or a comment without an end. No search that failed is made again, so
/// that the whole takes time linear in the length, whatever the input.</remarks>
internal ref struct TagScanner
{
    private readonly ReadOnlySpan<char> _html;
    private readonly int _lastClose;
    private readonly int _lastEquals;
    private readonly int _lastSpace;
    private ReadOnlySpan<char> _raw;
    private Unclosed _unclosed;
    private int _at;

    public TagScanner(ReadOnlySpan<char> html)
    {
        _html = html;
        _lastClose = html.LastIndexOf('>');
        var tail = html[(_lastClose + 1)..];
        _lastEquals = _lastClose + 1 + tail.LastIndexOf('=');
        _lastSpace = _lastClose + 1 + tail.LastIndexOfAny(' ', '\n', '\t');
    }

    [Flags]
    private enum Unclosed
    {
        None = 0,
        Comment = 1,
        Title = 2,
        TextArea = 4,
        CharacterData = 8,
        Other = 16,
    }

    /// <summary>What it stands on.</summary>
    public HtmlPiece Piece { get; private set; }

    /// <summary>The text, with its character references as they are written.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>The name in the tag, as it is written.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>What a start tag has behind its name.</summary>
    public HtmlAttributes Attributes { get; private set; }

    /// <summary>What the element does to text.</summary>
    public HtmlElementRole Role { get; private set; }

    /// <summary>Whether a start tag ends with a slash: nothing to HTML, but to those who write XHTML.</summary>
    public bool IsSelfClosing { get; private set; }

    /// <summary>How many characters were looked at so far, those looked at twice counted twice.</summary>
    public long Looked { get; private set; }

    /// <summary>Whether the tag it stands on has a name, in lower case.</summary>
    public readonly bool Is(ReadOnlySpan<char> name) => Ascii.EqualsIgnoreCase(Name, name);

    /// <summary>Goes to the next piece.</summary>
    /// <returns>False at the end.</returns>
    public bool Read()
    {
        if (!_raw.IsEmpty)
            PassRaw();
        while (_at < _html.Length)
        {
            var begin = _at;
            var end = NextMarkup(begin);
            if (end > begin)
            {
                Piece = HtmlPiece.Text;
                Text = _html[begin..end];
                _at = end;
                return true;
            }

            var next = _html[begin + 1];
            if (next is '!' or '?')
                PassDeclaration();
            else if (ReadTag())
                return true;
        }

        return false;
    }

    /// <summary>Where the next <c>&lt;</c> is that begins markup.</summary>
    private int NextMarkup(int at)
    {
        while (true)
        {
            var found = _html[at..].IndexOf('<');
            Looked += found < 0 ? _html.Length - at : found + 1;
            if (found < 0)
                return _html.Length;
            at += found;
            if (IsMarkup(at))
                return at;
            at++;
        }
    }

    private readonly bool IsMarkup(int at)
    {
        if (at + 1 >= _html.Length)
            return false;
        var next = _html[at + 1];
        if (next is '!' or '?')
            return IsDeclaration(at);
        var name = next == '/' ? at + 2 : at + 1;
        if (name >= _html.Length)
            return false;
        if (at < _lastClose)
            return char.IsAsciiLetter(_html[name]) || next == '/';
        // The last tag is cut off, as happens to texts that are cut to a length; "a <b and c" is not a tag.
        return char.IsAsciiLetter(_html[name]) && (next == '/' || name < _lastEquals || name > _lastSpace);
    }

    /// <summary>Whether a browser would not be the only one to take it for a comment, a declaration or an instruction.</summary>
    private readonly bool IsDeclaration(int at) =>
        _html[at..].StartsWith("<!--") || at < _lastClose && at + 2 < _html.Length && (_html[at + 2] is '[' or '>' || char.IsAsciiLetter(_html[at + 2]));

    private bool ReadTag()
    {
        var isEnd = _html[_at + 1] == '/';
        var begin = _at + (isEnd ? 2 : 1);
        if (isEnd && !char.IsAsciiLetter(_html[begin]))
        {
            PassTo('>');
            return false;
        }

        var length = _html[begin..].IndexOfAny(s_nameEnds);
        var nameEnd = length < 0 ? _html.Length : begin + length;
        var end = TagEnd(nameEnd);
        Looked += nameEnd - begin;
        if (end < 0)
        {
            _at = _html.Length;
            return false;
        }

        Name = _html[begin..nameEnd];
        Role = HtmlElementRoles.Of(Name);
        _at = end + 1;
        if (isEnd)
        {
            Piece = HtmlPiece.EndTag;
            return true;
        }

        Piece = HtmlPiece.StartTag;
        IsSelfClosing = _html[end - 1] == '/';
        Attributes = new HtmlAttributes(_html[nameEnd..end]);
        if (Role == HtmlElementRole.Raw)
            _raw = Name;
        return true;
    }

    private static readonly System.Buffers.SearchValues<char> s_nameEnds = System.Buffers.SearchValues.Create(" \t\r\n\f/>");

    /// <summary>Where the tag is closed: the first <c>&gt;</c> outside quotes; negative when it is not.</summary>
    private int TagEnd(int begin)
    {
        var at = begin;
        while (at <= _lastClose)
        {
            var found = _html[at..].IndexOfAny('>', '"', '\'');
            Looked += found + 1;
            var stop = at + found;
            if (_html[stop] == '>')
                return stop;
            var before = _html[at..stop].TrimEnd(" \t\r\n\f");
            at = stop + 1;
            if (before is not [.., '='])
                continue;
            var close = _html[at..].IndexOf(_html[stop]);
            Looked += close < 0 ? _html.Length - at : close + 1;
            // A quote that is never closed cannot be met a second time: this search fails at most once for each kind.
            if (close < 0)
                return _html[at..].IndexOf('>') is var first and >= 0 ? at + first : -1;
            at += close + 1;
        }

        return -1;
    }

    private void PassDeclaration()
    {
        var rest = _html[_at..];
        if (rest.StartsWith("<!--"))
            PassComment();
        else if (rest.StartsWith("<![CDATA[", StringComparison.OrdinalIgnoreCase))
            PassCharacterData(rest);
        else
            PassTo('>');
    }

    private void PassComment()
    {
        // "<!-->" is a whole comment.
        var rest = _html[(_at + 2)..];
        if ((_unclosed & Unclosed.Comment) == 0)
        {
            var end = rest.IndexOf("-->");
            var other = (end < 0 ? rest : rest[..end]).IndexOf("--!>");
            if (other > 0 || end >= 0)
            {
                Pass(other > 0 ? other + 6 : end + 5);
                return;
            }

            Looked += rest.Length;
            _unclosed |= Unclosed.Comment;
        }

        PassTo('>');
    }

    private void PassCharacterData(ReadOnlySpan<char> rest)
    {
        var end = (_unclosed & Unclosed.CharacterData) == 0 ? rest.IndexOf("]]>") : -1;
        if (end >= 0)
        {
            Pass(end + 3);
            return;
        }

        Looked += (_unclosed & Unclosed.CharacterData) == 0 ? rest.Length : 0;
        _unclosed |= Unclosed.CharacterData;
        PassTo('>');
    }

    private void PassTo(char close)
    {
        var end = _html[_at..].IndexOf(close);
        Pass(end < 0 ? _html.Length - _at : end + 1);
    }

    private void Pass(int length)
    {
        Looked += length;
        _at += length;
    }

    /// <summary>Goes to the end tag of an element whose content is not markup.</summary>
    private void PassRaw()
    {
        var name = _raw;
        _raw = default;
        var kind = Ascii.EqualsIgnoreCase(name, "title") ? Unclosed.Title
            : Ascii.EqualsIgnoreCase(name, "textarea") ? Unclosed.TextArea
            : Unclosed.Other;
        // A title that was not closed before is not closed now.
        if (kind != Unclosed.Other && (_unclosed & kind) != 0)
            return;
        var at = _at;
        while (_html[at..].IndexOf("</") is var found and >= 0)
        {
            at += found + 2;
            var rest = _html[at..];
            if (rest.Length <= name.Length || !Ascii.EqualsIgnoreCase(rest[..name.Length], name) || !s_nameEnds.Contains(rest[name.Length]))
                continue;
            Looked += at - _at;
            _at = at - 2;
            return;
        }

        Looked += _html.Length - _at;
        _unclosed |= kind;
        // What a script would do is nobody's text; but <title> in a sentence, or <script/> of those who write XHTML, hides nothing.
        if (kind == Unclosed.Other && !IsSelfClosing)
            _at = _html.Length;
    }
}
