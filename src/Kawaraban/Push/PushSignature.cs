using System.Security.Cryptography;
using System.Text;

namespace Kawaraban.Push;

/// <summary>The signature under what a hub sends: <c>X-Hub-Signature: sha256=…</c> (W3C WebSub §7.1).</summary>
internal sealed class PushSignature : IDisposable
{
    private readonly IncrementalHash hash;
    private readonly byte[] claimed;

    private PushSignature(IncrementalHash hash, byte[] claimed) => (this.hash, this.claimed) = (hash, claimed);

    /// <summary>Begins to check.</summary>
    /// <param name="header">The header's value.</param>
    /// <param name="secret">What it must have been signed with.</param>
    /// <returns>Null when it is none, or made in a way that the standard does not know.</returns>
    public static PushSignature? Begin(string? header, string secret)
    {
        var equals = header?.IndexOf('=', StringComparison.Ordinal) ?? -1;
        if (header is null || equals < 0)
            return null;
        (HashAlgorithmName? name, var length) = header[..equals].Trim().ToLowerInvariant() switch
        {
            "sha1" => (HashAlgorithmName.SHA1, 20),
            "sha256" => (HashAlgorithmName.SHA256, 32),
            "sha384" => (HashAlgorithmName.SHA384, 48),
            "sha512" => (HashAlgorithmName.SHA512, 64),
            _ => ((HashAlgorithmName?)null, 0),
        };
        var hex = header.AsSpan(equals + 1).Trim();
        if (name is null || hex.Length != 2 * length)
            return null;
        var claimed = new byte[length];
        return Convert.FromHexString(hex, claimed, out _, out _) == System.Buffers.OperationStatus.Done
            ? new PushSignature(IncrementalHash.CreateHMAC(name.Value, Encoding.UTF8.GetBytes(secret)), claimed)
            : null;
    }

    /// <summary>Takes some of the body.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);

    /// <summary>Whether the body was signed with the secret. Takes the same time whichever byte is wrong.</summary>
    public bool IsTrue() => CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), claimed);

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();
}
