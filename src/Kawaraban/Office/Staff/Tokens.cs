using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kawaraban.Office.Staff;

/// <summary>Random values that are as good as a password, and what is kept of them.</summary>
internal static class Tokens
{
    private const int Bytes = 32;

    /// <summary>A new one: 256 random bits, for an address or a cookie.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What the database keeps in its place. Such a value cannot be guessed, so a fast hash does.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>A new id that is no secret: 64 random bits.</summary>
    public static string Id() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The value that a session's forms carry: who does not have its cookie cannot make it up.</summary>
    /// <remarks>OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "HMAC-based token pattern".</remarks>
    public static string ForForms(string token) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "forms"u8));

    /// <summary>Whether two texts are the same, in a time that does not tell how far they agree.</summary>
    public static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
