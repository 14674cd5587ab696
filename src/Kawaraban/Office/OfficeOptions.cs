using Kawaraban.Office.Provider;

namespace Kawaraban.Office;

/// <summary>What the pages for staff need to know of the installation.</summary>
/// <param name="Name">The site's name.</param>
/// <param name="PublicUrl">The address that browsers know it by; null takes the request's own.</param>
/// <param name="TimeZone">The zone in which times are written.</param>
public sealed record OfficeOptions(string Name, Uri? PublicUrl, TimeZoneInfo TimeZone)
{
    /// <summary>The provider of identities that staff come in by; null when there is none.</summary>
    public ProviderOptions? Provider { get; init; }

    /// <summary>Whether people come in by password and passkey, too.</summary>
    public bool HasOwnWays => Provider is not { IsOnlyWay: true };

    /// <summary>Whether a browser reached us over TLS, perhaps as far as a proxy of ours.</summary>
    public bool IsSecure(HttpRequest request) => PublicUrl is null ? request.IsHttps : PublicUrl.Scheme == Uri.UriSchemeHttps;

    /// <summary>What a browser calls the place that our pages come from (RFC 6454).</summary>
    public string Origin(HttpRequest request) =>
        PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host.ToUriComponent()}";

    /// <summary>The host of that place, without a port.</summary>
    public string Host(HttpRequest request) => PublicUrl?.IdnHost ?? request.Host.Host;
}
