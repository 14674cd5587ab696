using System.Buffers.Text;
using System.Text.Json;
using Kawaraban.Office.Staff;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Kawaraban.Office.Provider;

/// <summary>What became of looking at a token: its claims, or why it is not taken.</summary>
/// <param name="Claims">What it says; it was found good.</param>
/// <param name="Problem">Why it is not taken, for the log; null when it is.</param>
internal sealed record CheckedToken(JsonElement Claims, string? Problem);

/// <summary>Looks whether an ID token is the provider's, for us, of now, and the answer to our question (OpenID Connect Core 1.0 §3.1.3.7).</summary>
internal sealed class IdTokens(ProviderOptions options, ProviderConnection connection, TimeProvider clock)
{
    private const int LongestToken = 64 * 1024;

    // Signed with a private key: "none" is no signature, and with HS256 a public key would be a password that everybody knows (RFC 8725 §2.1).
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>How far the provider's clock may differ from ours.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = LongestToken, MapInboundClaims = false };

    /// <summary>Whether a token is good, and made for this question.</summary>
    /// <exception cref="ProviderException">The provider does not answer.</exception>
    public async Task<CheckedToken> Check(string token, string nonce, CancellationToken cancellation)
    {
        var found = await Check(token, cancellation);
        return found.Problem is not null ? found
            : ProviderIdentity.Text(found.Claims, "nonce") is { } given && Tokens.AreEqual(given, nonce) ? found
            : Refused("its nonce is missing or not ours");
    }

    /// <summary>Whether a token is the provider's, for us, and of now. That alone says not that it answers a question of ours.</summary>
    /// <exception cref="ProviderException">The provider does not answer.</exception>
    internal async Task<CheckedToken> Check(string token, CancellationToken cancellation)
    {
        if (token.Length > LongestToken || !handler.CanReadToken(token))
            return Refused("it is no token");
        JsonWebToken read;
        try
        {
            read = handler.ReadJsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or JsonException)
        {
            return Refused("it is no token");
        }

        var provider = await connection.Know(cancellation);
        if (read.Kid is { Length: > 0 } kid && !provider.Keys.Any(key => key.KeyId == kid))
            provider = await connection.Know(cancellation, because: kid);
        var result = await handler.ValidateTokenAsync(read, new TokenValidationParameters
        {
            ValidIssuer = provider.Document.Issuer,
            ValidAudience = options.ClientId,
            IssuerSigningKeys = provider.Keys,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = IsOfNow,
        });
        if (!result.IsValid)
            return Refused(result.Exception?.Message.Split('\n')[0].Trim() ?? "it is not valid");

        JsonElement claims;
        try
        {
            // Twice the same claim could be read in two ways.
            using var document = JsonDocument.Parse(
                Base64Url.DecodeFromChars(read.EncodedPayload), new JsonDocumentOptions { AllowDuplicateProperties = false });
            claims = document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return Refused("its claims are no JSON, or one stands there twice");
        }

        return WhyNotOurs(claims) is { } problem ? Refused(problem) : new CheckedToken(claims, null);
    }

    private string? WhyNotOurs(JsonElement claims)
    {
        // §3.1.3.7, 4 and 5: a token for several of us names the one that asked for it.
        var azp = ProviderIdentity.Text(claims, "azp");
        if (azp is null ? ProviderIdentity.Texts(claims, "aud").Count > 1 : azp != options.ClientId)
            return "it was made for somebody else (azp)";

        // Cognito's access tokens are signed with the same keys.
        if (ProviderIdentity.Text(claims, "token_use") is { } use and not "id")
            return $"it is a token for \"{use}\"";
        return ProviderIdentity.Moment(claims, "iat") is not { } issued ? "it does not say when it was made"
            : issued > clock.GetUtcNow() + Skew ? "it is of a time to come"
            : null;
    }

    private bool IsOfNow(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && end + Skew > now && (notBefore is not { } begin || begin - Skew <= now);
    }

    private static CheckedToken Refused(string problem) => new(default, problem);
}
