using System.Globalization;
using System.Runtime.CompilerServices;

namespace Kawaraban.Feeds.Html;

/// <summary>Plain text as it is written: one space where there was white space, no control characters, no more than there is room for.</summary>
internal ref struct TextFlow(Span<char> room)
{
    private readonly Span<char> _room = room;
    private int _length;
    private bool _isSpaceDue;

    /// <summary>Whether nothing more goes in.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The text so far, without half a character at its end.</summary>
    public readonly ReadOnlySpan<char> Text =>
        _length > 0 && char.IsHighSurrogate(_room[_length - 1]) ? _room[..(_length - 1)].TrimEnd(' ') : _room[.._length];

    /// <summary>Parts what was written from what comes.</summary>
    public void Part() => _isSpaceDue = true;

    /// <summary>Adds text without markup.</summary>
    public void Add(scoped ReadOnlySpan<char> text)
    {
        var room = _room;
        var length = _length;
        foreach (var unit in text)
        {
            if (!IsPlain(unit))
            {
                if (IsSpace(unit))
                    _isSpaceDue = true;
                if (!IsShown(unit))
                    continue;
            }

            if (_isSpaceDue)
            {
                _isSpaceDue = false;
                if (length > 0 && length < room.Length - 1)
                    room[length++] = ' ';
                else if (length > 0)
                    IsFull = true;
            }

            if (IsFull || length >= room.Length)
            {
                IsFull = true;
                break;
            }

            room[length++] = unit;
        }

        _length = length;
    }

    /// <summary>Adds text in which character references are yet to be replaced.</summary>
    public void AddEncoded(scoped ReadOnlySpan<char> text)
    {
        Span<char> decoded = stackalloc char[HtmlReferences.LongestText];
        while (!IsFull)
        {
            var ampersand = text.IndexOf('&');
            if (ampersand < 0)
            {
                Add(text);
                return;
            }

            Add(text[..ampersand]);
            text = text[ampersand..];
            if (HtmlReferences.TryRead(text, decoded, out var used, out var written))
            {
                Add(decoded[..written]);
                text = text[used..];
            }
            else
            {
                Add("&");
                text = text[1..];
            }
        }
    }

    /// <summary>Nearly all: printable ASCII, and from hiragana to the end of the surrogates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(char unit) => unit is > ' ' and < '\u007F' or > '\u3000' and < '\uE000';

    private static bool IsSpace(char unit) => unit == ' ' || char.IsWhiteSpace(unit);

    /// <summary>Control characters are not text. Nor are those without a shape that hide a word from a search (soft hyphen, byte order mark)
    /// or turn around the text of the page they are quoted on; but joiners are, of which emoji and many scripts are made.</summary>
    private static bool IsShown(char unit) => !IsSpace(unit) && unit is not ('\u00AD' or '\uFEFF' or '\u200B' or '\u2060')
        && unit is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')) && CharUnicodeInfo.GetUnicodeCategory(unit) != UnicodeCategory.Control;
}
