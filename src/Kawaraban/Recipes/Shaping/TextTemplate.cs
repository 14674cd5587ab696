using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Kawaraban.Recipes;

/// <summary>A text with names of values in braces: <c>{feed.title}: {title}</c>.</summary>
internal sealed class TextTemplate
{
    // A text, or the name of a value.
    private readonly List<(string Text, bool IsName)> pieces;

    private TextTemplate(List<(string, bool)> pieces) => this.pieces = pieces;

    /// <summary>Reads one.</summary>
    /// <param name="text">As a person writes it; {{ and }} are braces.</param>
    /// <param name="names">Which names there are.</param>
    /// <param name="template">The template.</param>
    /// <param name="problem">Why it is none.</param>
    public static bool TryCreate(
        string text, IReadOnlyCollection<string> names, [NotNullWhen(true)] out TextTemplate? template, [NotNullWhen(false)] out string? problem)
    {
        (template, problem) = (null, null);
        List<(string, bool)> pieces = [];
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '{' or '}' && at + 1 < text.Length && text[at + 1] == text[at])
            {
                plain.Append(text[at++]);
                continue;
            }

            if (text[at] != '{')
            {
                plain.Append(text[at]);
                continue;
            }

            var close = text.IndexOf('}', at);
            var name = close < 0 ? text[(at + 1)..] : text[(at + 1)..close];
            if (close < 0 || !names.Contains(name))
            {
                problem = $"has {{{name}{(close < 0 ? "" : "}")}, which is none of {string.Join(", ", names.Select(one => $"{{{one}}}"))}";
                return false;
            }

            pieces.Add((plain.ToString(), false));
            plain.Clear();
            pieces.Add((name, true));
            at = close;
        }

        pieces.Add((plain.ToString(), false));
        template = new TextTemplate(pieces);
        return true;
    }

    /// <summary>The text with the values in their places.</summary>
    public string Fill(Func<string, string?> value) => string.Concat(pieces.Select(piece => piece.IsName ? value(piece.Text) : piece.Text));
}
