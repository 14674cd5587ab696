using System.Globalization;
using System.Text.Json;

namespace Kawaraban.Office.Provider;

/// <summary>Who a provider says somebody is. Whoever holds one has checked the token.</summary>
/// <param name="Issuer">Which provider.</param>
/// <param name="Subject">What it calls them, for ever.</param>
/// <param name="Address">Their mail address; null when it tells none.</param>
/// <param name="IsAddressVerified">Whether the provider says in so many words that the address is theirs.</param>
/// <param name="Name">What they are called; null when it does not tell.</param>
/// <param name="Groups">Their groups.</param>
/// <param name="ProvedAt">When they last proved to the provider who they are; null when it does not tell.</param>
public sealed record ProviderIdentity(
    string Issuer, string Subject, string? Address, bool IsAddressVerified, string? Name, IReadOnlyList<string> Groups, DateTimeOffset? ProvedAt)
{
    // OpenID Connect Core 1.0 §2: 255 ASCII characters at most.
    private const int LongestSubject = 255;

    /// <summary>What claims tell.</summary>
    /// <returns>Null when they name nobody.</returns>
    public static ProviderIdentity? Read(JsonElement claims, string issuer, string groupsClaim) =>
        Text(claims, "sub") is { Length: > 0 and <= LongestSubject } subject
            ? new ProviderIdentity(
                issuer, subject, Text(claims, "email"), IsTrue(claims, "email_verified"), Text(claims, "name") ?? Text(claims, "preferred_username"),
                Texts(claims, groupsClaim), Moment(claims, "auth_time"))
            : null;

    /// <summary>What was not told before is taken from what the provider tells besides, when that is of the same person.</summary>
    public ProviderIdentity With(JsonElement more, string groupsClaim) =>
        Text(more, "sub") != Subject ? this : this with
        {
            Address = Address ?? Text(more, "email"),

            // A claim of one address says nothing of another one.
            IsAddressVerified = Address is null || Address == Text(more, "email") ? IsAddressVerified || IsTrue(more, "email_verified") : IsAddressVerified,
            Name = Name ?? Text(more, "name"),
            Groups = Groups.Count > 0 ? Groups : Texts(more, groupsClaim),
        };

    internal static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal static DateTimeOffset? Moment(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value) || value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String))
            return null;

        // RFC 7519 §2: seconds, with or without a fraction. Some write them as text.
        return double.TryParse(value.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253402300799
            ? DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(Math.Floor(seconds))
            : null;
    }

    internal static IReadOnlyList<string> Texts(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString() ?? ""]
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];

    // Cognito's userinfo endpoint writes it as text.
    private static bool IsTrue(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value)
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.GetString() == "true"));
}
