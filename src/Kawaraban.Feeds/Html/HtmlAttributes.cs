using System.Buffers;
using System.Text;

namespace Kawaraban.Feeds.Html;

/// <summary>The attributes of a start tag, read when asked for.</summary>
/// <param name="tag">What the tag has between its name and its end.</param>
internal readonly ref struct HtmlAttributes(ReadOnlySpan<char> tag)
{
    private const string Space = " \t\r\n\f";
    private static readonly SearchValues<char> s_spaces = SearchValues.Create(Space);
    private static readonly SearchValues<char> s_nameEnds = SearchValues.Create(Space + "/=");
    private readonly ReadOnlySpan<char> _tag = tag;

    /// <summary>The value of an attribute, its character references replaced; null when the tag does not have it. Of two the first counts.</summary>
    public string? this[ReadOnlySpan<char> lowerName] => TryGet(lowerName, out var value) ? HtmlReferences.Decode(value) : null;

    /// <summary>The value of an attribute as it is written.</summary>
    public bool TryGet(ReadOnlySpan<char> lowerName, out ReadOnlySpan<char> value)
    {
        var rest = _tag;
        while (ReadNext(ref rest, out var name, out value))
        {
            if (Ascii.EqualsIgnoreCase(name, lowerName))
                return true;
        }

        value = default;
        return false;
    }

    private static bool ReadNext(scoped ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = value = default;
        rest = rest.TrimStart(Space + "/");
        if (rest.IsEmpty)
            return false;
        // An equals sign that begins a name is part of it.
        var end = rest[1..].IndexOfAny(s_nameEnds);
        end = end < 0 ? rest.Length : end + 1;
        name = rest[..end];
        rest = rest[end..].TrimStart(Space);
        if (rest is not ['=', ..])
            return true;
        rest = rest[1..].TrimStart(Space);
        if (rest is ['"' or '\'', ..])
        {
            var quote = rest[0];
            rest = rest[1..];
            end = rest.IndexOf(quote);
            value = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            return true;
        }

        end = rest.IndexOfAny(s_spaces);
        value = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..];
        return true;
    }
}
