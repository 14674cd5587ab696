using System.Buffers;
using System.Net;
using Kawaraban.Feeds.Html;

namespace Kawaraban.Feeds.Formats;

/// <summary>A text that is plain or HTML. At most one of the two is set, except for a title in HTML, which has both.</summary>
internal readonly record struct Words(string? Text, string? Html)
{
    private static readonly SearchValues<char> s_markup = SearchValues.Create("<&");
    private static readonly SearchValues<char> s_breaks = SearchValues.Create("\n\r\t");

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Text is null && Html is null;

    /// <summary>Plain text as it is.</summary>
    public static Words Plain(string? text) => new(text, null);

    /// <summary>HTML as it is.</summary>
    public static Words Markup(string? html) => new(null, html);

    /// <summary>One line of plain text: white space within is collapsed.</summary>
    public static Words Line(ReadOnlySpan<char> text) => text.IsEmpty ? default : new(Collapse(text), null);

    /// <summary>One line of plain text from HTML. HTML without any text, such as a picture, is kept as HTML.</summary>
    public static Words LineOfHtml(ReadOnlySpan<char> html)
    {
        if (html.IsEmpty)
            return default;
        if (!html.ContainsAny(s_markup))
            return new(Collapse(html), null);
        var text = HtmlText.Extract(html);
        return text.Length > 0 ? new(text, null) : new(null, html.ToString());
    }

    /// <summary>One line of plain text from what may be either, as RSS never said which.</summary>
    public static Words LineOfEither(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(s_markup) || !LooksLikeHtml(text))
            return Line(text);
        return LineOfHtml(text);
    }

    /// <summary>Plain text, written as HTML.</summary>
    public static string? Escape(string? text) => text is not null && text.AsSpan().ContainsAny(s_markup) ? WebUtility.HtmlEncode(text) : text;

    /// <summary>Whether a text is meant as HTML: it has a reference, or a tag by a name of HTML.</summary>
    public static bool LooksLikeHtml(ReadOnlySpan<char> text)
    {
        // A tag must end somewhere. Known from the start, so that many openings without an end are not searched again and again.
        var afterLastTag = text.LastIndexOf('>') + 1;
        var length = text.Length;
        while (true)
        {
            var at = text.IndexOfAny(s_markup);
            if (at < 0)
                return false;
            text = text[(at + 1)..];
            var end = text.IndexOfAnyExcept(s_nameCharacters);
            if (text.IsEmpty || end < 0)
                return false;
            if (text[0] == '/')
            {
                text = text[1..];
                end = text.IndexOfAnyExcept(s_nameCharacters);
                if (end > 0 && text[end] == '>' && IsHtmlName(text[..end]))
                    return true;
            }
            else if (text[0] == '#' || end > 1 && text[end] == ';')
            {
                if (IsReference(text))
                    return true;
            }
            else if (end > 0 && text[end] is '>' or ' ' or '/' && IsHtmlName(text[..end]) && length - text.Length < afterLastTag)
            {
                return true;
            }
        }
    }

    private static readonly SearchValues<char> s_nameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_htmlNames = new HashSet<string>(
        ("a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas caption center cite code "
        + "col colgroup dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr "
        + "html i iframe img input ins kbd label legend li link main map mark math menu meta nav nobr noscript object ol optgroup option p param picture pre q rb rp rt "
        + "ruby s samp script section select small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time "
        + "title tr track tt u ul var video wbr").Split(' '),
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether HTML has an element by this name.</summary>
    public static bool IsHtmlName(ReadOnlySpan<char> name) => name.Length <= 10 && s_htmlNames.Contains(name);

    private static bool IsReference(ReadOnlySpan<char> afterAmpersand)
    {
        var end = afterAmpersand[..Math.Min(afterAmpersand.Length, 32)].IndexOf(';');
        if (end < 1)
            return false;
        var reference = string.Concat("&", afterAmpersand[..(end + 1)]);
        return WebUtility.HtmlDecode(reference) != reference;
    }

    private static string Collapse(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(s_breaks))
            return new string(text);
        var rented = ArrayPool<char>.Shared.Rent(text.Length);
        var length = 0;
        var isSpace = false;
        foreach (var unit in text)
        {
            if (unit is '\n' or '\r' or '\t' or ' ')
            {
                isSpace = length > 0;
                continue;
            }

            if (isSpace)
                rented[length++] = ' ';
            isSpace = false;
            rented[length++] = unit;
        }

        var collapsed = new string(rented.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(rented);
        return collapsed;
    }
}
