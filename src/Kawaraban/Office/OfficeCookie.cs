namespace Kawaraban.Office;

/// <summary>The cookie by which a browser is known again: a random value, and nothing else.</summary>
/// <remarks>
/// Over TLS its name begins with <c>__Host-</c>, so that neither a neighbouring host nor a plain connection can plant one
/// (RFC 6265bis §4.1.3.2). Over plain HTTP the office opens on the machine itself alone.
/// </remarks>
internal static class OfficeCookie
{
    private const string SecureName = "__Host-kawaraban-office";
    private const string PlainName = "kawaraban-office";

    // What we give is 43 characters; anything much longer is not ours and is not hashed.
    private const int Longest = 64;

    /// <summary>What the browser has; null when it has none of ours.</summary>
    public static string? Read(HttpRequest request, OfficeOptions options) =>
        request.Cookies[Name(request, options)] is { Length: > 0 and <= Longest } value ? value : null;

    /// <summary>Gives it one, until the browser is closed.</summary>
    public static void Give(HttpContext context, OfficeOptions options, string value) =>
        context.Response.Cookies.Append(Name(context.Request, options), value, Shape(context, options));

    /// <summary>Takes it away.</summary>
    public static void Take(HttpContext context, OfficeOptions options) =>
        context.Response.Cookies.Delete(Name(context.Request, options), Shape(context, options));

    private static string Name(HttpRequest request, OfficeOptions options) => options.IsSecure(request) ? SecureName : PlainName;

    // Lax, not Strict: who follows a link in a mail to the office is in, and changes carry a value of their own.
    private static CookieOptions Shape(HttpContext context, OfficeOptions options) =>
        new() { HttpOnly = true, Secure = options.IsSecure(context.Request), SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
