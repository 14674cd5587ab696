using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Kawaraban.Office.Staff;

/// <summary>A mail address that somebody of the staff is known by.</summary>
/// <remarks>
/// Not all that RFC 5321 allows: what mail is really sent to, and what two people cannot have that differ by capitals alone. Anything else
/// but ASCII is refused, or <c>аdmin@</c> with a Cyrillic letter would look like somebody else.
/// </remarks>
public sealed record StaffAddress
{
    // RFC 5321 §4.5.3.1.3, without the angle brackets.
    private const int Longest = 254;

    private static readonly SearchValues<char> Specials = SearchValues.Create("<>()[],;:\\\"");

    private StaffAddress(string text) => Text = text;

    /// <summary>As typed, without white space around.</summary>
    public string Text { get; }

    /// <summary>What two addresses share that are one.</summary>
    public string Key => Text.ToLowerInvariant();

    /// <summary>Reads one.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="address">The address; null when it is none.</param>
    /// <param name="problem">Why not, as the second half of a sentence.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out StaffAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        var trimmed = (text ?? "").Trim();
        var at = trimmed.IndexOf('@', StringComparison.Ordinal);
        problem = trimmed.Length == 0 ? "is missing"
            : trimmed.Length > Longest ? string.Create(CultureInfo.InvariantCulture, $"is longer than {Longest} characters")
            : !Ascii.IsValid(trimmed) || trimmed.AsSpan().ContainsAnyInRange('\0', ' ') ? "holds characters that no mail address has"
            : at < 1 || at != trimmed.LastIndexOf('@') || trimmed.IndexOf('.', at) < at + 2 || trimmed.EndsWith('.') ? "is no mail address: name@example.com"
            : trimmed.AsSpan().ContainsAny(Specials) ? "holds characters that no mail address has"
            : null;
        if (problem is not null)
            return false;
        address = new StaffAddress(trimmed);
        return true;
    }
}
