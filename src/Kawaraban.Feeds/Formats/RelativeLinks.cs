using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Kawaraban.Feeds.Markup;

namespace Kawaraban.Feeds.Formats;

/// <summary>Makes the relative addresses in a piece of HTML absolute, without reading it as a document.</summary>
internal static class RelativeLinks
{
    private static readonly SearchValues<char> s_angles = SearchValues.Create("<>");
    private static readonly SearchValues<char> s_bareEnds = SearchValues.Create(" \t\r\n>\"'");

    /// <summary>How long a text of some length may become by making its addresses absolute; the rest of them stays as it is.</summary>
    public static int Limit(int length) => (int)Math.Min(int.MaxValue, 65_536 + 8L * length);

    /// <summary>The HTML with absolute addresses; the same string when there is nothing to do.</summary>
    public static string Resolve(string html, Uri baseUrl) => TryResolve(html, baseUrl, out var resolved) ? resolved : html;

    /// <summary>The HTML with absolute addresses, as a string.</summary>
    public static string Resolve(ReadOnlySpan<char> html, Uri baseUrl) => TryResolve(html, baseUrl, out var resolved) ? resolved : new string(html);

    private static bool TryResolve(ReadOnlySpan<char> html, Uri baseUrl, [NotNullWhen(true)] out string? resolved)
    {
        var written = default(PooledText);
        string? authority = null;
        int at = 0, copied = 0, known = 0;
        var isInTag = false;
        while (true)
        {
            // Equals signs are few; looking for all the names at once takes several times as long.
            var found = html[at..].IndexOf('=');
            if (found < 0)
                break;
            var name = html.Slice(at, found);
            at += found + 1;
            if (!IsAddress(name, out var isSet))
                continue;
            var (begin, end) = Value(html, at);
            at = end;
            var address = html[begin..end];
            if (address.IsEmpty || address[0] == '#' || !isSet && ElementCursor.HasScheme(address.TrimStart()))
                continue;
            var angle = html[known..begin].LastIndexOfAny(s_angles);
            if (angle >= 0)
                isInTag = html[known + angle] == '<';
            known = begin;
            if (!isInTag)
                continue;
            if (!isSet && RootedPath.IsPlain(address) && (authority ??= RootedPath.AuthorityOf(baseUrl) ?? "") is { Length: > 0 })
            {
                written.Append(html[copied..begin], html.Length);
                written.Append(authority, html.Length);
                copied = begin;
            }
            else if ((isSet ? ResolveSet(address, baseUrl) : ResolveOne(address, baseUrl)) is { } absolute)
            {
                written.Append(html[copied..begin], html.Length);
                written.Append(absolute, html.Length);
                copied = end;
            }

            if (written.Length > Limit(html.Length))
                break;
        }

        resolved = null;
        if (copied == 0)
            return false;
        written.Append(html[copied..], html.Length);
        resolved = written.Take();
        return true;
    }

    /// <summary>Whether what stands before an equals sign ends in the name of an attribute that holds an address, or a set of them.</summary>
    private static bool IsAddress(ReadOnlySpan<char> text, out bool isSet)
    {
        isSet = false;
        if (text.Length < 3)
            return false;
        switch (text[^1] | 0x20)
        {
            case 'f':
                return Ends(text, "href");
            case 'c':
                return Ends(text, "src") || Ends(text, "longdesc");
            case 't':
                return isSet = Ends(text, "srcset");
            case 'r':
                return Ends(text, "poster");
            case 'e':
                return Ends(text, "cite");
            case 'n':
                return Ends(text, "action");
            case 'd':
                return Ends(text, "background");
            default:
                return false;
        }
    }

    private static bool Ends(ReadOnlySpan<char> text, string name) => text.EndsWith(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Text that grows in a borrowed array.</summary>
    private ref struct PooledText
    {
        private char[]? _room;

        public int Length { get; private set; }

        public void Append(ReadOnlySpan<char> text, int expected)
        {
            if (_room is null || _room.Length - Length < text.Length)
            {
                var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + text.Length, _room is null ? expected + 1024 : _room.Length * 2));
                if (_room is not null)
                {
                    _room.AsSpan(0, Length).CopyTo(larger);
                    ArrayPool<char>.Shared.Return(_room);
                }

                _room = larger;
            }

            text.CopyTo(_room.AsSpan(Length));
            Length += text.Length;
        }

        /// <summary>The text as a string; the array is given back.</summary>
        public string Take()
        {
            var text = new string(_room.AsSpan(0, Length));
            if (_room is not null)
                ArrayPool<char>.Shared.Return(_room);
            _room = null;
            return text;
        }
    }

    private static (int Begin, int End) Value(ReadOnlySpan<char> html, int at)
    {
        while (at < html.Length && html[at] is ' ' or '\n' or '\r' or '\t')
            at++;
        if (at >= html.Length)
            return (html.Length, html.Length);
        var rest = html[at..];
        if (rest[0] is '"' or '\'')
        {
            var close = rest[1..].IndexOfAny(rest[0], '>');
            return close < 0 ? (html.Length, html.Length) : (at + 1, at + 1 + close);
        }

        var stop = rest.IndexOfAny(s_bareEnds);
        return (at, stop < 0 ? html.Length : at + stop);
    }

    private static string? ResolveOne(ReadOnlySpan<char> address, Uri baseUrl)
    {
        var text = address.Trim().ToString();
        if (text.Contains('&', StringComparison.Ordinal))
            text = System.Net.WebUtility.HtmlDecode(text);
        if (ElementCursor.Join(baseUrl, text) is not { } absolute)
            return null;
        return absolute.AbsoluteUri.Replace("&", "&amp;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
    }

    private static string? ResolveSet(ReadOnlySpan<char> set, Uri baseUrl)
    {
        var parts = new List<string>();
        var isChanged = false;
        foreach (var range in set.Split(", "))
        {
            var part = set[range].Trim();
            var space = part.IndexOf(' ');
            var address = space < 0 ? part : part[..space];
            var resolved = address.IsEmpty || ElementCursor.HasScheme(address) ? null : ResolveOne(address, baseUrl);
            isChanged |= resolved is not null;
            parts.Add(resolved is null ? part.ToString() : string.Concat(resolved, space < 0 ? default : part[space..]));
        }

        return isChanged ? string.Join(", ", parts) : null;
    }
}
