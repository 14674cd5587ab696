using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Kawaraban.Fetching;

/// <summary>A proxy that requests go through, with what lets us in. Whoever prints it prints no password.</summary>
public sealed class ProxyAddress : IEquatable<ProxyAddress>
{
    private const int Longest = 1024;
    private const int UsualSocksPort = 1080;

    // With the password: what tells two proxies apart, and what is kept.
    private readonly string secret;
    private readonly NetworkCredential? credential;

    private ProxyAddress(string secret, Uri url, NetworkCredential? credential)
    {
        this.secret = secret;
        Url = url;
        this.credential = credential;
    }

    /// <summary>The proxy without user and password: <c>http</c>, <c>https</c> or <c>socks5</c>, a host and a port.</summary>
    internal Uri Url { get; }

    /// <summary>How the handler finds it and introduces us to it.</summary>
    internal IWebProxy AsWebProxy() => new Always(Url, credential);

    /// <summary>Reads what <see cref="Secret"/> wrote or a person did: <c>http://user:password@proxy.example:3128</c>.</summary>
    /// <param name="text">The address. Signs of a user or password that mean something in an address are percent-encoded.</param>
    /// <param name="proxy">The proxy.</param>
    /// <param name="problem">Why it is none, as the second half of a sentence that does not repeat the text.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ProxyAddress? proxy, [NotNullWhen(false)] out string? problem)
    {
        proxy = null;
        var plain = text?.Trim() ?? "";
        if (plain.Length is 0 or > Longest)
        {
            problem = $"has to have 1 to {Longest} characters";
            return false;
        }

        if (!Uri.TryCreate(plain, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            problem = "is no address, such as http://proxy.example:3128";
            return false;
        }

        problem = url.Scheme is not ("http" or "https" or "socks5") ? "begins with none of http:, https: and socks5:"
            : url.AbsolutePath is not ("" or "/") || url.Query.Length > 0 || url.Fragment.Length > 0 ? "goes on behind the port; a proxy has a host and a port alone"
            : WhyNoUser(Uri.UnescapeDataString(url.UserInfo));
        if (problem is not null)
            return false;

        var port = url.Port < 0 ? UsualSocksPort : url.Port;
        var bare = new UriBuilder(url.Scheme, url.IdnHost, port).Uri;
        proxy = new ProxyAddress(plain, bare, Credential(url.UserInfo));
        return true;
    }

    /// <summary>The address with user and password, for the database alone.</summary>
    internal string Secret => secret;

    /// <summary>The address with <c>***</c> in place of user and password.</summary>
    public override string ToString() => $"{Url.Scheme}://{(credential is null ? "" : "***@")}{Url.Authority}";

    /// <summary>What a text that was to be a proxy looks like without what may be a password.</summary>
    public static string Masked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.LastIndexOf('@');
        if (at < 0)
            return text;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        return $"{(scheme >= 0 && scheme < at ? text[..(scheme + 3)] : "")}***{text[at..]}";
    }

    /// <inheritdoc/>
    public bool Equals(ProxyAddress? other) => other is not null && other.secret == secret;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ProxyAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => secret.GetHashCode(StringComparison.Ordinal);

    // RFC 7617 §2: no control characters, and no colon in the user. RFC 1929 §2: 255 bytes each.
    private static string? WhyNoUser(string userInfo) =>
        userInfo.AsSpan().ContainsAnyExceptInRange(' ', '~') ? "has a user or password with other signs than printable ASCII"
        : userInfo.Split(':', 2).Any(part => part.Length > 255) ? "has a user or password of more than 255 signs"
        : null;

    private static NetworkCredential? Credential(string userInfo)
    {
        if (userInfo.Length == 0)
            return null;
        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        return new NetworkCredential(
            Uri.UnescapeDataString(colon < 0 ? userInfo : userInfo[..colon]), colon < 0 ? "" : Uri.UnescapeDataString(userInfo[(colon + 1)..]));
    }

    // The framework's own class may pass by loopback and local names; this one never does.
    private sealed class Always(Uri url, NetworkCredential? credential) : IWebProxy, ICredentials
    {
        public ICredentials? Credentials
        {
            get => credential is null ? null : this;
            set => throw new NotSupportedException();
        }

        public Uri GetProxy(Uri destination) => url;

        public bool IsBypassed(Uri host) => false;

        // Told to the proxy itself and in these ways only; others would take the machine's own account to introduce us.
        public NetworkCredential? GetCredential(Uri uri, string authType) =>
            uri.Host == url.Host && authType.ToUpperInvariant() is "BASIC" or "DIGEST" or "SOCKS5" ? credential : null;
    }
}
