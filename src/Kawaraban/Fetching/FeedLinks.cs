namespace Kawaraban.Fetching;

/// <summary>What the header <c>Link</c> of a feed's answer says of WebSub (RFC 8288; W3C WebSub §4).</summary>
/// <param name="Hub">Where one subscribes; the first of several.</param>
/// <param name="Self">Under which address.</param>
public sealed record FeedLinks(Uri? Hub, Uri? Self)
{
    private const int Longest = 8192;

    /// <summary>Neither.</summary>
    public static FeedLinks None { get; } = new(null, null);

    /// <summary>Reads the header; what cannot be read says nothing.</summary>
    /// <param name="header">Its value, several joined by commas; null when there is none.</param>
    /// <param name="from">The address that answered with it.</param>
    internal static FeedLinks Of(string? header, Uri from)
    {
        if (header is null || header.Length > Longest)
            return None;
        Uri? hub = null, self = null;
        var rest = header.AsSpan();
        while (rest.IndexOf('<') is >= 0 and var open)
        {
            rest = rest[(open + 1)..];
            var close = rest.IndexOf('>');
            if (close < 0)
                break;
            var address = rest[..close];
            rest = rest[(close + 1)..];
            var parameters = rest[..End(rest)];
            rest = rest[parameters.Length..];
            var isHub = Has(parameters, "hub");
            if ((!isHub && !Has(parameters, "self"))
                || !Uri.TryCreate(from, address.Trim().ToString(), out var url) || url.Scheme is not ("http" or "https"))
            {
                continue;
            }

            if (isHub)
                hub ??= Redirects.Plain(url);
            else
                self ??= Redirects.Plain(url);
        }

        return hub is null && self is null ? None : new FeedLinks(hub, self);
    }

    // Where the next link begins: at the first comma that no quotation holds.
    private static int End(ReadOnlySpan<char> text)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                isQuoted = !isQuoted;
            else if (text[i] == '\\' && isQuoted)
                i++;
            else if (text[i] == ',' && !isQuoted)
                return i;
        }

        return text.Length;
    }

    // rel="alternate hub": relations are parted by spaces, and only the first rel counts (RFC 8288 §3.3).
    private static bool Has(ReadOnlySpan<char> parameters, string relation)
    {
        foreach (var range in parameters.Split(';'))
        {
            var parameter = parameters[range].Trim();
            var equals = parameter.IndexOf('=');
            if (equals < 0 || !parameter[..equals].TrimEnd().Equals("rel", StringComparison.OrdinalIgnoreCase))
                continue;
            var value = parameter[(equals + 1)..].Trim().Trim('"');
            foreach (var one in value.Split(' '))
            {
                if (value[one].Equals(relation, StringComparison.OrdinalIgnoreCase))
                    return true;
            }

            return false;
        }

        return false;
    }
}
