using System.Text;

namespace Kawaraban.Sample;

/// <summary>Turns the text of a post into HTML: paragraphs, <c>## headings</c>, <c>- lists</c> and <c>`code`</c>; nothing more is used.</summary>
internal static class BlogMarkup
{
    /// <summary>The text as HTML, well-formed enough to stand in XHTML too.</summary>
    public static string ToHtml(string body)
    {
        var html = new StringBuilder(body.Length + 200);
        foreach (var block in body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (block.StartsWith("## ", StringComparison.Ordinal))
                html.Append("<h2>").Append(Inline(block[3..])).Append("</h2>\n");
            else if (block.StartsWith("- ", StringComparison.Ordinal))
                List(html, block);
            else
                html.Append("<p>").Append(Inline(block)).Append("</p>\n");
        }

        return html.ToString();
    }

    /// <summary>The first paragraph, as text.</summary>
    public static string FirstParagraph(string body)
    {
        var end = body.IndexOf("\n\n", StringComparison.Ordinal);
        return (end < 0 ? body : body[..end]).Replace("`", "", StringComparison.Ordinal).Trim();
    }

    /// <summary>Escapes what XML and HTML both require to be escaped, in text and in attributes alike.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    private static void List(StringBuilder html, string block)
    {
        html.Append("<ul>\n");
        foreach (var line in block.Split('\n'))
            html.Append("<li>").Append(Inline(line[2..])).Append("</li>\n");
        html.Append("</ul>\n");
    }

    private static string Inline(string text)
    {
        var pieces = Escape(text).Split('`');
        var html = new StringBuilder(text.Length + 32);
        for (var i = 0; i < pieces.Length; i++)
            html.Append(i % 2 == 0 ? pieces[i] : $"<code>{pieces[i]}</code>");
        return html.ToString();
    }
}
