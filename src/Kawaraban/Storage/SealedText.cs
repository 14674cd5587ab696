using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kawaraban.Storage;

/// <summary>Seals texts that the database must not show: AES-256-GCM, with keys that are kept elsewhere.</summary>
/// <remarks>
/// A sealed text is <c>v1.KEY.NONCE+TAG+BYTES</c>, the key by the beginning of its hash. What it is sealed for (table, column, row) is
/// authenticated with it (NIST SP 800-38D, "additional authenticated data"): moved to another row, it does not open.
/// </remarks>
public sealed class SealedText
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const string Version = "v1";

    private readonly Lazy<(string Name, byte[] Key)[]> keys;

    /// <summary>With keys that are looked for when they are first needed: the first seals, all of them open.</summary>
    /// <param name="find">Finds them: each 32 bytes, at least one. It says with a <see cref="StorageException"/> when there are none.</param>
    public SealedText(Func<IReadOnlyList<byte[]>> find) =>
        keys = new(() => [.. find().Select(key => (Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 4)), key))], LazyThreadSafetyMode.PublicationOnly);

    /// <summary>A new random key, as settings write it: base64.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>Reads keys as settings write them: base64, parted by commas.</summary>
    /// <returns>The keys, or null when one is not 32 bytes in base64.</returns>
    public static IReadOnlyList<byte[]>? ReadKeys(string text)
    {
        List<byte[]> keys = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var key = new byte[KeyBytes];
            if (!Convert.TryFromBase64String(part, key, out var length) || length != KeyBytes)
                return null;
            keys.Add(key);
        }

        return keys.Count == 0 ? null : keys;
    }

    /// <summary>What a text is found by that is sealed: the same for the same text, and nothing to whoever has no key.</summary>
    /// <returns>By the key that seals, then by the others, for what was kept before the keys were changed.</returns>
    public IReadOnlyList<string> Index(string text, string purpose) =>
        [.. keys.Value.Select(key => Convert.ToHexStringLower(HMACSHA256.HashData(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Key, KeyBytes, info: Encoding.UTF8.GetBytes("index " + purpose)), Encoding.UTF8.GetBytes(text))))];

    /// <summary>Seals a text.</summary>
    /// <param name="text">What is to be hidden.</param>
    /// <param name="purpose">What for: <c>staff_credentials.totp_secret of 4711</c>. It opens for the same purpose only.</param>
    public string Seal(string text, string purpose)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceBytes + TagBytes + bytes.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(keys.Value[0].Key, TagBytes);
        cipher.Encrypt(
            box.AsSpan(0, NonceBytes), bytes, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return $"{Version}.{keys.Value[0].Name}.{Base64Url.EncodeToString(box)}";
    }

    /// <summary>Opens what was sealed.</summary>
    /// <exception cref="StorageException">Its key is not there, or it was changed or sealed for something else.</exception>
    public string Open(string sealedText, string purpose)
    {
        var parts = sealedText.Split('.');
        if (parts.Length != 3 || parts[0] != Version || !Base64Url.IsValid(parts[2]))
            throw new StorageException($"{purpose}: what is kept there was not sealed by this program");
        var key = Array.Find(keys.Value, key => key.Name == parts[1]).Key
            ?? throw new StorageException($"{purpose}: it was sealed with key {parts[1]}, which is not among secrets.keys; add that key behind the new one");
        var box = Base64Url.DecodeFromChars(parts[2]);
        if (box.Length < NonceBytes + TagBytes)
            throw new StorageException($"{purpose}: what is kept there was cut");
        var bytes = new byte[box.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(
                box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), bytes, Encoding.UTF8.GetBytes(purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new StorageException($"{purpose}: what is kept there was changed since it was sealed, or belongs elsewhere");
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
