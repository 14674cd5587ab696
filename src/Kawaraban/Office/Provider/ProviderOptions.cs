using Kawaraban.Office.Staff;

namespace Kawaraban.Office.Provider;

/// <summary>A provider of identities that staff come in by (OpenID Connect Core 1.0): Cognito, Entra, Keycloak or any other.</summary>
public sealed record ProviderOptions
{
    /// <summary>Its issuer: the address below which it publishes what it can do.</summary>
    public required Uri Authority { get; init; }

    /// <summary>What it calls us.</summary>
    public required string ClientId { get; init; }

    /// <summary>What we prove with that it is us; null for a public client, which proves it with PKCE alone.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What people call it; stands on the button.</summary>
    public string Name { get; init; } = "single sign-on";

    /// <summary>What we ask to be told.</summary>
    public string Scopes { get; init; } = "openid email profile";

    /// <summary>The claim that holds somebody's groups.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>The groups whose members are administrators.</summary>
    public IReadOnlyList<string> Administrators { get; init; } = [];

    /// <summary>The groups whose members are operators.</summary>
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary>Whether the built-in ways to come in are closed.</summary>
    public bool IsOnlyWay { get; init; }

    /// <summary>The role that somebody's groups give them; null when they give none. Who is in groups of both is administrator.</summary>
    public StaffRole? RoleOf(IReadOnlyList<string> groups) =>
        groups.Any(Administrators.Contains) ? StaffRole.Administrator
        : groups.Any(Operators.Contains) ? StaffRole.Operator
        : null;

    /// <summary>Whether a provider's address may be asked: encrypted, or on the machine itself, or where private networks are allowed.</summary>
    public static bool IsSafe(Uri address, bool allowPlain) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (allowPlain || address.IsLoopback));
}
