using System.Text;

namespace Kawaraban.Fetching;

/// <summary>Where a redirect leads (RFC 9110 §15.4).</summary>
internal static class Redirects
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a status sends us elsewhere. 304, 305 and 306 do not.</summary>
    public static bool Is(int status) => status is 300 or 301 or 302 or 303 or 307 or 308;

    /// <summary>Whether it is meant for good.</summary>
    public static bool IsPermanent(int status) => status is 301 or 308;

    /// <summary>Reads the header <c>Location</c>.</summary>
    /// <param name="from">The address that answered with it.</param>
    /// <param name="location">An absolute or relative address, its bytes as Latin-1; spaces and characters beyond ASCII are understood.</param>
    /// <returns>The absolute address; null when it is none. Its scheme is not judged.</returns>
    public static Uri? Target(Uri from, string? location)
    {
        var text = location?.Trim();
        if (string.IsNullOrEmpty(text) || !Uri.TryCreate(from, Utf8(text), out var target))
            return null;
        return target.Scheme is "http" or "https" ? Plain(target) : target;
    }

    /// <summary>An address without a fragment, which servers never see, and without a user and password, which we never send.</summary>
    public static Uri Plain(Uri url) =>
        url.UserInfo.Length == 0 && url.Fragment.Length == 0 ? url : new UriBuilder(url) { UserName = "", Password = "", Fragment = "" }.Uri;

    // Headers come as Latin-1; servers that put other characters into an address nearly always mean UTF-8.
    private static string Utf8(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        try
        {
            return StrictUtf8.GetString(Encoding.Latin1.GetBytes(text));
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }
}
