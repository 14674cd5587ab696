namespace Kawaraban.Fetching;

/// <summary>Where a redirect leads (RFC 9110 §15.4).</summary>
internal static class Redirects
{
    /// <summary>Whether a status sends us elsewhere. 304, 305 and 306 do not.</summary>
    public static bool Is(int status) => status is 300 or 301 or 302 or 303 or 307 or 308;

    /// <summary>Whether it is meant for good.</summary>
    public static bool IsPermanent(int status) => status is 301 or 308;

    /// <summary>Reads the header <c>Location</c>.</summary>
    /// <param name="from">The address that answered with it.</param>
    /// <param name="location">
    /// An absolute or relative address. Spaces and characters beyond ASCII are understood; the handler has read these as UTF-8 where they
    /// are that, as Latin-1 otherwise.
    /// </param>
    /// <returns>The absolute address; null when it is none. Its scheme is not judged.</returns>
    public static Uri? Target(Uri from, string? location)
    {
        var text = location?.Trim();
        if (string.IsNullOrEmpty(text) || !Uri.TryCreate(from, text, out var target))
            return null;
        return target.Scheme is "http" or "https" ? Plain(target) : target;
    }

    /// <summary>An address without a fragment, which servers never see, and without a user and password, which we never send.</summary>
    public static Uri Plain(Uri url) =>
        url.UserInfo.Length == 0 && url.Fragment.Length == 0 ? url : new UriBuilder(url) { UserName = "", Password = "", Fragment = "" }.Uri;
}
