using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Kawaraban.Office.Staff;

/// <summary>Passwords: which are taken, and what is kept of them.</summary>
/// <remarks>
/// PBKDF2 with HMAC-SHA-512 and 220,000 rounds (OWASP Password Storage Cheat Sheet, 2025). A password is judged by its length and by whether
/// others would try it first (NIST SP 800-63B-4 §3.1.1.2), not by the kinds of its letters.
/// </remarks>
internal static class Passwords
{
    /// <summary>The least length, characters.</summary>
    public const int Shortest = 12;

    /// <summary>The greatest length, characters: a sentence fits, a book that keeps our processor busy does not.</summary>
    public const int Longest = 200;

    private static readonly PasswordHasher<object> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 220_000 }));
    private static readonly object Anybody = new();

    // What is hashed when there is nobody to compare with, so that an unknown address takes as long as a known one.
    private static readonly Lazy<string> NobodysHash = new(static () => Hasher.HashPassword(Anybody, Tokens.New()));

    // The beginnings of what is tried first. A full list belongs to a service of its own; at twelve characters these are what is left of it.
    private static readonly string[] Common =
    [
        "password", "passw0rd", "p@ssw0rd", "qwertyuiop", "qwerty123", "1q2w3e4r", "1qaz2wsx", "letmein", "iloveyou", "administrator", "welcome1",
        "changeme", "kawaraban", "123456789", "0123456789", "abcdefgh", "asdfghjk", "zxcvbnm", "trustno1", "sunshine", "football", "princess",
    ];

    /// <summary>Why a password is not taken, as the second half of a sentence; null when it is.</summary>
    /// <param name="password">The password.</param>
    /// <param name="member">Whose: their name and address are no secret.</param>
    public static string? Problem(string password, StaffMember member)
    {
        if (password.Length < Shortest)
            return $"is shorter than {Shortest} characters; a few words make a good one";
        if (password.Length > Longest)
            return $"is longer than {Longest} characters";
        if (password.Distinct().Count() < 5)
            return "repeats the same few characters";
        var folded = password.ToLowerInvariant();
        foreach (var known in Common.Append(member.Address.ToLowerInvariant().Split('@')[0]).Append(member.Name.ToLowerInvariant()))
        {
            // A known beginning with something short behind it is among the first that are tried.
            if (known.Length >= 4 && folded.Contains(known, StringComparison.Ordinal) && folded.Length - known.Length < 8)
                return $"is mostly \"{known}\", which others would try";
        }

        return null;
    }

    /// <summary>What is kept of a password.</summary>
    public static string Hash(string password) => Hasher.HashPassword(Anybody, password);

    /// <summary>Whether a password is the one of a hash. Takes the same time when there is no hash.</summary>
    public static bool IsRight(string password, string? hash)
    {
        var cut = password.Length > Longest ? password[..Longest] : password;
        var result = Hasher.VerifyHashedPassword(Anybody, hash ?? NobodysHash.Value, cut);
        return hash is not null && cut.Length == password.Length && result != PasswordVerificationResult.Failed;
    }
}
