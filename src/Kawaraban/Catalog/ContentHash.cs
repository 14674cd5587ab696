using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Kawaraban.Recipes;

namespace Kawaraban.Catalog;

/// <summary>A number that differs when what we keep of a post differs.</summary>
internal static class ContentHash
{
    /// <summary>The first eight bytes of SHA-256 over everything that is kept.</summary>
    public static long Of(PostDraft draft, bool keepsFullText)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(draft.Url);
        Add(draft.CanonicalUrl);
        Add(draft.Title);
        Add(draft.Excerpt);
        Add(keepsFullText ? draft.Text : null);
        Add(draft.PictureUrl);
        Add(draft.Author);
        Add(draft.Language);
        foreach (var tag in draft.Tags)
            Add(tag);
        // Only when there is one: what was kept without keeps its number.
        if (draft.Original is not null)
            Add(draft.Original);
        Span<long> instants = [draft.PublishedAt?.ToUnixTimeMilliseconds() ?? long.MinValue, draft.UpdatedAt?.ToUnixTimeMilliseconds() ?? long.MinValue];
        hash.AppendData(MemoryMarshal.AsBytes(instants));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);

        // With the length first, so that no text runs into the next.
        void Add(string? text)
        {
            var length = text?.Length ?? -1;
            hash.AppendData(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref length, 1)));
            hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        }
    }

    /// <summary>The same of a document's bytes.</summary>
    public static long Of(ReadOnlySpan<byte> document)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(document, digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }
}
