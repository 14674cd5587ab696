using System.Text.Json.Serialization;

namespace Kawaraban.Office.Provider;

/// <summary>What a provider says of itself (OpenID Connect Discovery 1.0 §3), as far as we use it.</summary>
internal sealed record ProviderDocument
{
    /// <summary>Its name in tokens.</summary>
    public string? Issuer { get; init; }

    /// <summary>Where browsers are sent.</summary>
    public string? AuthorizationEndpoint { get; init; }

    /// <summary>Where codes become tokens.</summary>
    public string? TokenEndpoint { get; init; }

    /// <summary>Where more is told of somebody.</summary>
    public string? UserinfoEndpoint { get; init; }

    /// <summary>Where browsers are sent to end the provider's session (OpenID Connect RP-Initiated Logout 1.0).</summary>
    public string? EndSessionEndpoint { get; init; }

    /// <summary>Where its keys are.</summary>
    public string? JwksUri { get; init; }

    /// <summary>How it lets us prove who we are; RFC 6749's Basic when it does not say.</summary>
    public string[]? TokenEndpointAuthMethodsSupported { get; init; }
}

/// <summary>What the token endpoint answers (RFC 6749 §5).</summary>
internal sealed record ProviderTokens
{
    /// <summary>Says who somebody is.</summary>
    public string? IdToken { get; init; }

    /// <summary>Opens the userinfo endpoint.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Why there are none.</summary>
    public string? Error { get; init; }
}

/// <summary>What is kept while a browser is at the provider; in the session's row, and given once.</summary>
/// <param name="State">Comes back with the browser: the answer belongs to this question.</param>
/// <param name="Nonce">Comes back in the token: it was made for this question.</param>
/// <param name="Verifier">Shows that who brings the code is who asked for it (RFC 7636).</param>
/// <param name="To">Where to go afterwards.</param>
/// <param name="AskedAt">When it began, Unix milliseconds.</param>
/// <param name="IsProof">Whether somebody who is in proves that it is still them.</param>
internal sealed record ProviderQuestion(string State, string Nonce, string Verifier, string To, long AskedAt, bool IsProof);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProviderDocument))]
[JsonSerializable(typeof(ProviderTokens))]
[JsonSerializable(typeof(ProviderQuestion))]
internal sealed partial class ProviderJson : JsonSerializerContext;
