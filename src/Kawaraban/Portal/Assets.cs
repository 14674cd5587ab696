using System.Security.Cryptography;

namespace Kawaraban.Portal;

/// <summary>A file that belongs to the pages, carried in the program.</summary>
/// <param name="Path">Its address, which holds a hash of its bytes: another content has another address, so it may be kept for ever.</param>
internal sealed record Asset(string Path, string ContentType, byte[] Bytes);

/// <summary>The style sheet and the icon.</summary>
internal static class Assets
{
    private const string Folder = "Kawaraban.Portal.Assets.";
    /// <summary>How long they may be kept: another content has another address.</summary>
    public const string ForEver = "public, max-age=31536000, immutable";

    /// <summary>The style sheet.</summary>
    public static Asset Style { get; } = Read(Folder, "kawaraban.css", "text/css; charset=utf-8");

    /// <summary>The seal: icon of the site.</summary>
    public static Asset Icon { get; } = Read(Folder, "seal.svg", "image/svg+xml");

    /// <summary>Maps them, and the address at which browsers look for an icon unasked.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in (Asset[])[Style, Icon])
            routes.MapReply(asset.Path, (_, _) => Task.FromResult(new Reply(asset.ContentType, asset.Bytes) { CacheControl = ForEver }));
        routes.MapReply("/favicon.ico", (_, _) => Task.FromResult(new Reply(Icon.ContentType, Icon.Bytes) { CacheControl = "public, max-age=86400" }));
    }

    /// <summary>Reads a file that the program carries.</summary>
    public static Asset Read(string folder, string name, string contentType)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(folder + name)
            ?? throw new InvalidOperationException($"{name} is missing from the program");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 5));
        return new Asset($"/assets/{System.IO.Path.GetFileNameWithoutExtension(name)}-{hash}{System.IO.Path.GetExtension(name)}", contentType, bytes);
    }
}
