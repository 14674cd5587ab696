using System.Buffers;
using System.Globalization;
using System.Text;

namespace Kawaraban.Feeds.Html;

/// <summary>Writes HTML anew with nothing in it but what may be shown, every element closed, and no deeper than a parser likes.</summary>
/// <remarks>A parser of HTML must undo every mistake as browsers do, which takes time and memory that grow with the square of the input when
/// somebody means it to (100,000 nested or crosswise closed elements), and walks over its tree by recursion. What comes out here is a tree
/// already: each element costs the same.</remarks>
internal static class TidyHtml
{
    /// <summary>Elements beyond this depth are left out; their text stays. Browsers stop at 512.</summary>
    public const int MostDepth = 128;

    private const int LongestAttribute = 8192;

    private static readonly SearchValues<char> s_numbersAndColours =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \t\r\n#.,%()+-");

    public static string Write(string html, Uri? baseUrl)
    {
        var written = new StringBuilder(html.Length + 64);
        var open = new List<(string Name, SafeElementKind Kind)>();
        var scanner = new TagScanner(html);
        ReadOnlySpan<char> dropped = default;
        var depth = 0;
        var mark = scanner;
        var drops = true;
        while (true)
        {
            if (!scanner.Read())
            {
                if (dropped.IsEmpty)
                    break;
                // As in the text of it: what is never closed hides nothing.
                scanner = mark;
                dropped = default;
                drops = false;
                continue;
            }

            if (scanner.Piece == HtmlPiece.Text)
            {
                if (dropped.IsEmpty)
                    AppendText(written, scanner.Text);
                continue;
            }

            var isStart = scanner.Piece == HtmlPiece.StartTag;
            if (!dropped.IsEmpty)
            {
                if (!Ascii.EqualsIgnoreCase(dropped, scanner.Name))
                    continue;
                depth += !isStart ? -1 : scanner.IsSelfClosing ? 0 : 1;
                if (depth == 0)
                    dropped = default;
            }
            else if (isStart && SafeElements.IsDropped(scanner.Name))
            {
                if (scanner.IsSelfClosing || !drops)
                    continue;
                dropped = scanner.Name;
                depth = 1;
                mark = scanner;
            }
            else if (SafeElements.TryGet(scanner.Name, out var element))
            {
                if (isStart)
                    Open(written, open, element.Name, element.Kind, scanner.Attributes, baseUrl);
                else if (element.Kind != SafeElementKind.Void)
                    Close(written, open, element.Name, element.Kind);
                else if (element.Name == "br")
                    written.Append("<br>");
            }
            else if (scanner.Role == HtmlElementRole.Block && written.Length > 0 && written[^1] is not (' ' or '>'))
            {
                // A form or a button is gone, but not the gap between what stands before and after it.
                written.Append(' ');
            }
        }

        while (open.Count > 0)
            Pop(written, open);
        return written.ToString();
    }

    /// <summary>Text as it is, but for a <c>&lt;</c> that is none.</summary>
    private static void AppendText(StringBuilder written, ReadOnlySpan<char> text)
    {
        while (text.IndexOf('<') is var angle and >= 0)
        {
            written.Append(text[..angle]).Append("&lt;");
            text = text[(angle + 1)..];
        }

        written.Append(text);
    }

    private static void Open(
        StringBuilder written, List<(string Name, SafeElementKind Kind)> open, string name, SafeElementKind kind, HtmlAttributes attributes, Uri? baseUrl)
    {
        if (kind is SafeElementKind.Drawn or SafeElementKind.Shape)
        {
            if (!open.Exists(element => element.Name == "svg"))
                return;
        }
        else
        {
            // Nothing but drawing stands in a drawing: one that was never closed must not hide the text after it.
            CloseNearest(written, open, "svg", []);
        }

        CloseImplied(written, open, name, kind);
        if (kind != SafeElementKind.Void && open.Count >= MostDepth)
            return;
        written.Append('<').Append(name);
        foreach (var attribute in SafeElements.GlobalAttributes)
            AppendAttribute(written, name, attribute, attributes, baseUrl, isDrawn: false);
        foreach (var attribute in SafeElements.Attributes(name))
            AppendAttribute(written, name, attribute, attributes, baseUrl, SafeElements.IsDrawn(name, kind));
        if (name == "a")
            written.Append(" rel=\"nofollow noopener noreferrer\"");
        else if (name is "audio" or "video")
            written.Append(" controls=\"\"");
        written.Append('>');
        if (kind == SafeElementKind.Shape)
            written.Append("</").Append(name).Append('>');
        else if (kind != SafeElementKind.Void)
            open.Add((name, kind));
    }

    /// <summary>Closes what an element ends by beginning (<see href="https://html.spec.whatwg.org/multipage/syntax.html#optional-tags"/>).</summary>
    private static void CloseImplied(StringBuilder written, List<(string Name, SafeElementKind Kind)> open, string name, SafeElementKind kind)
    {
        switch (name)
        {
            case "a":
                CloseNearest(written, open, "a", []);
                break;
            case "li":
                CloseNearest(written, open, "li", ["ul", "ol", "menu", "dir"]);
                break;
            case "dt" or "dd":
                CloseNearest(written, open, "dt", ["dl"]);
                CloseNearest(written, open, "dd", ["dl"]);
                break;
            case "rb" or "rt" or "rp" or "rtc":
                CloseNearest(written, open, "rb", ["ruby", "rtc"]);
                CloseNearest(written, open, "rt", ["ruby", "rtc"]);
                CloseNearest(written, open, "rp", ["ruby", "rtc"]);
                break;
            case "td" or "th":
                CloseNearest(written, open, "td", ["table"]);
                CloseNearest(written, open, "th", ["table"]);
                break;
            case "tr":
                CloseNearest(written, open, "tr", ["table"]);
                break;
            case "tbody" or "thead" or "tfoot" or "colgroup" or "caption":
                CloseNearest(written, open, "caption", ["table"]);
                CloseNearest(written, open, "colgroup", ["table"]);
                CloseNearest(written, open, "thead", ["table"]);
                CloseNearest(written, open, "tbody", ["table"]);
                CloseNearest(written, open, "tfoot", ["table"]);
                break;
        }

        if (kind is SafeElementKind.Block or SafeElementKind.Paragraph or SafeElementKind.Item || name is "table" or "hr")
            CloseNearest(written, open, "p", []);
    }

    /// <summary>Closes the nearest element by a name and what is in it, unless a wall or one of some others stands before it.</summary>
    private static void CloseNearest(StringBuilder written, List<(string Name, SafeElementKind Kind)> open, string name, ReadOnlySpan<string> stops)
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (open[i].Name == name)
            {
                while (open.Count > i)
                    Pop(written, open);
                return;
            }

            if (open[i].Kind == SafeElementKind.Wall || open[i].Kind == SafeElementKind.Item && name is "p" or "a"
                || stops.Contains(open[i].Name))
            {
                return;
            }
        }
    }

    private static void Close(StringBuilder written, List<(string Name, SafeElementKind Kind)> open, string name, SafeElementKind kind)
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (open[i].Name == name)
            {
                while (open.Count > i)
                    Pop(written, open);
                return;
            }

            if (open[i].Kind == SafeElementKind.Wall || kind is SafeElementKind.Phrase or SafeElementKind.Paragraph && open[i].Kind == SafeElementKind.Item)
                return;
        }
    }

    private static void Pop(StringBuilder written, List<(string Name, SafeElementKind Kind)> open)
    {
        written.Append("</").Append(open[^1].Name).Append('>');
        open.RemoveAt(open.Count - 1);
    }

    private static void AppendAttribute(
        StringBuilder written, string element, string attribute, HtmlAttributes attributes, Uri? baseUrl, bool isDrawn)
    {
        var value = attributes[attribute];
        if (element == "img" && attribute == "src" && (value is null || value.AsSpan().TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase)))
            value = attributes["data-src"] ?? attributes["data-original"] ?? attributes["data-lazy-src"];
        if (value is null || value.Length > LongestAttribute)
            return;
        if (isDrawn)
            value = IsNumbersAndColours(value) || attribute == "xmlns" && value == "http://www.w3.org/2000/svg" ? value : null;
        else if (SafeElements.IsAddress(attribute))
            value = HtmlAddress.Safe(value, baseUrl, isLink: attribute == "href");
        else if (attribute == "srcset")
            value = SafeSet(value, baseUrl);
        else if (attribute == "class")
            value = LanguageOf(value);
        if (value is null)
            return;
        var escaped = value.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
        written.Append(' ').Append(attribute).Append("=\"").Append(escaped).Append('"');
    }

    // "url(…)" would refer to something; nothing else with a bracket is longer than a colour or a transformation.
    private static bool IsNumbersAndColours(string value) =>
        !value.AsSpan().ContainsAnyExcept(s_numbersAndColours) && !value.Contains("url", StringComparison.OrdinalIgnoreCase);

    private static string? SafeSet(string set, Uri? baseUrl)
    {
        var safe = new List<string>();
        foreach (var (address, size) in new SourceSet(set))
        {
            if (IsSize(size) && HtmlAddress.Safe(address.ToString(), baseUrl, isLink: false) is { Length: > 0 } url)
                safe.Add(size.IsEmpty ? url : string.Concat(url, " ", size));
        }

        return safe.Count == 0 ? null : string.Join(", ", safe);
    }

    private static bool IsSize(ReadOnlySpan<char> size) =>
        size.IsEmpty || size[^1] is 'w' or 'x' && double.TryParse(size[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    /// <summary>Which language a piece of code is written in: the one class that says something about the text.</summary>
    private static string? LanguageOf(string classes)
    {
        foreach (var range in classes.AsSpan().Split(' '))
        {
            var name = classes.AsSpan(range);
            if (name.StartsWith("language-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("lang-", StringComparison.OrdinalIgnoreCase))
                return name.ToString();
        }

        return null;
    }
}
