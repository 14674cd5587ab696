using Kawaraban.Office.Provider;

namespace Kawaraban.Hosting;

/// <summary>The provider of identities that staff come in by, as an installation names it; empty when it names none.</summary>
public sealed record ProviderSettings
{
    private const string Prefix = "office.oidc.";

    /// <summary>Its issuer; null without a provider.</summary>
    public Uri? Authority { get; init; }

    /// <summary>What it calls us.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>What we prove with that it is us; empty for a public client.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>What people call it.</summary>
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

    /// <summary>The settings, for <see cref="SettingsTable"/>.</summary>
    internal static IReadOnlyList<Setting> Table { get; } =
    [
        new(Prefix + "authority", "none", "A provider of identities (OpenID Connect) by which staff come in: its issuer, such as https://cognito-idp.ap-northeast-1.amazonaws.com/POOL. Needs web.public-url, and with the provider the redirect address PUBLIC-URL/office/sign-in/provider/answer. How to set one up: docs/office-sign-in.md.",
            (s, v) => v.Length == 0 ? s with { Provider = s.Provider with { Authority = null } }
                : Uri.TryCreate(v, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { UserInfo: "", Query: "", Fragment: "" }
                    ? s with { Provider = s.Provider with { Authority = url } }
                    : "is not an https address"),
        new(Prefix + "client-id", "none", "What the provider calls us.",
            (s, v) => v.AsSpan().ContainsAnyExceptInRange('!', '~') ? "holds what no client id has" : s with { Provider = s.Provider with { ClientId = v } }),
        new(Prefix + "client-secret", "none", "What the provider gave us to prove that it is us. Empty for a client without one.",
            (s, v) => s with { Provider = s.Provider with { ClientSecret = v } })
        {
            Shown = static _ => "***",
        },
        new(Prefix + "name", "single sign-on", "What people call the provider: stands on the button, \"Sign in with …\".",
            (s, v) => v.Trim() is { Length: > 0 and <= 60 } name && !name.Any(char.IsControl) ? s with { Provider = s.Provider with { Name = name } } : "is not a name of 1 to 60 characters"),
        new(Prefix + "scopes", "openid email profile", "What we ask the provider to tell, parted by spaces; openid has to be among it. Some tell groups only when asked for a scope of theirs.",
            (s, v) => v.Split(' ').Contains("openid") && !v.AsSpan().ContainsAnyExceptInRange(' ', '~') ? s with { Provider = s.Provider with { Scopes = v } } : "does not hold openid, or holds what no scope has"),
        new(Prefix + "groups-claim", "groups", "The claim in which the provider tells somebody's groups. Cognito: cognito:groups.",
            (s, v) => v.Trim().Length > 0 ? s with { Provider = s.Provider with { GroupsClaim = v.Trim() } } : "is empty"),
        new(Prefix + "administrators", "none", "The provider's groups whose members are administrators, parted by commas.",
            (s, v) => s with { Provider = s.Provider with { Administrators = Names(v) } }),
        new(Prefix + "operators", "none", "The provider's groups whose members are operators, parted by commas. Who is in no group of either is not let in.",
            (s, v) => s with { Provider = s.Provider with { Operators = Names(v) } }),
        new(Prefix + "sign-in", "beside", "beside: by the provider, and as before by password and passkey. only: by the provider alone.",
            (s, v) => v is "beside" or "only" ? s with { Provider = s.Provider with { IsOnlyWay = v == "only" } } : "is neither only nor beside"),
    ];

    /// <summary>What does not fit together, naming the key; null when all does.</summary>
    internal static string? Problem(Settings settings)
    {
        var provider = settings.Provider;
        if (provider.Authority is not { } authority)
        {
            return provider == new ProviderSettings { Administrators = provider.Administrators, Operators = provider.Operators }
                && provider is { Administrators.Count: 0, Operators.Count: 0 }
                ? null
                : $"{Prefix}authority: other settings of the provider are there, but not where it is; set it, or take them out";
        }

        return provider.ClientId.Length == 0 ? $"{Prefix}client-id: it is missing; the provider has to know who asks"
            : provider.Administrators.Count + provider.Operators.Count == 0
                ? $"{Prefix}administrators: no group has a role, so nobody would get in; name some here or in {Prefix}operators"
            : provider.Administrators.Intersect(provider.Operators).FirstOrDefault() is { } both
                ? $"{Prefix}operators: \"{both}\" is among {Prefix}administrators, too; a group has one role"
            : settings.Web.PublicUrl is null ? $"{Prefix}authority: the provider sends people back to an address of ours, so web.public-url has to be set too"
            : !ProviderOptions.IsSafe(authority, settings.Fetching.AllowPrivateNetworks)
                ? $"{Prefix}authority: \"{authority}\" is not encrypted; https is asked for, unless it is on this machine or fetching.allow-private-networks is true"
            : null;
    }

    /// <summary>For the office; null without a provider.</summary>
    internal ProviderOptions? ToOptions() => Authority is null ? null : new ProviderOptions
    {
        Authority = Authority,
        ClientId = ClientId,
        ClientSecret = ClientSecret.Length == 0 ? null : ClientSecret,
        Name = Name,
        Scopes = Scopes,
        GroupsClaim = GroupsClaim,
        Administrators = Administrators,
        Operators = Operators,
        IsOnlyWay = IsOnlyWay,
    };

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
