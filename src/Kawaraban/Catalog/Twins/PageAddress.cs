using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Kawaraban.Fetching;

namespace Kawaraban.Catalog;

/// <summary>An address as two sources would both mean it: what <c>CanonicalUrl</c> leaves, without the forms for telephones and for AMP.</summary>
/// <remarks>
/// Within one source such forms stay two posts; between two sources the same path under <c>example.com</c> and <c>www.example.com</c> is
/// one page. An address that stands for a whole site names no page.
/// </remarks>
internal static class PageAddress
{
    private const int PageBits = 40;

    // Where people publish under a name beside others': the name of the platform is in the address.
    private static readonly HashSet<string> PublishingPlatforms =
    [
        "zenn.dev", "qiita.com", "note.com", "hatenablog.com", "medium.com", "dev.to", "hashnode.dev", "substack.com", "speakerdeck.com",
        "slideshare.net", "connpass.com", "wordpress.com", "blogspot.com", "ameblo.jp", "livedoor.blog", "fc2.com", "github.io", "github.com",
        "youtube.com", "linkedin.com", "wantedly.com", "crieit.net", "scrapbox.io", "sizu.me", "docswell.com", "tumblr.com", "velog.io",
        "tistory.com", "juejin.cn", "csdn.net", "prtimes.jp", "hackernoon.com", "freecodecamp.org", "dzone.com", "infoq.com",
    ];

    /// <summary>By what a page is found again; null when the address names none.</summary>
    /// <param name="canonicalUrl">As <c>CanonicalUrl</c> gives it.</param>
    /// <remarks>
    /// The host comes first in it, so that the posts of a visit stand side by side in the index: keys without order would have every visit write
    /// as many pages of it as it has posts. 40 bits tell apart the pages of a host.
    /// </remarks>
    public static long? Key(string canonicalUrl) =>
        Plain(canonicalUrl) is { } plain ? (Hash(plain[..plain.AsSpan().IndexOfAny('/', '?', '#')]) << PageBits) | (Hash(plain) & ((1L << PageBits) - 1)) : null;

    /// <summary>The address that is compared; null when it names no page.</summary>
    public static string? Plain(string canonicalUrl)
    {
        if (Read(canonicalUrl) is not { } url)
            return null;
        var host = url.IdnHost.TrimEnd('.').ToLowerInvariant();
        foreach (var prefix in (string[])["www.", "m.", "amp.", "mobile.", "sp."])
        {
            // "m.jp" is somebody's name, "m.example.jp" a form of example.jp.
            if (host.StartsWith(prefix, StringComparison.Ordinal) && host.AsSpan(prefix.Length).Contains('.'))
            {
                host = host[prefix.Length..];
                break;
            }
        }

        var path = url.AbsolutePath.TrimEnd('/');
        foreach (var ending in (string[])["/index.html", "/index.php", "/amp.html", "/amp"])
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                path = path[..^ending.Length];
        }

        var query = url.Query;
        foreach (var form in (string[])["amp=1", "amp", "outputType=amp", "m=1", "view=mobile"])
        {
            if (query.Equals("?" + form, StringComparison.OrdinalIgnoreCase))
                query = "";
        }

        // The fragment is what tells apart the entries of a page that lists many.
        return path.Length == 0 && query.Length == 0 && url.Fragment.Length == 0
            ? null
            : $"{host}{(url.IsDefaultPort ? "" : $":{url.Port}")}{path}{query}{url.Fragment}";
    }

    /// <summary>Whether it is at a platform, beside others', and not at its publisher's own site.</summary>
    public static bool IsAtPlatform(string url) =>
        Read(url) is { } address && PublishingPlatforms.Contains(PolitenessKey.Of(address, Platforms.Default));

    // Whether a host's name can be written in ASCII shows only when it is.
    private static Uri? Read(string text)
    {
        try
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.IdnHost.Length > 0 ? url : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>The first eight bytes of a text's SHA-256.</summary>
    internal static long Hash(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }
}
