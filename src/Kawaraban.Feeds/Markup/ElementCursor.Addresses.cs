namespace Kawaraban.Feeds.Markup;

/// <summary>Addresses, made absolute where something says what they refer to (RFC 3986 §5).</summary>
internal ref partial struct ElementCursor
{
    /// <summary>The length of a base beyond which nothing is joined to it: a thousand short addresses would become a thousand long ones.</summary>
    public const int LongestBase = 1024;

    /// <summary>The length of an address beyond which it is left as it is; longer ones are no addresses.</summary>
    public const int LongestAddress = 8192;

    /// <summary>Reads the content of a child as an address.</summary>
    public string? ReadUrl(scoped in Element element)
    {
        var content = ReadContent(element);
        return Url(Characters(content), content.Base ?? Base);
    }

    /// <summary>The value of an attribute as an address.</summary>
    public string? Url(scoped ReadOnlySpan<byte> attribute, Uri? baseUrl) => Url(Decode(attribute), baseUrl);

    /// <summary>An address, absolute when possible; null when there is none.</summary>
    public static string? Url(ReadOnlySpan<char> text, Uri? baseUrl)
    {
        if (text.IsEmpty)
            return null;
        if (baseUrl is null || HasScheme(text))
            return new string(text);
        if (RootedPath.IsPlain(text) && RootedPath.AuthorityOf(baseUrl) is { } authority)
            return string.Concat(authority, text);
        var address = new string(text);
        return Join(baseUrl, address)?.AbsoluteUri ?? address;
    }

    /// <summary>Whether an address begins with a scheme (RFC 3986 §3.1).</summary>
    public static bool HasScheme(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && (text[4] == ':' || text[5] == ':'))
            return true;
        if (text.IsEmpty || !char.IsAsciiLetter(text[0]))
            return false;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == ':')
                return i > 1;
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('+' or '-' or '.'))
                return false;
        }

        return false;
    }

    private Uri? Resolve(scoped ReadOnlySpan<byte> value, Uri? baseUrl)
    {
        var text = Decode(value);
        if (text.IsEmpty)
            return baseUrl;
        return Join(baseUrl, new string(text)) ?? baseUrl;
    }

    /// <summary>An absolute address from a base and a reference; null when there is no such thing.</summary>
    public static Uri? Join(Uri? baseUrl, string reference)
    {
        if (reference.Length > LongestAddress)
            return null;
        // "/path" by itself would be an absolute file name on Unix: what has no scheme is told to be relative.
        if (HasScheme(reference))
            return Uri.TryCreate(reference, UriKind.Absolute, out var whole) ? whole : null;
        return baseUrl is { OriginalString.Length: <= LongestBase } && Uri.TryCreate(reference, UriKind.Relative, out var relative) && Uri.TryCreate(baseUrl, relative, out var joined)
            ? joined
            : null;
    }
}
