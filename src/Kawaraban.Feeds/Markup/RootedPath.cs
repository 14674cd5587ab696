using System.Buffers;

namespace Kawaraban.Feeds.Markup;

/// <summary>Joins the commonest relative address, a plain path from the root (<c>/posts/1</c>), to a base, without <see cref="Uri"/>'s three
/// objects an address. What is not plain is left to it.</summary>
internal static class RootedPath
{
    // What Uri neither escapes nor unescapes, and HTML writes as it is.
    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~/.?=#");

    /// <summary>The scheme and authority that a rooted path stands under; null where only <see cref="Uri"/> knows what to do.</summary>
    public static string? AuthorityOf(Uri baseUrl)
    {
        if (baseUrl.Scheme is not ("http" or "https") || baseUrl.OriginalString.Length > ElementCursor.LongestBase || !System.Text.Ascii.IsValid(baseUrl.OriginalString))
            return null;
        return baseUrl.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>Whether a relative address is a path from the root that needs no more than an authority before it (RFC 3986 §5.2.2).</summary>
    public static bool IsPlain(ReadOnlySpan<char> address) =>
        address.Length is > 0 and < ElementCursor.LongestAddress && address[0] == '/' && (address.Length == 1 || address[1] != '/')
        && !address.ContainsAnyExcept(s_plain) && address.IndexOf("/.") < 0;
}
