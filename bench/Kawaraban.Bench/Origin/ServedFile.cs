using System.Security.Cryptography;

namespace Kawaraban.Bench.Origin;

/// <summary>A document with its validator.</summary>
internal sealed record ServedFile(FeedFile File)
{
    /// <summary>Its validator.</summary>
    public string ETag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(File.Bytes).AsSpan(0, 8))}\"";
}
